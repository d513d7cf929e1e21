"""January: heads introduce colleagues to one another. Both are asked first; nobody learns who says no."""

import datetime as dt
from dataclasses import dataclass

from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.filling import deliver, ready, whole
from kindred.demo.programme import letter, mails_to
from kindred.demo.round import Round, local
from kindred.demo.tasks import own_list

DAY = (1, 14)
"""Month and day of the second calendar year."""
FORM = "introduction"
ASKED = "Say whether you would like to be introduced"
MET, ENDED = "You are introduced", "Nothing comes of it: Introduce two colleagues"
WHY = "Both let pupils explain their working to the class."


@dataclass(frozen=True)
class Pair:
    """Two colleagues who take no part in the programme, and the headteacher who would like them to meet."""

    head: str
    names: tuple[str, str]
    addresses: tuple[str, str]


def later(this: Round) -> None:
    """Put it into the diary, once there are groups."""
    this.plan(local(dt.date(this.story.first_year + 1, *DAY), 10), play)


async def play(this: Round) -> None:
    """Two introductions: both say yes to the first, one says no to the other."""
    this.tell("Two heads introduce colleagues of other schools to one another")
    story = this.story
    assert story.cohort is not None
    first, second, *_ = story.cohort.groups[0].school_ids
    one = Pair(story.at(first, "headteacher")[0], ("Wren Wood", "Otto Oak"), ("wren@wood.example", "otto@oak.example"))
    two = Pair(story.at(second, "headteacher")[0], ("Ivy Inch", "Noel Nye"), ("ivy@inch.example", "noel@nye.example"))
    await _propose(this, one)
    await _both_agree(this, one)
    await _propose(this, two)
    await _one_declines(this, two)


async def _propose(this: Round, pair: Pair) -> None:
    browser, page = await own_list(this, pair.head)
    found = [link for link in page.links if f"/{FORM}/" in link]
    if not found:
        raise PageFault(f"The list of {this.story.name(pair.head)} offers no introduction: {page.text[:600]}")
    page = await ready(browser, await browser.open(whole(page.url, found[0])))
    values = {"why": WHY}
    for field, name, address in zip(("colleague", "other"), pair.names, pair.addresses, strict=True):
        values |= {f"{field}.name": name, f"{field}.address": address}
    await deliver(browser, page, values)
    await this.settle()
    shown = [await _page(this, address) for address in pair.addresses]
    said = [name in each[1].text for each, name in zip(shown, reversed(pair.names), strict=True)]
    this.checks.equal("whoever is introduced reads to whom, and why", said, [True, True])
    this.checks.equal("neither sees an address before both have said yes", _seen(shown, pair), [])


async def _both_agree(this: Round, pair: Pair) -> None:
    for place, address in enumerate(pair.addresses):
        browser, page = await _page(this, address)
        await browser.press(page, "yes", {})
        await this.settle()
        if place == 0:
            shown = [await _page(this, one) for one in pair.addresses]
            this.checks.equal("one yes alone tells nobody's address", _seen(shown, pair), [])
    met = [_texts(this, address, MET) for address in pair.addresses]
    known = [other in text for text, other in zip(met, reversed(pair.addresses), strict=True)]
    this.checks.equal("once both have said yes, each has the other's address", known, [True, True])
    this.story.expect("entry-news", [_person(this, address) for address in pair.addresses])


async def _one_declines(this: Round, pair: Pair) -> None:
    for address, answer in zip(pair.addresses, ("yes", "no"), strict=True):
        browser, page = await _page(this, address)
        await browser.press(page, answer, {})
    await this.settle()
    everybody = [*pair.addresses, this.story.people[pair.head].email]
    told = [" ".join(_texts(this, address, ENDED).split()) for address in everybody]
    same = f"that {this.story.name(pair.head)} has proposed does not come about: somebody has said no, or not everybody"
    this.checks.equal(
        "all hear in the same words that nothing comes of it", [same in text for text in told], [True] * 3
    )
    addresses = [address for text in told for address in pair.addresses if address in text]
    this.checks.equal("nobody learns an address of it", addresses, [])
    this.checks.equal("the head is not told who said no", [name for name in pair.names if name in told[-1]], [])
    people = [*(_person(this, address) for address in pair.addresses), pair.head]
    this.story.expect("entry-news", people)


async def _page(this: Round, address: str) -> tuple[Browser, Page]:
    asked = letter(this, this.story.programme_id, address, ASKED)
    return await this.follow(asked, "entry")


def _seen(shown: list[tuple[Browser, Page]], pair: Pair) -> list[str]:
    return [address for _, page in shown for address in pair.addresses if address in page.text]


def _texts(this: Round, address: str, subject: str) -> str:
    """The mails to somebody whose subject begins so, as texts."""
    rows = [row for row in mails_to(this, this.story.programme_id, address) if row.subject.startswith(subject)]
    letters = [this.ledger.letter(row) for row in rows]
    return "\n".join(one.text for one in letters if one is not None)


def _person(this: Round, address: str) -> str:
    return mails_to(this, this.story.programme_id, address)[0].person_id
