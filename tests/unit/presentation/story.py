"""A project exchange of two schools in the town, by mails and pages, up to the presentation of the findings."""

import datetime as dt

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.agreed_visits import AgreeDays, ChosenDay
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.rounds import PublishRound, RoundDetail, ShowRound
from tests.fakes.town import Person, Town

SCHOOLS = (0, 1)
SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
ROLES = ("headteacher", "cpd-lead", "chair-of-governors")
COORDINATOR = "cora@exchange.example"


class Story:
    """Practitioner 0 looks into the project of school 1, whose governors are to get the report."""

    def __init__(self) -> None:
        self.town = Town(at=SEPTEMBER)
        self.programme_id = ""
        self.matches: dict[str, str] = {}

    def who(self, role: str, number: int) -> Person:
        return self.town.person(f"{role}@s{number}.example")

    async def open(self) -> None:
        self.town.register([_school(number) for number in SCHOOLS])
        command = OpenProgramme(
            template="project-exchange", name="Exchange", year=2026, coordinator_name="Cora Coe",
            coordinator_email=COORDINATOR,
        )  # fmt: skip
        self.programme_id = (await self.town.ask(command)).id
        for number in SCHOOLS:
            people = tuple(
                PersonDetails(role=role, name=f"{role} {number}", email=f"{role}@s{number}.example") for role in ROLES
            )
            await self.town.ask(
                EnrolSchool(programme_id=self.programme_id, urn=100 + number, people=people, strengths=(), needs=())
            )

    async def place(self) -> None:
        """Projects, practitioners, agreement, and the published round."""
        town = self.town
        await town.day("2026-09-16")
        for number in SCHOOLS:
            values = {
                "title": f"Project {number}", "topic": "reading", "need": "Why?", "inside.1.text": "Lessons",
                "visits": "1", "done-by": "2027-05-14", "governors": ("no", "yes")[number],
            }  # fmt: skip
            await self.who("cpd-lead", number).answer("Post your projects", values)
        await town.day("2026-11-06")
        for number in SCHOOLS:
            browser, page = await self.who("cpd-lead", number).open("Name your practitioners", "entry")
            page = await browser.open(f"{page.url}/new")
            wishes = [choice for choice in page.form.choices["wishes.1"] if choice]
            values = {
                "who.name": f"Pat {number}", "who.address": f"practitioner@s{number}.example",
                "line-manager.name": f"Lou {number}", "line-manager.address": f"manager@s{number}.example",
                "stage": "practitioner", "skills.reading": "yes",
                **{f"wishes.{place}": one for place, one in enumerate(wishes, start=1)},
            }  # fmt: skip
            await browser.press(page, "send", values)
            await self.who("practitioner", number).answer(
                "Say whether you want", {"agree": "yes", "aims.listening": "yes"}
            )
            await self.who("manager", number).answer("Agree to your colleague", {"agree": "yes", "days": "5"})
        await town.day("2026-11-23")
        draft: RoundDetail = await town.find(ShowRound(programme_id=self.programme_id))
        await town.ask(PublishRound(programme_id=self.programme_id, revision=draft.round.revision))
        placed: RoundDetail = await town.find(ShowRound(programme_id=self.programme_id))
        self.matches = {row.host: row.match_id for row in placed.placements}

    async def agree_day(self, activity: str, on: str) -> None:
        """A day that practitioner 0 and school 1 have agreed on by telephone."""
        doings = ("lesson-observation",) if activity == "data-visit" else ()
        day = ChosenDay(on=dt.date.fromisoformat(on), starts=dt.time(9), ends=dt.time(15), doings=doings)
        await self.town.ask(AgreeDays(match_id=self.matches["School 1"], activity=activity, days=(day,), outside=True))

    async def find(self, actions: dict[str, str]) -> None:
        """The visit, the findings with these actions, agreed to and let go."""
        await self.town.day("2027-01-11")
        await self.agree_day("data-visit", "2027-01-21")
        await self.town.day("2027-01-22")
        values = {
            "summary": "All is well.",
            "findings.1.title": "Books",
            "findings.1.evidence": "Six lessons",
        }
        await self.who("practitioner", 0).answer("Write your findings", {**values, **actions})
        await self.press("cpd-lead", "Agree to the findings", "agree")
        await self.press("headteacher", "Who may read this", "release")

    async def press(self, role: str, words: str, button: str, values: dict[str, str] | None = None) -> str:
        """Open somebody's letter at school 1 and press a button; return the heading that follows."""
        browser, page = await self.who(role, 1).open(words, "entry")
        return (await browser.press(page, button, values or {})).heading


def action(number: int, what: str, due: str, **more: str) -> dict[str, str]:
    """The cells of a line of an action plan."""
    cells = {"what": what, "owner": "headteacher", "due": due, "success": "Done", "status": "not-started", **more}
    return {f"actions.{number}.{key}": value for key, value in cells.items()}


def _school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield",
    )  # fmt: skip
