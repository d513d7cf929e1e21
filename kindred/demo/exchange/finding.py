"""Findings: none without evidence, agreed to by the host's CPD lead, released by its head, to whom the project says."""

import datetime as dt

from kindred.demo import cast
from kindred.demo.exchange import presenting
from kindred.demo.exchange.acting import ACT
from kindred.demo.exchange.moves import deliver, exchange, letter
from kindred.demo.exchange.story import Stay
from kindred.demo.exchange.texts import CHANGES, FOUND, PLANNED, SUMMARY
from kindred.demo.programme import ASKED, MISSED, REMINDED
from kindred.demo.round import Round
from shared.commands.forms import EntryHistory, EntryRows, History, ListEntries, ShowEntry
from shared.errors import Rejected
from shared.events.people import Role
from shared.template.days import shifted
from shared.template.moments import Offset

WRITE, AGREE = "Write your findings and action plan", "Agree to the findings, or ask for changes"
TITLE = "Findings and action plan"
DUE = (5, 18)
SILENT = 10
"""Working days after which the coordinator is asked in the place of a host who says nothing."""
AGREE_REMINDED_AT = (5, 6)
"""Working days after the findings: five after a host was asked to agree, which may be the next working day."""
REMINDED_AT = (5, 9)
"""Working days after it was asked on which whoever has not written is reminded."""


async def write(this: Round) -> None:
    """Without evidence the page refuses. Hosts agree: one after asking for changes twice, and one says nothing."""
    this.tell("Practitioners write their findings; hosts agree to them")
    second = exchange(this)
    for stay in second.stays:
        _expect_asked(this, stay)
        await _write(this, stay, refused=stay is second.stays[0])
    await this.settle()
    for stay in second.stays:
        second.expect(ASKED, AGREE, [stay.lead])
    first, *others = second.stays
    await _change_twice(this, first)
    for stay in others[:-1]:
        await _agree(this, stay)
    second.unanswered = others[-1]
    await this.settle()
    await release(this, [first, *others[:-1]])
    await presenting.agree_day(this, [first, *others[:-1]])


async def ask_coordinator(this: Round) -> None:
    """Ten working days of silence: the coordinator hears, and agrees in the host's place."""
    second = exchange(this)
    stay = second.unanswered
    assert stay is not None
    runs = cast.coordinator(this.seed).email
    second.expect(REMINDED, AGREE, [stay.lead])
    second.expect(MISSED, AGREE, [runs])
    browser, page = await this.follow(letter(this, runs, AGREE, MISSED), "entry")
    agreed = await deliver(browser, page, {}, "agree")
    this.checks.true("after ten silent working days the coordinator agrees", "Agreed" in agreed.heading, agreed.heading)
    await this.settle()
    await release(this, [stay])
    await presenting.agree_day(this, [stay])


async def release(this: Round, stays: list[Stay]) -> None:
    """Heads let findings go; governors read them where the project says so, and nobody else of the school."""
    second = exchange(this)
    for stay in stays:
        second.expect(ASKED, f"Who may read this? {TITLE}, {stay.host}", [stay.head])
        browser, page = await this.follow(letter(this, stay.head, f"Who may read this? {TITLE}, {stay.host}"), "entry")
        stay.findings_id = await _id_of(this, stay)
        await deliver(browser, page, {}, "release")
    await this.settle()
    for stay in stays:
        readers = _readers(this, stay)
        second.expect(ASKED, f"{TITLE}, {stay.host}", readers)
        second.expect(ASKED, ACT, [stay.lead])
        await _who_reads(this, stay)


async def _write(this: Round, stay: Stay, *, refused: bool) -> None:
    browser, page = await this.follow(letter(this, stay.person.email, WRITE), "entry")
    values = _findings(this, stay)
    if refused:
        bare = {name: "" if name.endswith(".evidence") else text for name, text in values.items()}
        page = await browser.press(page, "send", bare, expect=(422,))
        said = "has no evidence" in page.text
        this.checks.true("findings without evidence are refused", said, page.text[:400])
    await deliver(browser, page, values)


