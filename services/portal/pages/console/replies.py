"""Replies: mails that came in and wait for somebody; place an answer, enter one, or take the mail off the list."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.notifications_replies import (
    CloseReply,
    ListReplies,
    PlaceReply,
    ReplyDetail,
    ReplyRows,
    ReplyState,
    ShowReply,
)
from shared.commands.scheduling import AnswerInvitation, CohortEventDetail, ShowCohortEvent, ShowVisit, VisitDetail
from shared.errors import Rejected
from shared.events.scheduling import Answer, TargetKind

HERE = "/console/replies"
STATES: dict[str, str] = {"waiting": "Waiting", "done": "Dealt with", "filed": "Filed by itself"}
ANSWERS: dict[str, str] = {"accepted": "Comes", "tentative": "Comes perhaps", "declined": "Cannot come"}


@dataclass(frozen=True)
class About:
    """The visit or event that a mail is about, with who is invited, by name."""

    kind: TargetKind = "visit"
    people: dict[str, str] = field(default_factory=dict)


async def replies(request: Request) -> Response:
    """List what waits, newest first; or what was dealt with."""
    desk = await Desk.of(request)
    state = _state(request.query_params.get("state", ""))
    search, page = await searched(desk), desk.page_number()
    query = ListReplies(state=state, search=search.text, concerning=search.ids, limit=PAGE, offset=(page - 1) * PAGE)
    found: ReplyRows = await desk.find(query)
    pages = Pages(page, found.total, kept({"state": state, "search": search.text}))
    return desk.show(
        "replies", title="Replies", rows=found.rows, state=state, states=STATES, pages=pages, search=search
    )


async def reply(request: Request) -> Response:
    """Show one mail with what it seems to be about, and do what is chosen."""
    desk = await Desk.of(request)
    reply_id = request.path_params["reply_id"]
    detail: ReplyDetail = await desk.portal.shown(ShowReply(reply_id=reply_id))
    about = await _about(desk, detail)
    if request.method != "POST":
        return _shown(desk, detail, about)
    posted = await desk.posted()
    try:
        said = await _carried_out(desk, detail, about, posted)
    except Rejected as refused:
        return _shown(desk, detail, about, refused=refused.sentence, status=422)
    return desk.done(HERE, said)


def _shown(desk: Desk, detail: ReplyDetail, about: About, *, refused: str = "", status: int = 200) -> Response:
    row = detail.reply
    title = f"From {row.person or row.sender or 'somebody'}"
    facts = {"detail": detail, "row": row, "about": about, "answers": ANSWERS}
    return desk.show("reply", status, title=title, refused=refused, **facts)


async def _carried_out(desk: Desk, detail: ReplyDetail, about: About, posted: dict[str, str]) -> str:
    """Do what the button says; return what it came to."""
    once, reply_id = posted.get("once", ""), detail.reply.reply_id
    person_id = posted.get("person", "")
    match posted.get("do"):
        case "done":
            commands: Sequence[Command] = [CloseReply(reply_id=reply_id)]
        case "place":
            _must_be_invited(about, person_id)
            commands = [PlaceReply(reply_id=reply_id, person_id=person_id)]
        case "answer":
            _must_be_invited(about, person_id)
            commands = [_answer(detail, about, person_id, posted.get("answer", "")), CloseReply(reply_id=reply_id)]
        case _:
            raise Hidden
    said = [(await desk.ask(command, once)).sentence for command in commands]
    return " ".join(filter(None, said))


def _must_be_invited(about: About, person_id: str) -> None:
    if person_id not in about.people:
        raise Rejected("which-person", "Choose whose answer it is.")


def _answer(detail: ReplyDetail, about: About, person_id: str, said: str) -> AnswerInvitation:
    if said not in get_args(Answer):
        raise Rejected("which-answer", "Choose what they say.")
    facts = {"target_id": _target(detail), "target_kind": about.kind, "person_id": person_id, "answer": said}
    return AnswerInvitation.model_validate(facts)


async def _about(desk: Desk, detail: ReplyDetail) -> About:
    """Return who is invited; nobody where it is about nothing known, or a service does not answer."""
    target_id = _target(detail)
    if not target_id:
        return About()
    about = About("cohort-event" if target_id.startswith("evt") else "visit")
    names = await desk.placed(await _invited(desk, about, target_id))
    return replace(about, people=dict(sorted(names.items(), key=lambda pair: pair[1])))


async def _invited(desk: Desk, about: About, target_id: str) -> list[str]:
    if about.kind == "visit":
        found: VisitDetail | None = await desk.perhaps(ShowVisit(visit_id=target_id))
        if found is None:
            return []
        lead = [found.visit.facilitator_id] if found.visit.facilitator_id else []
        return [*(one.person_id for one in found.visit.attendees), *lead]
    event: CohortEventDetail | None = await desk.perhaps(ShowCohortEvent(event_id=target_id))
    return [one.person_id for one in event.event.attendees] if event else []


def _target(detail: ReplyDetail) -> str:
    return detail.target_id or detail.reply.target_id


def _state(asked: str) -> ReplyState:
    known: tuple[ReplyState, ...] = get_args(ReplyState)
    return next((state for state in known if state == asked), "waiting")
