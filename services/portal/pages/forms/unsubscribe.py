"""Stop mails that are not essential, or have them again; also by a mail program's own button (RFC 8058)."""

import secrets
from typing import Any, ClassVar

from starlette.responses import Response

from services.portal.domain.links import Link
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.notifications import ChooseMails


class UnsubscribePage(FormPage):
    """Two buttons: `stop` and `resume`."""

    purpose: ClassVar[str] = "unsubscribe"
    template: ClassVar[str] = "unsubscribe.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return whose programme it is about."""
        programme_id = visitor.link.programme_id
        programme = await portal.read.programmes.get(programme_id) if programme_id else None
        return {"programme": programme, "title": "Which mails do you want?"}

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with nothing."""
        return {}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the choice."""
        if button not in {"stop", "resume"}:
            reading.wrong("", "Press one of the two buttons.")
        return ChooseMails(person_id=visitor.person_id, essential_only=button == "stop")

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what still comes."""
        if command.essential_only:
            said = "You get no more reminders and surveys. Invitations, changes of date and reports still come."
            return Saved("Only what is essential", (said,), "Change this")
        return Saved("All mails", ("You get reminders and surveys again.",), "Change this")


async def one_click(portal: Portal, link: Link, *, asked: bool) -> Response:
    """Stop mails that are not essential. `asked`: the mail program's field says that its person pressed the button.

    Each press is a wish of its own, so it also works after the person has asked for all mails again on the page.
    """
    if not asked or link.purpose != "unsubscribe" or not link.usable(portal.clock.now()):
        raise Hidden
    command = ChooseMails(person_id=link.person_id, essential_only=True)
    await portal.owners.ask(command, key=f"one-click-{link.link_id}-{secrets.token_hex(12)}", actor=link.person_id)
    return Response(status_code=202)
