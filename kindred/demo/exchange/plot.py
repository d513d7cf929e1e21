"""How the exchange of projects is played."""

from kindred.demo.exchange import looking_back, opening
from kindred.demo.plot import Plot

PLOT = Plot(opening.TEMPLATE, opening.play, looking_back.play)
