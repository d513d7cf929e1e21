"""`kindred schools`: the register."""

from pathlib import Path
from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import AcceptUnread, Offset, Problems
from kindred.cli.programmes.import_progress import import_file
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.inspections import InspectionRows, ListInspections, NoteInspection, TakeBackInspection
from shared.commands.programmes_queries import ListSchools, SchoolRow, SchoolRows, ShowSchool

app = typer.Typer(no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="register file: schools, closed schools or links (.csv, .csv.gz, .zip)"
        ),
    ],
    accept_unread: AcceptUnread = False,
    problems: Problems = None,
) -> None:
    """Import a register file; the same file again changes nothing.

    The register is public: get-information-schools.service.gov.uk, Downloads, "Establishment fields". The ZIP goes in
    as it is downloaded. "Establishment links" says which school became which.
    """
    import_file(file, "register", accept_unread=accept_unread, problems=problems)


@app.command("list")
def list_(
    search: Annotated[str, typer.Argument(help="part of a name, town or postcode")] = "",
    authority: Annotated[str, typer.Option(help="local authority, name or code")] = "",
    enrollable: Annotated[bool, typer.Option("--enrollable", help="only schools that can enrol")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    offset: Offset = 0,
) -> None:
    """List schools of the register."""
    query = ListSchools(search=search, authority=authority, enrollable_only=enrollable, limit=limit, offset=offset)
    found = find(query, SchoolRows)
    rows = [
        (s.facts.urn, s.facts.name, s.facts.phase, s.facts.authority, s.facts.town, s.status) for s in found.schools
    ]
    title = f"Schools {offset + 1}-{offset + len(rows)} of {found.total:,}" if rows else "No school found"
    emit(found, table(title, ("#URN", "name", "phase", "authority", "town", "status"), rows))


@app.command("show")
def show(urn: int) -> None:
    """Show a school with what the register and the inspections say."""
    school = find(ShowSchool(urn=urn), SchoolRow)
    emit(school, table(f"{school.facts.name} ({urn})", ("field", "value"), _lines(school)))


@app.command("inspected")
def inspected(
    urn: int,
    days: Annotated[str, typer.Argument(help="2027-02-02 or 2027-02-02..2027-02-03; without it: what is known")] = "",
    take_back: Annotated[
        bool, typer.Option("--take-back", help="there is no inspection on that day after all")
    ] = False,
) -> None:
    """Note that a school is being inspected: nobody visits it then, and tasks that this excuses are not owed that week.

    Published visits on these days move; tell nobody more than the school told you.
    """
    school_id = lookup.school_id(urn)
    if not days:
        found = find(ListInspections(school_id=school_id), InspectionRows)
        spans = [(f"{one.first:%d/%m/%Y}", f"{one.last:%d/%m/%Y}") for row in found.schools for one in row.windows]
        emit(found, table(f"Inspections of {urn}", ("first", "last"), spans) if spans else "None is noted.")
        return
    span = parsing.span(days)
    if take_back:
        done = ask(TakeBackInspection(school_id=school_id, first=span.first))
    else:
        done = ask(NoteInspection(school_id=school_id, first=span.first, last=span.last))
    emit(done, done.sentence)


def _lines(school: SchoolRow) -> list[tuple[str, object]]:
    facts = [(name, value) for name, value in school.facts.model_dump().items() if value not in {None, ""}]
    card = [(f"report card: {area}", grade) for area, grade in (school.report_card or {}).items()]
    return [
        *facts,
        ("status", school.status),
        ("can enrol", school.enrollable),
        ("overall grade (to September 2024)", school.overall_grade or "none recorded"),
        *card,
        ("inspected on", school.inspected_on or "unknown"),
        ("predecessors", ", ".join(map(str, school.predecessors))),
        ("successors", ", ".join(map(str, school.successors))),
    ]
