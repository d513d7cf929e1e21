"""Three schools with their leaders and governors, a trainer and a course of four days, step by step."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.parties import NamePartyPerson
from shared.commands.programmes import AddPerson, EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.sessions import CourseDetail, PlanSessions, PublishSessions, ShowCourse
from tests.fakes.town import Person, Town

TEMPLATES = Path(__file__).parent / "templates"
SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
SCHOOLS = range(3)
TRAINER, COORDINATOR = "tess@training.example", "cora@trust.example"
TICK, RECORD, CATCH_UP = "Tick the dates: Leading a team", "Say who came: Leading a team", "Catch up: Leading a team"


def address(role: str, number: int) -> str:
    return f"{role}@s{number}.example"


class Leaders:
    """The programme in the town."""

    def __init__(self) -> None:
        self.town = Town(TEMPLATES, SEPTEMBER)
        self.programme_id = ""
        self._seen = 0

    async def open(self) -> None:
        town = self.town
        town.register([_school(number) for number in SCHOOLS])
        opened = await town.ask(
            OpenProgramme(
                template="leaders",
                name="Leaders",
                year=2026,
                coordinator_name="Cora Coe",
                coordinator_email=COORDINATOR,
            )
        )
        self.programme_id = opened.id
        for number in SCHOOLS:
            people = [_person("headteacher", number), _person("team-member", number)]
            people += [_person("governor", number)] if number else []
            enrol = EnrolSchool(programme_id=opened.id, urn=100 + number, people=tuple(people), strengths=(), needs=())
            await town.ask(enrol)
        trainer = PersonDetails(role="trainer", name="Tess Trainer", email=TRAINER)
        await town.ask(NamePartyPerson(programme_id=opened.id, person=trainer))
        await town.settle()

    async def join(self, role: str, number: int, name: str) -> None:
        """Somebody more comes to a school."""
        person = PersonDetails(role=role, name=name, email=f"{name.lower()}@s{number}.example")
        await self.town.ask(AddPerson(programme_id=self.programme_id, urn=100 + number, person=person))
        await self.town.to(self.town.clock.at + dt.timedelta(minutes=2))

    async def plan(self, activity: str = "trainings") -> CourseDetail:
        await self.town.ask(PlanSessions(programme_id=self.programme_id, activity=activity))
        return await self.shown(activity)

    async def publish(self, activity: str = "trainings") -> CourseDetail:
        await self.town.ask(PublishSessions(programme_id=self.programme_id, activity=activity))
        await self.gathered()
        return await self.shown(activity)

    async def gathered(self) -> None:
        """The dates that somebody hears of at the same time have gone out."""
        await self.town.to(self.town.clock.at + dt.timedelta(minutes=5))

    async def shown(self, activity: str = "trainings") -> CourseDetail:
        found: CourseDetail = await self.town.find(ShowCourse(programme_id=self.programme_id, activity=activity))
        return found

    async def place(self, who: str) -> Any:
        person_id, found = self.person_id(who), await self.shown()
        return next(one for one in found.places if one.person_id == person_id)

    def who(self, role: str, number: int) -> Person:
        return self.town.person(address(role, number))

    def person_id(self, email: str) -> str:
        """Who reads mail at this address."""
        found: str = next(key for key, one in self.town.stores.people.kept.items() if one.email == email)
        return found

    def came(self) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)

    async def tick(self, number: int, *, without: Iterable[int] = ()) -> Any:
        """A governor ticks the dates on the page behind the mail."""
        browser, page = await self.who("governor", number).open(TICK, "task")
        ticked = {f"tick-{one}": "on" for one in range(1, 5) if one not in without}
        return await browser.press(page, "tick", ticked, expect=(200, 422))

    async def record(self, **was: str) -> Any:
        """The trainer says who came on the page behind the mail: everybody, except those named by `role_number`."""
        browser, page = await self.town.person(TRAINER).open(RECORD, "task")
        names = [name for name in (*page.form.fields, *page.form.choices) if name.startswith("came-")]
        said = {self.person_id(address(*_named(key))): how for key, how in was.items()}
        values = {name: said.get(name.removeprefix("came-"), "present") for name in names}
        return await browser.press(page, "save", values, expect=(200, 422))


def _named(key: str) -> tuple[str, int]:
    role, _, number = key.rpartition("_")
    return role.replace("_", "-"), int(number)


def _person(role: str, number: int) -> PersonDetails:
    return PersonDetails(role=role, name=f"{role.title()} {number}", email=address(role, number))


def _school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield",
    )  # fmt: skip
