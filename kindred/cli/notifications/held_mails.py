"""`kindred mails held|release|drop`: mails that may have gone out before a restore."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.notifications import ListMails, MailRows
from shared.commands.notifications_held import DropHeld, HeldMails, ReleaseHeld
from shared.errors import Rejected

Mail = Annotated[str, typer.Argument(help="id of a mail, or its beginning")]
Person = Annotated[str, typer.Option(help="address or id")]
Template = Annotated[str, typer.Option(help="kind of mail, such as visit-invitation")]
All = Annotated[bool, typer.Option("--all", help="every mail that is held")]


def held(
    person: Person = "", template: Template = "", limit: Limit = 50, offset: Offset = 0, programme: Programme = ""
) -> None:
    """List mails that a restore holds, with how many there are of each kind."""
    which = _which("", person, template, programme)
    query = ListMails(
        held=True, person_id=which.person_id, template=template, programme_id=which.programme_id, limit=limit,
        offset=offset,
    )  # fmt: skip
    found = find(query, MailRows)
    rows = [
        (f"{row.queued_at:%Y-%m-%d %H:%M}", row.to or row.person_id, row.template, short(row.mail_id))
        for row in found.mails
    ]
    kinds = [(kind, count) for kind, count in sorted(found.by_template.items())]
    emit(
        found,
        table(f"Held since a restore ({found.total:,})", ("queued", "to", "kind", "id"), rows),
        table("How many", ("kind", "#mails"), kinds),
        "They may have gone out before. `kindred mails release` sends, `kindred mails drop` never does.",
    )


def release(
    mail: Mail = "", person: Person = "", template: Template = "", everything: All = False, programme: Programme = ""
) -> None:
    """Send held mails after all, each as a new edition; links in what went out before go on working."""
    which = _chosen(mail, person, template, programme, everything)
    done = ask(ReleaseHeld(**which.model_dump()))
    emit(done, done.sentence)


def drop(
    mail: Mail = "", person: Person = "", template: Template = "", everything: All = False, programme: Programme = ""
) -> None:
    """Never send held mails, because they went out before the restore or nobody wants them any more."""
    which = _chosen(mail, person, template, programme, everything)
    done = ask(DropHeld(**which.model_dump()))
    emit(done, done.sentence)


def _chosen(mail: str, person: str, template: str, programme: str, everything: bool) -> HeldMails:
    if everything == any((mail, person, template, programme)):
        raise Rejected("which-mails", "Say which held mails: an id, --person, --template, --programme, or --all.")
    return _which(mail, person, template, programme)


def _which(mail: str, person: str, template: str, programme: str) -> HeldMails:
    return HeldMails(
        mail_id=lookup.mail(mail, held=True).mail_id if mail else "",
        person_id=lookup.person_id(person, programme) if person else "",
        template=template,
        programme_id=lookup.programme(programme).programme_id if programme else "",
    )
