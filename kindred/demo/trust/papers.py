"""What is written down in the trust: policies, plans, visits, walks and meetings, each read by whom it concerns."""

import datetime as dt
from collections.abc import Mapping

from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.filling import deliver, in_rows, ready, rows_added, whole
from kindred.demo.people import Someone
from kindred.demo.programme import ASKED, letter
from kindred.demo.round import Round
from kindred.demo.tasks import NO_ROWS, own_list
from kindred.demo.trust.story import line_of, person, trust
from shared.commands.forms import EntryRows, ListEntries


async def set_out(this: Round) -> None:
    """The trust writes its policy and names its owner, a school writes its plan."""
    mine, urn = trust(this), trust(this).urns[0]
    head, school = mine.heads[urn], mine.ids[urn]
    review = dt.date(this.story.first_year + 1, 6, 1).isoformat()
    owner = {"policy-owner.name": mine.middle.name, "policy-owner.address": mine.middle.email}
    policy = {"name": "How we teach reading", "what": "policy", "class": "standardised", "text": "Every day, aloud."}
    await write(this, mine.chief, "policy", mine.programme_id, {**policy, **owner, "next-review": review})
    plan = {**in_rows("priorities", [{"text": "Reading"}]), **in_rows("actions", [_action(this)])}
    await write(this, head, "development-plan", school, plan)
    await this.settle()
    mine.expect(ASKED, "You own a policy of the trust", [mine.middle.email])
    for form in ("policy", "development-plan"):
        found = await entries(this, form)
        this.checks.equal(f"{form}: what was written has one entry, whose versions are kept", found.total, 1)


async def visit(this: Round) -> None:
    """Quality visit, learning walk, the consultant's day, a progress meeting: findings and actions are left."""
    this.tell("The trust looks at its schools: visits, walks, meetings")
    mine, urn = trust(this), trust(this).urns[0]
    school, boss = mine.ids[urn], line_of(mine, urn)
    actions = in_rows("actions", [_action(this)])
    evidence = {"title": "Pupils read to each other", "detail": "In four lessons of six.", "evidence": "Six lessons"}
    await write(
        this, boss, "quality-visit", school, {"aspect": "teaching", **in_rows("findings", [evidence]), **actions}
    )
    walk = {"aspect": "curriculum", **in_rows("seen", [{"text": "Books in every room"}])}
    await write(this, mine.chief, "learning-walk", school, {**walk, **in_rows("next", [{"text": "Fewer, better"}])})
    report = {**in_rows("strengths", [{"text": "Calm"}]), **in_rows("next", [{"text": "Stretch the most able"}])}
    await write(this, mine.consultant, "consultant-report", school, report)
    talk = {"agenda.next-steps": "yes", **in_rows("decided", [{"text": "Two groups more"}]), **actions}
    await write(this, mine.heads[urn], "pupil-progress", school, talk)
    await this.settle()
    for form in ("quality-visit", "learning-walk", "consultant-report", "pupil-progress"):
        this.checks.equal(f"{form}: what was found is kept", (await entries(this, form)).total, 1)
    about = f"Report of the consultant, {mine.names[urn]}"
    mine.expect(ASKED, f"Please read: {about}", [mine.heads[urn].email])
    await agree(this, mine.heads[urn].email, about)
    mine.expect(ASKED, f"Who may read this? {about}", [mine.chief.email])
    await _let_go(this)
    mine.expect(ASKED, about, [mine.heads[urn].email, boss.email])
    consultant = person(this, mine.consultant)
    seen = {form: (await entries(this, form, consultant)).total for form in ("consultant-report", "quality-visit")}
    this.checks.equal("a consultant sees their own visits only", seen, {"consultant-report": 1, "quality-visit": 0})


async def agree(this: Round, address: str, about: str) -> None:
    """Whoever is asked to read something agrees to it, by the page behind the mail."""
    browser, page = await this.follow(letter(this, trust(this).programme_id, address, f"Please read: {about}"), "entry")
    await deliver(browser, page, {}, "agree")
    await this.settle()


async def _let_go(this: Round) -> None:
    """The chief executive releases what the consultant wrote; before that the trust's directors read nothing of it."""
    mine = trust(this)
    browser, page = await own_list(this, person(this, mine.chief))
    (link,) = [link for link in page.links if "/consultant-report/" in link and "/ent-" in link]
    await deliver(browser, await browser.open(whole(page.url, link)), {}, "release")
    await this.settle()
    states = [row.state for row in (await entries(this, "consultant-report")).entries]
    this.checks.equal("the chief executive releases the consultant's report", states, ["released"])


async def entries(this: Round, form: str, reader: str = "") -> EntryRows:
    """The entries of a form, all or those that somebody may read."""
    query = ListEntries(programme_id=trust(this).programme_id, form=form, person_id=reader, limit=200)
    found: EntryRows = await this.client.find(query)
    return found


async def write(
    this: Round, who: Someone, form: str, about: str, values: dict[str, str], rows: Mapping[str, int] = NO_ROWS
) -> Page:
    """Somebody fills in and sends what their list offers about a thing. `rows`: question -> how many rows it needs."""
    browser, page = await _open(this, who, form, about)
    for field, number in rows.items():
        page = await rows_added(browser, page, field, number)
    return await deliver(browser, page, values)


async def _open(this: Round, who: Someone, form: str, about: str) -> tuple[Browser, Page]:
    browser, page = await own_list(this, person(this, who))
    found = [link for link in page.links if "/open/" in link and link.endswith(f"/{form}/{about}")]
    if not found:
        raise PageFault(f"The list of {who.name} does not offer {form!r}: {page.text[:600]}")
    return browser, await ready(browser, await browser.open(whole(page.url, found[0])))


def _action(this: Round) -> dict[str, str]:
    due = (this.now.date() + dt.timedelta(weeks=10)).isoformat()
    return {"what": "Hear every reader weekly", "owner": "headteacher", "due": due, "success": "All are heard."}
