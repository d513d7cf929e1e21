"""How the improvement model is played."""

from kindred.demo.plot import Plot
from kindred.demo.trust import looking_back, opening

PLOT = Plot(opening.TEMPLATE, opening.play, looking_back.play)
