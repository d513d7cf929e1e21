"""How the leadership journey is played."""

from kindred.demo.journey import looking_back, opening
from kindred.demo.plot import Plot

PLOT = Plot(opening.TEMPLATE, opening.play, looking_back.play, years=2)
