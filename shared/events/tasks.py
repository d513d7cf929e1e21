"""What `tasks` publishes: who owes what by when, and what became of it."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact


class TaskFacts(Fact):
    """Which task it is, whose, about what. One task a person, or one for several where they do it together."""

    task_id: str
    programme_id: str
    task: str = Field(description="the key of the task in the template")
    do: str = Field(description="form, answer, agree, choose, confirm or tick")
    of: str = Field(description="the form or activity it is about, by its key")
    person_ids: tuple[str, ...]
    about: str = Field(description="the kind of thing it is about")
    about_id: str
    school_id: str | None = None
    opened: dt.date
    due: dt.date


class TaskAsked(TaskFacts, Event):
    """Somebody owes something from today."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    bundled: bool = Field(False, description="goes out with the weekly mail")
    newly: tuple[str, ...] = Field((), description="who is asked now, where the others were asked before")


class TaskReminded(TaskFacts, Event):
    """The silent are reminded."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    reminder: int = Field(ge=1, description="counts the reminders of this task")
    silent: tuple[str, ...] = Field((), description="who is reminded, where the others have done their part")
    essential: bool = True
    bundled: bool = Field(False, description="goes out with the weekly mail")


class TaskDone(TaskFacts, Event):
    """It was done, by one of them."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    by: str = Field("", description="who did it")
    on: dt.date
    late: bool = False


class TaskMissed(TaskFacts, Event):
    """The day is over and it was not done; `tell` are the people whom the template wants told."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    tell: tuple[str, ...] = ()


class TaskExcused(TaskFacts, Event):
    """Nobody owes it any more: `reason` is of the template's excuses, or `left`, `withdrawn`, `cancelled`."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    reason: str


class TaskReopened(TaskFacts, Event):
    """It is owed again: changes were asked for, or the thing it is about has moved."""

    context: ClassVar[str] = "tasks"
    aggregate: ClassVar[str] = "task_id"
    reason: str
