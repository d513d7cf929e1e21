"""`kindred mails preview`: what a programme's mails say, before anybody gets one."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import find
from kindred.output.display import emit, hint, table
from shared.commands.previews import ListMailPreviews, MailPreview, MailPreviews, PreviewMail

__all__ = ["preview"]


def preview(
    mail: Annotated[str, typer.Argument(help="one of those that are listed without it")] = "",
    person: Annotated[str, typer.Option(help="as this person would get it: an address or id")] = "",
    programme: Programme = "",
) -> None:
    """List the mails that a programme sends; with one of them, show it as somebody would get it. Nothing is sent."""
    programme_id = lookup.programme(programme).programme_id
    if not mail:
        found = find(ListMailPreviews(programme_id=programme_id), MailPreviews)
        rows = [(one.key, one.what, ", ".join(one.to)) for one in found.rows]
        emit(found, table(f"Mails of {found.programme}", ("mail", "what", "to"), rows))
        hint("`kindred mails preview MAIL` shows one as somebody would get it.")
        return
    person_id = lookup.person(person, programme).person_id if person else ""
    shown = find(PreviewMail(programme_id=programme_id, key=mail, person_id=person_id), MailPreview)
    where = f" of {shown.reader.school}" if shown.reader.school else ""
    head = f"To: {shown.reader.name}{where} <{shown.to}>\nSubject: {shown.subject}"
    emit(shown, head, shown.text, "\n".join([*shown.attachments, *shown.assumed]))
