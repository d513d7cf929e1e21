"""Who has which role at a party, or for the programme: named, handed over, left."""

import datetime as dt
from collections.abc import Sequence

from services.programmes.domain.enrolment.people import Known, NewId
from services.programmes.domain.enrolment.people_rules import refuse_bad_address, refuse_other_name
from services.programmes.domain.enrolment.publishing import membership_id
from services.programmes.domain.parties.records import OF_PROGRAMME, PartyPerson, PartyRecord
from services.programmes.domain.parties.schools import PartyDecision
from services.programmes.domain.records import Programme, RoleOf
from shared.commands.programmes import PersonDetails
from shared.errors import Rejected
from shared.events import programmes_parts as parts
from shared.events.base import Event
from shared.template import Template
from shared.template.people import Role

__all__ = ["all_left", "holder", "leave", "missing", "name", "refuse_missing", "replace"]


def name(
    record: PartyRecord,
    programme: Programme,
    people: Sequence[PersonDetails],
    known: Known,
    *,
    new_id: NewId,
    on: dt.date,
) -> PartyDecision:
    """These people have their roles at the party, beside those who had one. Raises Rejected for what will not do."""
    known = known.unchanged()
    after = list(record.people)
    taken = []
    for details in people:
        _role(programme, record, details.role)
        refuse_bad_address(details)
        refuse_other_name(details, known)
        person = known.add_role(details, _place(record, details.role), new_id)
        if all((one.person_id, one.role) != (person.person_id, details.role) for one in after):
            taken.append(PartyPerson(person_id=person.person_id, role=details.role, since=on))
            after.append(taken[-1])
    _refuse_too_many(programme, record, after)
    if not taken:
        return PartyDecision(record, (), tuple(known.changed.values()))
    record = record.model_copy(update={"people": tuple(after), "version": record.version + 1})
    return PartyDecision(record, tuple(_taken(record, one) for one in taken), tuple(known.changed.values()))


def replace(
    before: PartyRecord,
    details: PersonDetails,
    leaving: str,
    known: Known,
    *,
    new_id: NewId,
    on: dt.date,
    interim: bool = False,
) -> PartyDecision:
    """Somebody else takes over a role from `leaving`. Raises Rejected("same-person")."""
    refuse_bad_address(details)
    refuse_other_name(details, known)
    known = known.unchanged()
    person = known.add_role(details, _place(before, details.role), new_id)
    if person.person_id == leaving:
        raise Rejected("same-person", "This address already is theirs; use it to correct, not to replace.")
    known.drop_role(leaving, _place(before, details.role))
    new = PartyPerson(person_id=person.person_id, role=details.role, since=on, interim=interim)
    kept = tuple(one for one in before.people if (one.person_id, one.role) != (leaving, details.role))
    there = any((one.person_id, one.role) == (new.person_id, new.role) for one in kept)
    after = before.model_copy(update={"people": kept if there else (*kept, new), "version": before.version + 1})
    gone = _left(after, leaving, details.role, on, person.person_id)
    events = (gone,) if there else (gone, _taken(after, new, replaces=leaving))
    return PartyDecision(after, events, tuple(known.changed.values()), person.person_id)


def leave(
    before: PartyRecord, programme: Programme, role: str, leaving: str, *, known: Known, on: dt.date
) -> PartyDecision:
    """Somebody leaves a role that nobody takes over. Raises Rejected("role-needed") where the party needs somebody."""
    least = _role(programme, before, role).least
    if len(before.holding(role)) <= least:
        title = programme.terms.title_of(role)
        article = "an" if title[:1] in "aeiou" else "a"
        said = f"{before.name} must have {article} {title}; `kindred parties replace` names who takes over."
        raise Rejected("role-needed", said)
    known = known.unchanged()
    known.drop_role(leaving, _place(before, role))
    kept = tuple(one for one in before.people if (one.person_id, one.role) != (leaving, role))
    after = before.model_copy(update={"people": kept, "version": before.version + 1})
    return PartyDecision(after, (_left(after, leaving, role, on, None),), tuple(known.changed.values()))


