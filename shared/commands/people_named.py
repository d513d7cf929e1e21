"""What the service of people may ask of `reporting`: whom an entry names for roles, with names and addresses."""

from typing import ClassVar

from shared.commands.base import Query, Reply


class PersonNamed(Reply):
    """Somebody whom an entry names for a role. Names and addresses go on as contact cards only."""

    role: str
    name: str
    address: str


class PeopleNamed(Reply):
    """Whom the submitted version of an entry names."""

    entry_id: str
    number: int
    people: tuple[PersonNamed, ...]


class ShowNamedPeople(Query):
    """Whom an entry names for roles, for the service that keeps people; Rejected("unknown-entry") otherwise."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = PeopleNamed
    entry_id: str
