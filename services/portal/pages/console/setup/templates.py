"""Templates: those that programmes are opened from, one of them as a file, and one's own sent in to be checked."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.files import download
from shared.commands.programmes_queries import ListProgrammes, ListTemplates, ProgrammeRows, Templates
from shared.commands.templates import (
    LONGEST,
    CheckedTemplate,
    CheckTemplate,
    ShowTemplate,
    TemplateText,
    WithdrawTemplate,
)
from shared.errors import Rejected

HERE = "/console/templates"
OVER = ("completed", "archived")


async def templates(request: Request) -> Response:
    """List the templates; take a file and have it checked, or take one back."""
    desk = await Desk.of(request)
    if request.method != "POST":
        return await _shown(desk)
    posted = await desk.posted()
    act, _, key = posted.get("do", "").partition(":")
    if act == "withdraw":
        try:
            done = await desk.ask(WithdrawTemplate(key=key[:60]), posted.get("once", ""))
        except Rejected as refused:
            return await _shown(desk, refused.sentence)
        return desk.done(HERE, done.sentence)
    try:
        name, text = await _file(desk)
        command = CheckTemplate(template=text, filename=name)
        found: CheckedTemplate = await desk.ask(command, posted.get("once", ""))
    except Rejected as refused:
        return await _shown(desk, refused.sentence)
    return RedirectResponse(f"{HERE}/checks/{found.check_id}", 303)


async def template_file(request: Request) -> Response:
    """One of them as it is written."""
    desk = await Desk.of(request)
    found: TemplateText = await desk.portal.shown(ShowTemplate(key=request.path_params["key"]))
    return download(found.filename, "application/yaml; charset=utf-8", found.text.encode())


async def _file(desk: Desk) -> tuple[str, str]:
    """Name and text of the file that was chosen. Raises Rejected: no-file, not-text, too-long."""
    file = await desk.uploaded("file")
    if file is None:
        raise Rejected("no-file", "Choose a file: a template, which ends in .yaml.")
    name = " ".join((file.filename or "template.yaml").split())[:200]
    try:
        text = (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected("not-text", f"“{name}” is no text. A template is a text file; save it as UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        raise Rejected("too-long", f"“{name}” has {len(text):,} characters; a template has at most {LONGEST:,}.")
    if "\0" in text:
        raise Rejected("not-text", f"“{name}” is no text. A template is a text file; save it as UTF-8.")
    return name, text


async def _shown(desk: Desk, refused: str = "") -> Response:
    known: Templates = await desk.find(ListTemplates())
    found: ProgrammeRows = await desk.find(ListProgrammes())
    using = {
        row.key: [one for one in found.programmes if one.template == row.key and one.stands not in OVER]
        for row in known.rows
    }
    return desk.show(
        "setup/templates", 422 if refused else 200, title="Templates", refused=refused, rows=known.rows, using=using
    )
