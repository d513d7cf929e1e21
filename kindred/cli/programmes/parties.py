"""`kindred parties`: trusts and partnerships, and who their people are."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import AcceptUnread, InputFile, Problems, Programme, Yes
from kindred.cli.programmes import typed
from kindred.cli.programmes.import_progress import import_file
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.parties import (
    ChangePartnership,
    EnrolPartnership,
    EnrolTrust,
    LeavePartyRole,
    ListParties,
    NamePartyPerson,
    PartyRow,
    PartyRows,
    PartySchoolRow,
    ReplacePartyPerson,
    TrainTogether,
    WithdrawParty,
)

app = typer.Typer(no_args_is_help=True)

Party = Annotated[str, typer.Argument(help="name or id, or a trust's code in the register")]
Place = Annotated[str, typer.Option("--party", help="the trust or partnership; without it: for the programme")]
People = Annotated[
    list[str] | None, typer.Option("--person", help="'chief-executive: Ada Okafor <ada@trust.example>'; repeat")
]
Person = Annotated[str, typer.Argument(help="'executive-headteacher: Ada Okafor <ada@trust.example>'")]
Schools = Annotated[list[int], typer.Argument(help="URNs")]


@app.command("list")
def list_(programme: Programme = "") -> None:
    """List the trusts or partnerships that take part."""
    found = _found(programme)
    rows = [(row.name, row.kind, len(_there(row)), len(row.people), row.party_id) for row in found.parties]
    shown = table("Trusts and partnerships", ("name", "kind", "#schools", "#people", "id"), rows)
    own = [(one.name, one.title, one.email) for one in found.programme_people]
    emit(found, shown, *([table("For the programme", ("name", "role", "address"), own)] if own else ()))


@app.command("show")
def show(party: Party, programme: Programme = "") -> None:
    """Show a trust or partnership with its schools, who is missing at each, and its people."""
    found = lookup.party(_found(programme), party)
    schools = [
        (one.urn, one.school, _when(one), one.category, ", ".join(one.missing) or "nobody") for one in found.schools
    ]
    people = [(one.title, one.name, one.email, one.person_id) for one in found.people]
    emit(
        found,
        table(f"{found.name} ({found.kind})", ("#URN", "school", "part of it", "category", "not named"), schools),
        table("People", ("role", "name", "address", "id"), people),
    )


@app.command("enrol-trust")
def enrol_trust(
    trust: Annotated[str, typer.Argument(help="its name or its code in the register")],
    person: People = None,
    programme: Programme = "",
) -> None:
    """Enrol a trust; its schools follow the register from now on."""
    people = tuple(typed.person(text) for text in person or ())
    done = ask(EnrolTrust(programme_id=lookup.programme(programme).programme_id, trust=trust, people=people))
    emit(done, done.sentence)


@app.command("enrol-partnership")
def enrol_partnership(name: str, urns: Schools, person: People = None, programme: Programme = "") -> None:
    """Enrol schools, of one trust or several, that take part together."""
    chosen, people = lookup.programme(programme), tuple(typed.person(text) for text in person or ())
    done = ask(EnrolPartnership(programme_id=chosen.programme_id, name=name, urns=tuple(urns), people=people))
    emit(done, done.sentence)


@app.command("import")
def import_(
    file: InputFile, programme: Programme = "", accept_unread: AcceptUnread = False, problems: Problems = None
) -> None:
    """Import people of trusts, partnerships and schools, and who reports to whom; trusts in it are enrolled.

    Columns: Trust or partnership, URN, Role, Name, Email, Phone, Reports to.
    """
    programme_id = lookup.programme(programme).programme_id
    import_file(file, "parties", programme_id, accept_unread=accept_unread, problems=problems)


@app.command("change")
def change(
    party: Party,
    join: Annotated[list[int] | None, typer.Option(help="URN of a school that joins; repeat")] = None,
    leave: Annotated[list[int] | None, typer.Option(help="URN of a school that leaves; repeat")] = None,
    programme: Programme = "",
) -> None:
    """Let schools join a partnership, or leave it."""
    command = ChangePartnership(
        programme_id=lookup.programme(programme).programme_id,
        party=party,
        joining=tuple(join or ()),
        leaving=tuple(leave or ()),
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("together")
def together(
    name: Annotated[str, typer.Argument(help="what they are called together")], urns: Schools, programme: Programme = ""
) -> None:
    """Let schools of one trust or federation train together, on days of their own; name all of them each time."""
    chosen = lookup.programme(programme)
    done = ask(TrainTogether(programme_id=chosen.programme_id, name=name, urns=tuple(urns)))
    emit(done, done.sentence)


@app.command("withdraw")
def withdraw(
    party: Party,
    reason: Annotated[str, typer.Option(help="why, unless they only part; kept, shown in no mail")] = "",
    programme: Programme = "",
    yes: Yes = False,
) -> None:
    """Withdraw a trust or partnership with all of its schools."""
    chosen = lookup.programme(programme)
    if not yes:
        typer.confirm(f"Withdraw {party} with all its schools from {chosen.name}?", abort=True, err=True)
    done = ask(WithdrawParty(programme_id=chosen.programme_id, party=party, reason=reason))
    emit(done, done.sentence)


@app.command("name")
def name(person: Person, party: Place = "", programme: Programme = "") -> None:
    """Name somebody for a role at a trust or partnership, or for the programme."""
    chosen = lookup.programme(programme)
    done = ask(NamePartyPerson(programme_id=chosen.programme_id, party=party, person=typed.person(person)))
    emit(done, done.sentence)


@app.command("replace")
def replace(
    person: Person,
    party: Place = "",
    leaving: Annotated[str, typer.Option(help="address or id of whom, where several hold the role")] = "",
    interim: Annotated[bool, typer.Option("--interim", help="for a time, until somebody is found or back")] = False,
    programme: Programme = "",
) -> None:
    """Give such a role to somebody else; everybody who reported to the one before reports to them."""
    command = ReplacePartyPerson(
        programme_id=lookup.programme(programme).programme_id,
        party=party,
        person=typed.person(person),
        leaving=leaving.strip(),
        interim=interim,
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("leave")
def leave(
    role: Annotated[str, typer.Argument(help="the role they leave, such as: executive-headteacher")],
    leaving: Annotated[str, typer.Argument(help="address or id of whom")],
    party: Place = "",
    programme: Programme = "",
) -> None:
    """Somebody leaves such a role, and nobody takes it over."""
    chosen, gone = lookup.programme(programme), leaving.strip()
    role = parsing.role_named(role)
    done = ask(LeavePartyRole(programme_id=chosen.programme_id, party=party, role=role, leaving=gone))
    emit(done, done.sentence)


def _found(programme: str) -> PartyRows:
    return find(ListParties(programme_id=lookup.programme(programme).programme_id), PartyRows)


def _there(row: PartyRow) -> list[PartySchoolRow]:
    return [one for one in row.schools if one.until is None]


def _when(row: PartySchoolRow) -> str:
    since = f"{'joined' if row.part_way else 'since'} {row.since:%d/%m/%Y}"
    return f"{since}, left {row.until:%d/%m/%Y}" if row.until else since
