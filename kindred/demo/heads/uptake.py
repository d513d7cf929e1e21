"""What one school has found is taken up by others: who read it, who uses, tried, kept or stopped it, and how far."""

from kindred.demo.filling import whole
from kindred.demo.heads.story import heads
from kindred.demo.programme import ASKED, letter, mails_to
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed, own_list
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.reports import ListReports, ReportRows

DIGEST, WITHDRAWN = "What your partner schools have found", "A finding was withdrawn"
FIRST, LATER = ("will-use", "tried", "not-for-us"), ("kept", "stopped", "kept")


async def read(this: Round) -> None:
    """All that was released on one day comes to each head in one mail, which leads to it."""
    mine = heads(this)
    mine.expect(ASKED, DIGEST, mine.addresses())
    got = {
        one: len([row for row in mails_to(this, mine.programme_id, one) if row.subject == DIGEST])
        for one in mine.addresses()
    }
    this.checks.equal("what was found comes to every head in one digest", set(got.values()), {1})
    _, page = await this.follow(letter(this, mine.programme_id, mine.addresses()[-1], DIGEST), "entry")
    this.checks.true("a head reads what another school has found", "We asked, we counted" in page.text, page.text[:300])


async def say(this: Round) -> None:
    """Each head says what becomes of each finding in their school."""
    await _say(this, FIRST)


async def say_again(this: Round) -> None:
    """A term later they are asked again: some have kept it, some have stopped."""
    await _say(this, LATER)


async def withdraw(this: Round) -> None:
    """A school takes a finding back after others have taken it up: they are told, and what they said is kept."""
    mine = heads(this)
    before = await _entries(this, "uptake")
    finding = next(row for row in (await _entries(this, "research-finding")).entries if row.state == "released")
    mine.withdrawn = finding.entry_id
    (author,) = finding.author_ids
    tasks = await owed(this, mine.programme_id, "research-finding", every=True)
    theirs = [row for row in tasks if author in row.person_ids]
    browser, page = await own_list(this, author)
    link = next(link for link in page.links for row in theirs if link.endswith(f"/task/{row.task_id}"))
    page = await browser.open(f"{whole(page.url, link)}/entry")
    await browser.press(page, "withdraw", {})
    await this.settle()
    mine.expect(ASKED, WITHDRAWN, mine.addresses())
    after = await _entries(this, "uptake")
    this.checks.equal("who took up a finding that is withdrawn is kept", after.total, before.total)


async def compile_reach(this: Round) -> None:
    """The report on what was taken up counts each school once, and says what was withdrawn."""
    mine = heads(this)
    await mine.desk.run("reports", "compile", "cascade")
    await this.settle()
    found: ReportRows = await this.client.find(ListReports(programme_id=mine.programme_id, kind="cascade"))
    (row,) = found.reports
    this.checks.equal("the report on what was taken up is compiled", row.state, "compiled")
    assert mine.lead is not None
    researchers = [one.email for one in mine.research.values()]
    runs = this.story.people[this.story.coordinator()].email
    mine.expect(ASKED, "What was found, and who took it up", [runs, mine.lead.email, *mine.addresses(), *researchers])
    said = await this.words_of(row, this.story.coordinator())
    this.checks.true("it counts each school once", "each counted once" in said, said[:600])
    this.checks.true("it says what was withdrawn", "withdrawn" in said, said[:600])


async def _say(this: Round, words: tuple[str, ...]) -> None:
    mine = heads(this)
    rows = [row for row in await owed(this, mine.programme_id, "uptake") if row.state == "open"]
    this.checks.true("heads are asked what becomes of each finding", len(rows) >= len(mine.heads), str(len(rows)))
    ordered = enumerate(sorted(rows, key=lambda row: row.task_id))
    await this.together([do(this, row, {"now": words[number % len(words)]}) for number, row in ordered])
    await this.settle()


async def _entries(this: Round, form: str) -> EntryRows:
    found: EntryRows = await this.client.find(ListEntries(programme_id=heads(this).programme_id, form=form, limit=200))
    return found
