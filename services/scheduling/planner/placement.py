"""Constructive heuristic: groups enter the board hardest first, each dated exactly with the best of a few facilitators.

Where no facilitator can lead all visits of a group, each visit gets its own. Groups that find no day are left to the
search (`search`), and those that stay without dates to the proofs (`proofs`).
"""

from collections.abc import Sequence

from services.scheduling.planner.board import NOBODY, Board, Row
from services.scheduling.planner.candidates import Candidates
from services.scheduling.planner.cohort_events import choose_events
from services.scheduling.planner.diaries import Diaries
from services.scheduling.planner.model import CohortEvent, Group, Problem, Visit
from services.scheduling.planner.partition import NameVisit
from services.scheduling.planner.sequence import Answer, solve

TRIES = 3
MORE = 12


def plain_name(group: str, host: str) -> str:
    """A visit's id in tests and benchmarks."""
    return f"{group}/{host}"


class Planner:
    """Puts groups on a board, one at a time."""

    def __init__(self, board: Board, name_visit: NameVisit = plain_name, tries: int = TRIES) -> None:
        self.board, self.name_visit, self.tries = board, name_visit, tries
        self.candidates = Candidates(board)

    def order(self) -> list[Group]:
        """Groups hardest first: by the number of days left to the host that has fewest."""
        return sorted(self.board.problem.groups, key=lambda group: (self.room(group), group.id))

    def room(self, group: Group) -> int:
        """The number of days left to the host that has fewest."""
        return min((self.board.host_days(group, host).bit_count() for host in group.hosts), default=0)

    def rows(self, facilitators: Sequence[str]) -> list[Row]:
        """Facilitators with the masks of their free days."""
        return [(one, self.board.free(one)) for one in facilitators]

    def place(self, group: Group) -> bool:
        """Give a group its dates, or leave the board as it was and return False."""
        found = self.answer(group)
        if found is None:
            return False
        self.board.put(group.id, found)
        return True

    def answer(self, group: Group) -> tuple[Visit, ...] | None:
        """The group's visits with the best facilitator, or with one a visit, or None."""
        if self.room(group) == 0:
            return None
        if not self.board.problem.rules.facilitated:
            return self.dated(group, [(NOBODY, self.board.diaries.horizon.everything)])
        ranked = self.candidates.ranked(group)
        start, size = 0, self.tries
        while start < len(ranked):
            found = self.dated(group, self.rows(ranked[start : start + size]))
            if found is not None:
                return found
            start, size = start + size, MORE
        return self.shared_out(group)

    def dated(self, group: Group, rows: Sequence[Row]) -> tuple[Visit, ...] | None:
        """The group's cheapest visits over these facilitators."""
        answer = solve(self.board.question(group, rows)) if rows else None
        return None if answer is None else self.visits(group, answer, rows[answer.row][0] or None)

    def visits(self, group: Group, answer: Answer, facilitator: str | None) -> tuple[Visit, ...]:
        """An answer as visits."""
        days = self.board.diaries.horizon.days
        return tuple(
            Visit(self.name_visit(group.id, host), group.id, host, days[number], facilitator, group.people)
            for host, number in zip(group.hosts, answer.days, strict=True)
        )

    def shared_out(self, group: Group) -> tuple[Visit, ...] | None:
        """The group's visits, each with its own facilitator."""
        free = {host: self.led_days(host) for host in group.hosts}
        answer = solve(self.board.question_by_host(group, free)) if all(free.values()) else None
        return None if answer is None else self.with_facilitators(self.visits(group, answer, None))

    def led_days(self, host: str) -> int:
        """Days on which some facilitator could still lead a visit at a school."""
        free = 0
        for one in self.candidates.serving(frozenset([self._region(host)]))[0]:
            free |= self.board.free(one.id) if self.board.spare(one.id) > 0 else 0
        return free

    def with_facilitators(self, visits: Sequence[Visit]) -> tuple[Visit, ...] | None:
        """The same visits, each with the nearest facilitator who is free; None when one finds nobody."""
        used: dict[str, int] = {}
        found = []
        for visit in visits:
            able = [one for one in self.able(visit) if self.board.spare(one) > used.get(one, 0)]
            if not able:
                return None
            nearest = min(able, key=lambda one: (self.board.kilometres(one, visit.host), one))
            used[nearest] = used.get(nearest, 0) + 1
            found.append(Visit(visit.id, visit.group, visit.host, visit.on, nearest, visit.attendees, visit.pinned))
        return tuple(found)

    def able(self, visit: Visit) -> list[str]:
        """Facilitators who could lead a visit on its date."""
        bit = self.board.diaries.horizon.mask([visit.on])
        return [
            one.id
            for one in self.candidates.serving(frozenset([self._region(visit.host)]))[0]
            if self.board.free(one.id) & bit and self.board.spare(one.id) > 0
        ]

    def _region(self, school: str) -> str:
        return self.board.problem.schools[school].region


def new_board(problem: Problem, events: tuple[CohortEvent, ...] | None = None) -> Board:
    """An empty board; events are chosen unless they are given."""
    diaries = Diaries(problem)
    return Board(diaries, choose_events(diaries) if events is None else events)
