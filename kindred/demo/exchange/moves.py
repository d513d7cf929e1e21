"""What people of the exchange do: find a mail by what it says, fill in the form behind it."""

from collections.abc import Mapping
from random import Random

from kindred.demo import programme
from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.checks import Failed
from kindred.demo.exchange.story import Exchange
from kindred.demo.filling import Values, deliver, ready, rows_added, whole
from kindred.demo.mailbox import Received
from kindred.demo.programme import ASKED
from kindred.demo.round import Round

__all__ = [
    "address",
    "again",
    "deliver",
    "drawn",
    "exchange",
    "form",
    "from_list",
    "letter",
    "own_list",
    "rows_added",
    "send",
    "urn",
]
PURPOSE = "entry"
TO_THE_LIST = frozenset({"task", "task-reminder", "own-words"})
"""Kinds of mail with a link to the person's own list."""


def exchange(this: Round) -> Exchange:
    """The exchange of this round; raises Failed before it is open."""
    return this.of(Exchange)


def address(this: Round, school_id: str, role: str) -> str:
    """The address of whoever holds a role at a school."""
    return this.story.people[this.story.at(school_id, role)[0]].email  # type: ignore[arg-type]  # a role by its key


def urn(this: Round, school_id: str) -> int:
    """The URN of a school: the same each time, which its id is not."""
    return this.story.enrolments[school_id].school.urn


def drawn(this: Round, what: str, school_id: str) -> Random:
    """What decides by chance for a school, the same each time that a demo with this seed is played."""
    return Random(f"{this.seed}/{what}/{urn(this, school_id)}")  # noqa: S311 - a demo's choice


def letter(this: Round, to: str, what: str, how: str = ASKED) -> Received:
    """The latest mail of the exchange that says this to somebody; raises Failed when there is none."""
    return programme.letter(this, exchange(this).programme_id, to, what, how)


async def form(this: Round, mail: Received) -> tuple[Browser, Page]:
    """Open the form behind a mail; where several may be written, a new one."""
    browser, page = await this.follow(mail, PURPOSE)
    return browser, await ready(browser, page)


async def send(this: Round, mail: Received, values: Values) -> Page:
    """Fill in the form behind a mail and send it; return the page that says so."""
    browser, page = await form(this, mail)
    return await deliver(browser, page, values)


async def again(this: Round, mail: Received, values: Mapping[str, str]) -> Page:
    """Change what somebody has sent, and send it again."""
    browser, listed = await this.follow(mail, PURPOSE)
    (own,) = [link for link in listed.links if "/entry/ent-" in link]
    page = await browser.open(whole(listed.url, own))
    return await browser.press(page, "send", dict(values))


async def own_list(this: Round, to: str) -> tuple[Browser, Page]:
    """Somebody's own list of what they owe and can do, by the latest of their mails that leads to it."""
    rows = programme.mails_to(this, exchange(this).programme_id, to)
    for row in sorted(rows, key=lambda row: row.queued_at, reverse=True):
        mail = this.ledger.letter(row) if row.template in TO_THE_LIST else None
        if mail is not None:
            return await this.follow(mail, "todo")
    raise Failed(f"{to} has no mail that leads to their list.")


async def from_list(this: Round, to: str, form: str, about_id: str) -> tuple[Browser, Page]:
    """Open what somebody can do without being asked, from their list; where several may be written, a new one."""
    browser, page = await own_list(this, to)
    found = [link for link in page.links if "/open/" in link and link.endswith(f"/{form}/{about_id}")]
    if not found:
        raise PageFault(f"The list of {to} does not offer {form!r}: {page.text[:600]}")
    return browser, await ready(browser, await browser.open(whole(page.url, found[0])))
