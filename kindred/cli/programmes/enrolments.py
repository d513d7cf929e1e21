"""`kindred enrolments`: schools join, amend and leave."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import AcceptUnread, InputFile, Limit, Offset, Problems, Programme, Yes
from kindred.cli.programmes import typed
from kindred.cli.programmes.import_progress import import_file
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, table
from shared.commands.imports import ImportUndo, ShowImportUndo, UndoImport
from shared.commands.programmes import (
    AdmitSchool,
    AmendEnrolment,
    CorrectEnrolment,
    EnrolSchool,
    RoleDates,
    WithdrawSchool,
)
from shared.commands.programmes_queries import EnrolmentForm, EnrolmentRow, EnrolmentRows, FileReply, ListEnrolments
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)

People = Annotated[list[str], typer.Option("--person", help="'headteacher: Ada Okafor <ada@school.example>'; repeat")]
Strengths = Annotated[list[str] | None, typer.Option("--strength", help="topic:weight 1-5:evidence; repeat")]
Needs = Annotated[list[str] | None, typer.Option("--need", help="topic:weight 1-5:evidence; repeat")]
NotPossible = Annotated[list[str] | None, typer.Option("--not-possible", help="2027-01-04 or 2027-01-04..2027-01-08")]
Travel = Annotated[float | None, typer.Option("--travel", help="farthest travel in km")]
NotWith = Annotated[list[int] | None, typer.Option("--not-with", help="URN of a school not to be matched with")]


_LATE = (
    "`kindred cohorts show` has it in a new draft. Where groups are published it waits until "
    "`kindred cohorts rematch --least` finds it one; that moves as few schools as can be."
)


@app.command("import")
def import_(
    file: InputFile, programme: Programme = "", accept_unread: AcceptUnread = False, problems: Problems = None,
    check: Annotated[bool, typer.Option("--check", help="only say what would happen; nothing goes in")] = False,
) -> None:  # fmt: skip
    """Import enrolments from a workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV."""
    programme_id = lookup.programme(programme).programme_id
    import_file(file, "enrolments", programme_id, accept_unread=accept_unread, problems=problems, check=check)


@app.command("undo-import")
def undo_import(
    import_id: Annotated[str, typer.Argument(metavar="IMPORT", help="its id, as `--json` and its page give it")],
    yes: Yes = False,
) -> None:
    """Take an import back while enrolment is open and nobody has got a mail because of it."""
    found = find(ShowImportUndo(import_id=import_id), ImportUndo)
    if found.sentence:
        raise Rejected("not-undone", found.sentence)
    said = f"{len(found.leave)} schools leave and {len(found.as_before)} are again as they were."
    if not yes:
        typer.confirm(f"{said} Take the import back?", abort=True, err=True)
    done = ask(UndoImport(import_id=import_id))
    emit(done, done.sentence)


@app.command("form")
def form(
    output: Annotated[Path, typer.Option("--output", "-o", help="where to put it; .csv or .xlsx")] = Path(
        "enrolments.xlsx"
    ),
    programme: Programme = "",
) -> None:
    """Write an empty enrolment file to fill in."""
    query = EnrolmentForm(format=_form_kind(output), programme_id=lookup.programme(programme).programme_id)
    output.write_bytes(find(query, FileReply).content)
    emit({"file": str(output)}, f"{output} is ready to be filled in; `kindred enrolments import {output}` takes it in.")


@app.command("list")
def list_(
    programme: Programme = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List the enrolments of a programme."""
    query = ListEnrolments(programme_id=lookup.programme(programme).programme_id, limit=limit, offset=offset)
    found = find(query, EnrolmentRows)
    columns = ("#URN", "school", "state", "strengths", "needs", "#km")
    emit(found, table(f"Enrolments ({found.total})", columns, map(_row, found.enrolments)))


@app.command("show")
def show(urn: int, programme: Programme = "") -> None:
    """Show an enrolment with its people, strengths and needs."""
    query = ListEnrolments(programme_id=lookup.programme(programme).programme_id, urn=urn)
    found = find(query, EnrolmentRows)
    for row in found.enrolments:
        people = [(p.title, p.name, p.email, p.person_id) for p in row.people]
        claims = [("strength", c.topic, c.weight, c.evidence) for c in row.strengths]
        claims += [("need", c.topic, c.weight, c.evidence) for c in row.needs]
        emit(
            row,
            table(f"{row.school.name} ({urn}), {row.state}", ("role", "name", "address", "id"), people),
            table("Strengths and needs", ("kind", "topic", "#weight", "evidence"), claims),
            *([f"It left because: {row.withdrawal_reason}"] if row.withdrawal_reason else ()),
        )
    if not found.enrolments:
        emit(found, f"{urn} is not enrolled.")


@app.command("add")
def add(
    urn: int,
    person: People,
    strength: Strengths = None,
    need: Needs = None,
    not_possible: NotPossible = None,
    travel: Travel = None,
    not_with: NotWith = None,
    programme: Programme = "",
) -> None:
    """Enrol a school."""
    command = _stated(EnrolSchool, programme, urn, person, strength, need, not_possible, travel, not_with)
    done = ask(command)
    emit(done, done.sentence or f"{urn} is enrolled.")


