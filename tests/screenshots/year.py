"""The year that is looked at: the demo's own steps of the exchange, and a coordinator who is signed in."""

import datetime as dt
import re
from pathlib import Path

import pyotp
from playwright.async_api import Page

from kindred.demo import cast
from kindred.demo.exchange import opening
from kindred.demo.exchange.story import Exchange
from kindred.demo.people import Population
from kindred.demo.round import local
from kindred.demo.visits.opening import remember_people
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.programmes import EnrolSchool, PersonDetails
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound

YEAR, SCHOOLS, SEED = 2026, 8, 1
_CODE = re.compile(r"\bCode: (\d{6})\b")
NAMES = (
    "Abbey Lane Primary School", "Brookfield Academy", "Carterknowle Junior School", "Dobcroft Infant School",
    "Ecclesfield School", "Firth Park Academy", "Greystones Primary School", "Hallam Primary School",
)  # fmt: skip


def day(month: int, on: int, hour: int = 12) -> dt.datetime:
    """A moment of the school year."""
    return local(dt.date(YEAR if month > 8 else YEAR + 1, month, on), hour)


async def begun(folder: Path) -> TownRound:
    """The exchange is open, its schools have joined, and the coordinator may sign in."""
    this = TownRound(Town(at=day(9, 1, 9)), folder)
    this.story.first_year = YEAR
    this.town.register([_school(number) for number in range(SCHOOLS)])
    await opening.open_programme(this)
    this.story.programme_id = this.of(Exchange).programme_id
    population = Population(SEED)
    for number, name in enumerate(NAMES[:SCHOOLS]):
        urn = 107001 + number
        people = tuple(
            PersonDetails(role=one.role, name=one.name, email=one.email) for one in population.staff(name, urn)
        )
        programme_id = this.story.programme_id
        await this.town.ask(EnrolSchool(programme_id=programme_id, urn=urn, people=people, strengths=(), needs=()))
    await remember_people(this)
    opening.plan(this)
    person = cast.coordinator(SEED)
    await this.coordinator.run("coordinators", "add", person.name, person.email)
    return this


async def signed_in(this: TownRound, page: Page, public: str) -> None:
    """Sign the coordinator in with a new authenticator; raises AssertionError where no mail came."""
    person = cast.coordinator(SEED)
    await this.coordinator.run("coordinators", "reset", person.email, "--yes")
    await page.goto(f"{public}/sign-in")
    await _sent(page, "address", person.email, "**/sign-in/code")
    code = _CODE.search(this.town.person(person.email).letter("Sign in").text)
    assert code
    await _sent(page, "code", code[1], "**/sign-in/set-up")
    key = "".join((await page.locator("code.key").inner_text()).split())
    await _sent(page, "code", pyotp.TOTP(key).now(), "**/sign-in/set-up")
    await page.get_by_role("heading", name="recovery").first.wait_for()


async def _sent(page: Page, field: str, value: str, leads_to: str) -> None:
    await page.locator(f"input[name={field}]").fill(value)
    await page.keyboard.press("Enter")
    await page.wait_for_url(leads_to)


def _school(number: int) -> School:
    return School(
        urn=107001 + number, name=NAMES[number], status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000, town="Sheffield",
    )  # fmt: skip
