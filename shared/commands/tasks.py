"""What may be asked of `tasks`: who owes what, to confirm something, to let somebody off."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, OneLine, Query, Reply

TaskStanding = Literal["planned", "open", "missed", "done", "excused"]


class ConfirmTask(Command):
    """Somebody confirms what they were asked to confirm."""

    service: ClassVar[str] = "tasks"
    task_id: str
    person_id: str


class ExcuseTask(Command):
    """The coordinator lets somebody off. The reason stays with the task; it is in no event."""

    service: ClassVar[str] = "tasks"
    task_id: str
    reason: OneLine = Field(min_length=1, max_length=300)


class MarkPaid(Command):
    """The coordinator knows that what a task reminds of is paid: nobody is reminded any more. Access hangs on nothing.

    For tasks that the template marks as payments. Postponing one is `ExcuseTask`, with the reason.
    """

    service: ClassVar[str] = "tasks"
    task_id: str


class TaskRow(Reply):
    """A task: what is owed, by whom, about what, until when, and how it stands."""

    task_id: str
    programme_id: str
    programme: str
    task: str = Field(description="the key of the task in the template")
    title: str
    do: str = Field(description="form, answer, agree, choose, confirm or tick")
    of: str = Field(description="the form or activity it is about, by its key; of what is to be confirmed, the words")
    person_ids: tuple[str, ...]
    about: str
    about_id: str
    school_id: str | None = None
    state: TaskStanding
    opened: dt.date
    due: dt.date
    reminded: int = Field(0, description="how many reminders went out")
    done_on: dt.date | None = None
    done_by: str = ""
    reason: str = Field("", description="why nobody owes it any more")


class TaskRows(Reply):
    """Tasks, the earliest due first; `owed` counts those that are open or missed."""

    total: int
    owed: int
    tasks: tuple[TaskRow, ...]


class ListTasks(Query):
    """Who owes what: by programme, person, school, key and state; all that are given must fit."""

    service: ClassVar[str] = "tasks"
    Reply: ClassVar[type[Reply]] = TaskRows
    programme_id: str = ""
    person_id: str = ""
    school_id: str = ""
    task: str = Field("", description="the key of a task in the template")
    state: TaskStanding | None = None
    named: str = Field("", max_length=100, description="a task's id or its beginning")
    concerning: Concerning = ()
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class TaskStep(Reply):
    """One line of a task's history."""

    what: str
    on: dt.date
    why: str = ""


class TaskDetail(Reply):
    """A task with what became of it so far, and when the silent will be reminded."""

    task: TaskRow
    reminders: tuple[dt.date, ...] = ()
    note: str = Field("", description="the coordinator's own words, where they let somebody off")
    history: tuple[TaskStep, ...] = ()


class ShowTask(Query):
    """One task."""

    service: ClassVar[str] = "tasks"
    Reply: ClassVar[type[Reply]] = TaskDetail
    task_id: str
