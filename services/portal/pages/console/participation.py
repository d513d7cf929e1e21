"""Who takes part: ask a school, answer for it on its word, decide with a rule and a reason, except it from a rule."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.participation import (
    AnswerParticipation,
    AskSchool,
    DecideParticipation,
    ExceptFromRule,
    ListParticipation,
    ParticipationRow,
    ParticipationRows,
)
from shared.commands.programmes_queries import ProgrammeRow

OUTCOMES: dict[str, str] = {"admitted": "Takes part", "refused": "Refused", "lapsed": "Maybe ran out"}
ANSWERS: dict[str, str] = {"yes": "Yes", "maybe": "Maybe", "no": "No", "": "No answer yet"}


async def participation(request: Request) -> Response:
    """List every school that was asked, has answered or is enrolled; ask one more."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    search, page = desk.written(), desk.page_number()
    query = ListParticipation(programme_id=row.programme_id, search=search, limit=PAGE, offset=(page - 1) * PAGE)
    found: ParticipationRows = await desk.find(query)
    who = "Give the URN, and name and work address of somebody at the school."
    return await desk.serve(partial(_listed, desk, row, found), partial(_asking, row), unreadable=who)


async def part(request: Request) -> Response:
    """Show one school's part; note its answer, decide, or except it from a rule."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    urn = whole_number(request.path_params["urn"])
    found: ParticipationRows = await desk.find(ListParticipation(programme_id=row.programme_id, urn=urn or 0))
    if not found.rows:
        raise Hidden
    one = found.rows[0]
    why = "Say why, in a sentence: it stays with the decision."
    return await desk.serve(partial(_shown, desk, row, one), partial(_act, row, one), unreadable=why)


def _asking(row: ProgrammeRow, posted: Mapping[str, str]) -> Command:
    person = {"role": "headteacher", "name": posted.get("name", "").strip(), "email": posted.get("email", "").strip()}
    asked = {"programme_id": row.programme_id, "urn": whole_number(posted.get("urn", "")), "person": person}
    return AskSchool.model_validate(asked)


def _act(row: ProgrammeRow, one: ParticipationRow, posted: Mapping[str, str]) -> Command:
    about = {"programme_id": row.programme_id, "urn": one.urn, "reason": posted.get("reason", "").strip()}
    act, _, what = posted.get("do", "").partition(":")
    match act:
        case "answer":
            return AnswerParticipation.model_validate({**about, "answer": posted.get("answer", "")})
        case "admit" | "refuse":
            given = {"admitted": act == "admit", "rule": posted.get("rule", "").strip() or "coordinator"}
            return DecideParticipation.model_validate({**about, **given})
        case "except":
            rule, _, of = what.partition("/")
            return ExceptFromRule.model_validate({**about, "rule": rule, "of": of, "by_arrangement": True})
        case _:
            raise Hidden


async def _listed(
    desk: Desk, row: ProgrammeRow, found: ParticipationRows, refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    search = desk.written()
    facts: dict[str, Any] = {
        "row": row, "rows": found.rows, "answers": ANSWERS, "outcomes": OUTCOMES, "search": search,
        "pages": Pages(desk.page_number(), found.total, kept({"search": search})), "total": found.known,
    }  # fmt: skip
    title = f"Who takes part in {row.name}"
    return desk.show(
        "participation", 422 if refused else 200, title=title, refused=refused, values=values or {}, **facts
    )


async def _shown(
    desk: Desk, row: ProgrammeRow, one: ParticipationRow, refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    facts: dict[str, Any] = {"row": row, "one": one, "answers": ANSWERS, "outcomes": OUTCOMES}
    return desk.show("part", 422 if refused else 200, title=one.school, refused=refused, values=values or {}, **facts)
