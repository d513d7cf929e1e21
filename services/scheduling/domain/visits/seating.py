"""Who sits with whom at an event: schools with needs in common, at tables of about one size. Pure and repeatable.

A table begins with the school that has most in common with all others, and takes, one after another, whoever has most
in common with those who sit there. People of one school sit together: they share everything.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

__all__ = ["Seated", "Table", "seated"]

MOST_WEIGHED = 150
"""Up to so many schools each is weighed against each."""
Needs = Mapping[str, int]
"""Topic -> how much it is wanted."""


@dataclass(frozen=True, slots=True)
class Seated:
    """People of one school, by id, with what the school wants to learn about."""

    school_id: str
    person_ids: tuple[str, ...]
    needs: Needs


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its people, and the topics that at least two of its schools share, the most wanted first."""

    number: int
    person_ids: tuple[str, ...]
    topics: tuple[str, ...]


def seated(schools: Sequence[Seated], size: int) -> list[Table]:
    """Tables of at most `size` people, as few as possible; of a school with more, the rest sit elsewhere.

    The same people give the same tables, in whatever order they are named.
    """
    parts = [part for one in sorted(schools, key=lambda one: one.school_id) for part in _parts(one, size)]
    people = _people(parts)
    largest = max((len(one.person_ids) for one in parts), default=1)
    even = ceil(people / ceil(people / size)) if people else size
    room = min(size, ceil(even / largest) * largest)  # so that whole schools fit
    tables = _in_line(parts, room) if len(parts) > MOST_WEIGHED else _by_likeness(parts, room)
    return [
        Table(number, tuple(person for one in each for person in one.person_ids), _shared(each))
        for number, each in enumerate(tables, start=1)
    ]


def _by_likeness(parts: Sequence[Seated], room: int) -> list[list[Seated]]:
    left, tables = list(parts), list[list[Seated]]()
    while left:
        first = max(left, key=lambda one: (_with_all(one, left), one.school_id))
        table = [first]
        left.remove(first)
        while fitting := [one for one in left if _people(table) + len(one.person_ids) <= room]:
            best = max(fitting, key=lambda one: (_with_all(one, table), one.school_id))
            table.append(best)
            left.remove(best)
        tables.append(table)
    return tables


def _in_line(parts: Sequence[Seated], room: int) -> list[list[Seated]]:
    """Among very many, neighbours in a line of what is wanted most: nobody weighs everybody against everybody."""
    ordered = sorted(parts, key=lambda one: (_most_wanted(one.needs), one.school_id))
    tables: list[list[Seated]] = []
    for one in ordered:
        if not tables or _people(tables[-1]) + len(one.person_ids) > room:
            tables.append([])
        tables[-1].append(one)
    return tables


def _most_wanted(needs: Needs) -> tuple[str, ...]:
    return tuple(sorted(needs, key=lambda topic: (-needs[topic], topic)))


def _parts(one: Seated, size: int) -> list[Seated]:
    ids = tuple(sorted(one.person_ids))
    return [Seated(one.school_id, ids[first : first + size], one.needs) for first in range(0, len(ids), size)]


def _people(schools: Sequence[Seated]) -> int:
    return sum(len(one.person_ids) for one in schools)


def _with_all(one: Seated, others: Sequence[Seated]) -> int:
    return sum(_alike(one, each) for each in others if each is not one)


def _alike(one: Seated, other: Seated) -> int:
    """How much two schools want the same."""
    return sum(min(weight, other.needs.get(topic, 0)) for topic, weight in one.needs.items())


def _shared(schools: Sequence[Seated]) -> tuple[str, ...]:
    by_school = {one.school_id: one.needs for one in schools}
    wanted, schools_wanting = Counter[str](), Counter[str]()
    for needs in by_school.values():
        wanted.update(needs)
        schools_wanting.update(needs.keys())
    shared = [topic for topic, number in schools_wanting.items() if number > 1]
    return tuple(sorted(shared, key=lambda topic: (-schools_wanting[topic], -wanted[topic], topic)))
