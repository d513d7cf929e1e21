"""A school needs attention: who decided it and why is kept, and quality visits come each term from then on."""

import datetime as dt

from kindred.demo.round import Round
from kindred.demo.trust.duties import rows
from kindred.demo.trust.story import person, trust
from shared.commands.parties import CategoryRows, ListCategories

REASON = "Reading has fallen two years in a row."


async def decide(this: Round) -> None:
    """The chief executive decides it, from 1 February; the coordinator notes it."""
    mine, urn = trust(this), trust(this).urns[2]
    usual = {row.school_id: row.cadence for row in await rows(this, "quality-visit")}
    this.checks.equal("a standard school has a quality visit a year", set(usual.values()), {"yearly"})
    await mine.desk.run(
        "categories", "decide", str(urn), "attention-needed", "--since", str(_first(this)), "--by", mine.chief.email,
        "--reason", REASON,
    )  # fmt: skip
    await this.settle()


async def raised(this: Round) -> None:
    """From that day on its visits come each term, with who decided and why; no other school's change."""
    mine = trust(this)
    found: CategoryRows = await this.client.find(ListCategories(programme_id=mine.programme_id))
    said = [(row.urn, row.decided_by, row.reason) for row in found.decisions]
    this.checks.equal("who decided on attention, and why, is kept", said, [(mine.urns[2], mine.chief.name, REASON)])
    now = {row.school_id: row for row in await rows(this, "quality-visit") if row.ended is None}
    row = now.pop(mine.ids[mine.urns[2]])
    this.checks.equal("attention raises quality visits to termly from that day",
                      (row.cadence, row.case, row.since), ("termly", "attention-needed", _first(this)))  # fmt: skip
    this.checks.equal("the duty says who decided", row.decided_by, person(this, mine.chief))
    this.checks.equal("no other school's visits change", {one.cadence for one in now.values()}, {"yearly"})


def _first(this: Round) -> dt.date:
    return dt.date(this.story.first_year + 1, 2, 1)
