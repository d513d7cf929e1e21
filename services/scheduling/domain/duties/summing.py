"""How duties stand between two days, as far as somebody may see it.

People see their own. Whom somebody leads by a relation of the template, near or far, they see by name. Whom the
template names sees counts by school and strand. Coordinators see everything. Everybody else sees nothing.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from services.scheduling.domain.duties.records import Duty, Standing, TickedWeek, monday, standing
from services.scheduling.domain.duties.weeks import paused
from shared.template.pauses import Pause

Scope = Literal["own", "names", "counts", "all"]
Ticks = Mapping[tuple[str, dt.date], TickedWeek]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who looks: `leads`: the people whom they lead; `counts`: whether the template lets them see how many."""

    person_id: str = ""
    leads: frozenset[str] = frozenset()
    counts: bool = False
    runs: bool = False

    @property
    def scope(self) -> Scope:
        """The most that they may see."""
        if self.runs:
            return "all"
        return "counts" if self.counts else "names" if self.leads else "own"

    def sees(self, person_id: str) -> bool:
        """Whether they see whose a duty is, of that person."""
        return self.runs or person_id == self.person_id or person_id in self.leads


@dataclass(frozen=True)
class Key:
    """What a sum is of; empty fields: of all of them, or nobody's name."""

    school_id: str
    strand: str
    activity: str = ""
    person_id: str = ""


@dataclass(kw_only=True)
class Sums:
    """Days by how they stand."""

    counts: dict[Key, Counter[Standing]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, key: Key, how: Standing) -> None:
        """One more."""
        self.counts[key][how] += 1


@dataclass(frozen=True, kw_only=True)
class Span:
    """From one day to another, both included, as it looks today; `pauses`: when the programme stood still."""

    first: dt.date
    last: dt.date
    today: dt.date
    pauses: Sequence[Pause] = ()


def summed(
    duties: Iterable[Duty], ticks: Ticks, span: Span, reader: Reader, *, by_strand: bool = False
) -> list[tuple[Key, Counter[Standing]]]:
    """The sums that the reader may see, in order; `by_strand`: none of single people."""
    sums = Sums()
    for duty, day, how in standings(duties, ticks, span):
        for person in () if by_strand else duty.people_on(day):
            if reader.sees(person):
                sums.add(Key(duty.school_id, duty.strand, duty.activity, person), how)
        if reader.counts or reader.runs:
            sums.add(Key(duty.school_id, duty.strand), how)
    return sorted(sums.counts.items(), key=_order)


def paged(
    rows: Sequence[tuple[Key, Counter[Standing]]], limit: int | None, offset: int
) -> tuple[list[tuple[Key, Counter[Standing]]], int, Counter[Standing]]:
    """The rows of a page of schools, the one with the most missed first; how many schools; the sum of all strands."""
    missed, every = defaultdict[str, int](int), Counter[Standing]()
    for key, counts in rows:
        strand = not (key.activity or key.person_id)
        missed[key.school_id] += counts["missed"] if strand else 0
        every.update(counts if strand else {})
    schools = sorted(missed, key=lambda one: (-missed[one], one))
    place = {one: number for number, one in enumerate(schools[offset : offset + (limit or len(schools))])}
    shown = [row for row in rows if row[0].school_id in place]
    return sorted(shown, key=lambda row: place[row[0].school_id]), len(schools), every


def _order(row: tuple[Key, Counter[Standing]]) -> tuple[str, ...]:
    key = row[0]
    return key.school_id, key.strand, key.activity, key.person_id


def standings(duties: Iterable[Duty], ticks: Ticks, span: Span) -> Iterator[tuple[Duty, dt.date, Standing]]:
    """Each day of each duty in that span, and how it stands."""
    for duty in duties:
        for day in duty.within(span.first, span.last):
            said = ticks.get((duty.duty_id, monday(day)))
            yield duty, day, standing(duty, day, said, span.today, paused=paused(day, span.pauses))


def led_by(person_id: str, relations: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Everybody whom somebody leads, near or far. `relations`: (who leads, whom)."""
    below = defaultdict[str, list[str]](list)
    for leader, other in relations:
        below[leader].append(other)
    found, waiting = set[str](), [person_id]
    while waiting:
        for other in below[waiting.pop()]:
            if other not in found and other != person_id:
                found.add(other)
                waiting.append(other)
    return frozenset(found)
