"""Support from school to school: asked for, offered, ranked, visited, closed; as much is given as received."""

import datetime as dt

from kindred.demo.people import Someone
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed
from kindred.demo.trust.papers import write
from kindred.demo.trust.story import person, trust
from shared.commands.agreed_visits import ArrangementRows, ListDays
from shared.commands.rounds import RoundDetail, ShowRound

ROUND, DAYS_AHEAD = "support", 21
RIA, BEN = ("Ria Lowe", "ria.lowe@beacon.example"), ("Ben Ashe", "ben.ashe@beacon.example")


async def ask_and_offer(this: Round) -> None:
    """Two schools ask, two offer; the coordinator drafts, reads why, and publishes."""
    this.tell("Schools of the trust support each other")
    mine = trust(this)
    need = {"need": "Few read for themselves.", "visits": "1"}
    one, two, three, four = mine.urns[:4]
    await write(this, mine.heads[one], "support-wanted", mine.ids[one], {**need, "topic": "reading"})
    await write(this, mine.heads[two], "support-wanted", mine.ids[two], {**need, "topic": "behaviour"})
    for urn, (name, address), topic in ((three, RIA, "reading"), (four, BEN, "behaviour")):
        said = {"supporter.name": name, "supporter.address": address, f"topics.{topic}": "yes", "days": "3"}
        await write(this, mine.heads[urn], "support-offered", mine.ids[urn], said)
    await this.settle()
    await mine.desk.run("rounds", "draft")
    await this.settle()
    await mine.desk.run("rounds", "publish", "--revision", "1", "--yes")
    await this.settle()
    found: RoundDetail = await this.client.find(ShowRound(programme_id=mine.programme_id, round=ROUND))
    pairs = {(row.school_id, row.host_school_id) for row in found.placements}
    this.checks.equal("whoever is good at it supports who asked for it", pairs,
                      {(mine.ids[three], mine.ids[one]), (mine.ids[four], mine.ids[two])})  # fmt: skip
    this.checks.true("each says why", all(row.reasons for row in found.placements))
    gives, receives = sum(row.gives for row in found.ledger), sum(row.receives for row in found.ledger)
    this.checks.equal("sums of giving and receiving are equal", (gives, receives), (2, 2))
    for (name, address), host, giver in ((RIA, one, three), (BEN, two, four)):
        people = [address, mine.heads[host].email, mine.heads[giver].email]
        mine.expect(ASKED, f"{name} supports {mine.names[host]}", people)
    match = next(row for row in found.placements if row.host_school_id == mine.ids[one])
    day = this.now.date() + dt.timedelta(days=DAYS_AHEAD - this.now.weekday() + 1)
    listed: ArrangementRows = await this.client.find(ListDays(programme_id=mine.programme_id, activity="support-visit"))
    days = next(one.arrangement_id for one in listed.arrangements if one.match_id == match.match_id)
    await mine.desk.run("visits", "agreed", "agree", days, day.isoformat(), "--from", "09:00", "--to", "12:00")
    await this.settle()


async def close(this: Round) -> None:
    """The school that was supported says what has changed."""
    mine = trust(this)
    head = mine.heads[mine.urns[0]]
    rows = [row for row in await owed(this, mine.programme_id, "support-closed") if _owes(this, row.person_ids, head)]
    this.checks.equal("whoever got support is asked what has changed", len(rows), 1)
    for row in rows:
        await do(this, row, {"helped": "a-lot", "changed": "They read at home."})
    await this.settle()


def _owes(this: Round, people: tuple[str, ...], who: Someone) -> bool:
    return people == (person(this, who),)
