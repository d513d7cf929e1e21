"""Who the owners of actions are whom an entry names by address: somebody known, or somebody new without a role."""

from collections.abc import Sequence

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.enrolment.people import Known, NewId
from services.programmes.domain.records import Person
from shared.commands.actions import OwnerNamed

__all__ = ["identified"]


def identified(named: Sequence[OwnerNamed], known: Known, new_id: NewId) -> tuple[dict[str, str], tuple[Person, ...]]:
    """Line -> person, and the people who are new; empty where mail cannot reach the address.

    Somebody who is known keeps their name: an entry renames nobody.
    """
    known = known.unchanged()
    owners = dict[str, str]()
    for one in named:
        if address_fault(one.address):
            owners[one.line_id] = ""
            continue
        person = known.with_address(one.address)
        if person is None:
            name = " ".join(one.name.split()) or one.address
            person = Person(person_id=new_id("per"), name=name, email=one.address.strip())
            known.put(person)
        owners[one.line_id] = person.person_id
    return owners, tuple(known.changed.values())
