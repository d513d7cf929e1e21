"""Who is where on the days on which a duty found none, in words: for the command line, pages and refusals alike."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from shared.commands.duties import DutyElsewhere, MissingCalendar

__all__ = ["missing", "whereabouts"]

MOST = 3
"""So many things are named of a person; the others are counted."""


def whereabouts(found: Iterable[DutyElsewhere], names: Mapping[str, str]) -> str:
    """Return such as `Exe: Quality visit, School 3 (2 days)`; people, and what each has, one after the other."""
    return "; ".join(
        f"{names.get(person) or 'somebody'}: {_things([*each])}"
        for person, each in groupby(found, key=lambda one: one.person_id)
    )


def missing(one: MissingCalendar) -> str:
    """Return what is missing, and what helps."""
    schools = ", ".join(
        [*one.schools[:MOST], *([f"{len(one.schools) - MOST} more"] if len(one.schools) > MOST else [])]
    )
    said = f"Authority {one.authority_code} has no term dates of the school year from September {one.year}"
    return f"{said}: no duty is laid out at {schools} until they are imported."


def _things(found: list[DutyElsewhere]) -> str:
    said = [f"{one.what} ({'1 day' if one.days == 1 else f'{one.days} days'})" for one in found[:MOST]]
    parts = [*said, *([f"{len(found) - MOST} more"] if len(found) > MOST else [])]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
