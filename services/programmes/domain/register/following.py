"""What becomes of schools that are enrolled when a file of the register says something else about them.

A school stands under the URN that can enrol, the latest if there are several; a school without one has closed. Other
services learn of it by `SchoolFactsChanged` or `SchoolClosed`, and by `EnrolmentAmended` with the new facts.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.programmes.domain.enrolment.decide import told_anew
from services.programmes.domain.records import EnrolmentRecord
from services.programmes.domain.register.entry import RegisterEntry, facts_of
from services.programmes.domain.register.links import Link, successors_of
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.events.base import Event
from shared.events.programmes import SchoolClosed, SchoolFacts, SchoolFactsChanged

__all__ = ["Followed", "follow", "in_one_trust", "missing", "standing_under", "to_close"]

_MOST_NAMED = 5
_TOLD_TO_PEOPLE = ("name", "phase", "authority", "region", "trust", "federation", "urn")


@dataclass(frozen=True, slots=True)
class Followed:
    """A school's entry and enrolments as they stand now, the events to publish, and sentences for the coordinator."""

    entry: RegisterEntry | None = None
    enrolments: tuple[EnrolmentRecord, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[str, ...] = ()


def standing_under(entries: Iterable[RegisterEntry]) -> RegisterEntry | None:
    """The entry under which a school stands."""
    return max(entries, key=_rank, default=None)


def _rank(entry: RegisterEntry) -> tuple[bool, dt.date, int]:
    return entry.school.status.enrollable, entry.school.opened or dt.date.min, entry.school.urn


def follow(
    before: RegisterEntry | None,
    after: RegisterEntry | None,
    enrolments: Sequence[EnrolmentRecord],
    links: Sequence[Link],
    programmes: Mapping[str, str],
) -> Followed:
    """What a school's change leads to; `programmes` are names by id. Nothing where it changes nothing for others."""
    if before is None or after is None or not enrolments:
        return Followed()
    named = ", ".join(f"'{programmes[one.programme_id]}'" for one in enrolments if one.programme_id in programmes)
    if before.school.status.enrollable and not after.school.status.enrollable:
        return _closed(after, links, named)
    old, new = facts_of(before), facts_of(after)
    again = after.school.status.enrollable and not before.school.status.enrollable
    changed = tuple(name for name in SchoolFacts.model_fields if getattr(old, name) != getattr(new, name))
    closes = tuple(_comes_to_close(before, after, named))
    if not after.school.status.enrollable or not (changed or again):
        return Followed(warnings=closes)
    entry = replace(after, published=after.published + 1)
    fact = SchoolFactsChanged(version=entry.published, school_id=new.school_id, school=new, changed=changed)
    told = [told_anew(one, new) for one in enrolments]
    return Followed(
        entry=entry,
        enrolments=tuple(record for record, _ in told),
        events=(fact, *(event for _, event in told)),
        warnings=(*_changes(old, new, named), *closes),
    )


def to_close(school: School) -> str:
    """That a school is proposed to close, as the end of a sentence about it; '' where it is not."""
    if school.status is not Status.CLOSING:
        return ""
    return "is proposed to close" + (f" on {school.closed:%d/%m/%Y}" if school.closed else "")


def _comes_to_close(before: RegisterEntry, after: RegisterEntry, named: str) -> Iterable[str]:
    """A warning where the register has come to say so, or says another day."""
    said = to_close(after.school)
    if said and said != to_close(before.school):
        yield (
            f"{after.school.name} (URN {after.school.urn}), enrolled in {named}, {said}. It takes part until then; see "
            "whether its visits lie before that day."
        )


def missing(standing: Iterable[RegisterEntry], seen: Collection[int]) -> tuple[str, ...]:
    """A sentence about enrolled schools that a file of open schools does not have; nothing where it has all.

    `standing`: the entry under which each stands; `seen`: the URNs of the file.
    """
    gone = sorted(
        f"{one.school.name} (URN {one.school.urn})"
        for one in standing
        if one.school.urn not in seen and one.school.status.enrollable
    )
    if not gone:
        return ()
    more = f" and {len(gone) - _MOST_NAMED:,} more" if len(gone) > _MOST_NAMED else ""
    are = "1 enrolled school is" if len(gone) == 1 else f"{len(gone):,} enrolled schools are"
    said = (
        f"{are} not in this file: {', '.join(gone[:_MOST_NAMED])}{more}. They stay as they were. If the file has all "
        "open schools, they may have closed: import the register's file of closed schools, too."
    )
    return (said,)


def _closed(after: RegisterEntry, links: Sequence[Link], named: str) -> Followed:
    school = after.school
    others = successors_of(school.urn, links)
    entry = replace(after, published=after.published + 1)
    fact = SchoolClosed(
        version=entry.published, school_id=after.school_id, urn=school.urn, closed_on=school.closed, successors=others
    )
    when = f" on {school.closed:%d/%m/%Y}" if school.closed else ""
    went_on = f" Its successor has URN {', '.join(map(str, others))}." if others else ""
    warning = (
        f"{school.name} (URN {school.urn}), enrolled in {named}, has closed{when}. It is in no group of a new draft. "
        f"`kindred enrolments withdraw {school.urn}` takes it out.{went_on}"
    )
    return Followed(entry=entry, events=(fact,), warnings=(warning,))


def in_one_trust(school: RegisterEntry, others: Iterable[RegisterEntry]) -> str:
    """A sentence about the schools among `others` that are of the same trust; '' where there is none."""
    same = sorted(one.school.name for one in others if one.school.trust_code == school.school.trust_code)
    if not same:
        return ""
    are = "is" if len(same) == 1 else "are"
    return (
        f"{', '.join(same)} {are} of the same trust as {school.school.name}. New drafts keep schools of one trust "
        "apart; where two are in one published group, `kindred cohorts rematch` proposes other groups."
    )


def _changes(old: SchoolFacts, new: SchoolFacts, named: str) -> Iterable[str]:
    what = []
    for name in _TOLD_TO_PEOPLE:
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            word = {"urn": "URN", "authority": "local authority"}.get(name, name)
            what.append(f"its {word} was {before or 'none'} and is {now or 'none'}")
    if what:
        yield f"{new.name} (URN {new.urn}), enrolled in {named}, has changed: {'; '.join(what)}."
