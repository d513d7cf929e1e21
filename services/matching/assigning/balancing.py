"""Practitioners into projects at least cost, where what a school gives and receives may differ only by so much.

A circulation in place of a flow: who comes to a school and who goes from it meet in one node, and the difference is
what flows between that node and a hub. The cost is that of `projects`; a placement earns UNPLACED.

    hub <-> school -> school that sends -> practitioner -> project -> school that receives -> school
"""

from __future__ import annotations

from collections import Counter
from itertools import count

from services.matching.assigning.flow import Network
from services.matching.assigning.projects import (
    FIRST,
    UNPLACED,
    Match,
    Matched,
    Nominations,
    outcome,
    rank_cost,
    receiving_cost,
)

__all__ = ["place_in_balance"]

_HUB = "hub"


def place_in_balance(nominations: Nominations, differ: int) -> Matched:
    """The matches of least cost among those in which no school's giving and receiving differ by more than `differ`.

    The ledger counts as given and received before. A school that differs by more already may only come nearer to even.
    """
    network, possible = Network(), dict[int, Match]()
    _give(nominations, network)
    for one in nominations.practitioners:
        network.arc(("sends", one.school), ("practitioner", one.id), 1, -UNPLACED)
        for rank, project in zip(count(1), nominations.wishes(one), strict=False):
            arc = network.arc(("practitioner", one.id), ("project", project.id), 1, rank_cost(rank))
            possible[arc] = Match(one, project, rank)
    _receive(nominations, network)
    for school in nominations.debts():
        before = -nominations.ledger.get(school, 0)
        network.arc(_HUB, ("school", school), max(0, differ - before), 0)
        network.arc(("school", school), _HUB, max(0, differ + before), 0)
    flow = network.solve(_HUB, _HUB, 0) if possible else []
    return outcome(nominations, [match for arc, match in possible.items() if flow[arc]])


def _give(nominations: Nominations, network: Network) -> None:
    for school, n in Counter(one.school for one in nominations.practitioners).items():
        most = min(n, nominations.may_send(school))
        for nth in range(most):
            network.arc(("school", school), ("sends", school), 1, -FIRST if nth == 0 else 0)


def _receive(nominations: Nominations, network: Network) -> None:
    debts = nominations.debts()
    for project in nominations.projects:
        network.arc(("project", project.id), ("receives", project.school), 1, 0)
    for school, n in Counter(project.school for project in nominations.projects).items():
        for nth in range(min(n, nominations.may_receive(school))):
            reward = FIRST if nth == 0 else 0
            network.arc(("receives", school), ("school", school), 1, receiving_cost(debts[school], nth) - reward)
