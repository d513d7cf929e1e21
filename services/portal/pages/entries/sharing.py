"""Whoever hands out a form that anybody may answer: opens its link, closes it, begins anew."""

import secrets
from collections.abc import Mapping

from starlette.responses import Response

from services.portal.domain.reading import Problem
from services.portal.pages.entries.about import Turn, complaint
from services.portal.pages.forms.form import idempotency_key
from shared.commands.shared_links import CloseSharedLink, LinkRow, LinkRows, ListSharedLinks, OpenSharedLink
from shared.errors import KindredError


def is_shared(turn: Turn) -> bool:
    """Whether it is answered by a link that anybody may have."""
    return turn.shown.form.shared_link is not None


async def show(turn: Turn, problems: tuple[Problem, ...] = (), banner: str = "", status: int = 200) -> Response:
    """The link as it stands, and what can be done with it."""
    shown = turn.shown
    query = ListSharedLinks(
        programme_id=shown.programme_id, form=shown.form.key, about_id=shown.about_id, person_id=turn.visitor.person_id
    )
    found: LinkRows = await turn.portal.owners.find(query)
    link: LinkRow | None = next(iter(found.links), None)
    public = turn.portal.settings.public_url.rstrip("/")
    return turn.portal.renderer.page(
        turn.request,
        "shared-link.html",
        status,
        title=shown.form.title,
        eyebrow=shown.programme,
        visitor=turn.visitor,
        csrf=turn.visitor.csrf,
        action=turn.path,
        entry=shown,
        link=link,
        address=f"{public}/s/{link.token}" if link else "",
        once=secrets.token_hex(12),
        problems=problems,
        banner=banner,
    )


async def post(turn: Turn, posted: Mapping[str, str]) -> Response:
    """Open, close or begin anew."""
    shown, once = turn.shown, posted.get("once", "")[:64]
    kind = {"open": OpenSharedLink, "close": CloseSharedLink}.get(posted.get("do", ""))
    if kind is None:
        return await show(turn)
    command = kind(
        programme_id=shown.programme_id,
        form=shown.form.key,
        about_id=shown.about_id,
        person_id=turn.visitor.person_id,
    )
    try:
        key = idempotency_key(turn.visitor, once, command)
        await turn.portal.owners.ask(command, key=key, actor=turn.visitor.person_id)
    except KindredError as error:
        banner, problems, status = complaint(error)
        return await show(turn, problems, banner, status)
    return await show(turn)
