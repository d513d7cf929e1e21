"""The programmes that the demo knows how to play, in the order in which they open."""

from collections.abc import Iterable

from kindred.demo.exchange.plot import PLOT as EXCHANGE
from kindred.demo.heads.plot import PLOT as HEADS
from kindred.demo.journey.plot import PLOT as JOURNEY
from kindred.demo.plot import Plot
from kindred.demo.trust.plot import PLOT as TRUST
from kindred.demo.visits.plot import PLOT as VISITS
from shared.errors import Rejected

PLOTS: tuple[Plot, ...] = (VISITS, EXCHANGE, TRUST, HEADS, JOURNEY)
SHORT: tuple[Plot, ...] = (VISITS, EXCHANGE)
"""What is over within a year and has no weekly duties: played where the machinery is tried, not the programmes."""


def chosen(keys: Iterable[str]) -> tuple[Plot, ...]:
    """The plots of these programmes; all where none is named. Raises Rejected("unknown-programme")."""
    wanted = [key.strip().casefold() for key in keys]
    known = {plot.key for plot in PLOTS}
    if unknown := [key for key in wanted if key not in known]:
        said = f"The demo does not play {unknown[0]!r}; it plays: {', '.join(plot.key for plot in PLOTS)}."
        raise Rejected("unknown-programme", said)
    return tuple(plot for plot in PLOTS if not wanted or plot.key in wanted)
