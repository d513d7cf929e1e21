"""Heads vote on what the next strategy day is about: counted only, the silent reminded, a tie settled by the lead."""

from kindred.demo.heads.story import heads, person_id
from kindred.demo.programme import ASKED, letter
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed
from shared.commands.polls import PollRow, PollRows, ShowPolls

ASKED_FOR = "Say what the next strategy day should be about"
CHOOSE = "Please choose"
TIE = ("change", "money")


async def vote(this: Round) -> None:
    """All but one vote, half for each of two themes."""
    mine = heads(this)
    this.tell("Heads vote on what their strategy day is about")
    rows = {row.person_ids[0]: row for row in await owed(this, mine.programme_id, "vote")}
    everybody = {person_id(this, one) for one in mine.addresses()}
    this.checks.equal("every head is asked to vote", set(rows), everybody)
    mine.silent = mine.addresses()[-1]
    voting = [one for one in mine.addresses() if one != mine.silent]
    for number, one in enumerate(voting):
        said = await _counted(this, one, TIE[number % 2])
        this.checks.true("a vote is counted, and nothing else is kept of it", "Counted, thank you" in said, said[:300])
    await this.settle()


async def remind(this: Round) -> None:
    """On the day of the reminder only who has not voted gets one, and the themes are told to nobody yet."""
    mine = heads(this)
    reminded = [one for one in mine.addresses() if _reminders(this, one)]
    this.checks.equal("only who has not voted is reminded", reminded, [mine.silent])
    row = await poll(this, "needs-autumn")
    this.checks.equal("nobody sees votes before they close", row.themes, ())


async def settle(this: Round) -> None:
    """The vote has closed with a tie: the partnership's lead chooses, and nobody else may."""
    mine = heads(this)
    assert mine.lead is not None
    row = await poll(this, "needs-autumn")
    this.checks.equal("a tie waits for the lead", (row.state, sorted(row.among)), ("waits", sorted(TIE)))
    asked = f"{CHOOSE}: {row.title}"
    mine.expect(ASKED, asked, [mine.lead.email])
    this.checks.equal("who has named nothing is not counted", row.answered, len(mine.heads) - 1)
    other = await mine.desk.refused("polls", "choose", "needs-autumn", "money", "--as", mine.addresses()[0])
    this.checks.true("a head cannot settle the tie", bool(other["sentence"]), str(other))
    browser, page = await this.follow(letter(this, mine.programme_id, mine.lead.email, asked), "poll")
    this.checks.true(
        "the lead sees that as many named each", "As many named one of these" in page.text, page.text[:300]
    )
    await browser.press(page, "choose", {"theme": "money"})
    await this.settle()
    row = await poll(this, "needs-autumn")
    this.checks.equal("the lead's choice stands", row.theme, "Making the budget work")


async def vote_again(this: Round) -> None:
    """A term later everybody is asked anew; most want the same."""
    mine = heads(this)
    rows = await owed(this, mine.programme_id, "vote")
    fresh = {row.person_ids[0]: row for row in rows if row.state == "open"}
    everybody = {person_id(this, one) for one in mine.addresses()}
    this.checks.equal("a term later every head is asked anew", set(fresh), everybody)
    await this.together(
        do(this, row, {"theme": "parents" if number < 5 else "change"})
        for number, (_, row) in enumerate(sorted(fresh.items()))
    )
    await this.settle()


async def chosen_by_the_vote(this: Round) -> None:
    """What most have named is chosen, and when it was last done is said."""
    row = await poll(this, "needs-spring")
    this.checks.equal("the vote chooses where there is no tie", (row.state, row.theme), ("chosen", _most(this)))
    few = [one.number for one in row.themes if len(one.themes) == 1 and one.number < 5]
    this.checks.equal("a theme that under five have named stands alone nowhere", few, [])
    this.checks.true("when a theme was last done is shown", "Making the budget work" in row.last_done, str(row))


async def told_to_choose(this: Round) -> None:
    """Of votes that nobody has settled, such as the summer's, in which nobody votes, the lead has heard once."""
    mine = heads(this)
    assert mine.lead is not None
    found: PollRows = await this.client.find(ShowPolls(programme_id=mine.programme_id))
    for row in (one for one in found.polls if one.state == "waits"):
        mine.expect(ASKED, f"{CHOOSE}: {row.title}", [mine.lead.email])


async def poll(this: Round, key: str) -> PollRow:
    """How a vote stands."""
    found: PollRows = await this.client.find(ShowPolls(programme_id=heads(this).programme_id))
    return next(row for row in found.polls if row.poll == key)


def _most(this: Round) -> str:
    return "Leading people through change" if len(heads(this).heads) > 10 else "Working with parents"


async def _counted(this: Round, address: str, theme: str) -> str:
    browser, page = await this.follow(letter(this, heads(this).programme_id, address, ASKED_FOR, ASKED), "entry")
    saved = await browser.press(page, "send", {"theme": theme})
    return f"{saved.heading} {saved.text}"


def _reminders(this: Round, address: str) -> int:
    mine = heads(this)
    rows = [row for row in this.ledger.rows.values() if row.programme_id == mine.programme_id]
    title = f"Reminder: {ASKED_FOR}"
    return sum(row.to.casefold() == address.casefold() and row.subject.startswith(title) for row in rows)
