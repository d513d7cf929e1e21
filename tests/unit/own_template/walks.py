"""The learning walks in the town, step by step, by mails and pages."""

import datetime as dt
from pathlib import Path

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.rounds import PublishRound, RoundDetail, ShowRound
from tests.fakes.town import Person, Town

TEMPLATES = Path(__file__).parent / "templates"
SCHOOLS = range(3)
TOPICS = ("corridors", "questions", "walls")
SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


class Walks:
    """The programme in the town, step by step."""

    def __init__(self) -> None:
        self.town = Town(TEMPLATES, SEPTEMBER)
        self.programme_id = ""
        self._seen = 0

    def guide(self, number: int) -> Person:
        return self.town.person(f"guide@s{number}.example")

    def walker(self, number: int) -> Person:
        return self.town.person(f"walker@s{number}.example")

    def came(self) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)

    async def open(self) -> None:
        town = self.town
        town.register([_school(number) for number in SCHOOLS])
        opened = await town.ask(
            OpenProgramme(
                template="learning-walks", name="Walks", year=2026, coordinator_name="Cora Coe",
                coordinator_email="cora@walks.example",
            )
        )  # fmt: skip
        self.programme_id = opened.id
        for number in SCHOOLS:
            guide = PersonDetails(role="guide", name=f"Guide {number}", email=f"guide@s{number}.example")
            command = EnrolSchool(
                programme_id=self.programme_id, urn=100 + number, people=(guide,), strengths=(), needs=()
            )
            await town.ask(command)

    async def invite(self) -> None:
        await self.town.day("2026-09-29")
        for number, topic in enumerate(TOPICS):
            sent = await self.guide(number).answer("Invite", {"question": f"Why {topic}?", "topic": topic})
            assert sent.heading == "Invite somebody to walk: sent, thank you"

    async def name(self) -> None:
        await self.town.day("2026-10-20")
        for number in SCHOOLS:
            browser, page = await self.guide(number).open("Name your walkers", "entry")
            page = await browser.open(f"{page.url}/new")
            wishes = [choice for choice in page.form.choices["wishes.1"] if choice]
            values = {"who.name": f"Walker {number}", "who.address": f"walker@s{number}.example"}
            values |= {"companion.name": f"Friend {number}", "companion.address": f"friend@s{number}.example"}
            sent = await browser.press(page, "send", {**values, "wishes.1": wishes[(number + 1) % 3]})
            assert sent.heading == "Name a walker: sent, thank you"

    async def agree(self) -> None:
        """Two want to walk; the third never says so."""
        for number in (0, 1):
            await self.walker(number).answer("Say whether", {"will": "yes", "colours.green": "yes"})

    async def publish(self) -> RoundDetail:
        await self.town.day("2026-11-16")
        draft: RoundDetail = await self.town.find(ShowRound(programme_id=self.programme_id))
        await self.town.ask(PublishRound(programme_id=self.programme_id, revision=draft.round.revision))
        return draft


def _school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield",
    )  # fmt: skip
