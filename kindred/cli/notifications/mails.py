"""`kindred mails`: what was sent to whom, when, and what became of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from rich.table import Table

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.notifications import held_mails, previews
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.notifications import (
    ListMails,
    MailDetail,
    MailFault,
    MailRow,
    MailRows,
    MailState,
    PauseMail,
    ResendFailed,
    ResendMail,
    ShowMail,
)
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
for command in (held_mails.held, held_mails.release, held_mails.drop, previews.preview):
    app.command()(command)
_FAULTS: Mapping[MailFault | Literal[""], str] = {
    "recipient": "no such mailbox", "full": "mailbox full", "operator": "our sender or relay is refused",
    "away": "not found or not reached", "unclear": "no clear reason", "": "",
}  # fmt: skip
Mail = Annotated[str, typer.Argument(help="id of a mail, or its beginning")]


@app.command("list")
def list_(
    person: Annotated[str, typer.Option(help="address or id")] = "",
    template: Annotated[str, typer.Option()] = "",
    state: Annotated[str, typer.Option(help=", ".join(get_args(MailState)))] = "",
    limit: Limit = 50,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List mails, newest first, with how many are in each state and of each kind."""
    person_id = lookup.person(person, programme).person_id if person else ""
    programme_id = lookup.programme(programme).programme_id if programme else ""
    query = ListMails(
        person_id=person_id,
        programme_id=programme_id,
        template=template,
        state=parsing.state(state, MailState),
        limit=limit,
        offset=offset,
    )
    found = find(query, MailRows)
    rows = [
        (f"{m.queued_at:%Y-%m-%d %H:%M}", m.to, m.template, m.subject, _state(m), short(m.mail_id)) for m in found.mails
    ]
    columns = ("queued", "to", "kind", "subject", "state", "id")
    emit(
        found,
        table(f"Mails ({found.total:,})", columns, rows),
        _counts(found),
        " ".join(filter(None, ("Sending is paused.", found.pause_reason))) if found.paused else "",
        f"{found.held:,} are held since a restore: see `kindred mails held`." if found.held else "",
    )


@app.command("show")
def show(mail: Mail, html: Annotated[Path | None, typer.Option(help="write the HTML part here")] = None) -> None:
    """Show a mail with its text and what became of it; links are shown without their tokens."""
    found = find(ShowMail(mail_id=lookup.mail(mail).mail_id), MailDetail)
    if html:
        html.write_text(found.html, encoding="utf-8")
    row = found.mail
    head = f"To: {row.to}\nSubject: {row.subject}\nMessage-ID: {row.message_id}\nState: {_state(row)} {row.detail}"
    emit(found, head, found.text, "\n".join([*found.attachments, *found.timeline]))


@app.command("resend")
def resend(
    mail: Annotated[str, typer.Argument(help="id of a mail, or its beginning")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="every mail that failed, bounced or stayed unknown")] = False,
    programme: Programme = "",
) -> None:
    """Send one mail again, or all that failed."""
    if bool(mail) == failed:
        raise Rejected("which-mail", "Name one mail, or say --failed for all that failed.")
    command = ResendFailed(programme_id=lookup.programme(programme).programme_id) if failed else None
    done = ask(command or ResendMail(mail_id=lookup.mail(mail).mail_id))
    emit(done, done.sentence or "Queued again.")


@app.command("pause")
def pause(reason: Annotated[str, typer.Option(help="why; shown until mails go again")] = "") -> None:
    """Stop sending. New mails are kept until `resume`."""
    done = ask(PauseMail(paused=True, reason=reason))
    emit(done, done.sentence or "Paused. `kindred mails resume` goes on.")


@app.command("resume")
def resume() -> None:
    """Send again, what was kept first."""
    done = ask(PauseMail(paused=False))
    emit(done, done.sentence or "Mails go out again.")


def _state(row: MailRow) -> str:
    """Return a mail's state, with whose fault it is that it was refused."""
    held = "address held" if row.permanent else ""
    why = ", ".join(filter(None, (_FAULTS[row.fault], held)))
    return f"{row.state} ({why})" if why else row.state


def _counts(found: MailRows) -> Table:
    rows = [("state", name, count) for name, count in sorted(found.by_state.items())]
    rows += [("kind", name, count) for name, count in sorted(found.by_template.items())]
    return table("How many", ("", "which", "#mails"), rows)
