"""Once a year leaders hear from the people they lead: five answers at least, and theirs alone."""

from kindred.demo.browser import Browser
from kindred.demo.journey.standing import compiled, expect_report
from kindred.demo.journey.story import journey, person
from kindred.demo.journey.vision import opened_link
from kindred.demo.round import Round
from kindred.demo.tasks import opened, owed
from shared.commands.reports import ShowReport
from shared.errors import Rejected

SAID = {"group": "led", **dict.fromkeys(("clear", "heard", "soon", "grows"), "agree")}
TOO_FEW, MOST = 4, 5


async def ask(this: Round) -> None:
    """A leader opens a link and hands it out; four answer, which is too few to be shown."""
    mine = journey(this)
    leader = mine.teams[0].people[2]
    about = person(this, leader.email)
    mine.feedback = await opened_link(this, leader.email, "upward", about)
    await _answers(this, TOO_FEW)
    await this.settle()
    report = await compiled(this, "upward-report", about)
    said = await this.words_of(report, about)
    this.checks.true("feedback of four is not shown", "Fewer than five" in said, said[:600])
    expect_report(this, report, [leader.email], leader.name)
    for row in await owed(this, mine.programme_id, "feedback"):
        if row.person_ids == (about,):
            browser, page = await opened(this, row)
            await browser.press(page, "confirm", {})
    await this.settle()


async def hear(this: Round) -> None:
    """The fifth answer has come: the leader reads what people said, and nobody else does."""
    mine = journey(this)
    leader, head = mine.teams[0].people[2], mine.teams[0].head
    await _answers(this, MOST - TOO_FEW)
    await this.settle()
    report = await compiled(this, "upward-report", person(this, leader.email))
    expect_report(this, report, [leader.email], leader.name)
    said = await this.words_of(report, person(this, leader.email))
    this.checks.true("feedback of five is shown to the leader", "Fewer than five" not in said, said[:600])
    try:
        await this.client.find(ShowReport(report_id=report.report_id, person_id=person(this, head.email)))
    except Rejected as refused:
        this.checks.equal("feedback is the leader's alone", refused.rule, "unknown-report")
    else:
        this.checks.true("feedback is the leader's alone", right=False)


async def _answers(this: Round, number: int) -> None:
    for _ in range(number):
        browser = Browser(this.transport)
        page = await browser.open(journey(this).feedback)
        await browser.press(page, "", SAID)
