"""How somebody at a school came to a role: with the enrolment, by an entry of a form, or named one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.records import EnrolmentRecord, Named, Naming, RoleOf
from shared.errors import Rejected

__all__ = ["Held", "held", "whom"]


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the role: with the enrolment, by these entries, or else named one by one."""

    person_id: str
    enrolled: bool = False
    namings: tuple[Naming, ...] = ()


def held(
    role: str,
    leaving: str | None,
    *,
    enrolment: EnrolmentRecord,
    namings: Sequence[Naming],
    known: Known,
    terms: EnrolmentTerms,
) -> Held:
    """Who holds the role at the school, or `leaving` among several. Raises Rejected where that is nobody or unclear."""
    place = RoleOf(role=role, school_id=enrolment.school_id, programme_id=enrolment.programme_id)
    enrolled = [one.person_id for one in enrolment.people if one.role == role]
    named = [one.person_id for naming in namings for one in naming.named if one.role == role]
    added = [person.person_id for person in known.by_id.values() if person.holds(place)]
    found = list(dict.fromkeys(person for person in (*enrolled, *named, *added) if leaving in {None, person}))
    title = terms.title_of(role)
    if not found:
        raise Rejected("no-such-role", f"The school has no {title} in this programme who is meant.")
    if len(found) > 1:
        raise Rejected("which-person", f"The school has {len(found)} people as {title}; say by their address whom.")
    (person_id,) = found
    theirs = tuple(one for one in namings if Named(role=role, person_id=person_id) in one.named)
    return Held(person_id, person_id in enrolled, theirs)


def whom(leaving: str, known: Known) -> str | None:
    """The id of who is meant by an address or id; None where nothing is said. Raises Rejected("unknown-person")."""
    if not leaving:
        return None
    found = known.by_id.get(leaving) or known.with_address(leaving)
    if found is None:
        raise Rejected("unknown-person", f"Nobody in this programme has the address or id '{leaving[:60]}'.")
    return found.person_id
