"""The page of one task: it leads to the form, entry or days, or has the one button that ends it; GET changes nothing.

/p/<ref>/task                    the task that the link is about
/p/<ref>/task/<task id>          one of the person's list
/p/<ref>/task/<task id>/entry    its form or entry, see `pages/entries`
/p/<ref>/task/<task id>/duties   the week of duties to tick off
/p/<ref>/task/<task id>/sessions the person's place in a course of sessions: ticks its dates, makes up for them
/p/<ref>/task/<task id>/roll     who came to a day of a course
/p/<ref>/open/<programme>/<form>/<thing>   a form that nobody asked for, or an entry to let go, from the person's list
"""

import dataclasses
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain import access
from services.portal.domain.tasks import Owed, form_link, next_steps
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.entries.about import OPEN, complaint
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import posted_by, to_saved_page
from services.portal.pages.portal import Hidden, Portal, StandsStill, Visitor
from services.portal.pages.todo.subjects import known_of
from shared.commands.tasks import ConfirmTask
from shared.errors import KindredError

PAGE = "task"
CONFIRM, CHOOSE, TICK, CATCH_UP, ROLL = "confirm", "choose", "tick", "catch_up", "roll"
PLACE = "place"
"""What a task is about that is done on somebody's own page of a course."""


@dataclass(frozen=True)
class Doing:
    """One request about one task."""

    portal: Portal
    visitor: Visitor
    request: Request
    task: Owed
    programme: WholeProgramme

    @property
    def path(self) -> str:
        """Where this task's pages begin."""
        return f"{self.visitor.root}/{PAGE}/{self.task.task_id}"


async def admitted(request: Request) -> Doing:
    """Return the task of the address, or of the link. Raises Hidden where the person does not owe it."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    task = await portal.read.tasks.get(request.path_params.get("task_id", visitor.link.target_id))
    if task is None or not access.may_do(visitor.link, task):
        raise Hidden
    return Doing(portal, visitor, request, task, await portal.programme(task.programme_id))


async def visitor_of_form(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to the form or entry of the task. Raises Hidden."""
    doing = await admitted(request)
    link = form_link(doing.visitor.link, doing.task, doing.programme)
    if link is None or doing.task.state == "excused":
        raise Hidden
    return dataclasses.replace(doing.visitor, link=link)


