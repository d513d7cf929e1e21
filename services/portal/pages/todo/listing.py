"""One list of what a person owes, over all programmes: what is overdue first, then by its day; what is done below."""

import asyncio
import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access, words
from services.portal.domain.tasks import Owed, next_steps
from services.portal.domain.whole import WholeProgramme, listed_forms
from services.portal.pages.my_visits import open_dues
from services.portal.pages.portal import Portal, Visitor
from services.portal.pages.todo.lines import Chance, Line
from services.portal.pages.todo.meetings import of_meetings
from services.portal.pages.todo.subjects import Known, known_of
from shared.commands.entries_listed import ListOpenForms, OpenForm, OpenForms
from shared.commands.polls import ListOwnPolls, PollRows
from shared.commands.sessions import CoursesOpen, ListCoursesOpen
from shared.template.beginning import begun_from

T = TypeVar("T")
LATELY = dt.timedelta(days=60)
"""How long what is done stays on the list."""


async def todo_page(request: Request) -> Response:
    """Show what the person owes."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "todo")
    tasks = await portal.read.tasks.of_person(visitor.person_id)
    known = await known_of(portal, tasks)
    every = [task for task in tasks if task.programme_id in known.programmes]
    tasks = [task for task in every if _looked_at(task, visitor)]
    today = {key: programme.today(visitor.now) for key, programme in known.programmes.items()}
    pending = [task for task in tasks if task.pending]
    ended = [task for task in tasks if not task.pending and task.due >= today[task.programme_id] - LATELY]
    besides = {visitor.link.programme_id or "", *(one for part in visitor.parts for one in part.programmes)}
    offered, names, open_to, together, meetings, dues = await asyncio.gather(
        offers(portal, visitor), portal.read.people.names([visitor.person_id]),
        chances(portal, visitor, known, besides), partners(portal, visitor),
        of_meetings(portal, visitor) if visitor.here else nothing([]),
        nothing(0) if visitor.here else open_dues(portal, visitor),
    )  # fmt: skip
    lines = [*offered, *(_line(task, visitor, known, today) for task in pending)]
    lines.sort(key=lambda line: line.due)
    return portal.renderer.page(
        request,
        "todo.html",
        visitor=visitor,
        csrf=visitor.csrf,
        title="What you need to do",
        name=names.get(visitor.person_id, ""),
        late=[line for line in lines if line.late],
        coming=[line for line in lines if not line.late],
        owed=len(lines),
        done=sum(task.state == "done" for task in ended),
        ended=[_line(task, visitor, known, today) for task in reversed(ended)],
        dues=dues,
        meetings=meetings,
        elsewhere=sum(task.pending for task in every) - len(pending),
        plans=any(_has_plan(one) for one in known.programmes.values()),
        partners=together,
        deciding=[one for one in open_to if one.decides],
        chances=[one for one in open_to if not one.decides],
    )


async def nothing(kind: T) -> T:
    """What is not looked up."""
    return kind


def _looked_at(task: Owed, visitor: Visitor) -> bool:
    """Whether a task belongs to where the person looks: to that school, or to none."""
    acting = visitor.acting
    return acting is None or acting.kind != "school" or task.school_id in {None, acting.key}


def _has_plan(programme: WholeProgramme) -> bool:
    """Whether its forms have action plans."""
    return any(field.kind == "actions" for form in programme.template.forms for field in form.fields)


@dataclass(frozen=True)
class Together:
    """With whom somebody is, in which round of which programme."""

    title: str
    people: tuple[str, ...]
    programme: str


async def partners(portal: Portal, visitor: Visitor) -> list[Together]:
    """The pairs and rings that the person is in, by the names and schools of the others."""
    found = []
    for pair in await portal.read.places.pairs_of(visitor.person_id):
        programme = await portal.read.whole.get(pair.programme_id)
        if programme is None or programme.still:
            continue
        others = pair.others(visitor.person_id)
        names = await portal.read.people.names(others)
        schools = {
            one.school_id: one.name
            for one in await portal.read.schools.of_programme(pair.programme_id, others.values())
        }
        of = next((one for one in programme.template.matching if one.key == pair.round), None)
        people = tuple(
            ", ".join(part for part in (names.get(person, ""), schools.get(school, "")) if part)
            for person, school in others.items()
        )
        found.append(Together((of.title if of else "") or pair.round, people, programme.name))
    return found


async def chances(portal: Portal, visitor: Visitor, known: Known, besides: set[str]) -> list[Chance]:
    """What somebody can do now, over all their programmes."""
    keys = sorted({*known.programmes, *besides} - {""})
    found = await asyncio.gather(*(_of_programme(portal, visitor, known.programmes.get(one), one) for one in keys))
    return [one for each in found for one in each]


async def _of_programme(
    portal: Portal, visitor: Visitor, known: WholeProgramme | None, programme_id: str
) -> list[Chance]:
    programme = known or await portal.read.whole.get(programme_id)
    if programme is None or programme.still:
        return []
    of = portal, visitor, programme
    polls, forms, lists, courses = await asyncio.gather(_polls(*of), _forms(*of), _lists(*of), _courses(*of))
    return [*polls, *forms, *lists, *courses]


async def _forms(portal: Portal, visitor: Visitor, programme: WholeProgramme) -> list[Chance]:
    """Forms that somebody may begin."""
    query = ListOpenForms(programme_id=programme.programme_id, person_id=visitor.person_id)
    found: OpenForms | None = await portal.perhaps(query, visitor)
    return [_chance(one, visitor, programme) for one in found.forms] if found else []


async def _polls(portal: Portal, visitor: Visitor, programme: WholeProgramme) -> list[Chance]:
    """Polls that wait for somebody's choice."""
    if not programme.template.polls:
        return []
    query = ListOwnPolls(programme_id=programme.programme_id, person_id=visitor.person_id)
    found: PollRows | None = await portal.perhaps(query, visitor)
    return [
        Chance(one.title, f"{visitor.root}/poll/{one.poll_id}", (programme.name,), "Choose the theme", decides=True)
        for one in (found.polls if found else ())
        if one.state == "waits"
    ]


