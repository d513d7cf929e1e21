"""A vision that people remember: written together, known by staff and parents without an account, counted by hand."""

import re

from kindred.demo.browser import Browser, Page
from kindred.demo.filling import whole
from kindred.demo.journey.standing import compiled, expect_report
from kindred.demo.journey.story import journey, person
from kindred.demo.programme import ASKED, mails_to
from kindred.demo.round import Round
from kindred.demo.tasks import do, opened, owed, own_list
from shared.commands.shared_links import SharedForm, ShowSharedLink

TOLD = "Your school's vision in a new version"
TEXT = "Every child is known."
UNSURE, MOST = "I am not sure", 5
STAFF, GOVERNORS = 12, 3
LINK = re.compile(r"https?://\S+/s/[A-Za-z0-9_-]+")


async def write(this: Round) -> None:
    """One of each team writes it down, for all."""
    mine = journey(this)
    rows = {row.school_id: row for row in await owed(this, mine.programme_id, "vision")}
    for team in mine.teams:
        await do(this, rows[team.school_id], {"text": TEXT}, person(this, team.people[1].email))
    await this.settle()
    left = await owed(this, mine.programme_id, "vision")
    this.checks.equal("a vision is written once for the whole team", left, [])


async def hear(this: Round) -> None:
    """The next morning the team and the governor hear of it."""
    mine = journey(this)
    for team in mine.teams:
        mine.expect(ASKED, TOLD, [one.email for one in (*team.people[1:], team.governor)])
    governor = mine.teams[0].governor.email
    told = [row for row in mails_to(this, mine.programme_id, governor) if row.subject == TOLD]
    this.checks.equal("a governor hears of the vision", len(told), 1)


async def ask_everybody(this: Round) -> None:
    """By the school's link staff and governors answer without an account; under ten of a group are not shown."""
    this.tell("Staff say without an account whether they know the vision")
    mine, team = journey(this), journey(this).teams[0]
    address = await opened_link(this, team.head.email, "vision-pulse", team.school_id)
    for number in range(STAFF + GOVERNORS):
        group = "staff" if number < STAFF else "governors"
        page = await _answer(this, address, group, TEXT if number % 3 else UNSURE)
        anonymous = "Nobody can see which answers are yours" in page.text
        this.checks.true("nobody can see whose answers are whose", anonymous, page.text[:300])
    for row in await owed(this, mine.programme_id, "open-pulse"):
        if row.school_id == team.school_id:
            browser, page = await opened(this, row)
            await browser.press(page, "confirm", {})
    await this.settle()
    report = await compiled(this, "vision-report", team.school_id)
    expect_report(this, report, [one.email for one in (*team.people, team.governor)])
    said = await this.words_of(report, person(this, team.head.email))
    hidden = "Governors: not shown, because fewer than 10 answered" in said
    this.checks.true("a group under ten is withheld, and it is said", hidden, said[:900])
    this.checks.true("how many remember it is said in bands", "50% to 95%" in said, said[:900])


async def count_by_hand(this: Round) -> None:
    """Children are never asked by the system: a leader writes two numbers; heads count their hard conversations."""
    mine = journey(this)
    for row in await owed(this, mine.programme_id, "children-pulse"):
        await do(this, row, {"asked": "28", "remembered": "19"})
    for row in await owed(this, mine.programme_id, "conversations"):
        await do(this, row, {"open": "2", "held": "5", "solved": "4", "days": "6"})
    for row in await owed(this, mine.programme_id, "plan"):
        due = this.now.date().replace(year=this.now.year + 1).isoformat()
        action = {"what": "Say the vision each Monday", "owner": "headteacher", "due": due, "success": "We do."}
        await do(this, row, {f"actions.1.{key}": text for key, text in action.items()})
    await this.settle()
    _, page = await own_list(this, person(this, mine.teams[0].head.email))
    this.checks.true("children answer nothing: they are counted by hand", "/s/" not in " ".join(page.links))


async def opened_link(this: Round, address: str, form: str, about: str) -> str:
    """Open the link that others answer by, as whoever hands it out does on their own page; return it."""
    browser, page = await own_list(this, person(this, address))
    link = next(link for link in page.links if link.endswith(f"/{form}/{about}"))
    page = await browser.press(await browser.open(whole(page.url, link)), "open", {})
    found = LINK.search(page.text)
    assert found is not None, page.text[:600]
    return found[0]


async def _answer(this: Round, address: str, group: str, text: str) -> Page:
    """Somebody without an account picks one of the texts that they see."""
    shown: SharedForm = await this.client.find(ShowSharedLink(token=address.rpartition("/")[2]))
    texts = shown.entry.options["recall"]
    browser = Browser(this.transport)
    page = await browser.open(address)
    among = [one for one in texts.values() if one in page.text]
    this.checks.true("the vision stands among three others", TEXT in among and len(among) == MOST, str(among))
    recall = next(key for key, one in texts.items() if one == text)
    return await browser.press(page, "", {"group": group, "recall": recall, "guides": "agree"})
