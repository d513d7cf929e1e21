"""September: the register says which schools the trust has; a file names its people and who reports to whom."""

import csv
import datetime as dt

import holidays

from kindred.demo.ground import remember_people
from kindred.demo.people import Population, Someone, school_domain
from kindred.demo.programme import opened
from kindred.demo.round import Round, local
from kindred.demo.trust import (
    around,
    attention,
    board,
    colleagues,
    duties,
    lines,
    membership,
    papers,
    support,
    training,
    weeks,
)
from kindred.demo.trust.register import choose, imported, rows_of_register
from kindred.demo.trust.story import CODE, DOMAIN, NAME, Trust, line_of, trust
from shared.commands.parties import ListParties, PartyRows

TEMPLATE = "improvement-model"
HEADINGS = ("Trust or partnership", "URN", "Role", "Name", "Email", "Reports to")
Row = tuple[str, str, str, str, str, str]
FOUR = 4
"""So many heads report to the one executive head, and the others to the other."""
FIRST_WEEK, LAST_WEEK = (9, 6), (7, 10)
"""Months and days: from the first Monday after the one to the last before the other people tick off the week before."""


async def play(this: Round) -> None:
    """Open the programme; the trust enrols, and its schools follow the register."""
    this.tell("A trust of nine schools enrols; its schools follow the register")
    mine = await opened(this, Trust, TEMPLATE, "Improvement model")
    known = rows_of_register()
    urns, mine.joins = choose(this, known)
    mine.leaves = urns[-2]
    await imported(this, "trust-september.csv", [known[urn] for urn in urns], of_trust=True)
    _cast(this, {urn: known[urn]["EstablishmentName"] for urn in urns})
    headless = await mine.desk.refused(
        "parties", "enrol-trust", CODE, "--person", f"chief executive: {mine.chief.name} <{mine.chief.email}>"
    )
    this.checks.true("a trust without executive head is refused, with what is missing",
                     "executive" in headless["sentence"], str(headless))  # fmt: skip
    await _name_everybody(this)
    await this.settle()
    await _remember(this)
    eve = mine.executives[-1]
    circle = await mine.desk.refused("relations", "declare", "reports-to", eve.email, eve.email)
    this.checks.true("a circle of who reports to whom is refused", bool(circle["sentence"]), str(circle))
    plan(this)


def _cast(this: Round, names: dict[int, str]) -> None:
    """Heads of schools that take part elsewhere are the same people; all others are made up."""
    mine, population = trust(this), Population(this.seed + 11_000_027)
    mine.chief = population.someone("headteacher", DOMAIN)
    mine.executives = [population.someone("headteacher", DOMAIN) for _ in range(2)]
    mine.clerk = population.someone("clerk", DOMAIN)
    mine.carer = Population(this.seed + 13_000_021).someone("clerk", DOMAIN)
    mine.consultant = population.someone("facilitator", "advice.example")
    elsewhere = {one.urn: one.people[0] for one in this.story.joining}
    for urn, name in names.items():
        made = population.someone("headteacher", school_domain(name, urn))
        mine.heads[urn] = elsewhere.get(urn, made)
        mine.lines[urn] = int(len(mine.heads) > FOUR)
    mine.heads[mine.urns[-1]] = mine.executives[-1]
    first = mine.urns[0]
    mine.middle = population.someone("practitioner", school_domain(names[first], first))


async def _name_everybody(this: Round) -> None:
    mine = trust(this)
    rows = [
        _row(mine.chief, "chief executive"),
        _row(mine.clerk, "clerk to the board"),
        _row(mine.carer, "HR director"),
    ]
    rows += [_row(one, "executive headteacher", reports_to=mine.chief) for one in mine.executives]
    for urn, head in mine.heads.items():
        to = None if head in mine.executives else line_of(mine, urn)
        rows.append(_row(head, "headteacher", urn, reports_to=to))
    rows.append(_row(mine.middle, "middle leader", mine.urns[0], reports_to=mine.heads[mine.urns[0]]))
    file = this.target.folder / "trust-people.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows([*rows, ("", "", "consultant", mine.consultant.name, mine.consultant.email, "")])
    report = await mine.desk.run("parties", "import", str(file))
    this.checks.equal("everybody of the trust is named, and who reports to whom", report["rejected"], 0)


def _row(someone: Someone, role: str, urn: int | None = None, reports_to: Someone | None = None) -> Row:
    to = reports_to.email if reports_to else ""
    return (NAME, str(urn or ""), role, someone.name, someone.email, to)


async def _remember(this: Round) -> None:
    mine = trust(this)
    await remember_people(this, mine.programme_id)
    found: PartyRows = await this.client.find(ListParties(programme_id=mine.programme_id))
    (party,) = found.parties
    mine.ids = {row.urn: row.school_id for row in party.schools}
    mine.names = {row.urn: row.school for row in party.schools}
    mine.late = mine.ids[mine.urns[1]]
    this.checks.equal("the trust's schools are those of the register", set(mine.ids), set(mine.heads))


def plan(this: Round) -> None:
    """Put what people do into the diary of the year."""
    year = this.story.first_year
    for month, day, step in (
        (9, 2, duties.laid_out),
        (9, 3, around.plan_dates),
        (9, 4, around.invited),
        (9, 5, training.plan_dates),
        (9, 9, papers.set_out),
        (9, 16, training.sign_up),
        (9, 17, colleagues.help_out),
        (9, 18, support.ask_and_offer),
        (11, 2, support.close),
        (11, 3, lines.hand_over),
        (11, 4, lines.handed_over),
        (11, 23, colleagues.hand_over),
        (11, 24, papers.visit),
        (12, 10, board.read),
    ):
        this.plan(local(dt.date(year, month, day), 12), step)
    for month, day, step in (
        (1, 6, membership.join),
        (1, 7, membership.joined),
        (1, 27, membership.look_first),
        (1, 28, attention.decide),
        (2, 2, attention.raised),
        (3, 8, lines.inspect),
        (3, 13, lines.inspected),
        (3, 22, membership.leave),
        (3, 23, membership.left),
        (7, 12, board.read_again),
    ):
        this.plan(local(dt.date(year + 1, month, day), 12), step)
    _every_week(this, year)


def _every_week(this: Round, year: int) -> None:
    """On Mondays, or the first day after them that is no holiday, people tick off the week before."""
    monday = dt.date(year, *FIRST_WEEK)
    monday += dt.timedelta(days=-monday.weekday() % 7)
    while monday <= dt.date(year + 1, *LAST_WEEK):
        on = monday
        while on in holidays.country_holidays("GB", subdiv="ENG", years=on.year):
            on += dt.timedelta(days=1)
        this.plan(local(on, 7), weeks.morning)
        this.plan(local(on, 10), weeks.tick)
        monday += dt.timedelta(weeks=1)
