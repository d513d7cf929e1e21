"""What people owe in programmes whose template says everything, and the page on which each is done."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from services.portal.domain.links import Link
from services.portal.domain.whole import WholeProgramme, titles
from shared.template import Task as Declared
from shared.template.moments import WrongMomentError, parse_moment
from shared.template.naming import of_oneself

TaskState = Literal["open", "done", "excused"]
INTRODUCE = "introduce"
"""Somebody says whether they want to be introduced."""
_ENTRY, _THING = "entry", "thing"
"""A link to the kind `entry` opens that entry; to any other kind, the link's form about that thing."""
_EXCUSES = {
    "left": "you no longer have this part",
    "withdrawn": "the school no longer takes part",
    "cancelled": "what it was about does not take place",
    "over": "the day is over",
    "school-closed": "the school was closed",
    "inspected": "the school was being inspected",
    "postponed": "the programme is postponed",
}
"""Why nobody owes it any more, as the end of a sentence."""


@dataclass(frozen=True)
class Owed:
    """A task as it stands. One a person, or one for several who do it together."""

    task_id: str
    programme_id: str
    task: str
    do: str
    of: str
    person_ids: tuple[str, ...]
    about: str
    about_id: str
    opened: dt.date
    due: dt.date
    state: TaskState
    school_id: str | None = None
    done_by: str = ""
    done_on: dt.date | None = None
    reason: str = ""

    @property
    def pending(self) -> bool:
        """Whether it is still owed, also after its day."""
        return self.state == "open"

    def late(self, today: dt.date) -> bool:
        """Whether it is owed and its day is over."""
        return self.pending and self.due < today

    @property
    def excuse(self) -> str:
        """Why nobody owes it any more."""
        return _EXCUSES.get(self.reason, "the coordinator has let you off")


def ordered(tasks: Iterable[Owed]) -> list[Owed]:
    """What is due first at the top, and so what is overdue before all else."""
    return sorted(tasks, key=lambda task: (task.due, task.opened, task.task_id))


def form_link(link: Link, task: Owed, programme: WholeProgramme) -> Link | None:
    """The link to the form or entry on which the task is done; None where it is done on another page.

    Where whoever fills in a form says whom it is about, the form is opened for their school; what people write about
    themselves is about them.
    """
    form_of = programme.template.form(task.of)
    own = task.do == "form" and not task.about_id and form_of is not None and of_oneself(form_of, programme.template)
    target = link.person_id if own else task.about_id or task.school_id or ""
    if not target or form_of is None:
        return None
    if task.do == "form":
        kind = form_of.about if own else task.about if task.about_id else "school"
        kind, form = (_THING if kind == _ENTRY else kind), task.of
    elif task.do in {"agree", "answer", INTRODUCE}:
        kind, form = _ENTRY, ""
    else:
        return None
    return replace(link, purpose=_ENTRY, target_id=target, target_kind=kind, form=form, programme_id=task.programme_id)


def next_steps(task: Owed, programme: WholeProgramme) -> tuple[str, ...]:
    """What follows once a task is done, and by whom, each a sentence without its full stop."""
    template = programme.template
    form, activity = template.form(task.of), template.activity(task.of)
    said: list[str] = []
    if task.do == INTRODUCE:
        return ("You hear from us once everybody has answered",)
    if form and task.do == "form" and form.introduces:
        said.append("Whoever you name is asked first, and nobody sees an address before all have said yes")
    if form and task.do == "form" and form.sign_off:
        said.append(f"{_capital(titles((form.sign_off.by,), template))} agrees, or asks for changes")
    if form and task.do == "form" and form.answered:
        said.append(f"{_capital(titles((form.answered.by,), template))} answers it line by line")
    if form and task.do == "agree" and form.release and form.release.by:
        said.append(f"{_capital(titles((form.release.by,), template))} decides who may read it")
    state = "agreed" if task.do in {"agree", "choose"} else "submitted"
    follows = asked_on(task.of, state, programme, but=task.task)
    said += follows
    if activity and task.do == "choose" and not follows:
        said.append("The days are settled once everybody has answered, and go into your calendars")
    return tuple(dict.fromkeys(said))


def asked_on(anchor: str, state: str, programme: WholeProgramme, *, but: str = "") -> list[str]:
    """Who is asked what once something has come about, each a sentence without its full stop; all tasks `but` one."""
    return [
        f"{_capital(titles(one.who, programme.template))}: {programme.titled(one.key, _of(one))}"
        for one in programme.template.tasks
        if one.key != but and _opens(one, anchor, state)
    ]


def _opens(declared: Declared, anchor: str, state: str) -> bool:
    try:
        opens = parse_moment(declared.opens)
    except WrongMomentError:
        return False
    return (opens.anchor, opens.state) == (anchor, state)


def _of(declared: Declared) -> str:
    return declared.do.kind_and_key()[1]


def _capital(words: tuple[str, ...]) -> str:
    text = " and ".join(words)
    return text[:1].upper() + text[1:]
