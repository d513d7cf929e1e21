"""One visit: who is invited and what they said; another day for it, an answer by telephone, calling it off."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.dates.meanwhile import changed_meanwhile
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.scheduling import AnswerInvitation, CancelVisit, MoveVisit, ShowVisit, VisitDetail
from shared.errors import Rejected
from shared.events.scheduling import Answer

ANSWERS: dict[str, str] = {"accepted": "Comes", "tentative": "Perhaps", "declined": "Cannot come"}
STATES: dict[str, str] = {
    "draft": "Draft", "published": "Published", "held": "Has taken place", "cancelled": "Called off"
}  # fmt: skip
FOR_GOOD = frozenset({"changed-meanwhile", "already-over", "same-date", "date-passed", "unknown-rule", "unknown-visit"})
"""Rules that nobody can overrule."""
WHEN = "Write the day as 2027-01-04."


async def visit(request: Request) -> Response:
    """Show it, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    one = await _of_path(desk, row)
    if request.method != "POST":
        return await _shown(desk, row, one)
    posted = await desk.posted()
    try:
        done = await desk.ask(_command(one, posted), posted.get("once", ""))
    except (ValueError, ValidationError):
        return await _shown(desk, row, one, refused=WHEN, values=posted)
    except Rejected as refused:
        held = _overruled(refused.rule, posted)
        return await _shown(desk, row, one, refused=refused.sentence, values=posted, against=held)
    return desk.done(request.url.path, done.sentence or "Done.")


def _overruled(rule: str, posted: Mapping[str, str]) -> str:
    """The rule that may be set aside after a refusal; where the reason is missing, those that were named stay."""
    if posted.get("do") != "move" or rule in FOR_GOOD:
        return ""
    return posted.get("although", "") if rule == "reason-needed" else rule


def _command(one: VisitDetail, posted: Mapping[str, str]) -> Command:
    """Return the command; raises ValueError where a day is none."""
    changed_meanwhile(posted, one.visit.on)
    visit_id, although = one.visit.visit_id, tuple(posted.get("although", "").split())
    match posted.get("do"):
        case "move":
            on, because = dt.date.fromisoformat(posted.get("on", "")), posted.get("because", "").strip()
            return MoveVisit(visit_id=visit_id, on=on, although=although, because=because)
        case "cancel" if posted.get("why", "").strip():
            return CancelVisit(visit_id=visit_id, why=posted["why"].strip())
        case "cancel":
            raise Rejected("no-reason", "Say why it does not take place; everybody who is invited gets a mail.")
        case "answer" if posted.get("person") in _invited(one) and posted.get("answer") in get_args(Answer):
            answer = {"person_id": posted["person"], "answer": posted["answer"]}
            return AnswerInvitation.model_validate({**answer, "target_id": visit_id, "target_kind": "visit"})
        case "answer":
            raise Rejected("whose-answer", "Choose whose answer it is, and what they say.")
        case _:
            raise Hidden


def _invited(one: VisitDetail) -> list[str]:
    leads = [one.visit.facilitator_id] if one.visit.facilitator_id else []
    return [*(each.person_id for each in one.visit.attendees), *leads]


async def _of_path(desk: Desk, row: ProgrammeRow) -> VisitDetail:
    found: VisitDetail | None = await desk.known(ShowVisit(visit_id=desk.request.path_params["visit_id"][:100]))
    if found is None or found.visit.programme_id != row.programme_id:
        raise Hidden
    return found


async def _shown(
    desk: Desk, row: ProgrammeRow, one: VisitDetail, *, refused: str = "", values: Mapping[str, str] | None = None,
    against: str = "",
) -> Response:  # fmt: skip
    invited = _invited(one)
    schools = {each.school_id for each in one.visit.attendees if each.school_id} | {one.visit.host_school_id}
    named = await desk.portal.read.schools.of_programme(row.programme_id, sorted(schools))
    though = [*(values or {}).get("although", "").split(), *against.split()]
    facts: dict[str, Any] = {
        "row": row, "one": one, "names": await desk.names(invited), "values": values or {}, "states": STATES,
        "schools": {school.school_id: school.name for school in named}, "answers": ANSWERS, "against": against,
        "although": " ".join(dict.fromkeys(though)), "leads": one.visit.facilitator_id,
        "said": {each.person_id: each for each in one.answers}, "open": one.state in {"draft", "published"},
    }  # fmt: skip
    host = facts["schools"].get(one.visit.host_school_id, "a school")
    return desk.show("dates/visit", 422 if refused else 200, title=f"Visit to {host}", refused=refused, **facts)
