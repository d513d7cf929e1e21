"""The demo's second programme, played to its end by its own steps, all services in one process."""

import datetime as dt
from pathlib import Path

import pytest

from kindred.demo.exchange import looking_back, opening
from kindred.demo.exchange.story import Exchange
from kindred.demo.people import Population
from kindred.demo.round import local
from kindred.demo.visits.opening import remember_people
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.programmes import EnrolSchool, PersonDetails
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound
from tests.workers import UNTRACED

pytestmark = UNTRACED

YEAR, SCHOOLS = 2026, 8
SEPTEMBER, DECEMBER = local(dt.date(YEAR, 9, 1), 9), local(dt.date(YEAR, 12, 18), 12)
JULY = local(dt.date(YEAR + 1, 7, 15), 12)


def school(number: int) -> School:
    return School(
        urn=107001 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000,
    )  # fmt: skip


@pytest.fixture
async def this(tmp_path: Path) -> TownRound:
    """The exchange is open, and its schools have joined."""
    played = TownRound(Town(at=SEPTEMBER), tmp_path)
    played.story.first_year = YEAR
    schools, population = [school(number) for number in range(SCHOOLS)], Population(1)
    played.town.register(schools)
    await opening.open_programme(played)
    played.story.programme_id = played.of(Exchange).programme_id
    for one in schools:
        people = [
            PersonDetails(role=person.role, name=person.name, email=person.email)
            for person in population.staff(one.name, one.urn)
        ]
        await played.town.ask(
            EnrolSchool(
                programme_id=played.story.programme_id, urn=one.urn, people=tuple(people), strengths=(), needs=()
            )
        )
    await remember_people(played)
    opening.plan(played)
    return played


@pytest.mark.timeout(240)
async def test_every_step_of_the_exchange_is_right_and_every_mail_that_is_owed_comes_once(this: TownRound) -> None:
    await this.until(JULY)
    await looking_back.play(this)
    wrong = [f"{check.what}: {check.detail}" for check in this.checks.wrong]
    assert not wrong, "\n".join(wrong)
    assert len(this.checks.done) >= 120
    assert this.town.waiting() == {}
    assert this.diary == []
