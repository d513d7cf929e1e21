"""September: the coordinator enrols the partnership and names its people by a file; the rest stands in the diary."""

import csv
import datetime as dt
from pathlib import Path

from kindred.demo.ground import remember_people
from kindred.demo.heads import coaching, research, rolling_out, strategy, uptake, voting
from kindred.demo.heads.story import NAME, Heads, heads
from kindred.demo.people import Population
from kindred.demo.programme import opened
from kindred.demo.round import Round, local
from shared.commands.parties import ListParties, PartyRows
from shared.template.days import shifted
from shared.template.moments import Offset

TEMPLATE = "headteacher-development"
MOST, LINE = 13, 2
"""Most heads, always an odd number of them; how many report to the same executive headteacher."""
DOMAIN = "seven-rivers.example"
HEADINGS = ("Trust or partnership", "URN", "Role", "Name", "Email", "Reports to")
VOTED, REMINDED_AFTER = (9, 14), 9
"""Month and day on which the vote opens, and the working days after it on which the silent are reminded."""


async def play(this: Round) -> None:
    """Open the programme, let the schools join, name everybody."""
    this.tell("A partnership of heads opens: they coach each other")
    mine = await opened(this, Heads, TEMPLATE, "Headteacher development")
    number = min(MOST, len(this.story.joining))
    schools = this.story.joining[: number - 1 + number % 2]
    population = Population(this.seed + 7_000_003)
    lead = mine.lead = population.someone("headteacher", DOMAIN)
    executive = population.someone("headteacher", DOMAIN)
    mine.heads = {school.urn: school.people[0] for school in schools}
    mine.same_line = tuple(mine.addresses()[:LINE])
    urns = [str(school.urn) for school in schools]
    enrol = ("parties", "enrol-partnership", NAME, *urns)
    nobody = await mine.desk.refused(*enrol)
    this.checks.true("a partnership needs its lead", bool(nobody["sentence"]), str(nobody))
    await mine.desk.run(*enrol, "--person", f"lead: {lead.name} <{lead.email}>")
    twice = await mine.desk.refused(*enrol, "--person", f"lead: {lead.name} <{lead.email}>")
    this.checks.true("a partnership cannot enrol twice", bool(twice["sentence"]), str(twice))
    file = this.target.folder / "heads.csv"
    rows = [(NAME, "", "executive headteacher", executive.name, executive.email, "")]
    rows += [
        (NAME, str(urn), "headteacher", head.name, head.email, executive.email if head.email in mine.same_line else "")
        for urn, head in mine.heads.items()
    ]
    _write(file, rows)
    report = await mine.desk.run("parties", "import", str(file))
    this.checks.equal("everybody of the partnership is named", (report["added"], report["rejected"]), (len(rows), 0))
    await this.settle()
    await _remember(this)
    plan(this)


def _write(file: Path, rows: list[tuple[str, str, str, str, str, str]]) -> None:
    with file.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(rows)


async def _remember(this: Round) -> None:
    await remember_people(this, heads(this).programme_id)
    found: PartyRows = await this.client.find(ListParties(programme_id=heads(this).programme_id))
    (party,) = found.parties
    lacking = {row.urn: row.missing for row in party.schools if row.missing}
    this.checks.equal("every school of the partnership has its head", lacking, {})


def plan(this: Round) -> None:
    """Put what people do into the diary of the year."""
    year = this.story.first_year
    reminded = shifted(dt.date(year, *VOTED), Offset(REMINDED_AFTER, "working days"))
    for month, day, step in (
        (9, 15, voting.vote),
        (9, 17, strategy.plan_dates),
        (9, 18, strategy.move_in),
        (9, 22, coaching.begin),
        (9, 24, coaching.agree),
        (9, 28, coaching.change_partner),
        (reminded.month, reminded.day, voting.remind),
        (10, 4, research.ask),
        (10, 12, voting.settle),
        (10, 15, coaching.meet),
        (10, 26, research.ask_the_silent),
        (12, 3, rolling_out.count),
        (12, 8, coaching.look_for_the_stalled),
        (12, 14, coaching.not_this_term),
    ):
        this.plan(local(dt.date(year, month, day), 12), step)
    for month, day, step in (
        (1, 6, coaching.pair_anew),
        (1, 25, research.report),
        (1, 27, research.agree),
        (1, 29, uptake.read),
        (1, 31, uptake.say),
        (2, 1, voting.vote_again),
        (2, 28, voting.chosen_by_the_vote),
        (4, 21, coaching.pair_anew),
        (5, 15, uptake.say_again),
        (6, 28, uptake.withdraw),
        (7, 12, uptake.compile_reach),
    ):
        this.plan(local(dt.date(year + 1, month, day), 12), step)
