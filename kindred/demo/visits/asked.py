"""What people are asked for: each does it from a list of their own, by the page; some never get round to it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import holidays

from kindred.demo import tasks
from kindred.demo.browser import Page
from kindred.demo.filling import Values, in_rows
from kindred.demo.round import Round, local
from kindred.demo.tasks import WEEKLY, do, opened, own_list
from kindred.demo.texts import LEARNT, NEXT_STEP, OFFER, OWNER_ROLES, TRIED, WILL_USE, Pen
from shared.commands.tasks import TaskRow

MORNING, LATER = 7, 9
"""Hours of the day on which a list goes out: tasks are asked at the first, the list has come by the second."""


__all__ = ["WEEKLY", "do", "fill_lists", "opened", "owed", "own_list"]


@dataclass(frozen=True)
class Way:
    """How people do what they are asked: `share` of them, with which values, once they are asked or reminded."""

    values: Callable[[Round, TaskRow, str, Pen], Values]
    share: float = 1.0
    reminded: bool = False
    button: str = "send"


async def owed(this: Round, task: str = "", *, every: bool = False) -> list[TaskRow]:
    """The tasks of the visits that are still to be done, of one kind or all; with `every` those that are done, too."""
    return await tasks.owed(this, this.story.programme_id, task, every=every)


async def open_for_the_list(this: Round, monday: dt.date) -> dt.date:
    """Stop on the morning on which lists go out, so that whoever is asked on it has one list for the week.

    Return the day: the first working day from the Monday on.
    """
    day = monday
    while day in holidays.country_holidays("GB", subdiv="ENG", years=day.year):
        day += dt.timedelta(days=1)
    await this.until(local(day, MORNING))
    return day


async def fill_lists(this: Round) -> None:
    """Everybody does what stands on their list and they get round to."""
    everything = await owed(this)
    works = []
    for row in everything:
        way, person = WAYS.get(row.task), row.person_ids[0]
        if way is None or row.state != "open" or (way.reminded and not row.reminded) or not _has_heard(this, row):
            continue
        pen = Pen(f"{this.seed}/{row.task}/{row.about_id}/{person}", this.story.topic(row.school_id or ""))
        if pen.chance(way.share):
            works.append(_one(this, row, way, pen))
    await this.together(works)
    if works:
        await this.settle()


async def _one(this: Round, row: TaskRow, way: Way, pen: Pen) -> None:
    story = this.story
    await do(this, row, way.values(this, row, row.person_ids[0], pen), button=way.button)
    story.did[row.task] += 1
    if row.task == "answer-help":
        story.answered.add(row.about_id)


def _has_heard(this: Round, row: TaskRow) -> bool:
    """Whether the mail that asks for it has come: a list of the day on which it was asked, or of a later one."""
    assert this.story.template is not None
    declared = next(task for task in this.story.template.tasks if task.key == row.task)
    if not declared.bundled:
        return True
    mails = this.ledger.find(WEEKLY, row.person_ids[0])
    return any(mail.queued_at.date() >= row.opened and this.ledger.letter(mail) for mail in mails)


def _take_home(_this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    return {"learnt": pen.one(LEARNT), "will-use": pen.one(WILL_USE)}


def _survey(_this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    return {"plan-to-use": pen.agreement(), "want-to-share": pen.agreement()}


def _help(this: Round, row: TaskRow, _person: str, pen: Pen) -> Values:
    topic = this.story.enrolments[row.school_id or ""].strengths[0].topic
    return {"topic": topic, **in_rows("offers", [{"text": pen.one(OFFER), "days": "1"}])}


def _answer_help(_this: Round, _row: TaskRow, _person: str, _pen: Pen) -> Values:
    def lines(page: Page) -> Mapping[str, str]:
        return {name: "accepted" for name in page.form.choices if name.startswith("line.")}

    return lines


def _steps(this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    due = this.now.date() + dt.timedelta(weeks=5)
    step = {
        "what": pen.one(NEXT_STEP),
        "owner": pen.pick(OWNER_ROLES),
        "due": due.isoformat(),
        "success": "It is done.",
    }
    return in_rows("steps", [step])


def _status(_this: Round, _row: TaskRow, _person: str, _pen: Pen) -> Values:
    return {"status": "done", "line": "Done, and it stays."}


def _tried(_this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    return {"now": pen.pick(TRIED)}


def _year(_this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    return {"will-use": pen.agreement(), "share": pen.agreement()}


def _reflection(_this: Round, _row: TaskRow, _person: str, pen: Pen) -> Values:
    return {"leading": pen.one(LEARNT)}


def _in_touch(this: Round, _row: TaskRow, person: str, pen: Pen) -> Values:
    if not pen.chance(0.8):
        return {"share": "no"}
    who = this.story.people[person]
    this.story.in_touch.add(person)
    return {"share": "yes", "contact.name": who.name, "contact.address": who.email}


WAYS: dict[str, Way] = {
    "next-steps": Way(_steps),
    "step": Way(_status, share=0.8, reminded=True),
    "take-home": Way(_take_home, share=0.88),
    "tried": Way(_tried, share=0.7),
    "help": Way(_help, share=0.4),
    "answer-help": Way(_answer_help, button="answer"),
    **dict.fromkeys(("visit-survey", "launch-survey", "mid-year-survey", "closing-survey"), Way(_survey, share=0.7)),
    "year-survey": Way(_year, share=0.9),
    "staying-in-touch": Way(_in_touch, share=0.7),
    "reflection": Way(_reflection, share=0.3),
}
"""By the keys of the template's tasks; what stands in none of the lists has a step of its own in the year."""
