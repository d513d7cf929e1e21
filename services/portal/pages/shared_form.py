"""A form that anybody answers by one link: no account, one answer a device, nothing kept of who it was.

The device alone knows that it has answered, by a cookie. Clearing it gives another answer, so the link is bounded, and
tries from one network are slowed down.
"""

import hashlib
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import entry_fields
from services.portal.domain.reading import Problem, cleaned
from services.portal.pages.entries.about import complaint
from services.portal.pages.forms.route import ForgedForm
from services.portal.pages.portal import Portal
from services.portal.pages.security import from_our_page
from shared.commands.base import Done
from shared.commands.shared_links import AnswerSharedLink, SharedForm, ShowSharedLink
from shared.errors import KindredError
from shared.template.answers import ACTION_STATUS, PERSON, columns

A_YEAR = 366 * 24 * 3600
ANSWERED = "This phone or computer has answered, thank you. Nobody can see which answers are yours."


async def shared_form(request: Request) -> Response:
    """Show the form, or take an answer."""
    portal: Portal = request.app.state.portal
    token = request.path_params["token"][:64]
    shared = await _found(portal, token)
    if _has_answered(portal, request, token):
        return _notice(portal, request, shared, ANSWERED)
    if shared.sentence:
        return _notice(portal, request, shared, shared.sentence)
    if request.method != "POST":
        return _form(portal, request, shared, {}, once=secrets.token_hex(12))
    if not from_our_page(request, portal.settings.public_url):
        raise ForgedForm
    portal.count("answer", request)
    form = await request.form()
    posted = {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}
    return await _take(portal, request, shared, posted, token)


async def _take(
    portal: Portal, request: Request, shared: SharedForm, posted: Mapping[str, str], token: str
) -> Response:
    once = posted.get("once", "")[:64]
    values = {name: value for name, value in posted.items() if name not in {"once", "do"}}
    command = AnswerSharedLink(
        token=token,
        group=values.get("group", "")[:60],
        mark=values.get("mark", ""),
        answers=entry_fields.changed(shared.entry, values),
        veil=_hashed("veil", once),
    )
    try:
        done: Done = await portal.owners.ask(command, key=f"shared-{_hashed('key', token, once)}", actor="")
    except KindredError as error:
        banner, problems, status = complaint(error, {"group": "group"})
        again = secrets.token_hex(12) if status == 422 else once
        return _form(portal, request, shared, values, once=again, problems=problems, banner=banner, status=status)
    thanked = _notice(portal, request, shared, done.sentence)
    name, secure = _cookie(portal, token), portal.settings.https
    thanked.set_cookie(name, "yes", max_age=A_YEAR, secure=secure, httponly=True, samesite="lax")
    return thanked


def _form(
    portal: Portal,
    request: Request,
    shared: SharedForm,
    values: Mapping[str, str],
    *,
    once: str,
    problems: tuple[Problem, ...] = (),
    banner: str = "",
    status: int = 200,
) -> Response:
    begun = entry_fields.begin(shared.entry)
    return portal.renderer.page(
        request,
        "shared-form.html",
        status,
        title=shared.entry.form.title,
        eyebrow=shared.entry.title,
        action=request.url.path,
        entry=shared.entry,
        groups=shared.groups,
        values={**begun, **values},
        once=once,
        problems=problems,
        banner=banner,
        errors={problem.field: problem.sentence for problem in problems if problem.field},
        columns=columns,
        rows_of=entry_fields.rows_of,
        action_statuses=ACTION_STATUS,
        person_parts=PERSON,
    )


def _notice(portal: Portal, request: Request, shared: SharedForm, sentence: str) -> Response:
    return portal.renderer.page(request, "notice.html", title=shared.entry.form.title, sentence=sentence)


async def _found(portal: Portal, token: str) -> SharedForm:
    found: SharedForm = await portal.shown(ShowSharedLink(token=token))
    return found


def _has_answered(portal: Portal, request: Request, token: str) -> bool:
    return request.cookies.get(_cookie(portal, token)) == "yes"


def _cookie(portal: Portal, token: str) -> str:
    return f"{'__Host-' if portal.settings.https else ''}kindred-answered-{_hashed(token)[:16]}"


def _hashed(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
