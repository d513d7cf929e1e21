"""A template that was sent in: every fault beside its lines, put right in place; what it changes; taken over."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.differences import told
from services.portal.domain.template_text import corrected, passages
from services.portal.pages.console.desk import CHOOSE, Desk
from services.portal.pages.console.setup.templates import HERE
from shared.commands.base import Done
from shared.commands.templates import LONGEST, CheckedTemplate, CheckTemplate, ShowTemplateCheck, TakeTemplate
from shared.errors import Rejected


async def check(request: Request) -> Response:
    """Show the check; check again what was put right, or take the template over."""
    desk = await Desk.of(request)
    found: CheckedTemplate = await desk.portal.shown(ShowTemplateCheck(check_id=request.path_params["check_id"]))
    if request.method != "POST":
        return _shown(desk, found)
    posted = await desk.posted()
    once = posted.get("once", "")
    try:
        if posted.get("do") == "take":
            done: Done = await desk.ask(TakeTemplate(check_id=found.check_id), once)
            return desk.done(HERE, done.sentence)
        if posted.get("do") != "check":
            return _shown(desk, found, CHOOSE)
        again: CheckedTemplate = await desk.ask(_again(found, posted), once)
    except Rejected as refused:
        return _shown(desk, found, refused.sentence, posted)
    return RedirectResponse(f"{HERE}/checks/{again.check_id}", 303)


def _again(found: CheckedTemplate, posted: Mapping[str, str]) -> CheckTemplate:
    text = corrected(found.text, passages(found.text, found.faults), posted)
    if len(text) > LONGEST:
        raise Rejected("too-long", f"A template has at most {LONGEST:,} characters; this has {len(text):,}.")
    return CheckTemplate(template=text, filename=found.filename)


def _shown(desk: Desk, found: CheckedTemplate, refused: str = "", values: Mapping[str, str] | None = None) -> Response:
    shown = passages(found.text, found.faults)
    facts: dict[str, Any] = {
        "found": found, "shown": shown, "values": values or {}, "said": sum(len(one.faults) for one in shown),
        "differences": told(found.differences),
    }  # fmt: skip
    return desk.show("setup/check", 422 if refused else 200, title=_title(found), refused=refused, **facts)


def _title(found: CheckedTemplate) -> str:
    if count := len(found.faults):
        return f"{count:,} to put right" if count > 1 else "One thing to put right"
    if found.taken:
        return f"{found.title}, version {found.version}, is taken over"
    return f"{found.title}, version {found.version}"
