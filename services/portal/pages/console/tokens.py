"""Tokens of the API: make one, which is shown once, see all, revoke one."""

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.domain.tokens import LASTS, STATES, Token, Wanted, known_scopes
from services.portal.pages.console.desk import Desk
from services.portal.pages.portal import Hidden
from services.portal.ports.tokens import Made
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRows
from shared.commands.scopes import AREAS, EVERYTHING, ONLY_READ
from shared.errors import Rejected

HERE = "/console/tokens"
FIELDS = {"name": "name", "scopes": "scopes", "expires": "days"}
"""Rule of a refusal -> the field at which it is said."""
ACTS = {"read": "see", "change": "see and change"}


@dataclass(frozen=True)
class Filled:
    """The form as somebody left it."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What the summary says."""
        return [{"field": at, "sentence": sentence} for at, sentence in self.errors.items()]


async def tokens(request: Request) -> Response:
    """List tokens, and revoke one."""
    desk = await Desk.of(request)
    if request.method != "POST":
        return await _listed(desk)
    posted = await desk.posted()
    try:
        token = await desk.portal.tokens.revoke(posted.get("token", ""), desk.here.account.person_id)
    except Rejected as unknown:
        raise Hidden from unknown
    return desk.done(HERE, f"“{token.name}” opens nothing any more.")


async def new_token(request: Request) -> Response:
    """Make a token. It stands in the answer to the press and nowhere else."""
    desk = await Desk.sure(request)
    programmes: ProgrammeRows = await desk.find(ListProgrammes())
    names = {row.programme_id: row.name for row in programmes.programmes}
    if request.method != "POST":
        return _form(desk, names, Filled({"days": "90"}))
    posted = await desk.posted()
    try:
        wanted = _wanted(posted, set(names))
        once = f"{desk.here.session.session_id} {posted.get('once', '')[:64]}"
        made = await desk.portal.tokens.make(desk.here.account.person_id, wanted, once)
    except Rejected as refused:
        at = FIELDS.get(refused.rule, "name")
        return _form(desk, names, Filled(posted, {at: refused.sentence}), status=422)
    return _made(desk, made, names)


def _wanted(posted: dict[str, str], programmes: set[str]) -> Wanted:
    chosen = posted.get("programme", "")
    if chosen and chosen not in programmes:
        raise Hidden
    asked = [f"{area}:{posted.get(f'scope-{area}', '')}" for area in AREAS]
    return Wanted(
        name=posted.get("name", ""), scopes=known_scopes(asked), days=whole_number(posted.get("days", "")),
        programme_ids=(chosen,) if chosen else (), proved=True,
    )  # fmt: skip


def _form(desk: Desk, programmes: dict[str, str], filled: Filled, status: int = 200) -> Response:
    facts: dict[str, Any] = {
        "areas": AREAS, "only_read": ONLY_READ, "lasts": LASTS, "programmes": programmes, "values": filled.values,
        "errors": filled.errors, "problems": filled.problems,
    }  # fmt: skip
    return desk.show("token-new", status, title="Make a token", **facts)


def _made(desk: Desk, made: Made, programmes: dict[str, str]) -> Response:
    title = f"“{made.token.name}” is made" if made.text else f"“{made.token.name}” was made a moment ago"
    facts: dict[str, Any] = {"token": made.token, "text": made.text, "may": may(made.token), "programmes": programmes}
    return desk.show("token-made", title=title, public_url=desk.portal.settings.public_url, **facts)


async def _listed(desk: Desk) -> Response:
    now, found = desk.portal.clock.now(), await desk.portal.tokens.listed()
    people = await desk.portal.read.people.names({one.person_id for one in found})
    rows = [
        {"token": one, "may": may(one), "state": one.state(now), "whose": people.get(one.person_id, "somebody")}
        for one in found
    ]
    mine = desk.here.account.person_id
    return desk.show("tokens", title="Tokens of the API", rows=rows, states=STATES, mine=mine)


def may(token: Token) -> list[str]:
    """What a token may do, in words."""
    if EVERYTHING in token.scopes:
        return ["Everything that its person may do"]
    pairs = (scope.split(":") for scope in token.scopes)
    return [f"{AREAS[area]}: {ACTS[act]}" for area, act in pairs if area in AREAS]
