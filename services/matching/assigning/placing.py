"""Practitioners into projects: at least cost, or, where the template wants it, stably. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import count

from services.matching.assigning.deferred import deferred_acceptance
from services.matching.assigning.flow import Network
from services.matching.assigning.projects import (
    FIRST,
    UNPLACED,
    Match,
    Matched,
    Nominations,
    Practitioner,
    host_orders,
    outcome,
    rank_cost,
    receiving_cost,
)

__all__ = ["place", "place_stably"]


def place(nominations: Nominations) -> Matched:
    """The matches of least cost, as `projects` defines it."""
    network, possible = Network(), dict[int, Match]()
    amount = len(nominations.practitioners)
    network.arc("source", "sink", amount, UNPLACED)
    for school, n in Counter(one.school for one in nominations.practitioners).items():
        most = min(n, nominations.may_send(school))
        if most:
            network.arc("source", ("sends", school), 1, -FIRST)
            network.arc("source", ("sends", school), most - 1, 0)
    for one in nominations.practitioners:
        if nominations.may_send(one.school):
            network.arc(("sends", one.school), ("practitioner", one.id), 1, 0)
            for rank, project in zip(count(1), nominations.wishes(one), strict=False):
                arc = network.arc(("practitioner", one.id), ("project", project.id), 1, rank_cost(rank))
                possible[arc] = Match(one, project, rank)
    _receive(nominations, network)
    flow = network.solve("source", "sink", amount) if amount else []
    return outcome(nominations, [match for arc, match in possible.items() if flow[arc]])


def _receive(nominations: Nominations, network: Network) -> None:
    debts = nominations.debts()
    for project in nominations.projects:
        network.arc(("project", project.id), ("receives", project.school), 1, 0)
    for school, n in Counter(project.school for project in nominations.projects).items():
        for nth in range(min(n, nominations.may_receive(school))):
            reward = FIRST if nth == 0 else 0
            network.arc(("receives", school), "sink", 1, receiving_cost(debts[school], nth) - reward)


def place_stably(nominations: Nominations) -> Matched:
    """A stable matching: no practitioner and host would both prefer another.

    Hosts order practitioners as `projects.host_orders` says. Where a school may send fewer than it nominates, the first
    nominated apply. One who finds no project makes room for the next.
    """
    more = {one.school: nominations.may_send(one.school) for one in nominations.practitioners}
    while True:
        applying = _first(nominations, more)
        matches = _granted(nominations, applying)
        placed = {match.practitioner.id for match in matches}
        lost = Counter(one.school for one in applying if one.id not in placed)
        wider = {school: nominations.may_send(school) + lost[school] for school in more}
        if _first(nominations, wider) == applying:
            return outcome(nominations, matches)
        more = wider


def _first(nominations: Nominations, most: Mapping[str, int]) -> list[Practitioner]:
    """The first so many of each school's practitioners with a wish that can be granted."""
    counted: dict[str, int] = defaultdict(int)
    found = []
    for one in nominations.practitioners:
        if counted[one.school] < most[one.school] and nominations.may_send(one.school) and nominations.wishes(one):
            counted[one.school] += 1
            found.append(one)
    return found


def _granted(nominations: Nominations, applying: list[Practitioner]) -> list[Match]:
    hosts = {host: at for at, host in enumerate(dict.fromkeys(project.school for project in nominations.projects))}
    at_place = {project.id: at for at, project in enumerate(nominations.projects)}
    number = {one.id: at for at, one in enumerate(applying)}
    orders = host_orders(nominations)
    wishes = [[at_place[project.id] for project in nominations.wishes(one)] for one in applying]
    granted = deferred_acceptance(
        wishes,
        [hosts[project.school] for project in nominations.projects],
        [nominations.may_receive(host) for host in hosts],
        [{number[one]: place for one, place in orders[host].items() if one in number} for host in hosts],
    )
    return [
        Match(one, nominations.projects[wishes[at][nth]], nth + 1)
        for at, (one, nth) in enumerate(zip(applying, granted, strict=True))
        if nth >= 0
    ]
