"""What must be known of people, programmes, schools, groups, visits and events to write mails."""

from collections.abc import Iterable
from typing import Protocol

from services.notifications.domain.directory import Card, Group, LastReply, Programme, ProgrammeRole, School
from services.notifications.domain.targets import Target
from shared.events.people import Role


class Book(Protocol):
    """The contact book and what is known of programmes, schools, groups, visits and events."""

    async def put_card(self, card: Card) -> None:
        """Keep a contact card unless a newer one is there."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop a person's card."""
        ...

    async def cards(self, person_ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those people who are known."""
        ...

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people with this address."""
        ...

    async def put_programme(self, programme: Programme) -> None:
        """Keep a programme."""
        ...

    async def programmes(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        """Return programmes by id."""
        ...

    async def put_school(self, school: School) -> None:
        """Keep a school of a programme unless a newer version is there."""
        ...

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        """Note that a school has left a programme."""
        ...

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        """Note that somebody else holds a role of an enrolment."""
        ...

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all of them or those named; withdrawn ones too."""
        ...

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        """Note that somebody leads visit days in a programme."""
        ...

    async def facilitators(self, programme_id: str) -> list[str]:
        """Return who leads visit days in a programme."""
        ...

    async def parts(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        """Return the parts that these people have in programmes, as people of schools, facilitators, coordinators."""
        ...

    async def put_group(self, group: Group) -> None:
        """Keep a group unless a newer version is there."""
        ...

    async def groups(self, group_ids: Iterable[str]) -> dict[str, Group]:
        """Return groups by id."""
        ...

    async def put_target(self, target: Target) -> None:
        """Keep a visit or event as it stands."""
        ...

    async def targets(self, target_ids: Iterable[str]) -> dict[str, Target]:
        """Return visits and events by id."""
        ...

    async def put_done(self, key: str, sequence: int = 0) -> None:
        """Note that something which people are reminded of is done, for the invitation of that SEQUENCE."""
        ...

    async def done(self, keys: Iterable[str]) -> dict[str, int]:
        """Return which of these are done, with the SEQUENCE."""
        ...

    async def last_reply(self, target_id: str, person_id: str) -> LastReply | None:
        """Return the person's last calendar answer."""
        ...

    async def put_reply(self, target_id: str, person_id: str, reply: LastReply) -> int:
        """Keep a calendar answer; return how many this target has had."""
        ...
