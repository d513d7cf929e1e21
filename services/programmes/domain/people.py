"""What becomes of a person: an address corrected, or everything about them forgotten."""

import datetime as dt

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.records import Person
from shared.errors import Rejected
from shared.events.programmes import PersonErased

__all__ = ["correct", "erase"]


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
