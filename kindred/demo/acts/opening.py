"""September: the register goes in, a programme opens, schools enrol by the file that a coordinator sends."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from kindred.demo import cast
from kindred.demo.round import Round, local
from kindred.demo.workbook import fill_in
from shared.commands.programmes_queries import (
    EnrolmentRows,
    ListEnrolments,
    ListSchools,
    SchoolRow,
    SchoolRows,
)
from shared.template import Template
from shared.template.reading import read_template

DATA = Path(__file__).parents[3] / "data"
TEMPLATE = "peer-visits"
TEMPLATES = Path(__file__).parents[3] / "services" / "programmes" / "templates"
REGISTER = ("schools-two-regions.csv", "schools-closed.csv", "links.csv")
PAGE = 500


async def play(this: Round, schools: int) -> None:
    """Import, open, appoint, enrol."""
    now = dt.datetime.now(dt.UTC)
    year = this.story.first_year = now.year if (now.month, now.day) < (9, 1) else now.year + 1
    this.tell("September: the school register goes in")
    await this.until(local(dt.date(year, 9, 1), 9))
    await _register(this)
    this.tell("A programme opens, facilitators are appointed")
    await open_programme(this, year)
    await _facilitators(this, schools)
    this.tell(f"{schools} schools enrol by the coordinator's file")
    await _enrol(this, schools)


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


async def open_programme(this: Round, year: int) -> None:
    """Open it from its template."""
    story = this.story
    story.programme = f"Peer visits {year}/{(year + 1) % 100:02}"
    runs = cast.coordinator(this.seed)
    await this.coordinator.run(
        "programmes", "open", TEMPLATE, "--name", story.programme, "--year", f"{year}/{(year + 1) % 100:02}",
        "--coordinator-name", runs.name, "--coordinator-email", runs.email,
    )  # fmt: skip
    this.coordinator.programme = story.programme
    shown = await this.coordinator.run("programmes", "show")
    story.programme_id = shown["programme_id"]
    story.template = template()


def template() -> Template:
    """What the programme is opened from."""
    file = TEMPLATES / f"{TEMPLATE}.yaml"
    return read_template(file.read_text(encoding="utf-8"), file.name)


async def _facilitators(this: Round, schools: int) -> None:
    file = this.target.folder / "facilitators.csv"
    appointed = cast.facilitators(schools, this.seed)
    with file.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(["Name", "Email"])
        writer.writerows([person.name, person.email] for person in appointed)
    report = await this.coordinator.run("facilitators", "import", str(file))
    this.checks.equal("facilitators are appointed", (report["state"], report["added"]), ("done", len(appointed)))


async def _enrol(this: Round, schools: int) -> None:
    story = this.story
    assert story.template is not None
    chosen = cast.choose(await _register_rows(this), schools, this.seed)
    topics = story.template.entries("topics")
    story.joining = cast.joining(chosen, topics, this.seed, story.first_year)
    form, filled = this.target.folder / "enrolment-form.xlsx", this.target.folder / "enrolments.xlsx"
    await this.coordinator.run("enrolments", "form", "--output", str(form))
    fill_in(form, filled, story.joining, {topic.key: topic.title for topic in topics})
    report = await this.coordinator.run("enrolments", "import", str(filled))
    this.checks.equal("schools enrolled", (report["added"], report["rejected"]), (schools, 0))
    await _refusals(this)
    await this.settle()
    await remember_people(this)


async def _refusals(this: Round) -> None:
    """A school twice, and one that is not in the register: refused with the rule's name."""
    school = this.story.joining[0]
    people = [
        part for person in school.people for part in ("--person", f"{person.role}: {person.name} <{person.email}>")
    ]
    wishes = [
        "--strength",
        f"{school.wishes.strengths[0].topic}:3:seen",
        "--need",
        f"{school.wishes.needs[0].topic}:3:x",
    ]
    twice = await this.coordinator.refused("enrolments", "add", str(school.urn), *people, *wishes)
    this.checks.equal("a school cannot enrol twice", twice["rule"], "already-enrolled")
    unknown = await this.coordinator.refused("enrolments", "add", "999999", *people, *wishes)
    this.checks.equal("an unknown URN is refused", unknown["rule"], "unknown-urn")


async def _register_rows(this: Round) -> list[SchoolRow]:
    rows: list[SchoolRow] = []
    while True:
        query = ListSchools(enrollable_only=True, limit=1000, offset=len(rows))
        page: SchoolRows = await this.client.find(query)
        rows += page.schools
        if len(rows) >= page.total or not page.schools:
            return rows


async def remember_people(this: Round) -> None:
    """Learn who everybody is from the enrolments, as `kindred people list` shows them."""
    story, offset = this.story, 0
    while True:
        query = ListEnrolments(programme_id=story.programme_id, limit=PAGE, offset=offset)
        page: EnrolmentRows = await this.client.find(query)
        everybody: list[Any] = [*page.programme_people, *(person for row in page.enrolments for person in row.people)]
        story.people |= {person.person_id: person for person in everybody}
        story.enrolments |= {row.school.school_id: row for row in page.enrolments}
        offset += len(page.enrolments)
        if offset >= page.total or not page.enrolments:
            return
