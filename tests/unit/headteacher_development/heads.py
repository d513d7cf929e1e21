"""Heads of a partnership in the town, step by step, by mails, pages and the coordinator's commands."""

import datetime as dt

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.pairs import PairsDetail, ShowPairs
from shared.commands.parties import DeclareRelation, EnrolPartnership, NamePartyPerson
from shared.commands.programmes import AddPerson, OpenProgramme, PersonDetails
from shared.commands.rounds import DraftRound, PublishRound
from tests.fakes.town import Person, Town

SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
COORDINATOR, LEAD = "cora@heads.example", "lead@north.example"


class Heads:
    """The programme in the town."""

    def __init__(self, count: int) -> None:
        self.town = Town(at=SEPTEMBER)
        self.count = count
        self.programme_id = ""
        self._seen = 0

    def head(self, number: int) -> Person:
        return self.town.person(f"head@s{number:02}.example")

    def person_id(self, address: str) -> str:
        """Who reads mail at this address."""
        found: str = next(key for key, one in self.town.stores.people.kept.items() if one.email == address)
        return found

    def came(self) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)

    async def open(self) -> None:
        town = self.town
        town.register([_school(number) for number in range(self.count)])
        opened = await town.ask(
            OpenProgramme(
                template="headteacher-development", name="Heads", year=2026, coordinator_name="Cora Coe",
                coordinator_email=COORDINATOR,
            )
        )  # fmt: skip
        self.programme_id = opened.id
        urns = tuple(1000 + number for number in range(self.count))
        lead = PersonDetails(role="lead", name="Lee Lead", email=LEAD)
        await town.ask(EnrolPartnership(programme_id=opened.id, name="North", urns=urns, people=(lead,)))
        for number, urn in enumerate(urns):
            head = PersonDetails(role="headteacher", name=f"Head {number:02}", email=f"head@s{number:02}.example")
            await town.ask(AddPerson(programme_id=opened.id, urn=urn, person=head))

    async def report_to(self, name: str, *numbers: int) -> None:
        """An executive headteacher of that name, to whom these heads report."""
        address = f"{name.lower()}@trust.example"
        executive = PersonDetails(role="executive-headteacher", name=name, email=address)
        await self.town.ask(NamePartyPerson(programme_id=self.programme_id, party="North", person=executive))
        for number in numbers:
            await self.town.ask(
                DeclareRelation(
                    programme_id=self.programme_id, relation="reports-to", person=self.head(number).address, to=address
                )
            )  # fmt: skip

    async def shown(self, *, standing: bool = False) -> PairsDetail:
        found: PairsDetail = await self.town.find(ShowPairs(programme_id=self.programme_id, standing=standing))
        return found

    async def draft(self, *, keep: bool = False) -> PairsDetail:
        await self.town.ask(DraftRound(programme_id=self.programme_id, keep=keep))
        return await self.shown()

    async def publish(self) -> PairsDetail:
        draft = await self.shown()
        await self.town.ask(PublishRound(programme_id=self.programme_id, revision=draft.revision))
        return await self.shown()

    async def pair_up(self, on: str) -> PairsDetail:
        """The term's moment comes, and the coordinator publishes what it drafts."""
        await self.town.day(on)
        return await self.publish()


def schools(found: PairsDetail) -> list[list[str]]:
    """The pairs and rings by the numbers of their schools."""
    return sorted(sorted(one.school.removeprefix("School ") for one in row.people) for row in found.pairs)


def _school(number: int) -> School:
    return School(
        urn=1000 + number, name=f"School {number:02}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 2000 * number, northing=390000,
    )  # fmt: skip
