"""Which schools a party has: enrolled, joined, left; each change as records and events."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.programmes.domain.parties.records import PartyRecord, party_id
from services.programmes.domain.programme import NOT_NOW
from services.programmes.domain.records import Person, Programme
from services.programmes.domain.register.entry import RegisterEntry
from shared.errors import Rejected
from shared.events import parties as events
from shared.events.base import Event
from shared.events.parties import PartySchool
from shared.template import Template
from shared.template.kinds import SHARED_PLACE, TOGETHER, TRAINING

__all__ = [
    "PartyDecision",
    "changed",
    "dissolved",
    "enrolled",
    "joined",
    "left",
    "place_among",
    "refuse_unless_alike",
    "refuse_unless_together",
    "refuse_unless_under_way",
    "shared",
    "training",
    "withdrawn",
]

_ALIKE = {"same-trust": "trust", "same-federation": "federation"}
_EVENTS: dict[str, type[events.PartyEnrolled] | type[events.PartyAmended] | type[events.PartyWithdrawn]] = {
    "enrolled": events.PartyEnrolled,
    "amended": events.PartyAmended,
    "withdrawn": events.PartyWithdrawn,
}


@dataclass(frozen=True, slots=True)
class PartyDecision:
    """A party as it stands now, the people it changed, the events to publish, and who took over a role."""

    record: PartyRecord
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    successor: str | None = None


def refuse_unless_under_way(programme: Programme) -> None:
    """Raise Rejected named after the state of a programme that neither recruits nor runs."""
    if programme.stage is not None:
        raise Rejected(programme.stage, f"'{programme.name}' {NOT_NOW[programme.stage]}.")


def refuse_unless_together(programme: Programme, kind: str) -> None:
    """Raise Rejected("party-kind") where a programme takes in something else than parties of this kind."""
    refuse_unless_under_way(programme)
    own = programme.terms.party
    if own == kind:
        return
    instead = "Enrol its schools one by one." if own not in TOGETHER else f"It takes in each {own}."
    raise Rejected("party-kind", f"'{programme.name}' takes in no {kind}s. {instead}")


def enrolled(
    programme: Programme,
    kind: str,
    name: str,
    *,
    trust_id: str | None,
    before: PartyRecord | None,
    schools: Sequence[str],
    on: dt.date,
) -> PartyRecord:
    """A party that joins, or comes back. Raises Rejected("already-enrolled"). Its events follow with its people."""
    if before is not None and before.state == "enrolled":
        raise Rejected("already-enrolled", f"{before.name} takes part in '{programme.name}' already.")
    was = before.schools if before else ()
    there = tuple(PartySchool(school_id=one, since=on) for one in schools)
    return PartyRecord(
        party_id=party_id(programme.programme_id, trust_id or name.casefold()),
        programme_id=programme.programme_id,
        kind=kind,
        name=name,
        trust_id=trust_id,
        schools=(*was, *there),
        version=before.version + 1 if before else 1,
    )


def shared(programme_id: str, place_id: str, names: Sequence[str], schools: Sequence[str], on: dt.date) -> PartyRecord:
    """Two neighbours share a place from that day on. `names`: what the schools are called."""
    return PartyRecord(
        party_id=party_id(programme_id, place_id),
        programme_id=programme_id,
        kind=SHARED_PLACE,
        name=" and ".join(sorted(names)),
        schools=tuple(PartySchool(school_id=one, since=on) for one in schools),
    )


def refuse_unless_alike(programme: Programme, entries: Sequence[RegisterEntry]) -> None:
    """Raise Rejected("not-alike") unless these schools have in common what the template asks of who trains together."""
    refuse_unless_under_way(programme)
    asked = programme.template.party.together if isinstance(programme.template, Template) else ()
    if not asked:
        raise Rejected("party-kind", f"In '{programme.name}' all schools have the same days; none train apart.")
    known = [{"same-trust": one.school.trust_code, "same-federation": one.school.federation} for one in entries]
    if not any(known[0][rule] and len({one[rule] for one in known}) == 1 for rule in asked):
        what = " or ".join(_ALIKE[rule] for rule in asked)
        raise Rejected("not-alike", f"Who trains together is of one {what} by the register; these schools are not.")


def training(
    programme: Programme, name: str, before: PartyRecord | None, schools: Sequence[str], on: dt.date
) -> tuple[PartyRecord, str]:
    """These schools, and no others, train together under that name; and which event tells it."""
    if before is None:
        there = tuple(PartySchool(school_id=one, since=on) for one in schools)
        key = party_id(programme.programme_id, f"{TRAINING}|{name.casefold()}")
        record = PartyRecord(
            party_id=key, programme_id=programme.programme_id, kind=TRAINING, name=name, schools=there
        )  # fmt: skip
        return record, "enrolled"
    after = joined(left(before, {*before.school_ids} - {*schools}, on), schools, on)
    return after.model_copy(update={"state": "enrolled", "version": before.version + 1}), "amended"


def dissolved(before: PartyRecord, on: dt.date, reason: str) -> PartyRecord:
    """The schools share a place no longer; each goes on by itself."""
    after = left(before, before.school_ids, on)
    return after.model_copy(update={"state": "withdrawn", "withdrawal_reason": reason.strip()})


def place_among(
    parties: Iterable[PartyRecord], programme_id: str, school_id: str, kind: str = SHARED_PLACE
) -> PartyRecord | None:
    """The place that a school shares in a programme, or keeps after the other has left; None where it has none.

    `kind`: or the schools with which it trains together.
    """
    places = [one for one in parties if one.kind == kind and one.programme_id == programme_id]
    return next((one for one in places if one.state == "enrolled" and school_id in one.school_ids), None)


def joined(before: PartyRecord, schools: Iterable[str], on: dt.date) -> PartyRecord:
    """More schools are of the party from today on."""
    fresh = [one for one in schools if one not in before.school_ids]
    there = tuple(PartySchool(school_id=one, since=on, part_way=True) for one in fresh)
    return _next(before, schools=(*before.schools, *there)) if fresh else before


def left(before: PartyRecord, schools: Iterable[str], on: dt.date) -> PartyRecord:
    """These schools are of the party no longer; what they did stays theirs."""
    gone = {*schools} & {*before.school_ids}
    after = tuple(
        one.model_copy(update={"until": max(on, one.since)}) if one.until is None and one.school_id in gone else one
        for one in before.schools
    )
    return _next(before, schools=after) if gone else before


def withdrawn(before: PartyRecord, on: dt.date, reason: str) -> PartyRecord:
    """The party leaves with all of its schools and people."""
    after = left(before, before.school_ids, on)
    update = {"state": "withdrawn", "people": (), "withdrawal_reason": reason.strip(), "version": before.version + 1}
    return after.model_copy(update=update)


def changed(record: PartyRecord, how: str) -> Event:
    """The event that carries a party whole; `how`: enrolled, amended or withdrawn."""
    return _EVENTS[how].model_validate(record.model_dump())


def _next(before: PartyRecord, **update: object) -> PartyRecord:
    return before.model_copy(update={**update, "version": before.version + 1})
