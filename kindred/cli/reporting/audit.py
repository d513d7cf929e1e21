"""`kindred audit`: who read what was released, who signed in, and whether the log is whole."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import find
from kindred.output.display import emit, short, table
from kindred.output.wording import moment
from shared.commands.audit import AuditRows, AuditState, ListAudit, VerifyAudit
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_(
    entry: Annotated[str, typer.Option(help="id of an entry, or its beginning")] = "",
    person: Annotated[str, typer.Option(help="id or address of who read")] = "",
    programme: Programme = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List reads of released entries, sign-ins and failures of them, the latest first."""
    query = ListAudit(
        entry_id=lookup.entry(entry).entry_id if entry else "",
        person_id=lookup.person_id(person, programme) if person else "",
        limit=limit,
        offset=offset,
    )
    found = find(query, AuditRows)
    names = lookup.names(line.person_id for line in found.lines if line.person_id)
    rows = [
        (line.number, moment(line.at), names.get(line.person_id, line.person_id) or "nobody known", line.act or "read",
         line.form, line.version or "", short(line.entry_id))
        for line in found.lines
    ]  # fmt: skip
    columns = ("#line", "when", "who", "act", "form", "#version", "entry")
    emit(found, table(f"Lines ({found.total:,})", columns, rows))


@app.command("verify")
def verify(
    line: Annotated[int, typer.Option(min=0, help="number of a line whose hash you noted")] = 0,
    noted: Annotated[str, typer.Option("--hash", help="the hash that you noted")] = "",
) -> None:
    """Follow the log from its first line to its last; note its number and hash elsewhere, and hand them in later."""
    found = find(VerifyAudit(kept_line=line, kept_hash=noted), AuditState)
    if found.cut:
        raise Rejected(
            "cut-audit-log",
            f"{found.cut} lines are missing at the end of the audit log; {found.lines} are there, and whole. Compare "
            "with a backup.",
        )
    if found.broken_at is not None:
        raise Rejected(
            "broken-audit-log",
            f"The audit log is broken at line {found.broken_at}: it was changed, taken out, put in or moved. "
            f"The {found.lines} lines before it are whole. Compare with a backup.",
        )
    emit(found, f"{found.lines:,} lines, whole. Last hash: {found.hash or 'none'}")
