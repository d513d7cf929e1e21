"""September: the register of schools goes in, and it is settled which schools take part, with which people."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from kindred.demo import cast
from kindred.demo.round import Round, local
from shared.commands.programmes_queries import (
    EnrolmentRows,
    ListEnrolments,
    ListSchools,
    PersonRow,
    SchoolRow,
    SchoolRows,
)
from shared.template import Template
from shared.template.reading import read_template

ROOT = Path(__file__).parents[2]
DATA, TEMPLATES = ROOT / "data", ROOT / "services" / "programmes" / "templates"
REGISTER = ("schools-two-regions.csv", "schools-closed.csv", "links.csv")
WISHES = "peer-visits"
"""The template whose topics are what schools are good at and want to learn."""
PAGE = 500


async def play(this: Round, schools: int) -> None:
    """Begin the year: import the register, choose the schools, and make up their people and wishes."""
    year = this.story.first_year = coming_year(dt.datetime.now(dt.UTC))
    this.tell("September: the school register goes in")
    await this.until(local(dt.date(year, 9, 1), 9))
    await _register(this)
    chosen = cast.choose(await _register_rows(this), schools, this.seed)
    this.story.joining = cast.joining(chosen, template(WISHES).entries("topics"), this.seed, year)


def coming_year(now: dt.datetime) -> int:
    """The year in which the next school year begins."""
    return now.year if (now.month, now.day) < (9, 1) else now.year + 1


def template(key: str) -> Template:
    """What a programme is opened from."""
    file = TEMPLATES / f"{key}.yaml"
    return read_template(file.read_text(encoding="utf-8"), file.name)


async def remember_people(this: Round, programme_id: str) -> None:
    """Learn who everybody is, as `kindred people list` shows them; of the first programme also its enrolments."""
    story, first = this.story, not this.story.enrolments
    async for page in enrolments(this, programme_id):
        story.people |= {one.person_id: one for one in everybody(page)}
        if first or programme_id == story.programme_id:
            story.enrolments |= {row.school.school_id: row for row in page.enrolments}


async def enrolments(this: Round, programme_id: str) -> AsyncIterator[EnrolmentRows]:
    """The enrolments of a programme page by page; the first has also who was named in another way."""
    offset = 0
    while True:
        query = ListEnrolments(programme_id=programme_id, limit=PAGE, offset=offset, everybody=offset == 0)
        page: EnrolmentRows = await this.client.find(query)
        yield page
        offset += len(page.enrolments)
        if offset >= page.total or not page.enrolments:
            return


def everybody(page: EnrolmentRows) -> Iterator[PersonRow]:
    """All people of a page."""
    yield from (*page.everybody, *page.programme_people)
    for row in page.enrolments:
        yield from row.people


async def _register(this: Round) -> None:
    for name in REGISTER:
        report = await this.coordinator.run("schools", "import", str(DATA / name))
        this.checks.equal(f"{name} went in", (report["state"], report["rows_done"] > 0), ("done", True))
    again = await this.coordinator.run("schools", "import", str(DATA / REGISTER[0]))
    this.checks.equal("the same register again changes nothing", (again["added"], again["changed"]), (0, 0))
    cards = DATA / "report-cards-example.csv"
    if cards.exists():
        report = await this.coordinator.run("inspections", "import", str(cards))
        this.checks.equal("report cards went in", report["state"], "done")
    this.story.notes.append(f"{again['unchanged']:,} schools are in the register")


async def _register_rows(this: Round) -> list[SchoolRow]:
    rows: list[SchoolRow] = []
    while True:
        query = ListSchools(enrollable_only=True, limit=1000, offset=len(rows))
        page: SchoolRows = await this.client.find(query)
        rows += page.schools
        if len(rows) >= page.total or not page.schools:
            return rows
