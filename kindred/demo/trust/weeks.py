"""Each week people tick off what was due, all of it or all but what did not happen, and do what else they are asked."""

import datetime as dt

from kindred.demo.filling import Values, deliver, in_rows
from kindred.demo.round import Round
from kindred.demo.tasks import WEEKLY, do, opened, owed
from kindred.demo.trust.story import person, trust
from shared.commands.tasks import TaskRow

SILENT_IN, EXCEPT_IN, FROM_THE_MAIL = 4, 3, 2
"""The weeks in which one head ticks nothing off, one names what was not done, and one does it from the mail itself."""
AUGUST = 8
ANSWERS: dict[str, dict[str, str]] = {
    "term-review": {"page": "More pupils read for themselves."},
    "figures": {
        "attendance": "94", "on-track": "71", "disadvantaged-ten": "yes", "attendance-disadvantaged": "91",
        "on-track-disadvantaged": "64", "send-ten": "no", "looked-after-ten": "no", "most-able-ten": "no",
    },
    "interventions": {
        "disadvantaged": "yes", "started-disadvantaged": "6", "reviewed-disadvantaged": "5",
        "worked-disadvantaged": "3", "send": "no", "looked-after": "no", "most-able": "no",
    },
    "staff-appraisal": {"staff": "31", "objectives": "30", "reviewed": "12"},
    "statement": {"vision": "Everybody reads.", "values.1.text": "Kindness", "culture": "We ask before we tell."},
    **{key: dict[str, str]() for key in ("term-review-agreed", "quality-visit-agreed", "expertise-asked-answered")},
}  # fmt: skip
"""Task -> what its form is filled in with; nothing where somebody agrees."""
ACTION = {"what": "Read aloud each day", "owner": "headteacher", "success": "Every class does."}


async def morning(_this: Round) -> None:
    """The morning on which lists go out: the clock stops, so that what is asked now stands on the list of this week."""


async def tick(this: Round) -> None:
    """Everybody does what their list asks for; some weeks go otherwise, once each."""
    mine = trust(this)
    number = len(mine.lists) + 1
    mine.lists.append(this.now.date())
    if number == 1:
        this.tell("Heads tick off their week, from September to July")
    rows = [row for row in await owed(this, mine.programme_id) if row.state == "open"]
    weeks = [row for row in rows if row.task == "tick"]
    if number == FROM_THE_MAIL:
        weeks = await _from_the_mail(this, weeks)
    await this.together([_tick(this, row, number) for row in weeks])
    works = []
    for row in rows:
        if (values := _values(this, row)) is not None:
            works.append(do(this, row, values, button="agree" if row.do == "agree" else "send"))
            mine.did[row.task] += 1
    await this.together(works)
    await this.settle()


async def _from_the_mail(this: Round, rows: list[TaskRow]) -> list[TaskRow]:
    """A head follows the mail's own link, and presses once more."""
    head = person(this, trust(this).heads[trust(this).urns[1]])
    mails = [row for row in this.ledger.find(WEEKLY, head) if row.queued_at.date() <= this.now.date()]
    letter = this.ledger.letter(mails[-1])
    assert letter is not None
    browser, page = await this.follow(letter, "task")
    this.checks.equal("the mail leads to the week itself", page.heading, "Your duties of the week")
    saved = await browser.press(page, "all", {})
    this.checks.equal("a week is ticked off in two presses from the mail", saved.heading, "Ticked off, thank you")
    return [row for row in rows if row.person_ids != (head,)]


async def _tick(this: Round, row: TaskRow, number: int) -> None:
    mine, who = trust(this), row.person_ids[0]
    if number == SILENT_IN and who == person(this, mine.heads[mine.urns[2]]):
        mine.skipped[who] = this.now.date() - dt.timedelta(days=this.now.weekday() + 7)
        return
    browser, page = await opened(this, row)
    if number == EXCEPT_IN and who == person(this, mine.heads[mine.urns[3]]):
        boxes = sorted(name for form in page.forms for name in form.choices if name.startswith("not-"))
        nothing = await browser.press(page, "except", {}, expect=(422,))
        this.checks.true("“all but” without a box is asked about", "Tick what was not done" in nothing.text)
        saved = await deliver(browser, nothing, {boxes[0]: "on"}, "except")
        this.checks.equal("“all but” is one press more", saved.heading, "Ticked off, thank you")
        return
    await deliver(browser, page, {}, "all")


def _values(this: Round, row: TaskRow) -> Values | None:
    """What people answer; None for what this year leaves undone, or what has a step of its own."""
    if row.task == "term-review" and row.school_id == trust(this).late and this.now.month > AUGUST:
        return None
    values = ANSWERS.get(row.task)
    if values is not None and row.task == "term-review":
        due = (this.now.date() + dt.timedelta(weeks=8)).isoformat()
        return {**values, **in_rows("actions", [{**ACTION, "due": due}])}
    return values
