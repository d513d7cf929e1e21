"""Exact order and days of one group's visits: a dynamic programme over (set of schools done, last day).

Let A[S][d] be the least cost of visiting the schools of S, the last one before day d. Host i on day d after S costs

    C = points(i, d) + min(A[S][d - spacing + 1] + same_half_term,
                           A[S][min(d - spacing + 1, first day of i's half-term)])

The first term lets the visit before lie in the same half-term, at a price; the second one does not. All arrays have one
row a facilitator, so that three facilitators cost little more than one. A test compares it with brute force.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.costs import Points

Days = NDArray[np.intp]
NEVER = 100_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """One group's visits to be dated.

    `points[i]`: shape (facilitators, days) for host i, `NEVER` where impossible. `places[n]`: points of the n-th visit
    on each day. `starts[i]`: for each day the number of the first day of host i's half-term.
    """

    points: Sequence[Points]
    places: Points
    starts: Sequence[Days]
    spacing: int
    same_half_term: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Day number of each host's visit, and the cost, with this facilitator (row)."""

    row: int
    days: tuple[int, ...]
    cost: int


class Tables:
    """The tables of one run, from which the best sequence is read backwards."""

    def __init__(self, question: Question) -> None:
        self.q = question
        self.hosts = len(question.points)
        self.rows, self.size = question.points[0].shape
        numbers = np.arange(self.size, dtype=np.intp)
        self.before = np.maximum(numbers - max(question.spacing, 1) + 1, 0)
        self.earlier = [np.minimum(self.before, start) for start in question.starts]
        self.best: list[Points] = []
        self.ends: dict[tuple[int, int], Points] = {}
        self._fill()

    def _fill(self) -> None:
        self.best = [np.zeros((self.rows, self.size + 1), dtype=np.int32)]
        for done in range(1, 1 << self.hosts):
            least = np.full((self.rows, self.size), NEVER, dtype=np.int32)
            for host in range(self.hosts):
                if done >> host & 1:
                    end = self._end(done, host)
                    self.ends[done, host] = end
                    np.minimum(least, end, out=least)
            table = np.full((self.rows, self.size + 1), NEVER, dtype=np.int32)
            np.minimum.accumulate(least, axis=1, out=table[:, 1:])
            self.best.append(table)

    def _end(self, done: int, host: int) -> Points:
        previous = self.best[done & ~(1 << host)]
        before = np.minimum(previous[:, self.before] + self.q.same_half_term, previous[:, self.earlier[host]])
        if done == 1 << host:
            before = np.zeros_like(before)
        total = before + self.q.points[host] + self.q.places[done.bit_count() - 1]
        return np.asarray(np.minimum(total, NEVER), dtype=np.int32)

    def answers(self) -> list[Answer | None]:
        """The best sequence of each facilitator (row), or None where there is none."""
        return [self._walk(row) for row in range(self.rows)]

    def best_answer(self) -> Answer | None:
        """The best sequence over all rows; the first row wins a tie."""
        costs = self.best[-1][:, -1]
        row = int(costs.argmin())
        return self._walk(row)

    def _walk(self, row: int) -> Answer | None:
        cost = int(self.best[-1][row, -1])
        if cost >= NEVER:
            return None
        done, chosen, limit, wanted = (1 << self.hosts) - 1, [0] * self.hosts, self.size, cost
        while done:
            host, day = self._step(done, row, limit, wanted)
            chosen[host] = day
            wanted -= int(self.q.points[host][row, day]) + int(self.q.places[done.bit_count() - 1][day])
            done &= ~(1 << host)
            if not done:
                break
            near, far = int(self.before[day]), int(self.earlier[host][day])
            if int(self.best[done][row, far]) == wanted:
                limit = far
            else:
                limit, wanted = near, wanted - self.q.same_half_term
        return Answer(row, tuple(chosen), cost)

    def _step(self, done: int, row: int, limit: int, wanted: int) -> tuple[int, int]:
        """The host and day (before `limit`) with which a partial calendar of cost `wanted` ends."""
        for host in range(self.hosts):
            if done >> host & 1:
                hits = np.flatnonzero(self.ends[done, host][row, :limit] == wanted)
                if len(hits):
                    return host, int(hits[0])
        raise AssertionError("the tables hold a cost that no step has")


def solve(question: Question) -> Answer | None:
    """The cheapest calendar of the group over all facilitators (rows), or None when none of them has one."""
    return Tables(question).best_answer()


def solve_each(question: Question) -> list[Answer | None]:
    """The cheapest calendar with each facilitator (row)."""
    return Tables(question).answers()
