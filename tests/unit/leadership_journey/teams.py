"""Leadership teams in the town, step by step, by mails, pages and the coordinator's commands."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.brochures import BrochureRows, ListBrochures, PublishBrochure
from shared.commands.forms import SaveDraft, SubmitEntry
from shared.commands.parties import NamePartyPerson
from shared.commands.programmes import AddPerson, EnrolSchool, OpenProgramme, PersonDetails, ReplacePerson
from shared.commands.reports import CompileReport
from shared.commands.scheduling_dates import OpenCalls, OpeningLine
from tests.fakes.town import Person, Town

AUGUST = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
COORDINATOR, TRAINER = "cora@journey.example", "tom@journey.example"
TEAM = 6
STRATEGIES = ("vision", "hard-conversations", "growing-excellence")
Levels = tuple[str, str, str]


class Teams:
    """The programme in the town."""

    def __init__(self) -> None:
        self.town = Town(at=AUGUST)
        self.programme_id = ""
        self._seen = 0

    def head(self, number: int) -> Person:
        return self.town.person(_address(number, 0))

    def member(self, school: int, number: int) -> Person:
        return self.town.person(_address(school, number))

    def person_id(self, address: str) -> str:
        """Who reads mail at this address."""
        found: str = next(key for key, one in self.town.stores.people.kept.items() if one.email == address)
        return found

    def came(self) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)

    async def open(self, schools: int = 1, team: int = TEAM, pupils: Sequence[int] = ()) -> "Teams":
        """`pupils`: how many each school has, where that matters."""
        known = dict(enumerate(pupils))
        self.town.register(
            [dataclasses.replace(self.school(number), pupils=known.get(number)) for number in range(schools)]
        )
        opening = OpenProgramme(
            template="leadership-journey", name="Journey", year=2026, coordinator_name="Cora Coe",
            coordinator_email=COORDINATOR,
        )  # fmt: skip
        self.programme_id = (await self.town.ask(opening)).id
        for number in range(schools):
            people = tuple(
                PersonDetails(
                    role="team-member" if one else "headteacher", name=f"Leader {number}{one}",
                    email=_address(number, one),
                )
                for one in range(min(team, 2))
            )  # fmt: skip
            await self.ask(EnrolSchool, urn=100 + number, people=people, strengths=(), needs=())
            for one in range(2, team):
                await self.join(number, f"Leader {number}{one}", _address(number, one))
        return self

    @staticmethod
    def school(number: int) -> School:
        """A school of the register."""
        return School(
            urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
            authority="Sheffield", easting=430000 + 2000 * number, northing=390000,
        )  # fmt: skip

    async def train(self, *addresses: str) -> None:
        """Trainers of the programme."""
        for number, address in enumerate(addresses):
            person = PersonDetails(role="trainer", name=f"Tom {number}", email=address)
            await self.ask(NamePartyPerson, person=person)

    async def offer(self, address: str, *days: str, first: int = 9, last: int = 10) -> None:
        """A trainer can be called between these hours of these days, local time."""
        lines = tuple(
            OpeningLine(on=dt.date.fromisoformat(day), first=dt.time(first), last=dt.time(last)) for day in days
        )
        await self.town.ask(OpenCalls(person_id=self.person_id(address), openings=lines))

    async def publish(self) -> str:
        """The brochure is public; return the address of the page on which a call is booked."""
        await self.ask(CompileReport, report="brochure")
        await self.ask(PublishBrochure)
        rows: BrochureRows = await self.town.find(ListBrochures(programme_id=self.programme_id))
        return f"http://127.0.0.1:8080/brochures/{rows.brochures[0].address}/call"

    async def join(self, school: int, name: str, address: str) -> None:
        """Somebody comes to a school's team."""
        person = PersonDetails(role="team-member", name=name, email=address)
        await self.ask(AddPerson, urn=100 + school, person=person)

    async def ask(self, command: type[Any], **fields: Any) -> Any:
        return await self.town.ask(command(programme_id=self.programme_id, **fields))

    async def replaced(self, school: int, number: int) -> None:
        """Somebody new takes the place of a leader."""
        leaver = _address(school, number)
        role = "team-member" if number else "headteacher"
        person = PersonDetails(role=role, name=f"Next {school}{number}", email=f"next{number}@s{school}.example")
        await self.ask(ReplacePerson, urn=100 + school, person=person, leaving=leaver)

    async def see(self, number: int, member: int, levels: Levels, words: str) -> str:
        """Somebody says where the school stands; return what the page says then."""
        return await self.seen_by(self.member(number, member), levels, words)

    async def seen_by(self, person: Person, levels: Levels, words: str) -> str:
        """Somebody says where the school stands; return what the page says then."""
        values = {f"strategies.{key}": level for key, level in zip(STRATEGIES, levels, strict=True)}
        return (await person.answer(words, values)).text

    async def write(self, form: str, by: str, answers: dict[str, Any], about: str = "sch-100") -> None:
        """An entry about a school is sent in."""
        draft = await self.ask(SaveDraft, form=form, about_id=about, person_id=by, answers=answers)
        await self.town.ask(SubmitEntry(entry_id=draft.entry_id, person_id=by, revision=draft.revision))
        await self.town.settle()

    async def report(self, key: str, about: str = "sch-100") -> Any:
        """Have a report compiled; return its parts by title."""
        await self.ask(CompileReport, report=key, about_id=about)
        shown: Any = self.town.renderer.seen[-1]
        return {part.title: part for part in shown.parts}


def _address(school: int, number: int) -> str:
    return f"leader{number}@s{school}.example"
