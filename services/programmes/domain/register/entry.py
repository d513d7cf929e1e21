"""A school of the register as this service keeps it: what the file says, under our own school id."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.programmes.domain.enrolment.standing import SchoolStanding
from services.programmes.domain.register.school import Change, School, changes_between
from shared.events.programmes import SchoolFacts

__all__ = ["FieldChange", "RegisterEntry", "facts_of", "merged", "standing_of", "trust_id"]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One URN's entry and the school it belongs to. `published`: how many events about its changes were published."""

    school_id: str
    school: School
    published: int = 0


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change of one URN's entry, as kept in its history."""

    urn: int
    import_id: str
    at: dt.datetime
    change: Change


def merged(
    old: RegisterEntry | None, new: School, school_id: str, stated: frozenset[str]
) -> tuple[RegisterEntry, list[Change]]:
    """The entry after the file said `new` about the fields `stated`, and what that changed."""
    if old is None:
        return RegisterEntry(school_id, new), []
    if old.school.inspected and new.inspected and new.inspected < old.school.inspected:
        stated -= {"overall_grade", "inspected"}  # what is known of a later inspection stays
    changes = changes_between(old.school, new, stated)
    fields: dict[str, Any] = {change.field: change.new for change in changes}
    school = replace(old.school, **fields) if fields else old.school
    return RegisterEntry(school_id, school, old.published), changes


def trust_id(code: str | None) -> str | None:
    """Our id of a trust, from the register's code for it."""
    return f"trust-{code}" if code else None


def facts_of(entry: RegisterEntry) -> SchoolFacts:
    """What events say about the school."""
    school = entry.school
    return SchoolFacts(
        school_id=entry.school_id,
        urn=school.urn,
        name=school.name,
        phase=school.phase,
        kind=school.kind,
        authority_code=school.authority_code,
        authority=school.authority,
        region=school.region,
        trust_id=trust_id(school.trust_code),
        trust=school.trust,
        federation=school.federation,
        town=school.town,
        postcode=school.postcode,
        easting=school.easting,
        northing=school.northing,
        pupils=school.pupils,
        fsm_percent=school.fsm_percent,
    )


def standing_of(entry: RegisterEntry, successors: tuple[int, ...] = ()) -> SchoolStanding:
    """What the rules of enrolment ask about the school."""
    school = entry.school
    return SchoolStanding(entry.school_id, school.urn, school.name, school.status, successors)
