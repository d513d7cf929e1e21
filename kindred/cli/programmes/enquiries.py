"""`kindred enquiries`: what people outside asked by the page of a brochure; answered, erased."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.enquiries import (
    CloseEnquiry,
    EnquiryRow,
    EnquiryRows,
    EnquiryState,
    EraseEnquiries,
    ListEnquiries,
    ShowEnquiry,
)

app = typer.Typer(no_args_is_help=True)
Enquiry = Annotated[str, typer.Argument(help="id of an enquiry, or the beginning of it")]


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help="waiting or done; without it: both")] = "",
    programme: Programme = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List enquiries, those that wait first."""
    programme_id = lookup.programme(programme).programme_id if programme else ""
    query = ListEnquiries(
        programme_id=programme_id, state=parsing.state(state, EnquiryState) if state else "", limit=limit, offset=offset
    )
    found = find(query, EnquiryRows)
    rows = [
        (
            short(one.enquiry_id),
            one.programme,
            one.name,
            one.school,
            one.email,
            one.state,
            f"{one.received_at:%d/%m/%Y}",
        )
        for one in found.enquiries
    ]
    columns = ("enquiry", "programme", "name", "school", "address", "state", "came")
    emit(found, table(f"Enquiries ({found.total})", columns, rows) if rows else "There are none.")


@app.command("show")
def show(enquiry: Enquiry) -> None:
    """Show one as it was sent."""
    found = find(ShowEnquiry(enquiry_id=enquiry), EnquiryRow)
    emit(found, table(f"From {found.name}", ("what", "is"), _facts(found)), found.message)


@app.command("done")
def done(enquiry: Enquiry) -> None:
    """Take one off the list once it is answered; it is kept until its term is over."""
    answered = ask(CloseEnquiry(enquiry_id=find(ShowEnquiry(enquiry_id=enquiry), EnquiryRow).enquiry_id))
    emit(answered, answered.sentence)


@app.command("erase")
def erase(
    enquiry: Annotated[str, typer.Argument(help="id of an enquiry, or the beginning of it")] = "",
    address: Annotated[str, typer.Option(help="erase everything that came from this address instead")] = "",
) -> None:
    """Erase an enquiry, here and in what is kept of mails about it."""
    found = find(ShowEnquiry(enquiry_id=enquiry), EnquiryRow).enquiry_id if enquiry else ""
    erased = ask(EraseEnquiries(enquiry_id=found, email=address))
    emit(erased, erased.sentence)


def _facts(row: EnquiryRow) -> list[tuple[str, object]]:
    return [
        ("programme", row.programme), ("school", row.school), ("role", row.role), ("address", row.email),
        ("state", row.state), ("came", f"{row.received_at:%d/%m/%Y %H:%M}"), ("kept until", f"{row.until:%d/%m/%Y}"),
    ]  # fmt: skip
