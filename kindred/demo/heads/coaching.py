"""Heads coach each other: paired each term by the coordinator's approval, agreed to, met; a stalled pair is seen."""

from itertools import combinations

from kindred.demo.checks import Failed
from kindred.demo.filling import deliver, whole
from kindred.demo.heads.story import address_of, heads, person_id
from kindred.demo.programme import ASKED, mails_to, said
from kindred.demo.round import Round
from kindred.demo.tasks import do, opened, owed, own_list
from kindred.output import wording
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.pairs import PairRow, PairsDetail, ShowPairs

CANARY = "zimtstern-4711"
"""What somebody types near a session although nothing asks for it: it must not be kept anywhere."""
NO_LONGER, CHANGE = "Your coaching this term", "A head asks for another coaching partner"


async def begin(this: Round) -> None:
    """The autumn's pairs are drafted; nobody hears of them before the coordinator approves."""
    this.tell("Heads are paired for coaching; the coordinator approves")
    early = [one for address in heads(this).addresses() for one in _told(this, address)]
    this.checks.equal("no head hears of a pair before the coordinator approves", early, [])
    await pair_anew(this)


async def pair_anew(this: Round) -> None:
    """Look at the draft, approve it, and hold it against the terms before."""
    mine = heads(this)
    draft = await shown(this)
    this.checks.true("every pair has its reasons", all(row.reasons for row in draft.pairs), str(draft.pairs)[:300])
    await mine.desk.run("pairs", "publish", "--revision", str(draft.revision), "--yes")
    await this.settle()
    found = await shown(this)
    sizes = sorted(len(row.people) for row in found.pairs)
    out = 1 if mine.left_out else 0
    number = len(mine.heads) - out
    this.checks.equal(
        "an odd head makes a ring of three", sizes, [2] * ((number - 3 * (number % 2)) // 2) + [3] * (number % 2)
    )
    placed = {one.person_id for row in found.pairs for one in row.people}
    if mine.left_out:
        this.checks.true("“not this term” is respected", mine.left_out not in placed)
        mine.left_out = ""
    now = {frozenset(pair) for row in found.pairs for pair in combinations([one.person_id for one in row.people], 2)}
    this.checks.equal("no two heads coach each other twice", now & mine.together, set())
    line = frozenset(person_id(this, one) for one in mine.same_line)
    this.checks.true("nobody of one line coaches the other", line not in now)
    mine.together |= now
    for row in found.pairs:
        _expect_told(this, row)


async def agree(this: Round) -> None:
    """Both agree to coach each other, by the page behind their mail."""
    mine = heads(this)
    rows = await owed(this, mine.programme_id, "coaching-agreement")
    this.checks.equal("everybody in a pair is asked to agree", len(rows), len(mine.heads))
    await this.together([do(this, row, {"agree": "yes"}) for row in rows])
    await this.settle()
    left = await owed(this, mine.programme_id, "coaching-agreement")
    this.checks.equal("both of every pair have agreed", left, [])


async def change_partner(this: Round) -> None:
    """One head would rather be with somebody else: the coordinator alone hears it, and nobody else moves."""
    mine = heads(this)
    found = await shown(this)
    pair = next(row for row in found.pairs if len(row.people) == 2)
    one, other = (person.person_id for person in pair.people)
    browser, page = await own_list(this, one)
    link = next(link for link in page.links if "/please-change/" in link)
    await deliver(browser, await browser.open(whole(page.url, link)), {"change": "yes"})
    await this.settle()
    mine.expect(ASKED, CHANGE, [this.story.people[this.story.coordinator()].email])
    heard = [row.to for row in mails_to(this, mine.programme_id, address_of(this, other)) if row.subject == CHANGE]
    this.checks.equal("the partner hears nothing of the wish for a change", heard, [])
    await mine.desk.run("pairs", "end", pair.pair_id)
    await mine.desk.run("pairs", "draft", "--keep")
    draft = await shown(this)
    this.checks.equal("nobody else's pair ends for it", draft.ends, 0)
    await mine.desk.run("pairs", "publish", "--revision", str(draft.revision), "--yes")
    await this.settle()
    mine.expect(ASKED, NO_LONGER, [address_of(this, person) for person in (one, other)])
    before = {frozenset(each.person_id for each in row.people) for row in found.pairs if row != pair}
    after = [frozenset(each.person_id for each in row.people) for row in (await shown(this)).pairs]
    this.checks.true("the two are apart", all(not {one, other} <= group for group in after), str(after))
    this.checks.true("everybody else stays together", all(any(was <= group for group in after) for was in before))
    for row in (await shown(this)).pairs:
        group = frozenset(each.person_id for each in row.people)
        if group not in before:
            _expect_told(this, row)
        mine.together |= {frozenset(two) for two in combinations(group, 2)}


async def meet(this: Round) -> None:
    """All but one pair say that their first session took place: one of them presses, and nothing can be typed."""
    mine = heads(this)
    rows = sorted(await owed(this, mine.programme_id, "session"), key=lambda row: (len(row.person_ids), row.task_id))
    if not rows:
        raise Failed("No pair is asked whether it has met.")
    stalled, *others = rows
    mine.stalled = stalled.person_ids
    for row in others:
        browser, page = await opened(this, row)
        typed = {name for name in page.form.fields if name} - {"csrf", "once"}
        this.checks.equal("there is no field for what was said in a session", typed, set())
        page.form.fields.update(dict.fromkeys(("note", "text", "comment", "answers.note"), CANARY))
        confirmed = await browser.press(page, "confirm", {})
        this.checks.equal("“took place” is one press", confirmed.heading, "Confirmed, thank you")
    await this.settle()


async def look_for_the_stalled(this: Round) -> None:
    """The days for the first session are over: only the pair that has not met hears of it."""
    mine = heads(this)
    heard = {one for one in mine.addresses() for what in _missed(this, one) if "first coaching session" in what}
    this.checks.equal(
        "a pair that stalls is mailed, and nobody else", heard, {address_of(this, one) for one in mine.stalled}
    )
    for row in await owed(this, mine.programme_id, "second-session"):
        browser, page = await opened(this, row)
        await browser.press(page, "confirm", {})
    await this.settle()
    places = [*await this.traces((CANARY,)), *await this.in_streams((CANARY,))]
    this.checks.equal("what is typed near a session is in no database, backup, stream or log", places, [])


async def not_this_term(this: Round) -> None:
    """One head says “not this term”, with no question asked."""
    mine = heads(this)
    mine.left_out = person_id(this, mine.addresses()[2])
    browser, page = await own_list(this, mine.left_out)
    link = next(link for link in page.links if "/not-this-term/" in link)
    page = await browser.open(whole(page.url, link))
    page = (
        page
        if page.forms and any(form.method == "post" for form in page.forms)
        else await browser.open(f"{page.url}/new")
    )
    await deliver(browser, page, {"skip": "yes"})
    await this.settle()
    found: EntryRows = await this.client.find(ListEntries(programme_id=mine.programme_id, form="not-this-term"))
    this.checks.equal("“not this term” is noted", found.total, 1)


async def shown(this: Round) -> PairsDetail:
    """The round of pairs as `kindred pairs show` shows it."""
    found: PairsDetail = await this.client.find(ShowPairs(programme_id=heads(this).programme_id))
    return found


def _expect_told(this: Round, row: PairRow) -> None:
    people = [one.person_id for one in row.people]
    for one in people:
        others = wording.listed([this.story.name(other) for other in people if other != one])
        heads(this).expect(ASKED, f"Coaching this term: you and {others}", [address_of(this, one)])


def _told(this: Round, address: str) -> list[str]:
    rows = mails_to(this, heads(this).programme_id, address)
    return [row.subject for row in rows if row.subject.startswith("Coaching this term")]


def _missed(this: Round, address: str) -> list[str]:
    rows = mails_to(this, heads(this).programme_id, address)
    return [what.casefold() for how, what in map(said, (row.subject for row in rows)) if how == "missed"]
