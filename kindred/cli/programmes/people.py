"""`kindred people`: add, replace, correct, erase."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme, Yes
from kindred.cli.programmes import typed
from kindred.cli.session import ask
from kindred.output.display import emit, table
from shared.commands.parties import HandOverPlaces
from shared.commands.programmes import AddPerson, CorrectAddress, ErasePerson, LeaveRole, ReplacePerson

app = typer.Typer(no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="'senior-leader: Ada Okafor <ada@school.example>'")]
Known = Annotated[str, typer.Argument(help="address or id of somebody who takes part")]


@app.command("list")
def list_(
    search: Annotated[str, typer.Argument(help="part of a name or address")] = "", programme: Programme = ""
) -> None:
    """List who takes part."""
    wanted = search.casefold()
    everybody = lookup.people(lookup.programme(programme).programme_id)
    found = [row for row in everybody if wanted in f"{row.name} {row.email}".casefold()]
    rows = [(row.name, row.title, row.school_urn, row.email, row.person_id) for row in found]
    emit([row.model_dump() for row in found], table("People", ("name", "role", "#URN", "address", "id"), rows))


@app.command("add")
def add(urn: int, person: Person, programme: Programme = "") -> None:
    """Record a further person of a school, such as a substitute."""
    chosen = lookup.programme(programme)
    done = ask(AddPerson(programme_id=chosen.programme_id, urn=urn, person=typed.person(person)))
    emit(done, done.sentence or f"Recorded; the id is {done.id}.")


@app.command("replace")
def replace(
    urn: int,
    person: Person,
    leaving: Annotated[str, typer.Option(help="address or id of whom, where several hold the role")] = "",
    interim: Annotated[bool, typer.Option("--interim", help="for a time, until somebody is found or back")] = False,
    programme: Programme = "",
) -> None:
    """Give a role at a school to somebody else; what the one before them did stays theirs."""
    chosen = lookup.programme(programme)
    command = ReplacePerson(
        programme_id=chosen.programme_id,
        urn=urn,
        person=typed.person(person),
        leaving=leaving.strip(),
        interim=interim,
    )
    done = ask(command)
    emit(done, done.sentence or "Replaced; those affected get a mail.")


@app.command("leave")
def leave(
    urn: int,
    role: Annotated[str, typer.Argument(help="the role they leave, such as: practitioner")],
    leaving: Annotated[str, typer.Argument(help="address or id of whom")],
    programme: Programme = "",
) -> None:
    """Somebody leaves a role at a school, and nobody takes it over."""
    chosen = lookup.programme(programme)
    command = LeaveRole(
        programme_id=chosen.programme_id, urn=urn, role=parsing.role_named(role), leaving=leaving.strip()
    )
    done = ask(command)
    emit(done, done.sentence or "They have left this role.")


@app.command("hand-over")
def hand_over(
    person: Known,
    successor: Annotated[str, typer.Argument(help="'Ada Okafor <ada@school.example>'")],
    interim: Annotated[bool, typer.Option("--interim", help="for a time, until somebody is found or back")] = False,
    programme: Programme = "",
) -> None:
    """Hand over every role that somebody holds to one successor: in all programmes, or in the one named."""
    details = typed.person(f"successor: {successor}")
    chosen = lookup.programme(programme).programme_id if programme else None
    command = HandOverPlaces(
        person=person.strip(), name=details.name, email=details.email, programme_id=chosen, interim=interim
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("correct")
def correct(person: Known, email: str, programme: Programme = "") -> None:
    """Correct somebody's e-mail address."""
    row = lookup.person(person, programme)
    done = ask(CorrectAddress(person_id=row.person_id, email=email))
    emit(done, done.sentence or f"{row.name} is written to at {email} from now on.")


@app.command("erase")
def erase(person: Known, yes: Yes = False) -> None:
    """Erase a person everywhere, also one who takes part in nothing any more; this cannot be undone."""
    row = lookup.anybody(person.strip())
    if not yes:
        typer.confirm(f"Forget {row.name} <{row.email}> everywhere? This cannot be undone", abort=True, err=True)
    done = ask(ErasePerson(person_id=row.person_id))
    emit(done, done.sentence or f"{row.person_id} is forgotten; every service drops what it kept.")
