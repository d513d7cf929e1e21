"""Findings: nobody reads them before the head has agreed; then governors do, and every view is noted."""

from kindred.demo import cast
from kindred.demo.filling import deliver
from kindred.demo.mailbox import Received
from kindred.demo.round import Round
from kindred.demo.texts import WANTED
from kindred.demo.visits import asked
from shared.commands.audit import AuditRows, ListAudit
from shared.commands.forms import EntryHistory, History, ShowEntry
from shared.commands.notifications import MailRow
from shared.commands.tasks import TaskRow
from shared.errors import Rejected

AGREE, FORM = "agree-findings", "findings"
READERS = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")
NEWS, REPORT = "entry-news", "report-news"


async def agree(this: Round) -> None:
    """Heads agree: the first after asking for changes, the last says nothing yet."""
    rows = sorted(await asked.owed(this, AGREE), key=lambda row: row.school_id or "")
    first, *others, last = rows
    await _not_before(this, first)
    await _change(this, first)
    await this.together([asked.do(this, row, {}, button="agree") for row in [first, *others]])
    await this.settle()
    for row in (first, *others):
        _expect_report(this, row)
    await _read(this, first)
    this.story.unsaid = last.school_id or ""


async def agree_for_the_silent(this: Round) -> None:
    """Those who were late are agreed to; where a head has said nothing for ten working days, the coordinator agrees."""
    story = this.story
    rows = await asked.owed(this, AGREE)
    silent = [row for row in rows if row.school_id == story.unsaid]
    this.checks.equal("of who says nothing the coordinator hears", [row.state for row in silent], ["missed"])
    for row in silent:
        browser, page = await this.follow(_told_coordinator(this, row), "entry")
        agreed = await deliver(browser, page, {}, "agree")
        this.checks.true("the coordinator agrees in place of who says nothing", "Agreed" in agreed.heading, agreed.text)
    await this.together([asked.do(this, row, {}, button="agree") for row in rows if row not in silent])
    await this.settle()
    for row in rows:
        _expect_report(this, row)


async def _not_before(this: Round, row: TaskRow) -> None:
    """Governors have neither a mail nor a page before the head has agreed."""
    chair = this.story.at(row.school_id or "", "chair-of-governors")[0]
    mails = [one.subject for one in _mails(this, chair, REPORT) if "Findings" in one.subject]
    this.checks.equal("governors hear nothing of findings that nobody has agreed to", mails, [])
    this.checks.true("nor can they read them", not await _reads(this, row, chair))


async def _change(this: Round, row: TaskRow) -> None:
    """The head asks for a change, which is kept with both versions."""
    story, head = this.story, row.person_ids[0]
    await asked.do(this, row, {"text": WANTED}, button="ask")
    await this.settle()
    (writer,) = story.at(row.school_id or "", "senior-leader")
    story.expect(NEWS, [writer])
    browser, page = await this.follow(this.letter(NEWS, writer), "entry")
    this.checks.true("whoever wrote findings reads what is asked for", WANTED in page.text, page.text[:300])
    await deliver(browser, page, {"summary": f"{page.form.fields['summary']} It began in the autumn."})
    await this.settle()
    kept: History = await this.client.find(EntryHistory(entry_id=row.about_id, person_id=head, number=2))
    counted = len(kept.versions), len(kept.changes)
    this.checks.equal("both versions of findings are kept, with what was asked for", counted, (2, 1))


async def _read(this: Round, row: TaskRow) -> None:
    """Governors read what is released, and each view is a line of the audit log."""
    chair = this.story.at(row.school_id or "", "chair-of-governors")[0]
    mails = [one for one in _mails(this, chair, REPORT) if "Findings" in one.subject]
    this.checks.equal("governors get released findings, once", len(mails), 1)
    this.checks.true("governors read released findings", await _reads(this, row, chair))
    found: AuditRows = await this.client.find(ListAudit(entry_id=row.about_id, limit=100))
    this.checks.true("their view is in the audit log", chair in {line.person_id for line in found.lines})


async def _reads(this: Round, row: TaskRow, person_id: str) -> bool:
    try:
        await this.client.find(ShowEntry(entry_id=row.about_id, person_id=person_id, view="read"))
    except Rejected:
        return False
    return True


def _expect_report(this: Round, row: TaskRow) -> None:
    this.story.expect(REPORT, this.story.at(row.school_id or "", *READERS), row.school_id or "")  # type: ignore[arg-type]  # all are roles


def _mails(this: Round, person_id: str, template: str) -> list[MailRow]:
    mine = this.story.programme_id
    return [row for row in this.ledger.find(template, person_id) if row.programme_id == mine]


def _told_coordinator(this: Round, row: TaskRow) -> Received:
    """The mail that says to the coordinator that this was not done."""
    runs = cast.coordinator(this.seed).email.casefold()
    school = this.story.school(row.school_id or "")
    rows = [
        one for one in this.ledger.rows.values()
        if one.to.casefold() == runs and row.title in one.subject and one.subject.startswith("Not done")
    ]  # fmt: skip
    letters = [letter for one in rows if (letter := this.ledger.letter(one)) and school in letter.text]
    return letters[-1]
