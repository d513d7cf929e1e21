"""Everybody of a team says alone where the school stands; then it sees counts, and a year later how far it has come."""

from kindred.demo.ground import remember_people
from kindred.demo.journey.story import journey, person
from kindred.demo.people import Population, school_domain
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import opened, owed
from shared.commands.reports import ListReports, ReportRow, ReportRows
from shared.commands.tasks import TaskRow

STRATEGIES = ("vision", "hard-conversations", "growing-excellence")
LOW, MIDDLE, HIGH = "requires-improvement", "good", "outstanding"
FIRST, AGAIN = "diagnostic-report", "a-year-later"


async def say(this: Round) -> None:
    """All but one say it, each alone; the descriptions are shown whole."""
    this.tell("Leadership teams say where their schools stand, each alone")
    mine = journey(this)
    rows = await owed(this, mine.programme_id, "diagnostic")
    this.checks.equal("everybody of every team is asked", len(rows), sum(len(team.people) for team in mine.teams))
    mine.silent = mine.teams[0].people[-1].email
    browser, page = await opened(this, rows[0])
    whole = "Everybody teaches somebody else what they do best." in page.text
    this.checks.true("each stage is described whole", whole, page.text[:300])
    assert browser is not None
    for number, row in enumerate(rows):
        if row.person_ids != (person(this, mine.silent),):
            await _answer(this, row, (LOW, MIDDLE)[number % 2])
    await this.settle()


async def see(this: Round) -> None:
    """Each school gets counts, how far apart its people see it, and who is missing by role."""
    mine = journey(this)
    for team in mine.teams:
        row = await compiled(this, FIRST, team.school_id)
        expect_report(this, row, [one.email for one in team.people])
        said = await this.words_of(row, person(this, team.head.email))
        if team is mine.teams[0]:
            this.checks.true("who is missing is said by role", "One person is missing" in said, said[:600])
        this.checks.true("a report names nobody of the team", team.people[1].name not in said, said[:300])


async def begin_anew(this: Round) -> None:
    """In the second year all six of a team are new: it goes on."""
    this.tell("A whole team is replaced, and goes on")
    mine = journey(this)
    team, population = mine.teams[0], Population(this.seed + 15_000_017)
    for number, leaver in enumerate(list(team.people)):
        comes = population.someone("senior-leader", school_domain(f"next {team.name}", team.urn))
        role = "team-member" if number else "headteacher"
        await mine.desk.run(
            "people", "replace", str(team.urn), f"{role}: {comes.name} <{comes.email}>", "--leaving", leaver.email
        )
        team.people[number] = comes
    await this.settle()
    await remember_people(this, mine.programme_id)


async def say_again(this: Round) -> None:
    """A year later everybody is asked again, also whoever is new."""
    mine = journey(this)
    rows = await owed(this, mine.programme_id, "diagnostic-again")
    asked = {one for row in rows for one in row.person_ids}
    everybody = {person(this, one.email) for team in mine.teams for one in team.people}
    this.checks.equal("a year later everybody who is of a team now is asked", asked, everybody)
    for row in rows:
        await _answer(this, row, HIGH)
    await this.settle()


async def see_how_far(this: Round) -> None:
    """Each school sees how far it has come: all apart where the people are not the same."""
    mine = journey(this)
    for team in mine.teams:
        row = await compiled(this, AGAIN, team.school_id)
        expect_report(this, row, [one.email for one in team.people])
        said = await this.words_of(row, person(this, team.head.email))
        if team is mine.teams[0]:
            this.checks.true(
                "movement is shown though the whole team is new", "need not be the same" in said, said[:900]
            )


async def compiled(this: Round, report: str, about: str) -> ReportRow:
    """Have a report about a school or person made, and find it."""
    mine = journey(this)
    await mine.desk.run("reports", "compile", report, "--about", about)
    await this.settle()
    found: ReportRows = await this.client.find(ListReports(programme_id=mine.programme_id, kind=report, limit=500))
    row = next(row for row in found.reports if about in {row.about_id, row.school_id})
    this.checks.equal(f"{row.title}: compiled", row.state, "compiled")
    return row


def expect_report(this: Round, row: ReportRow, addresses: list[str], about: str = "") -> None:
    """The report is told to these; one about a person names them to themselves."""
    of = f", {about}" if about else ""
    version = f" (version {row.edition})" if row.edition > 1 else ""
    journey(this).expect(ASKED, f"{row.title.replace(': ', ', ', 1)}{of}{version}", addresses)


async def _answer(this: Round, row: TaskRow, vision: str) -> None:
    values = {f"strategies.{key}": level for key, level in zip(STRATEGIES, (vision, MIDDLE, LOW), strict=True)}
    browser, page = await opened(this, row)
    said = await browser.press(page, "send", values)
    if "Counted, thank you" not in f"{said.heading} {said.text}":
        this.checks.true("an answer about the school is only counted", right=False, detail=said.text[:300])