@app.command("admit")
def admit(
    urn: int,
    person: People,
    strength: Strengths = None,
    need: Needs = None,
    not_possible: NotPossible = None,
    travel: Travel = None,
    not_with: NotWith = None,
    programme: Programme = "",
) -> None:
    """Let one more school in after enrolment has closed."""
    command = _stated(AdmitSchool, programme, urn, person, strength, need, not_possible, travel, not_with)
    done = ask(command)
    emit(done, done.sentence or f"{urn} is let in.")
    hint(_LATE)


@app.command("correct")
def correct(
    urn: int,
    not_possible: Annotated[
        list[str] | None, typer.Option("--not-possible", help="as for `add`; all of the school's; 'none' clears")
    ] = None,
    person_not_possible: Annotated[
        list[str] | None,
        typer.Option("--person-not-possible", help="'headteacher: 2027-01-04..2027-01-08'; all of theirs; repeat"),
    ] = None,
    not_with: Annotated[
        list[str] | None, typer.Option("--not-with", help="URN; all of the school's; 'none' clears; repeat")
    ] = None,
    programme: Programme = "",
) -> None:
    """Put right when a school cannot and whom it is not to be with, also after enrolment has closed."""
    done = ask(
        CorrectEnrolment(
            programme_id=lookup.programme(programme).programme_id,
            urn=urn,
            dates_not_possible=None if not_possible is None else parsing.spans(parsing.unless_none(not_possible)),
            role_dates=_role_dates(person_not_possible or []),
            not_with=None if not_with is None else tuple(map(parsing.urn, parsing.unless_none(not_with))),
        )
    )
    emit(done, done.sentence or f"The enrolment of {urn} is corrected.")
    hint("Drafts follow; `kindred cohorts show` and `kindred visits calendar` say what they came to.")


@app.command("amend")
def amend(
    urn: int,
    person: People,
    strength: Strengths = None,
    need: Needs = None,
    not_possible: NotPossible = None,
    travel: Travel = None,
    not_with: NotWith = None,
    programme: Programme = "",
) -> None:
    """Replace an enrolment as a whole."""
    command = _stated(AmendEnrolment, programme, urn, person, strength, need, not_possible, travel, not_with)
    done = ask(command)
    emit(done, done.sentence or f"The enrolment of {urn} is amended.")


@app.command("withdraw")
def withdraw(
    urn: int,
    reason: Annotated[str, typer.Option(help="why; kept with the enrolment, shown in no mail")],
    programme: Programme = "",
) -> None:
    """Withdraw a school from the programme."""
    chosen = lookup.programme(programme)
    done = ask(WithdrawSchool(programme_id=chosen.programme_id, urn=urn, reason=reason))
    emit(done, done.sentence or f"{urn} has left {chosen.name}.")


def _role_dates(texts: list[str]) -> tuple[RoleDates, ...]:
    """`headteacher: 2027-01-04` as a role with its days; a role named twice has both."""
    found: dict[str, list[str]] = {}
    for text in texts:
        role, _, days = text.partition(":")
        found.setdefault(parsing.role_named(role), []).append(days.strip())
    return tuple(
        RoleDates(role=role, dates_not_possible=parsing.spans(parsing.unless_none(days)))
        for role, days in found.items()
    )


def _row(row: EnrolmentRow) -> tuple[object, ...]:
    strengths = ", ".join(f"{claim.topic} {claim.weight}" for claim in row.strengths)
    needs = ", ".join(f"{claim.topic} {claim.weight}" for claim in row.needs)
    travel = "" if row.farthest_travel_km is None else f"{row.farthest_travel_km:g}"
    return row.school.urn, row.school.name, _state(row), strengths, needs, travel


def _form_kind(output: Path) -> Literal["csv", "xlsx"]:
    match output.suffix.lower():
        case ".csv":
            return "csv"
        case ".xlsx":
            return "xlsx"
    raise Rejected("unknown-format", f"The form is written as .xlsx or .csv; name it {output.with_suffix('.xlsx')}.")


def _state(row: EnrolmentRow) -> str:
    return f"{row.state}: {row.withdrawal_reason}" if row.withdrawal_reason else row.state


def _stated(
    kind: type[EnrolSchool],
    programme: str,
    urn: int,
    person: list[str],
    strength: list[str] | None,
    need: list[str] | None,
    not_possible: list[str] | None,
    travel: float | None,
    not_with: list[int] | None,
) -> EnrolSchool:
    return kind(
        programme_id=lookup.programme(programme).programme_id,
        urn=urn,
        people=tuple(typed.person(text) for text in person),
        strengths=typed.claims(strength or []),
        needs=typed.claims(need or []),
        dates_not_possible=parsing.spans(not_possible),
        farthest_travel_km=travel,
        not_with=tuple(not_with or ()),
    )
