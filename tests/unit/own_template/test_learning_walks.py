"""A template of somebody else runs from opening to its last mail; nothing but its YAML was written for it."""

import datetime as dt
from pathlib import Path

import pytest

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.rounds import PublishRound, RoundDetail, ShowRound
from shared.commands.tasks import ListTasks, TaskRows
from shared.template.reading import faults_of
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


@pytest.fixture
async def walks() -> Walks:
    found = Walks()
    await found.open()
    return found


def _school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield",
    )  # fmt: skip


def test_it_is_valid_as_it_is() -> None:
    assert faults_of((TEMPLATES / "learning-walks.yaml").read_text(encoding="utf-8")) == ()


@pytest.mark.timeout(120)
async def test_it_runs_from_its_opening_to_its_last_mail(walks: Walks) -> None:
    guides = [f"guide@s{number}.example" for number in SCHOOLS]
    walkers = [f"walker@s{number}.example" for number in SCHOOLS]
    await walks.invite()
    assert walks.came() == [(one, "Invite somebody, by Friday 16 October 2026") for one in guides]
    await walks.name()
    assert walks.came() == sorted(
        [(one, "3 invitations to walk") for one in guides]
        + [(one, "Name your walkers, by Friday 13 November 2026") for one in guides]
        + [(one, "Say whether you will walk, by Tuesday 27 October 2026") for one in walkers]
    )
    await walks.agree()
    draft = await walks.publish()
    assert {(one.school, one.host) for one in draft.placements} == {("School 0", "School 1"), ("School 1", "School 2")}
    assert [one.rule for one in draft.people_without] == ["not-agreed"]
    assert walks.came() == sorted(
        [
            ("walker@s2.example", "Reminder: Say whether you will walk, by Tuesday 27 October 2026"),
            ("cora@walks.example", "Say whether you will walk: not said in time"),
            *[(f"walker@s{number}.example", f"Walk well, Walker {number}") for number in (0, 1)],
            *[(f"friend@s{number}.example", f"Walk well, Friend {number}") for number in (0, 1)],
            *[(f"guide@s{number}.example", f"Walk well, Guide {number}") for number in (1, 2)],
            *[(one, "Bring flat shoes, by Monday 30 November 2026") for one in walkers[:2]],
        ]
    )
    await walks.town.day("2027-07-20")
    assert walks.came() == sorted(
        [(one, "Reminder: Bring flat shoes, by Monday 30 November 2026") for one in walkers[:2]]
        + [(one, "Write a page: by Monday 15 February 2027") for one in walkers]
        + [(one, "2 things to do") for one in walkers]
        + [(one, "Half of Walks is over") for one in guides]
    )
    assert walks.town.waiting() == {}


async def test_only_whoever_was_placed_is_asked_for_what_follows(walks: Walks) -> None:
    await walks.invite()
    await walks.name()
    await walks.agree()
    await walks.publish()
    await walks.town.day("2026-11-18")
    tasks: TaskRows = await walks.town.find(ListTasks(programme_id=walks.programme_id, task="shoes"))
    assert [(one.state, one.about) for one in tasks.tasks] == [("open", "match"), ("open", "match")]
