"""A trust of nine schools in the town, step by step, by commands and pages."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.duties import DutyRow, ListDuties, TickDuties
from shared.commands.forms import AgreeEntry, SaveDraft, SubmitEntry
from shared.commands.parties import DeclareRelation, EnrolTrust, NamePartyPerson
from shared.commands.programmes import AddPerson, OpenProgramme, PersonDetails
from shared.events.duties import DutyWeekEnded
from tests.fakes.town import Person, Town

AUGUST = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
HEADS = ("Ann", "Bob", "Cat", "Dan", "Eli", "Fay", "Gus", "Hal", "Eve")
"""Of the schools from 100 on. Eve is an executive headteacher, too."""
LEADERS = (("chief-executive", "Chi"), ("executive-headteacher", "Exe"), ("executive-headteacher", "Eve"),
           ("board-clerk", "Clo"), ("hr-director", "Hana"))  # fmt: skip
SHEFFIELD = "373"
WEEK = dt.timedelta(weeks=1)


def details(role: str, name: str) -> PersonDetails:
    return PersonDetails(role=role, name=name, email=mail(name))


def mail(name: str) -> str:
    return f"{name.lower()}@trust.example"


class Trust:
    """The programme in the town, with its trust, heads and lines."""

    def __init__(self, authorities: Mapping[int, str] = MappingProxyType({})) -> None:
        self.town, self._authorities = Town(at=AUGUST), authorities
        self.programme_id = ""
        self.ids: dict[str, str] = {}
        self.schools: dict[int, str] = {}
        self._seen = 0

    async def open(self) -> "Trust":
        urns = [100 + number for number in range(len(HEADS))]
        self.town.register([_school(urn, self._authorities.get(urn, SHEFFIELD)) for urn in urns])
        opening = OpenProgramme(
            template="improvement-model", name="Our model", year=2026, coordinator_name="Cora Coe",
            coordinator_email="cora@trust.example",
        )  # fmt: skip
        self.programme_id = (await self.town.ask(opening)).id
        await self.ask(EnrolTrust, trust="Aspire Trust", people=[details(*one) for one in LEADERS])
        for number, head in enumerate(HEADS):
            self.ids[head] = (await self.ask(AddPerson, urn=100 + number, person=details("headteacher", head))).id
        self.schools = {urn: one.school_id for urn, one in self.town.stores.register.schools.items()}
        self.ids["Mia"] = (await self.ask(AddPerson, urn=100, person=details("middle-leader", "Mia"))).id
        lines = [(head, "Exe" if number < 4 else "Eve") for number, head in enumerate(HEADS[:-1])]
        for person, to in (*lines, ("Eve", "Chi"), ("Exe", "Chi")):
            await self.ask(DeclareRelation, relation="reports-to", person=mail(person), to=mail(to))
        await self.ask(DeclareRelation, relation="line-manages", person=mail("Ann"), to=mail("Mia"))
        await self.town.day("2026-09-01")
        return self

    async def ask(self, command: type[Any], **fields: Any) -> Any:
        return await self.town.ask(command(programme_id=self.programme_id, **fields))

    async def name(self, someone: PersonDetails) -> None:
        """Name somebody for a role of the programme."""
        await self.ask(NamePartyPerson, person=someone)
        await self.town.settle()

    async def duties(self, activity: str) -> list[DutyRow]:
        found = await self.town.find(ListDuties(programme_id=self.programme_id, activity=activity, limit=500))
        return list(found.duties)

    def person(self, name: str) -> Person:
        return self.town.person(mail(name))

    async def tick_everybody_but(self, *names: str) -> None:
        """Everybody ticks off the week that ended last, all done."""
        every = self.town.of(DutyWeekEnded)
        last = max(one.monday for one in every)
        silent = {self.ids[name] for name in names}
        for one in every:
            if one.monday == last and one.person_id not in silent:
                await self.ask(TickDuties, person_id=one.person_id, week=last)

    def known(self, name: str) -> str:
        """The id of somebody by their name here."""
        found: str = next(key for key, one in self.town.stores.people.kept.items() if one.email == mail(name))
        return found

    async def send(self, form: str, about_id: str, by: str, answers: Mapping[str, Any], another: str = "") -> str:
        """An entry that somebody sends in; its id."""
        person = self.known(by)
        draft = await self.ask(
            SaveDraft, form=form, about_id=about_id, person_id=person, answers=answers, another=another
        )
        await self.town.ask(SubmitEntry(entry_id=draft.entry_id, person_id=person, revision=draft.revision))
        await self.town.settle()
        return str(draft.entry_id)

    async def write(self, form: str, school_id: str, by: str, answers: Mapping[str, Any], agreed_by: str) -> None:
        """An entry about a school, sent in and agreed to."""
        by, agreed_by = self.ids[by], self.ids[agreed_by]
        draft = await self.ask(SaveDraft, form=form, about_id=school_id, person_id=by, answers=answers)
        await self.town.ask(SubmitEntry(entry_id=draft.entry_id, person_id=by, revision=draft.revision))
        await self.town.ask(AgreeEntry(entry_id=draft.entry_id, person_id=agreed_by, number=1))
        await self.town.settle()

    @property
    def parts(self) -> Any:
        """The parts of the report that was compiled last."""
        report: Any = self.town.renderer.seen[-1]
        return report.parts

    def most_mails_a_week(self) -> Counter[str]:
        """Person -> the most mails that came in one week, besides dates for calendars, which are a mail each."""
        weeks = Counter(
            (to, parsedate_to_datetime(str(message["Date"])).isocalendar()[:2])
            for _, to, message in self.town.post.mailboxes.mails
            if not any(part.get_content_type() == "text/calendar" for part in message.walk())
        )
        found = Counter[str]()
        for (to, _), count in weeks.items():
            found[to] = max(found[to], count)
        return found

    def came(self) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)


def _school(number: int, authority: str) -> School:
    return School(
        urn=number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code=authority,
        authority="Sheffield", trust_code="16028", trust="Aspire Trust",
    )  # fmt: skip
