"""What a course of sessions brings with it where its template says nothing: the tasks around its days.

Each stands under a key of its own; a template that declares a task under that key, or for the same, has its own.

    trainings-tick        who comes to every date, or may pick, ticks the dates
    trainings-roll        whoever leads it says who came
    trainings-catch-up    who has missed something makes up for it, before the next day
"""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import SESSION
from shared.template.tasks import Do, Missed, Task
from shared.template.template import Template

__all__ = ["with_courses"]

WORKING_DAYS = 10
"""How long people have to tick the dates."""


def with_courses(template: Template) -> Template:
    """The template with the tasks that its courses bring; the same where it has none, or declares all of them."""
    own = template.tasks
    usual = [task for one in template.activities if one.kind == SESSION for task in _tasks(one)]
    more = tuple(task for task in usual if not any(_same(task, other) for other in own))
    return template.model_copy(update={"tasks": (*template.tasks, *more)}) if more else template


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
