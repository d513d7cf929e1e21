"""Mails: what is about to go, what became of each, what failed and why; send again, pause, let held ones go."""

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.notifications import (
    ListMails,
    MailDetail,
    MailRow,
    MailRows,
    MailState,
    PauseMail,
    ResendMail,
    ShowMail,
)
from shared.commands.notifications_held import DropHeld, ReleaseHeld

HERE = "/console/mails"
STATES: Mapping[MailState, str] = {
    "queued": "About to go", "sending": "Going now", "deferred": "Tried again later", "accepted": "Sent",
    "bounced": "Came back", "failed": "Failed", "suppressed": "Not sent", "unknown": "Unclear",
}  # fmt: skip
CAUSES: Mapping[str, tuple[str, str]] = {
    "recipient": ("There is no such mailbox.", "Correct their address, then send it again."),
    "full": ("The mailbox is full.", "It is tried again for a day. Tell the person by telephone."),
    "operator": ("Our sender, our relay or its quota is refused.", "Whoever runs Kindred must look: kindred doctor."),
    "away": ("Their mail server was not found or not reached in time.", "It is tried again for four days."),
    "unclear": ("The other side gave no clear reason.", "Read its words below."),
}
AGAIN = frozenset({"failed", "bounced", "suppressed", "unknown", "accepted"})
"""States from which a mail can be sent again."""


async def mails(request: Request) -> Response:
    """List mails, newest first, by state, kind and programme."""
    desk = await Desk.of(request)
    wanted, page, search = wanted_of(request), desk.page_number(), await searched(desk)
    everything: MailRows = await desk.find(ListMails(limit=1, programme_id=wanted["programme"]))
    offset = (page - 1) * PAGE
    found: MailRows = await desk.find(query_of(wanted, search.ids, limit=PAGE, offset=offset))
    return desk.show(
        "mails", title="Mails", found=found, rows=found.mails, counts=everything.by_state, wanted=wanted,
        kinds=sorted(everything.by_template), states=STATES, causes=CAUSES, paused=everything.paused,
        why=everything.pause_reason,
        held=everything.held, pages=Pages(page, found.total, kept({**wanted, "search": search.text})),
        everything=everything.total, address=kept, search=search,
    )  # fmt: skip


async def mail(request: Request) -> Response:
    """Show one mail as its person got it, and send it again."""
    desk = await Desk.of(request)
    detail: MailDetail = await desk.portal.shown(ShowMail(mail_id=request.path_params["mail_id"]))
    return await desk.serve(partial(_shown, desk, detail), lambda _posted: ResendMail(mail_id=detail.mail.mail_id))


async def pause(request: Request) -> Response:
    """Stop all mails, or let them go again; says before how many wait."""
    desk = await Desk.sure(request)
    found: MailRows = await desk.find(ListMails(limit=1))
    waiting = found.by_state.get("queued", 0) + found.by_state.get("deferred", 0)
    if request.method != "POST":
        title = "Let mails go again" if found.paused else "Stop all mails"
        why = found.pause_reason
        return desk.show("pause", title=title, paused=found.paused, waiting=waiting, why=why)
    posted = await desk.posted()
    stop, reason = posted.get("do") == "pause", " ".join(posted.get("reason", "").split())[:300]
    if stop and not reason:
        refused = "Say why, so that whoever wonders need not ask."
        return desk.show("pause", 422, title="Stop all mails", paused=False, waiting=waiting, why="", refused=refused)
    done = await desk.ask(PauseMail(paused=stop, reason=reason if stop else ""), posted.get("once", ""))
    return desk.done(HERE, done.sentence)


async def held(request: Request) -> Response:
    """Mails that a restore holds: let those of a kind go, or never send them."""
    desk = await Desk.sure(request)
    found: MailRows = await desk.find(ListMails(held=True, limit=PAGE))
    if request.method != "POST":
        return desk.show("held", title="Held since a restore", found=found)
    posted = await desk.posted()
    template = posted.get("template", "")
    if template not in found.by_template:
        return desk.show("held", 422, title="Held since a restore", found=found, refused="Choose a kind of mail.")
    commands: dict[str, Command] = {"release": ReleaseHeld(template=template), "drop": DropHeld(template=template)}
    command = commands.get(posted.get("do", ""))
    if command is None:
        raise Hidden
    done = await desk.ask(command, posted.get("once", ""))
    return desk.done(f"{HERE}/held", done.sentence)


async def _shown(desk: Desk, detail: MailDetail, refused: str = "", **_values: Any) -> Response:
    row: MailRow = detail.mail
    facts: dict[str, Any] = {
        "row": row, "detail": detail, "state": STATES[row.state], "cause": CAUSES.get(row.fault),
        "again": row.state in AGAIN,
    }  # fmt: skip
    return desk.show("mail", 422 if refused else 200, title=row.subject or "A mail", refused=refused, **facts)


def wanted_of(request: Request) -> dict[str, str]:
    """The filters of an address."""
    asked = request.query_params
    state = asked.get("state", "")
    return {
        "state": state if state in get_args(MailState) else "",
        "kind": asked.get("kind", "")[:80],
        "programme": asked.get("programme", "")[:80],
        "person": asked.get("person", "")[:80],
    }


def query_of(wanted: dict[str, str], concerning: tuple[str, ...] = (), *, limit: int, offset: int) -> ListMails:
    """The query of these filters."""
    facts = {"state": wanted["state"] or None, "template": wanted["kind"], "programme_id": wanted["programme"],
             "person_id": wanted["person"], "concerning": concerning, "limit": limit, "offset": offset}  # fmt: skip
    return ListMails.model_validate(facts)
