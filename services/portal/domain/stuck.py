"""What is stuck, in words: what happened, what does not follow from it, and whom it concerns."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FOLLOWS: Mapping[str, str] = {
    "notifications": "Mails about it have not gone out.",
    "portal": "Pages do not show it.",
    "reporting": "Forms and reports do not know of it.",
    "tasks": "Nobody was asked what follows from it.",
    "scheduling": "Dates do not take it into account.",
    "matching": "Groups do not take it into account.",
    "programmes": "Schools and enrolments do not take it into account.",
}
"""Service -> what has not happened because it could not handle something."""
PARKED = "It comes from a newer version of Kindred. Whoever runs Kindred updates this part of it; then try again."
DEAD = "Try again once what is named as the reason is put right. If it comes back, show it to whoever runs Kindred."
_NAME = re.compile(r"\.([A-Za-z]+)\.v\d+$")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Letter:
    """A message that a service could not handle. `facts`: the ids it names, by field. `parked`: it is too new."""

    number: int
    parked: bool
    service: str
    kind: str
    reason: str
    at: dt.datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stuck:
    """Letters alike. `person_ids`, `school_ids`, `programme_ids`: whom they concern."""

    what: str
    follows: str
    todo: str
    reason: str
    numbers: tuple[int, ...]
    since: dt.datetime | None
    person_ids: tuple[str, ...] = ()
    school_ids: tuple[str, ...] = ()
    programme_ids: tuple[str, ...] = ()


def alike(letters: Iterable[Letter]) -> list[Stuck]:
    """Put letters of one kind, service and reason together, in their order."""
    groups: dict[tuple[object, ...], list[Letter]] = {}
    for one in letters:
        groups.setdefault((one.service, one.kind, one.reason, one.parked), []).append(one)
    return [_together(each) for each in groups.values()]


def _together(each: list[Letter]) -> Stuck:
    first = each[0]
    return Stuck(
        what=in_words(first.kind),
        follows=FOLLOWS.get(first.service, f"{first.service} does not take it into account."),
        todo=PARKED if first.parked else DEAD,
        reason=first.reason,
        numbers=tuple(one.number for one in each),
        since=first.at,
        person_ids=_named(each, "person_id"),
        school_ids=_named(each, "school_id"),
        programme_ids=_named(each, "programme_id"),
    )


def in_words(kind: str) -> str:
    """`kindred.scheduling.VisitMoved.v1` -> Visit moved."""
    found = _NAME.search(kind)
    if not found:
        return "A message"
    return " ".join(_WORD.split(found[1])).capitalize()


def _named(each: Iterable[Letter], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.facts[name] for one in each if one.facts.get(name)))
