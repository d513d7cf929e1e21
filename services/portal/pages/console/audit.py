"""The audit log: who signed in, read, released, overruled and exported what; and whether it is whole."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.audit import AuditRow, AuditRows, AuditState, ListAudit, VerifyAudit

KINDS: Mapping[str, str] = {
    "signed-in": "Signed in", "signed-out": "Signed out", "wrong": "Typed a wrong code", "locked": "Was locked out",
    "authenticator": "Authenticator", "token": "Token of the API", "overruled": "Decided or overruled",
    "released": "Released or published", "changed": "Changed", "exported": "Took away a file",
}  # fmt: skip
"""First word of an act -> words."""
OF: Mapping[str, str] = {
    "set-up": "set up", "by-hand": "by hand", "second-factor": "of the authenticator", "code": "of the mail",
    "rule": "an exception from a rule", "part": "whether a school takes part", "category": "a school's category",
    "task": "somebody let off a task", "enrolment": "a school withdrawn", "party": "a trust or partnership withdrawn",
    "entry": "an entry", "report": "a report", "to-all": "a report for everybody",
    "round": "a round", "calendar": "a calendar",
    "postponed": "a programme stopped", "resumed": "a programme resumed", "completed": "a programme completed",
    "archived": "a programme archived", "erased": "a person erased", "list": "a list of the console",
    "template": "a template taken over", "template-back": "a template taken back",
}  # fmt: skip
"""Second word -> words, where it does not stand for itself."""


async def audit(request: Request) -> Response:
    """List lines, the latest first, of everybody or one person; check the chain when asked to."""
    desk = await Desk.of(request)
    person, number = desk.written("person"), desk.page_number()
    kind, search = kind_of(request), await searched(desk)
    query = ListAudit(person_id=person, kind=kind, concerning=search.ids, limit=PAGE, offset=(number - 1) * PAGE)
    found: AuditRows = await desk.find(query)
    names = await desk.names([one.person_id for one in found.lines])
    state: AuditState | None = await desk.find(VerifyAudit()) if request.query_params.get("check") == "yes" else None
    rows = [{"line": one, "who": names.get(one.person_id, ""), "act": act_of(one)} for one in found.lines]
    asked = kept({"person": person, "kind": kind, "search": search.text})
    facts: dict[str, Any] = {
        "rows": rows, "person": person, "state": state, "pages": Pages(number, found.total, asked), "files": asked,
        "search": search, "kind": kind, "kinds": {"read": "Read", **KINDS},
    }  # fmt: skip
    return desk.show("audit", title="Who did what", **facts)


def kind_of(request: Request) -> str:
    """The kind of lines that an address asks for; blank for all."""
    kind = request.query_params.get("kind", "")
    return kind if kind in {"read", *KINDS} else ""


def act_of(line: AuditRow) -> str:
    """What a line says, in words."""
    if not line.act:
        return "Read"
    kind, _, of = line.act.partition(":")
    return f"{KINDS.get(kind, kind)}: {OF.get(of, of.replace('-', ' '))}" if of else KINDS.get(kind, kind)
