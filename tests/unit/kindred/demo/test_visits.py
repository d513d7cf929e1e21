"""The demo's first programme, played to its end by its own steps, all services in one process."""

import datetime as dt
from pathlib import Path

import pytest

from kindred.demo import aftermath, cast
from kindred.demo.round import local
from kindred.demo.visits import answering, closing, forming, looking_back, opening, year
from kindred.demo.visits.asked import owed
from kindred.demo.visits.owing import who_was_asked
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.programmes import AppointFacilitator, EnrolSchool, PersonDetails
from shared.commands.programmes_queries import ListSchools
from tests.fakes.town import Town
from tests.fakes.town.playing import SEED, TownRound

YEAR, SCHOOLS = 2027, 6
SEPTEMBER = local(dt.date(YEAR, 9, 1), 9)


def school(number: int) -> School:
    return School(
        urn=107001 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000,
    )  # fmt: skip


@pytest.fixture
async def this(tmp_path: Path) -> TownRound:
    """The programme is open, and its schools have enrolled."""
    played = TownRound(Town(at=SEPTEMBER), tmp_path)
    story = played.story
    story.first_year, story.now = YEAR, SEPTEMBER
    played.town.register([school(number) for number in range(SCHOOLS)])
    await opening.open_programme(played, YEAR)
    assert story.template is not None
    for someone in cast.facilitators(SCHOOLS, SEED):
        command = AppointFacilitator(programme_id=story.programme_id, name=someone.name, email=someone.email)
        await played.town.ask(command)
    rows = (await played.town.find(ListSchools(enrollable_only=True, limit=100))).schools
    story.joining = cast.joining(rows, story.template.entries("topics"), SEED, YEAR)
    for one in story.joining:
        people = [PersonDetails(role=each.role, name=each.name, email=each.email) for each in one.people]
        await played.town.ask(
            EnrolSchool(
                programme_id=story.programme_id, urn=one.urn, people=tuple(people), strengths=one.wishes.strengths,
                needs=one.wishes.needs, dates_not_possible=one.wishes.dates_not_possible,
            )
        )  # fmt: skip
    await opening.remember_people(played)
    return played


@pytest.mark.timeout(600)
async def test_every_step_of_the_visits_is_right_and_every_mail_that_is_owed_comes_once(this: TownRound) -> None:
    for act in (forming.play, answering.play, year.play, closing.finish):
        await act(this)
    who_was_asked(this, await owed(this, every=True))
    await looking_back.every_mail(this)
    await aftermath.lists(this)
    wrong = [f"{check.what}: {check.detail}" for check in this.checks.wrong]
    assert not wrong, "\n".join(wrong)
    assert len(this.checks.done) >= 60
    looked_at = {check.what for check in this.checks.done}
    assert {"once both have said yes, each has the other's address", "the head is not told who said no"} < looked_at
    assert this.town.waiting() == {}
