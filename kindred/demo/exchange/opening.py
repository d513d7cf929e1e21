"""September: the exchange opens beside the visits, and the same schools join with the same people."""

import datetime as dt

from kindred.demo.exchange import (
    acting,
    agreeing,
    carrying_out,
    finding,
    nominating,
    placing,
    posting,
    presenting,
    visiting,
    waiting,
)
from kindred.demo.exchange.moves import exchange
from kindred.demo.exchange.story import Exchange
from kindred.demo.ground import remember_people
from kindred.demo.programme import opened
from kindred.demo.round import Round, local
from kindred.demo.workbook import fill_in
from shared.template.days import shifted
from shared.template.moments import Offset

TEMPLATE = "project-exchange"
POSTED_BY, FIRST_REMINDED_BEFORE = (10, 31), 10
"""Month and day by which schools post, and the working days before it on which they are first reminded."""
NOMINATED_BY, REMINDED_BEFORE = (11, 20), 5
"""Month and day by which schools name somebody, and the working days before it on which they are reminded."""
PUBLISHED_ON, CHOSEN_BY = (11, 24), (5, 10)
"""Month and day of publishing the round, and the working days after it on which the silent are reminded."""


async def play(this: Round) -> None:
    """Open the programme and enrol the schools by the coordinator's file; the rest stands in the diary."""
    this.tell("A second programme opens: the same schools exchange projects")
    await open_programme(this)
    desk = exchange(this).desk
    form, filled = this.target.folder / "exchange-form.xlsx", this.target.folder / "exchange-enrolments.xlsx"
    await desk.run("enrolments", "form", "--output", str(form))
    schools = fill_in(form, filled, this.story.joining, {})
    report = await desk.run("enrolments", "import", str(filled))
    this.checks.equal("schools joined the exchange", (report["added"], report["rejected"]), (schools, 0))
    await this.settle()
    if not this.story.enrolments:
        await remember_people(this, exchange(this).programme_id)
    plan(this)


async def open_programme(this: Round) -> None:
    """Open it from its template, with the coordinator of the first."""
    await opened(this, Exchange, TEMPLATE, "Project exchange")


def plan(this: Round) -> None:
    """Put what people do into the diary of the year."""
    year = this.story.first_year
    first = shifted(dt.date(year, *POSTED_BY), Offset(-FIRST_REMINDED_BEFORE, "working days"))
    reminded = shifted(dt.date(year, *NOMINATED_BY), Offset(-REMINDED_BEFORE, "working days"))
    mornings = [shifted(dt.date(year, *PUBLISHED_ON), Offset(days, "working days")) for days in CHOSEN_BY]
    for month, day, step in (
        (9, 16, posting.post),
        (first.month, first.day, posting.remind),
        (10, 29, posting.post_when_reminded),
        (11, 5, nominating.nominate),
        (11, 6, agreeing.agree),
        (11, 11, agreeing.agree_when_reminded),
        (11, 12, agreeing.stay_silent),
        (reminded.month, reminded.day, nominating.nominate_when_reminded),
        (*PUBLISHED_ON, placing.publish),
        (11, 26, waiting.take),
        (11, 27, waiting.keep_silent),
        (11, 30, carrying_out.agree_days),
        *((morning.month, morning.day, carrying_out.remind) for morning in mornings),
        (12, 9, carrying_out.chase_the_silent),
        (12, 10, waiting.pass_on),
        (12, 11, carrying_out.write_notes),
        (12, 14, visiting.ask_to_see),
        (12, 14, plan_visits),
    ):
        this.plan(local(dt.date(year, month, day), 12), step)


async def plan_visits(this: Round) -> None:
    """Put what follows from the days that were agreed into the diary, once they are known."""
    stays = exchange(this).stays
    first = max(stay.days[0].on for stay in stays)
    last = max(stay.days[-1].on for stay in stays)
    this.plan(local(first + dt.timedelta(days=1), 12), visiting.take_notes)
    this.plan(local(first + dt.timedelta(days=1), 13), visiting.leave_midway)
    this.plan(local(last + dt.timedelta(days=1), 12), finding.write)
    for days in finding.AGREE_REMINDED_AT:
        this.plan(local(shifted(last + dt.timedelta(days=1), Offset(days, "working days")), 12), presenting.pass_by)
    told = shifted(last + dt.timedelta(days=1), Offset(finding.SILENT + 1, "working days"))
    this.plan(local(told, 12), finding.ask_coordinator)
    this.plan(local(told + dt.timedelta(days=1), 12), plan_presentations)


async def plan_presentations(this: Round) -> None:
    """The days of the presentations are known; what follows from them, and from the actions, goes into the diary."""
    presented = max(stay.presented.on for stay in exchange(this).stays if stay.presented)
    due = finding.due(this)
    this.plan(local(presented + dt.timedelta(days=1), 12), presenting.look_back)
    this.plan(local(due - dt.timedelta(days=6), 12), acting.act)
    this.plan(local(due + dt.timedelta(days=4), 12), acting.remind)
    this.plan(local(due + dt.timedelta(days=4), 13), acting.audit)