def all_left(before: PartyRecord, after: PartyRecord, known: Known, on: dt.date) -> PartyDecision:
    """Everybody of a party that has left loses their role at it."""
    known = known.unchanged()
    for one in before.people:
        known.drop_role(one.person_id, _place(before, one.role))
    gone = tuple(_left(after, one.person_id, one.role, on, None) for one in before.people)
    return PartyDecision(after, gone, tuple(known.changed.values()))


def holder(record: PartyRecord, programme: Programme, role: str, leaving: str | None) -> str:
    """Who holds the role at the party, or `leaving` among several. Raises Rejected where that is nobody or unclear."""
    _role(programme, record, role)
    found = [one for one in record.holding(role) if leaving in {None, one}]
    title = programme.terms.title_of(role)
    if not found:
        raise Rejected("no-such-role", f"{record.name} has no {title} in this programme who is meant.")
    if len(found) > 1:
        raise Rejected("which-person", f"{record.name} has {len(found)} people as {title}; say by their address whom.")
    return found[0]


def missing(record: PartyRecord, programme: Programme) -> tuple[str, ...]:
    """The roles for which the party names nobody, and must."""
    roles = (role for role in _roles(programme, record) if role.least and not role.later)
    return tuple(role.key for role in roles if len(record.holding(role.key)) < role.least)


def refuse_missing(record: PartyRecord, programme: Programme) -> None:
    """Raise Rejected("missing-role") where somebody whom the party needs is not named."""
    if lacking := missing(record, programme):
        titles = " and no ".join(programme.terms.title_of(role) for role in lacking)
        how = f"--person '{lacking[0]}: Ada Okafor <ada@trust.example>'"
        raise Rejected("missing-role", f"{record.name} names no {titles}. Name who it is, as in {how}.")


def _roles(programme: Programme, record: PartyRecord) -> list[Role]:
    template = programme.template
    roles = template.roles if isinstance(template, Template) else ()
    return [role for role in roles if role.at == record.kind and not role.of]


def _role(programme: Programme, record: PartyRecord, key: str) -> Role:
    roles = _roles(programme, record)
    found = next((role for role in roles if role.key == key), None)
    if found is None:
        titles = ", ".join(role.title or role.key for role in roles) or "none"
        where = "for the programme" if record.kind == OF_PROGRAMME else f"at a {record.kind}"
        raise Rejected("unknown-role", f"This programme has no '{key}' {where}; roles there: {titles}.")
    return found


def _refuse_too_many(programme: Programme, record: PartyRecord, people: Sequence[PartyPerson]) -> None:
    for role in _roles(programme, record):
        count = sum(one.role == role.key for one in people)
        if role.most is not None and count > role.most:
            title = programme.terms.title_of(role.key)
            hint = "`kindred parties replace` hands the role over."
            raise Rejected("role-twice", f"{record.name} has {count} people as {title}, at most {role.most}; {hint}")


def _place(record: PartyRecord, role: str) -> RoleOf:
    return RoleOf(role=role, programme_id=record.programme_id, party_id=record.at)


def _taken(record: PartyRecord, one: PartyPerson, *, replaces: str | None = None) -> Event:
    facts = _membership(record, one.person_id, one.role)
    return parts.RoleTaken.model_validate({**facts, "since": one.since, "interim": one.interim, "replaces": replaces})


def _left(record: PartyRecord, person_id: str, role: str, on: dt.date, successor: str | None) -> Event:
    facts = _membership(record, person_id, role)
    return parts.RoleLeft.model_validate({**facts, "until": on, "successor_id": successor})


def _membership(record: PartyRecord, person_id: str, role: str) -> dict[str, object]:
    return {
        "version": record.version,
        "membership_id": membership_id(record.programme_id, record.party_id, role, person_id),
        "programme_id": record.programme_id,
        "person_id": person_id,
        "role": role,
        "party_id": record.at,
    }
