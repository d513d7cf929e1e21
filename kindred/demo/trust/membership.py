"""One school joins the trust in January, by the register, and one leaves in March."""

from kindred.demo.filling import in_rows
from kindred.demo.ground import remember_people
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed
from kindred.demo.trust.duties import rows
from kindred.demo.trust.papers import agree
from kindred.demo.trust.register import imported, rows_of_register
from kindred.demo.trust.story import person, trust
from kindred.demo.trust.training import OPEN_TO_YOU
from shared.commands.duties import DutySums, SumDuties
from shared.commands.parties import ListParties, PartyRows


async def join(this: Round) -> None:
    """The January register has one more school of the trust; the coordinator names its head."""
    this.tell("A school joins the trust by the register")
    mine, urn = trust(this), trust(this).joins
    report = await imported(this, "trust-january.csv", [rows_of_register()[urn]], of_trust=True)
    this.checks.true("the import says that a school has joined", "has joined" in str(report), str(report)[:300])
    head = next(one.people[0] for one in this.story.joining if one.urn == urn)
    mine.heads[urn], mine.lines[urn] = head, 0
    await mine.desk.run("people", "add", str(urn), f"headteacher: {head.name} <{head.email}>")
    await mine.desk.run("relations", "declare", "reports-to", head.email, mine.executives[0].email)
    await this.settle()
    await remember_people(this, mine.programme_id)
    found: PartyRows = await this.client.find(ListParties(programme_id=mine.programme_id))
    (party,) = found.parties
    mine.ids = {row.urn: row.school_id for row in party.schools}
    mine.names = {row.urn: row.school for row in party.schools}
    mine.expect(ASKED, OPEN_TO_YOU, [head.email])


async def joined(this: Round) -> None:
    """The day after, the duties of the school that has joined are laid out over what is left of the year."""
    mine = trust(this)
    known = {row.school_id: row for row in await rows(this, "break-duty")}
    fresh = known.pop(mine.ids[mine.joins])
    usual = max(row.days for row in known.values())
    rest = 0 < fresh.days < usual
    this.checks.true("who joins has duties for the rest of the year", rest, f"{fresh.days} of {usual}")
    first = fresh.following or this.now.date()
    this.checks.true("no duty of theirs lies before they joined", first >= this.now.date(), str(first))


async def look_first(this: Round) -> None:
    """A whole look at the school that has joined comes first: its executive head is asked, and writes it."""
    mine = trust(this)
    asked = await owed(this, mine.programme_id, "first-review")
    this.checks.equal(
        "a first review is asked of the executive head of the school that joined",
        [(row.school_id, row.person_ids) for row in asked],
        [(mine.ids[mine.joins], (person(this, mine.executives[0]),))],
    )
    due = this.now.date().replace(month=4, day=1).isoformat()
    action = {"what": "Pair with a partner school", "owner": "headteacher", "due": due, "success": "It is done."}
    for row in asked:
        values = {"help": "A week with the reading lead.", **in_rows("strengths", [{"text": "Calm lessons"}])}
        values |= {**in_rows("needs", [{"text": "Reading in Year 3"}]), **in_rows("actions", [action])}
        await do(this, row, values)
    await this.settle()
    about = f"A first look at a school that has joined, {mine.names[mine.joins]}"
    mine.expect(ASKED, f"Please read: {about}", [mine.heads[mine.joins].email])
    mine.expect(ASKED, about, [mine.heads[mine.joins].email, mine.chief.email])
    await agree(this, mine.heads[mine.joins].email, about)


async def leave(this: Round) -> None:
    """By the March register a school is of the trust no longer: its duties end, and what it did stays."""
    this.tell("A school leaves the trust by the register")
    mine, urn = trust(this), trust(this).leaves
    done = await _done(this, urn)
    report = await imported(this, "trust-march.csv", [rows_of_register()[urn]], of_trust=False)
    this.checks.true("the import says that a school has left", "no longer" in str(report), str(report)[:300])
    await this.settle()
    mine.done_before = done


async def left(this: Round) -> None:
    """The day after, its duties are over, and what it did stays."""
    mine, urn = trust(this), trust(this).leaves
    left = [row for row in await rows(this, school_id=mine.ids[urn]) if row.ended is None]
    this.checks.equal("duties of a school that has left end", [row.title for row in left], [])
    owing = [
        row for row in await owed(this, mine.programme_id) if row.school_id == mine.ids[urn] and row.state == "open"
    ]
    this.checks.equal("nothing is owed at a school that has left", [row.title for row in owing], [])
    this.checks.equal("what a school did before it left stays", await _done(this, urn), mine.done_before)


async def _done(this: Round, urn: int) -> int:
    query = SumDuties(programme_id=trust(this).programme_id, school_id=trust(this).ids[urn])
    found: DutySums = await this.client.find(query)
    return sum(one.done for one in found.sums if not one.person_id and not one.activity)