async def visitor_of_open_form(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to that form about that thing; reporting says what they may do.

    Raises Hidden where the list does not open it, StandsStill where the programme does.
    """
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, OPEN)
    named = request.path_params
    programme = await portal.read.whole.get(named["programme_id"])
    if programme is None or programme.template.form(named["form"]) is None:
        raise Hidden
    if programme.still:
        raise StandsStill(programme.still)
    link = dataclasses.replace(
        visitor.link, target_id=named["about_id"], target_kind="thing", form=named["form"],
        programme_id=programme.programme_id,
    )  # fmt: skip
    return dataclasses.replace(visitor, link=link)


async def visitor_of_days(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to the days that the task asks for. Raises Hidden."""
    doing = await admitted(request)
    task = doing.task
    if task.do != CHOOSE or task.state == "excused":
        raise Hidden
    link = dataclasses.replace(doing.visitor.link, target_id=task.about_id, target_kind="match", form=task.of)
    return dataclasses.replace(doing.visitor, link=link)


async def visitor_of_duties(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to the week that the task asks to tick off. Raises Hidden."""
    doing = await admitted(request)
    task = doing.task
    if task.do != TICK or task.about == PLACE or task.state == "excused":
        raise Hidden
    link = dataclasses.replace(doing.visitor.link, target_id=task.about_id, target_kind=task.of)
    return dataclasses.replace(doing.visitor, link=link)


async def visitor_of_place(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to their place in the course of the task. Raises Hidden."""
    doing = await admitted(request)
    task = doing.task
    if task.about != PLACE:
        raise Hidden
    link = dataclasses.replace(doing.visitor.link, target_id=task.about_id, target_kind=PLACE)
    return dataclasses.replace(doing.visitor, link=link)


async def visitor_of_roll(request: Request) -> Visitor:
    """Return the visitor as if they had come by a link to the day of a course of the task. Raises Hidden."""
    doing = await admitted(request)
    task = doing.task
    if task.do != ROLL or task.state == "excused":
        raise Hidden
    link = dataclasses.replace(doing.visitor.link, target_id=task.about_id, target_kind="cohort-event")
    return dataclasses.replace(doing.visitor, link=link)


async def task_page(request: Request) -> Response:
    """Lead to where the task is done, or show how it stands; POST confirms."""
    doing = await admitted(request)
    if request.method == "POST":
        return await _confirm(doing)
    where = await _elsewhere(doing)
    return RedirectResponse(where, 303) if where else await _show(doing)


async def _elsewhere(doing: Doing) -> str:
    """The page on which an open task is done, or can be done again; blank where it is this one."""
    task = doing.task
    if task.state != "excused" and (page := _page_of(task)):
        return f"{doing.path}/{page}"
    if not task.pending or task.do == CONFIRM:
        return ""
    if form_link(doing.visitor.link, task, doing.programme):
        return f"{doing.path}/entry"
    if task.do == CHOOSE:
        return f"{doing.path}/days"
    dated = await doing.portal.read.meetings.get("visit", task.about_id) or await doing.portal.read.meetings.get(
        "cohort-event", task.about_id
    )
    if task.do == "answer" and dated and access.opens(doing.visitor.link, "my-visits"):
        return f"{doing.visitor.root}/my-visits/{task.about_id}"
    return ""


def _page_of(task: Owed) -> str:
    """The page of a task that can be looked at again once it is done; blank for all others."""
    if task.do == ROLL:
        return "roll"
    if task.about == PLACE:
        return "sessions" if task.do in {TICK, CATCH_UP} else ""
    return "duties" if task.do == TICK else ""


async def _show(doing: Doing, *, once: str = "", banner: str = "", problem: str = "", status: int = 200) -> Response:
    task, programme = doing.task, doing.programme
    known = await known_of(doing.portal, [task])
    declared = programme.declared(task.task)
    form, activity = programme.template.form(task.of), programme.template.activity(task.of)
    return doing.portal.renderer.page(
        doing.request,
        "task.html",
        status,
        visitor=doing.visitor,
        csrf=doing.visitor.csrf,
        programme=programme,
        title=programme.titled(task.task, task.of),
        task=task,
        about=known.about(task, doing.visitor.person_id),
        school=known.school(task.programme_id, task.school_id),
        done_by="you" if task.done_by == doing.visitor.person_id else known.names.get(task.done_by, ""),
        confirms=declared.do.confirm if declared and task.do == CONFIRM else "",
        late=task.late(programme.today(doing.visitor.now)),
        purpose=activity.purpose if activity else "",
        read=f"{doing.path}/entry" if form and task.state == "done" and task.do != CONFIRM else "",
        steps=next_steps(task, programme),
        back=f"{doing.visitor.root}/todo" if access.opens(doing.visitor.link, "todo") else "",
        action=doing.path,
        once=once or secrets.token_hex(12),
        banner=banner,
        problems=[{"field": "", "sentence": problem}] if problem else (),
    )


async def _confirm(doing: Doing) -> Response:
    posted = await posted_by(doing.portal, doing.visitor, doing.request)
    if doing.task.do != CONFIRM or posted.get("do") != CONFIRM or not doing.task.pending:
        raise Hidden
    once = posted.get("once", "")[:64]
    command = ConfirmTask(task_id=doing.task.task_id, person_id=doing.visitor.person_id)
    try:
        key = idempotency_key(doing.visitor, once, command)
        await doing.portal.owners.ask(command, key=key, actor=doing.visitor.person_id)
    except KindredError as error:
        banner, problems, status = complaint(error)
        sentence = problems[0].sentence if problems else ""
        return await _show(doing, once=once, banner=banner, problem=sentence, status=status)
    said = next_steps(doing.task, doing.programme) or ("Nothing more is needed from you.",)
    return to_saved_page(doing.portal, doing.visitor, Saved("Confirmed, thank you", said, "See it").note(doing.path))
