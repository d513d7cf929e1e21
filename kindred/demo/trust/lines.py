"""Somebody in the middle leaves, and duties pass on; an inspector rings, and what cannot be done then is excused."""

import datetime as dt

from kindred.demo.ground import remember_people
from kindred.demo.people import Population
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import owed
from kindred.demo.trust.duties import rows
from kindred.demo.trust.story import DOMAIN, NAME, line_of, person, trust
from shared.commands.duties import DutySums, SumDuties


async def hand_over(this: Round) -> None:
    """One executive head leaves: whoever reported to them reports to the next, and is told once."""
    mine = trust(this)
    leaves = mine.executives[0]
    comes = Population(this.seed + 12_000_017).someone("headteacher", DOMAIN)
    told = [mine.heads[urn].email for urn in mine.urns if line_of(mine, urn) == leaves]
    before = {row.school_id: row.person_ids for row in await rows(this, "head-meeting")}
    await mine.desk.run(
        "parties", "replace", f"executive headteacher: {comes.name} <{comes.email}>", "--party", NAME,
        "--leaving", leaves.email,
    )  # fmt: skip
    await this.settle()
    gone = person(this, leaves)
    await remember_people(this, mine.programme_id)
    mine.expect(ASKED, f"{comes.name} takes over from {leaves.name}", [*told, mine.chief.email])
    mine.expect(ASKED, f"You take over from {leaves.name}", [comes.email])
    successor = person(this, comes)
    mine.passes = {key: {successor if one == gone else one for one in ids} for key, ids in before.items()}
    mine.executives[0] = comes


async def handed_over(this: Round) -> None:
    """The day after, their duties are those of who has taken over, and nobody else's have changed."""
    after = {row.school_id: set(row.person_ids) for row in await rows(this, "head-meeting") if row.ended is None}
    this.checks.equal("duties pass to who takes over, and nobody else's change", after, trust(this).passes)


async def inspect(this: Round) -> None:
    """The inspector rings: one command, and the week's duties of the school are excused, not missed."""
    urn = trust(this).urns[4]
    day = this.now.date() + dt.timedelta(days=1)
    last = day + dt.timedelta(days=1)
    await this.coordinator.run("schools", "inspected", str(urn), f"{day}..{last}")
    await this.settle()


async def inspected(this: Round) -> None:
    """The Monday after, what was due in that week is excused, and nobody is asked to tick it off."""
    mine, urn = trust(this), trust(this).urns[4]
    monday = this.now.date() - dt.timedelta(days=this.now.weekday() + 7)
    query = SumDuties(
        programme_id=mine.programme_id, school_id=mine.ids[urn], first=monday, last=monday + dt.timedelta(days=4)
    )
    found: DutySums = await this.client.find(query)
    excused = sum(one.excused for one in found.sums if not one.person_id)
    this.checks.true("duties of a week with an inspection are excused", excused > 0, str(found.sums)[:900])
    head = person(this, mine.heads[urn])
    ticks = await owed(this, mine.programme_id, "tick", every=True)
    asked = {row.state for row in ticks if row.person_ids == (head,) and row.opened == this.now.date()}
    this.checks.equal("nobody owes the ticks of a week with an inspection", asked - {"excused"}, set())
