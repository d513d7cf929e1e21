"""Which tasks there should be about a thing, by the template and by what happened: who, from when, until when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from services.tasks.domain.dates import Around, Programming, anchor_and_state, day_of
from services.tasks.domain.happening import EXCEPTED, GROUPS
from services.tasks.domain.ids import task_id
from services.tasks.domain.introductions import stand
from services.tasks.domain.records import Entry, Line, TaskRecord, Thing
from services.tasks.domain.situations import by_school, situation
from services.tasks.domain.subjects import (
    Subject,
    for_a_kind,
    kind_laid_out,
    kind_of_agreed,
    opened_by_form,
    school_meant,
    subject,
)
from shared.events.base import DateSpan
from shared.template import Task
from shared.template.days import programme_ends
from shared.template.excuses import INSPECTED, in_weeks_of
from shared.template.kinds import SHARED_PLACE
from shared.template.moments import Offset
from shared.template.naming import names_day
from shared.template.pauses import through
from shared.template.resolving import Directory, Situation, people_for

TIME = Offset(5, "working days")
"""Least time for what is owed again, or by somebody new."""
_TERMS_A_YEAR = 3


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is known of one thing: itself, the entries about it, its tasks.

    `since`: who came to their role after others, and when; who takes somebody's place stands in it from the beginning.
    `named`: entry -> the person whom it brought to the role that its form is about. `holders`: entry -> role -> whom it
    brought to that. `followed`: who took somebody's place, and when. `inspected`: school -> the days on which it is
    inspected.
    `categories`: school -> the category that it is in today, where a task of the template asks for it.
    """

    thing: Thing
    entries: tuple[Entry, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    since: Mapping[str, dt.date]
    known: Directory
    named: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    followed: Mapping[str, dt.date] = field(default_factory=dict)
    inspected: Mapping[str, tuple[DateSpan, ...]] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A task that there should be."""

    task_id: str
    task: Task
    person_ids: tuple[str, ...]
    subject: Subject
    school_id: str | None
    entry_id: str
    line_id: str
    turn: int
    opened: dt.date
    due: dt.date
    reminders: tuple[dt.date, ...]


@dataclass(frozen=True)
class _Place:
    """One opening of a task: which entry and line it is for, and which time it comes."""

    task: Task
    entry: Entry | None
    line: Line | None
    turn: int
    around: Around
    opens: dt.date


def wanted(shared: Programming, case: Case, tasks: Iterable[Task]) -> list[Wanted]:
    """The tasks that there should be about the thing, out of these of the template."""
    if case.thing.gone or shared.programme.still:
        return []
    return [
        one
        for task in tasks
        if not excuse(shared, case.thing, task) and in_a_group(case.thing, task)
        for place in _places(shared, case, task)
        if _holds(case, place)
        for one in _of_people(shared, case, place)
        if not in_inspection(case, task, one.school_id, one.due) and on_route(case, task, one.school_id)
    ]


def excuse(shared: Programming, thing: Thing, task: Task) -> str:
    """Why nobody owes this task about this thing now, or nothing: what always holds, or an excuse of the template."""
    if shared.programme.still:
        return shared.programme.still
    if task.do.form and thing.came(EXCEPTED, task.do.form):
        return EXCEPTED
    return "school-closed" if thing.closed and "school-closed" in task.excused else ""


def in_inspection(case: Case, task: Task, school_id: str | None, due: dt.date) -> bool:
    """Whether the task is one that an inspection excuses, and due in a week of one at the school of whoever owes it."""
    return INSPECTED in task.excused and in_weeks_of(case.inspected.get(school_id or "", ()), due)


def on_route(case: Case, task: Task, school_id: str | None) -> bool:
    """Whether schools of this one's category owe the task."""
    return not task.only or case.categories.get(school_id or "", "") in task.only


def in_a_group(thing: Thing, task: Task) -> bool:
    """Whether a school has the group that the task wants it to have; all else than a school is there by its group."""
    return not task.placed or thing.kind != "school" or thing.came(GROUPS, "published") is not None


def over(thing: Thing, task: Task) -> bool:
    """Whether an invitation need not be answered any more, since what it invites to has taken place."""
    return bool(task.do.answer and thing.came(task.do.answer, "held"))


def _places(shared: Programming, case: Case, task: Task) -> Iterator[_Place]:
    if for_a_kind(task, shared.template) and case.thing.kind != kind_laid_out(task, shared.template):
        return
    if (kind := kind_of_agreed(task, shared.template)) and case.thing.kind != kind:
        return
    form = opened_by_form(task, shared.template)
    entries = [one for one in case.entries if one.form == form and not one.withdrawn] if form else [None]
    for entry in entries:
        if task.do.introduce and not (entry and stand(entry)):
            continue
        seen = case.entries if entry is None else (entry, *(one for one in case.entries if one.form != form))
        around = Around(thing=case.thing, entries=tuple(seen), tasks=case.tasks, each=task.each)
        lines = [line for line in entry.lines if not line.awaited] if entry and task.each else (None,)
        for line in lines:
            here = replace(around, line=line)
            if opens := day_of(task.opens, shared, here):
                for turn in range(1, _turns(task, shared) + 1):
                    yield _Place(task, entry, line, turn, here, _turned(task, shared, opens, turn))


def _holds(case: Case, place: _Place) -> bool:
    """Whether the task's condition holds: by the entry that opens it, or else by one about the same thing."""
    when = place.task.when
    if when is None:
        return True
    form = when.field.partition(".")[0]
    opening = (place.entry,) if place.entry is not None and place.entry.form == form else ()
    known = opening or tuple(one for one in case.entries if one.form == form and not one.withdrawn)
    return any(one.says(when) for one in known)


def _turns(task: Task, shared: Programming) -> int:
    if not task.repeat:
        return 1
    years = shared.template.clock.years
    return task.times or (years * _TERMS_A_YEAR if task.repeat == "term" else years)


def _turned(task: Task, shared: Programming, first: dt.date, turn: int) -> dt.date:
    """The day that corresponds to the first when the task comes for that time; a year is twelve months."""
    step = Offset(turn - 1, "terms") if task.repeat == "term" else Offset(12 * (turn - 1), "months")
    later = shared.calendar.shifted(first, step)
    return through(later, shared.programme.pauses, since=first) or later


def _of_people(shared: Programming, case: Case, place: _Place) -> Iterator[Wanted]:
    about = situation(
        shared.programme,
        case.thing,
        case.known,
        entries=case.entries,
        entry=place.entry,
        line=place.line,
        person=_named(case, place),
        named=case.holders.get(place.entry.entry_id) if place.entry else None,
    )
    found: dict[str, Wanted] = {}
    for one in by_school(about):
        sharing = _sharing(case, place.task, one)
        if sharing and one.school_id != sharing[0].school_id:
            continue
        named = [people_for(place.task.who, shared.template, each, case.known) for each in sharing or (one,)]
        people = _owing(place, shared, tuple(dict.fromkeys(person for each in named for person in each)))
        slots = [people] if place.task.together and people else [(person,) for person in people]
        for slot in slots:
            school = None if place.task.do.introduce else school_meant(place.task, one.school_id, one.host_school_id)
            owed = _slot(shared, case, place, slot, school)
            if owed and (owed.task_id not in found or _at(school, slot, shared, case)):
                found[owed.task_id] = owed
    yield from found.values()


def _at(school_id: str | None, people: tuple[str, ...], shared: Programming, case: Case) -> bool:
    """Whether one of these people has a part at the school: what is theirs at any school of a group is theirs there."""
    held = (case.known.holding(role.key, (school_id,)) for role in shared.template.roles if school_id)
    return any(person in people for there in held for person in there)


def _sharing(case: Case, task: Task, about: Situation) -> tuple[Situation, ...]:
    """Of a task that is owed once a place: the schools that share it, whichever joined first before the other."""
    if not task.once_a_place or about.school_id is None:
        return ()
    schools = case.known.together([about.school_id], [SHARED_PLACE])
    return tuple(replace(about, school_id=school) for school in schools)


def _owing(place: _Place, shared: Programming, people: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever wrote an entry to which each of several agrees has said so by sending it."""
    form = shared.template.form(place.task.do.agree) if place.task.do.agree else None
    if form is None or form.sign_off is None or not form.sign_off.each or place.entry is None:
        return people
    return tuple(one for one in people if one not in place.entry.author_ids)


def _slot(
    shared: Programming, case: Case, place: _Place, people: tuple[str, ...], school_id: str | None
) -> Wanted | None:
    """The task of these people; None for who came when it was over."""
    task = place.task
    came = max((case.since[one] for one in people if one in case.since), default=place.opens)
    opened = place.opens if task.together else max(place.opens, came)
    asked = shared.calendar.working(opened)
    due = _due(shared, place, opened, asked)
    if not task.together and came > place.opens and due < came:
        return None
    if followed := None if task.together else case.followed.get(people[0]):
        asked, due = _caught_up(shared, place, followed, asked, due)
    if task.bundled:
        asked = min(shared.calendar.bundle_day(asked), max(asked, due))
    person = "" if task.together else people[0]
    entry, line = place.entry.entry_id if place.entry else "", place.line.line_id if place.line else ""
    ids = [case.thing.thing_id, entry, line, str(place.turn), school_id or "" if task.together else person]
    if place.entry and names_day(shared.template, *anchor_and_state(task.opens)):
        ids.append(place.opens.isoformat())
    return Wanted(
        task_id=task_id(shared.programme.programme_id, task.key, *ids),
        task=task,
        person_ids=people,
        subject=subject(task, shared.programme, case.thing, place.entry, place.line, named=_named(case, place) or ""),
        school_id=school_id,
        entry_id=entry,
        line_id=line,
        turn=place.turn,
        opened=asked,
        due=due,
        reminders=_reminders(shared, place, asked, due),
    )


def _caught_up(
    shared: Programming, place: _Place, followed: dt.date, asked: dt.date, due: dt.date
) -> tuple[dt.date, dt.date]:
    """From when and until when for who took somebody's place: with time of their own where the other's was over."""
    if due >= followed:
        return asked, due
    asked = shared.calendar.working(followed)
    return asked, max(_due(shared, place, asked, asked), shared.calendar.shifted(asked, TIME))


def _named(case: Case, place: _Place) -> str | None:
    """Whom the entry brought to a role."""
    return case.named.get(place.entry.entry_id) if place.entry else None


def _due(shared: Programming, place: _Place, opened: dt.date, asked: dt.date) -> dt.date:
    """Until when; the end of the programme where nobody can tell yet. Later times of a task are due as much later.

    What falls on a day on which nobody works is due on the next working day.
    """
    around = replace(place.around, opened=opened)
    programme = shared.programme
    due = day_of(place.task.due, shared, around) or programme_ends(shared.template, programme.year, programme.pauses)
    if place.turn > 1 and due < asked:
        due = _turned(place.task, shared, due, place.turn)
    return shared.calendar.working(due)


def _reminders(shared: Programming, place: _Place, asked: dt.date, due: dt.date) -> tuple[dt.date, ...]:
    """The mornings on which the silent are reminded, after the day on which they are asked."""
    around = replace(place.around, opened=asked, due=due)
    days = [day_of(text, shared, around) for text in place.task.remind]
    move = shared.calendar.bundle_day if place.task.bundled else shared.calendar.working
    return tuple(sorted({move(day) for day in days if day and move(day) > asked}))
