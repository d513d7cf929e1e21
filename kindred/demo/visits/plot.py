"""How peer visits are played."""

from kindred.demo.plot import Plot
from kindred.demo.visits import looking_back, opening, showing
from kindred.demo.visits.stages import STAGES

PLOT = Plot(opening.TEMPLATE, opening.join, looking_back.play, STAGES, shows=showing.show)