def due(this: Round) -> dt.date:
    """The day by which every action of the demo is to be done."""
    return dt.date(this.story.first_year + 1, *DUE)


def _findings(this: Round, stay: Stay) -> dict[str, str]:
    return {
        "summary": SUMMARY.format(host=stay.host),
        "findings.1.title": FOUND[0],
        "findings.1.evidence": FOUND[1],
        "actions.1.what": PLANNED[0],
        "actions.1.owner": "CPD lead",
        "actions.1.due": due(this).isoformat(),
        "actions.1.success": PLANNED[1],
    }


async def _change_twice(this: Round, stay: Stay) -> None:
    """The host asks twice for changes; every version stays, with what was asked for, and the host edits nothing."""
    for wanted in CHANGES:
        browser, page = await this.follow(letter(this, stay.lead, AGREE), "entry")
        fields = {name for form in page.forms if form.method == "post" for name in form.fields}
        this.checks.true("whoever agrees cannot edit", "summary" not in fields, str(sorted(fields)))
        await deliver(browser, page, {"text": wanted}, "ask")
        await this.settle()
        asked = f"Changes asked for: {TITLE}, {stay.host}"
        exchange(this).expect(ASKED, asked, [stay.person.email])
        browser, page = await this.follow(letter(this, stay.person.email, asked), "entry")
        this.checks.true("whoever wrote it reads what is asked for", wanted in page.text, page.text[:300])
        summary = f"{page.form.fields['summary']} {wanted}"
        await deliver(browser, page, {"summary": summary})
        await this.settle()
        exchange(this).expect(ASKED, AGREE, [stay.lead])
    await _agree(this, stay)
    entry_id = await _id_of(this, stay)
    lead = this.story.at(stay.host_id, "cpd-lead")[0]
    kept: History = await this.client.find(EntryHistory(entry_id=entry_id, person_id=lead, number=2))
    this.checks.equal(
        "both rounds of changes are kept, with each version", (len(kept.versions), len(kept.changes)), (3, 2)
    )
    this.checks.true("the difference between versions can be read", kept.before != kept.after, str(kept.after)[:200])


async def _agree(this: Round, stay: Stay) -> None:
    browser, page = await this.follow(letter(this, stay.lead, AGREE), "entry")
    await deliver(browser, page, {}, "agree")
    await this.settle()


async def _who_reads(this: Round, stay: Stay) -> None:
    """Governors find the findings where the project says so; where it does not, they get no mail and no page."""
    chair = this.story.at(stay.host_id, "chair-of-governors")[0]
    mails = [row for row in this.ledger.rows.values() if row.person_id == chair and row.subject.startswith(TITLE)]
    told = [row for row in mails if row.programme_id == exchange(this).programme_id and stay.host in row.subject]
    try:
        await this.client.find(ShowEntry(entry_id=stay.findings_id, person_id=chair, view="read"))
        found = True
    except Rejected:
        found = False
    what = "governors read the findings" if stay.governors else "governors: no means no mail and no page"
    this.checks.equal(f"{what} ({stay.host})", (bool(told), found), (stay.governors, stay.governors))


def _readers(this: Round, stay: Stay) -> list[str]:
    """Whoever reads them once they are released, by address."""
    roles: list[Role] = ["headteacher", "senior-leader", "cpd-lead"]
    roles += ["chair-of-governors", "clerk"] if stay.governors else []
    inside = [this.story.people[one].email for role in roles for one in this.story.at(stay.host_id, role)]
    return [stay.person.email, *inside]


def _expect_asked(this: Round, stay: Stay) -> None:
    """Asked on the day of the last visit; reminded where they write later than that."""
    second = exchange(this)
    second.expect(ASKED, WRITE, [stay.person.email])
    last, today = stay.days[-1].on, this.now.date()
    for days in REMINDED_AT:
        if shifted(last, Offset(days, "working days")) <= today:
            second.expect(REMINDED, WRITE, [stay.person.email])


async def _id_of(this: Round, stay: Stay) -> str:
    query = ListEntries(programme_id=exchange(this).programme_id, form="findings", about_id=stay.match_id)
    found: EntryRows = await this.client.find(query)
    return found.entries[0].entry_id
