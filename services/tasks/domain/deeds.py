"""Whether what a task asks for has been done, whenever it was: before it was asked, in time or late."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.tasks.domain.agreed import SETTLED
from services.tasks.domain.courses import CAUGHT_UP
from services.tasks.domain.introductions import NAMED
from services.tasks.domain.layout import Case, Wanted, over
from services.tasks.domain.records import Answer, Entry, Step, TaskRecord, Thing
from services.tasks.domain.weeks import TICKED
from shared.template import Form, Task
from shared.template.counting import period

FIRST = 1
"""The year from which rounds of forms are counted: any will do, since two days are compared."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What people did: entries about what tasks are about, answers by (target, person); `forms`: what was asked."""

    entries: tuple[Entry, ...] = ()
    answers: Mapping[tuple[str, str], Answer] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """What became of it. `on` is None while it is owed; `why` and `since` then say why it is owed again, from when."""

    on: dt.date | None = None
    by: str = ""
    why: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What a task is about and whose it is, of one that there should be or of one that there is."""

    task: Task
    person_ids: tuple[str, ...]
    about_id: str
    school_id: str | None
    turn: int
    opened: dt.date

    @classmethod
    def of(cls, one: Wanted) -> "Owing":
        """Of a task that there should be."""
        return cls(
            task=one.task,
            person_ids=one.person_ids,
            about_id=one.subject.about_id,
            school_id=one.school_id,
            turn=one.turn,
            opened=one.opened,
        )

    @classmethod
    def kept(cls, record: TaskRecord, task: Task) -> "Owing":
        """Of a task that there is."""
        fields = {"person_ids", "about_id", "school_id", "turn", "opened"}
        return cls(task=task, **record.model_dump(include=fields))


def deed(owing: Owing, case: Case, evidence: Evidence) -> Deed:
    """Whether it has been done."""
    do, key = owing.task.do.kind_and_key()
    match do:
        case "form":
            return _over(owing, case.entries) or _filled_in(owing, key, evidence)
        case "agree":
            return _entry_done(owing, evidence.entries, ("agreed", "changes-asked"))
        case "introduce":
            return _consented(owing, evidence.entries)
        case "answer" if case.thing.key != key:
            return _entry_done(owing, evidence.entries, ("answered",))
        case "answer":
            return _answered(owing, evidence.answers, 0 if over(case.thing, owing.task) else case.thing.sequence)
        case _:
            return _of_thing(do, key, case.thing)


def _of_thing(do: str, key: str, thing: Thing) -> Deed:
    """What the thing itself shows: days that were chosen, a week that was ticked off."""
    match do:
        case "choose":
            return _chosen(thing, key)
        case "tick":
            return Deed(thing.came(key, TICKED), thing.person_id or "")
        case "catch_up":
            return _caught_up(thing, key)
        case "roll":
            return Deed(thing.came(key, "held"))
        case _:
            return Deed()


def _filled_in(owing: Owing, form: str, evidence: Evidence) -> Deed:
    """An entry of theirs stands that nobody wants changed.

    A later time of a task needs an entry of its own, and so does a task in a later round of a form that comes again.
    """
    again, declared = Deed(), evidence.forms.get(form)
    for entry in sorted(evidence.entries, key=lambda one: one.step("submitted")):
        submitted = entry.steps.get("submitted")
        if submitted is None or entry.form != form or not _theirs(entry, owing):
            continue
        if submitted.on < owing.opened and (owing.turn > 1 or _earlier_round(declared, submitted.on, owing.opened)):
            continue
        if entry.withdrawn:
            again = _again(entry.steps["withdrawn"], "withdrawn")
        elif entry.step("changes-asked") > submitted.version:
            again = _again(entry.steps["changes-asked"], "changes-asked")
        elif not _ends_it(entry, owing.task):
            again = _again(submitted, "changed")
        else:
            return Deed(submitted.on, submitted.by)
    return again


def _earlier_round(form: Form | None, day: dt.date, opened: dt.date) -> bool:
    """Whether a day belongs to another round of a form than the day on which it was asked for."""
    return form is not None and period(form, FIRST, day) != period(form, FIRST, opened)


def _over(owing: Owing, entries: Iterable[Entry]) -> Deed | None:
    """What is owed about a line of a plan is done once the line is, whoever says so; None while it is not."""
    for entry in entries:
        if any(line.line_id == owing.about_id and line.over for line in entry.lines):
            said = max((entry.steps[one] for one in ("submitted", "planned") if one in entry.steps), key=_version)
            return Deed(said.on, said.by)
    return None


def _theirs(entry: Entry, owing: Owing) -> bool:
    if owing.about_id and entry.about_id != owing.about_id:
        return False
    if not owing.about_id and owing.school_id and entry.school_id not in {None, owing.school_id}:
        return False
    wrote = {*entry.author_ids, *(step.by for step in entry.steps.values())}
    return owing.task.together or bool(wrote.intersection(owing.person_ids))


def _ends_it(entry: Entry, task: Task) -> bool:
    """Whether the answer is one that ends the task, where the template asks for certain ones."""
    return task.done_when is None or entry.says(task.done_when)


def _entry_done(owing: Owing, entries: Iterable[Entry], states: tuple[str, ...]) -> Deed:
    """Somebody has acted on the entry since it was last submitted."""
    entry = next((one for one in entries if one.entry_id == owing.about_id), None)
    if entry is None or "submitted" not in entry.steps:
        return Deed()
    if said := _agreed_themselves(owing, entry):
        return said
    acted = max((entry.steps[state] for state in states if state in entry.steps), key=_version, default=None)
    if acted and acted.version > entry.step("submitted"):
        return Deed(acted.on, acted.by)
    return _again(entry.steps["submitted"], "submitted-again") if acted else Deed()


def _agreed_themselves(owing: Owing, entry: Entry) -> Deed | None:
    """Where each of several agrees, one has done their part before it is agreed to."""
    given = entry.steps.get("agreement-given")
    if owing.task.do.agree and given:
        for one in owing.person_ids:
            if entry.agreed_in(one) > entry.step("submitted"):
                return Deed(given.on, one)
    return None


def _consented(owing: Owing, entries: Iterable[Entry]) -> Deed:
    """They have said whether they want to be introduced, since it was last known who they are."""
    entry = next((one for one in entries if one.entry_id == owing.about_id), None)
    for one in owing.person_ids if entry else ():
        if entry and entry.agreed_in(one) > entry.step(NAMED):
            return Deed(entry.steps["introduction-answered"].on, one)
        if entry and entry.agreed_in(one):
            return _again(entry.steps[NAMED], "named-anew")
    return Deed()


def _chosen(thing: Thing, activity: str) -> Deed:
    """As many days are agreed as are needed, and none of them was cancelled since."""
    if settled := thing.came(activity, SETTLED):
        return Deed(settled)
    back = next((mark.back for mark in thing.marks if (mark.anchor, mark.state) == (activity, SETTLED)), None)
    return Deed(why="cancelled", since=back) if back else Deed()


def _caught_up(thing: Thing, course: str) -> Deed:
    """All that they missed is made up for, and they have missed nothing since."""
    if done := thing.came(course, CAUGHT_UP):
        return Deed(done, thing.person_id or "")
    back = next((mark.back for mark in thing.marks if (mark.anchor, mark.state) == (course, CAUGHT_UP)), None)
    return Deed(why="missed", since=back) if back else Deed()


def _answered(owing: Owing, answers: Mapping[tuple[str, str], Answer], sequence: int) -> Deed:
    """One of them has answered, since the invitation last changed its day."""
    given = [answers[owing.about_id, one] for one in owing.person_ids if (owing.about_id, one) in answers]
    valid = [answer for answer in given if answer.sequence >= sequence]
    if valid:
        last = max(valid, key=lambda answer: answer.on)
        return Deed(last.on, last.person_id)
    return Deed(why="moved") if given else Deed()


def _again(step: Step, why: str) -> Deed:
    return Deed(why=why, since=step.on)


def _version(step: Step) -> int:
    return step.version
