"""Deferred acceptance (Gale and Shapley 1962) with hosts that have several places and a limit over all of them.

It is the student-project allocation problem (Abraham, Irving and Manlove 2007). The result is the stable matching that
is best for the applicants.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

__all__ = ["deferred_acceptance"]


def deferred_acceptance(
    wishes: Sequence[Sequence[int]], host_of: Sequence[int], limits: Sequence[int], order: Sequence[Mapping[int, int]]
) -> list[int]:
    """For each applicant the index of the wish that is granted, or -1.

    `wishes[a]`: places, the dearest first. `host_of[p]`: the host of a place. `limits[h]`: most that a host takes.
    `order[h][a]`: how welcome an applicant is to a host, 0 the most.
    """
    desk = _Desk(wishes, host_of)
    worst: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    while desk.free:
        applicant = desk.free.popleft()
        place = desk.next_wish(applicant)
        if place is None:
            continue
        welcome, held = order[host_of[place]], desk.holder.get(place)
        if held is not None and welcome[held] < welcome[applicant]:
            desk.free.appendleft(applicant)
            continue
        if held is not None:
            desk.turn_away(held)
        desk.grant(applicant, place)
        host = host_of[place]
        heappush(worst[host], (-welcome[applicant], applicant, place))
        while desk.taken[host] > limits[host]:
            _, last, where = heappop(worst[host])
            if desk.holder.get(where) == last:  # an entry of the heap may be out of date
                desk.turn_away(last)
    return desk.granted


class _Desk:
    """Who holds which place for now, and who still applies."""

    def __init__(self, wishes: Sequence[Sequence[int]], host_of: Sequence[int]) -> None:
        self._wishes, self._host_of = wishes, host_of
        self._asked = [0] * len(wishes)
        self.granted = [-1] * len(wishes)
        self.holder: dict[int, int] = {}
        self.taken: dict[int, int] = defaultdict(int)
        self.free = deque(range(len(wishes)))

    def next_wish(self, applicant: int) -> int | None:
        """The dearest place that the applicant has not applied for yet."""
        nth = self._asked[applicant]
        if nth == len(self._wishes[applicant]):
            return None
        self._asked[applicant] += 1
        return self._wishes[applicant][nth]

    def grant(self, applicant: int, place: int) -> None:
        """Give the place applied for last."""
        self.holder[place] = applicant
        self.granted[applicant] = self._asked[applicant] - 1
        self.taken[self._host_of[place]] += 1

    def turn_away(self, applicant: int) -> None:
        """Take the place back; the applicant applies again."""
        place = self._wishes[applicant][self.granted[applicant]]
        del self.holder[place]
        self.taken[self._host_of[place]] -= 1
        self.granted[applicant] = -1
        self.free.append(applicant)
