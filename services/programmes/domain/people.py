"""What becomes of a person: an address corrected, or everything about them forgotten."""

import datetime as dt
from collections.abc import Sequence

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.records import Person, RoleOf
from shared.errors import Rejected
from shared.events.programmes import PersonErased

__all__ = ["CONSOLE", "correct", "erase", "leave_console"]

CONSOLE = RoleOf(role="coordinator")
"""Who holds this role, at no school and in no programme, may sign in to the console and sees all programmes."""


def leave_console(person: Person, coordinators: Sequence[Person]) -> Person:
    """The person without the console. Raises Rejected for who does not have it, and for the last who does."""
    if CONSOLE not in person.roles:
        raise Rejected("no-coordinator", f"{person.name} may not sign in anyway. See `kindred coordinators list`.")
    if len(coordinators) == 1:
        raise Rejected(
            "last-coordinator", f"{person.name} is the only one who may sign in. Add somebody else first."
        )  # fmt: skip
    roles = tuple(role for role in person.roles if role != CONSOLE)
    return person.model_copy(update={"roles": roles, "version": person.version + 1})


def correct(person: Person, email: str) -> Person:
    """The person with another address. Raises Rejected("invalid-address") unless mail can reach it."""
    address = email.strip()
    fault = address_fault(address)
    if fault:
        raise Rejected("invalid-address", f"The e-mail address {fault}.")
    return person.model_copy(update={"email": address, "version": person.version + 1})


def erase(person: Person, today: dt.date) -> PersonErased:
    """The event by which every service forgets the person."""
    return PersonErased(version=person.version + 1, person_id=person.person_id, erased_on=today)