async def _courses(portal: Portal, visitor: Visitor, programme: WholeProgramme) -> list[Chance]:
    """Courses for which somebody may sign up, or has."""
    if not any(one.sign_up for one in programme.template.activities):
        return []
    query = ListCoursesOpen(programme_id=programme.programme_id, person_id=visitor.person_id)
    found: CoursesOpen | None = await portal.perhaps(query, visitor)
    verbs = {"asked": "Sign up", "waiting": "You are on the waiting list", "taken": "You have a place"}
    return [
        Chance(
            one.title,
            f"{visitor.root}/sign-up/{one.place.place_id}",
            (f"From {words.day(one.sessions[0].on)}", programme.name),
            verbs[one.place.state],
        )
        for one in (found.courses if found else ())
    ]


async def _lists(portal: Portal, visitor: Visitor, programme: WholeProgramme) -> list[Chance]:
    """The lists from which somebody asks for something, such as a colleague's help."""
    template = programme.template
    forms = [form for form in listed_forms(template) if begun_from(template, form.key)]
    held = await portal.read.roster.of_person(programme.programme_id, visitor.person_id) if forms else []
    standing = [one for one in held if one.holds_on(programme.today(visitor.now))]
    if not access.may_look(visitor.person_id, standing, programme):
        return []
    href = f"{visitor.root}/projects?programme={programme.programme_id}&list="
    return [Chance(form.title, f"{href}{form.key}", (programme.name,), "Look through the list") for form in forms]


def _chance(form: OpenForm, visitor: Visitor, programme: WholeProgramme) -> Chance:
    href = f"{visitor.root}/open/{programme.programme_id}/{form.form}/{form.about_id}"
    on = words.day(form.on) if form.on else ""
    facts = tuple(dict.fromkeys(part for part in (form.about, on, programme.name) if part))
    if form.act == "release":
        return Chance(
            form.title, f"{href}/{form.entry_id}", facts, "Read it, and decide whether others may", decides=True
        )
    return Chance(form.title, href, facts, "Go on writing" if form.entry_id else "")


async def offers(portal: Portal, visitor: Visitor) -> list[Line]:
    """Places that are kept for the person, or for people whom they have named."""
    found = await portal.read.places.offers_to(visitor.person_id, await _named_by(portal, visitor))
    lines = []
    for offer in found:
        programme = await portal.read.whole.get(offer.programme_id)
        if programme is None or not offer.open_on(programme.today(visitor.now)):
            continue
        known = await portal.read.schools.of_programme(offer.programme_id, [offer.host_school_id])
        names = await portal.read.people.names([offer.person_id])
        whom = "" if offer.person_id == visitor.person_id else names.get(offer.person_id, "")
        title = f"Say whether {whom} takes a place" if whom else "Say whether you take a place"
        at = f"At {known[0].name}" if known else ""
        facts = tuple(part for part in (at, programme.name) if part)
        lines.append(Line(title, f"{visitor.root}/offer/{offer.offer_id}", offer.until, facts))
    return lines


async def _named_by(portal: Portal, visitor: Visitor) -> list[str]:
    return [entry.entry_id for entry in await portal.read.entries.of_author(visitor.person_id)]


def _line(task: Owed, visitor: Visitor, known: Known, today: dict[str, dt.date]) -> Line:
    programme = known.programmes[task.programme_id]
    school = known.school(task.programme_id, task.school_id)
    facts = tuple(
        dict.fromkeys(part for part in (known.about(task, visitor.person_id), school, programme.name) if part)
    )
    ended = ""
    if task.state == "done":
        whose = "you" if task.done_by == visitor.person_id else known.names.get(task.done_by, "")
        ended = f"Done{f' by {whose}' if whose else ''}"
    elif task.state == "excused":
        ended = f"Not needed any more: {task.excuse}"
    return Line(
        programme.titled(task.task, task.of),
        f"{visitor.root}/task/{task.task_id}",
        task.due,
        facts,
        task.late(today[task.programme_id]),
        ended,
        task.state == "done",
        next_steps(task, programme) if task.state != "excused" else (),
    )
