"""How the development of heads is played."""

from kindred.demo.heads import looking_back, opening
from kindred.demo.plot import Plot

PLOT = Plot(opening.TEMPLATE, opening.play, looking_back.play)
