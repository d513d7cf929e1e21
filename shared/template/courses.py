"""What a course of sessions brings with it where its template says nothing: tasks around its days, and a mail.

Each stands under a key of its own; a template that declares a task under that key, or for the same, has its own.

    trainings-tick        who comes to every date, or may pick, ticks the dates
    trainings-roll        whoever leads it says who came
    trainings-catch-up    who has missed something makes up for it, before the next day
    trainings-open        who may sign up hears that it is open, by a mail `on: trainings.offered`
"""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import SESSION
from shared.template.mails import Button, Mail
from shared.template.tasks import Do, Missed, Task
from shared.template.template import Template

__all__ = ["with_courses"]

WORKING_DAYS = 10
"""How long people have to tick the dates."""
DIGEST = "open-courses"
"""The digest of courses that open; a template words them itself by a mail on `.offered`."""


def with_courses(template: Template) -> Template:
    """The template with the tasks and mails that its courses bring; the same where it declares all of them."""
    own = template.tasks
    usual = [task for one in template.activities if one.kind == SESSION for task in _tasks(one)]
    more = tuple(task for task in usual if not any(_same(task, other) for other in own))
    worded = {mail.on.strip() for mail in template.mails}
    mails = tuple(_open(one) for one in template.activities if one.sign_up and f"{one.key}.offered" not in worded)
    if not more and not mails:
        return template
    return template.model_copy(update={"tasks": (*template.tasks, *more), "mails": (*template.mails, *mails)})


def _open(course: Activity) -> Mail:
    """That one may sign up, to everybody to whom it is open: courses that open on one day are one mail."""
    return Mail(
        key=f"{course.key}-open",
        on=f"{course.key}.offered",
        to=("attendees",),
        subject="You may sign up: {activity.title}",
        text=(
            *((course.purpose,) if course.purpose else ()),
            "It begins on {activity.day}. You sign up yourself; who signs up first has a place.",
        ),
        button=Button(label="See the dates, and sign up", page="home"),
        digest=DIGEST,
        essential=False,
    )


def _same(task: Task, own: Task) -> bool:
    """Whether the template has a task of its own for this, under this key or another."""
    asks, asked = ((one.do.tick, one.do.roll, one.do.catch_up) for one in (task, own))
    return task.key == own.key or asks == asked


def _tasks(course: Activity) -> Iterator[Task]:
    title, asks = course.title.rstrip("."), course.attendance
    if (course.picking and not course.sign_up) or (asks and asks.every_date):
        yield Task(
            key=f"{course.key}-tick",
            title=f"Tick the dates: {title}",
            who=("attendees",),
            do=Do(tick=course.key),
            opens=f"{course.key}.offered",
            due=f"opened + {WORKING_DAYS} working days",
            remind=("due - 5 working days",),
            missed=Missed(tell=("coordinator",)),
        )
    yield Task(
        key=f"{course.key}-roll",
        title=f"Say who came: {title}",
        who=(course.led_by or course.minutes or "coordinator",),
        together=True,
        do=Do(roll=course.key),
        opens=f"{course.key}.ended",
        due="opened + 3 working days",
        remind=("opened + 1 working days",),
        missed=Missed(tell=("coordinator",)),
    )
    if asks and asks.catch_up:
        yield Task(
            key=f"{course.key}-catch-up",
            title=f"Catch up: {title}",
            who=("attendees",),
            do=Do(catch_up=course.key),
            opens=f"{course.key}.missed",
            due=course.key,
            remind=("due - 5 working days",),
            missed=Missed(tell=("coordinator",)),
        )
