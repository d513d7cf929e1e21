"""September: the programme of visits opens, schools enrol by the file that a coordinator sends."""

import csv

from kindred.demo import cast, ground
from kindred.demo.round import Round
from kindred.demo.workbook import fill_in
from shared.template import Template

TEMPLATE = "peer-visits"


async def play(this: Round, schools: int) -> None:
    """From the register to the enrolments."""
    await ground.play(this, schools)
    await join(this)


async def join(this: Round) -> None:
    """Open, appoint, enrol."""
    this.tell("A programme opens, facilitators are appointed")
    await open_programme(this, this.story.first_year)
    schools = len(this.story.joining)
    await _facilitators(this, schools)
    this.tell(f"{schools} schools enrol by the coordinator's file")
    await _enrol(this)


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
    return ground.template(TEMPLATE)


async def _facilitators(this: Round, schools: int) -> None:
    file = this.target.folder / "facilitators.csv"
    appointed = cast.facilitators(schools, this.seed)
    with file.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(["Name", "Email"])
        writer.writerows([person.name, person.email] for person in appointed)
    report = await this.coordinator.run("facilitators", "import", str(file))
    this.checks.equal("facilitators are appointed", (report["state"], report["added"]), ("done", len(appointed)))


async def _enrol(this: Round) -> None:
    story = this.story
    assert story.template is not None
    topics = story.template.entries("topics")
    form, filled = this.target.folder / "enrolment-form.xlsx", this.target.folder / "enrolments.xlsx"
    await this.coordinator.run("enrolments", "form", "--output", str(form))
    fill_in(form, filled, story.joining, {topic.key: topic.title for topic in topics})
    report = await this.coordinator.run("enrolments", "import", str(filled))
    this.checks.equal("schools enrolled", (report["added"], report["rejected"]), (len(story.joining), 0))
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


async def remember_people(this: Round) -> None:
    """Learn who everybody is from the enrolments."""
    await ground.remember_people(this, this.story.programme_id)
