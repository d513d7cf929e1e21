"""`kindred calls`: when people can be called, and booking a slot."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, short, table
from shared.commands.open_calls import OpenSlots, ShowOpenSlots
from shared.commands.scheduling_dates import (
    BookCall,
    CallOfferRow,
    CallOfferRows,
    CallOfferState,
    CallRows,
    CallSlots,
    CallState,
    CancelCall,
    ListCallOffers,
    ListCalls,
    OfferCall,
    OpenCalls,
    OpeningLine,
    ShowCallSlots,
)
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Person = Annotated[str, typer.Argument(help="address or id")]
People = Annotated[list[str], typer.Argument(help="addresses or ids")]
_CALLS, _OFFERS = ", ".join(get_args(CallState)), ", ".join(get_args(CallOfferState))
_COLUMNS = ("asked", "for a call with", "#minutes", "asked on", "to choose by", "chosen")
Minutes = Annotated[int, typer.Option(min=5, max=480, help="how long the call is")]


@app.command("open")
def open_(
    person: Person,
    hours: Annotated[
        list[str] | None, typer.Argument(help="'2027-01-31 09:00-12:00', London time; none: no more")
    ] = None,
    programme: Programme = "",
) -> None:
    """Say when somebody can be called, in place of all that was said before; booked calls stay."""
    lines = (parsing.hours(text) for text in hours or ())
    openings = tuple(OpeningLine(on=on, first=first, last=last) for on, first, last in lines)
    done = ask(OpenCalls(person_id=lookup.person_id(person, programme), openings=openings))
    emit(done, done.sentence)


@app.command("invite")
def invite(
    host: Annotated[str, typer.Argument(help="address or id of who has said when to be called")],
    people: People,
    minutes: Minutes = 30,
    programme: Programme = "",
) -> None:
    """Ask each of these people by mail to choose a time for a call with the host on a page."""
    host_id = lookup.person_id(host, programme)
    chosen = {lookup.person_id(one, programme): one for one in people}  # who is named twice is asked once
    for person_id, named in chosen.items():
        done = ask(OfferCall(host_id=host_id, person_id=person_id, minutes=minutes))
        emit(done, f"{named}: {done.sentence}")


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help=f"{_CALLS}; of invitations: {_OFFERS}")] = "",
    person: Annotated[str, typer.Option(help="address or id")] = "",
    invitations: Annotated[bool, typer.Option("--invitations", help="who was asked to choose a time, who has")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List calls in London time, or invitations to choose a time, the latest first."""
    person_id = lookup.person_id(person, programme) if person else ""
    which = " in this state or of this person" if state or person else ""
    if invitations:
        asked = parsing.state(state, CallOfferState)
        _invitations(ListCallOffers(state=asked, person_id=person_id, limit=limit, offset=offset), which)
    else:
        standing = parsing.state(state, CallState)
        _calls(ListCalls(state=standing, person_id=person_id, limit=limit, offset=offset), which)


def _calls(query: ListCalls, which: str) -> None:
    found = find(query, CallRows)
    names = lookup.names(one for row in found.calls for one in row.person_ids)
    rows = [
        (
            wording.day_and_time(row.on, row.starts),
            row.minutes,
            wording.listed([names[one] for one in row.person_ids]),
            row.state,
            short(row.call_id),
        )
        for row in found.calls
    ]
    shown = table(f"Calls ({found.total:,})", ("when", "#minutes", "who", "state", "id"), rows)
    none = f"There are no calls{which}. `kindred calls slots` shows when one could be booked."
    emit(found, shown if rows else wording.empty(found.total, none))


def _invitations(query: ListCallOffers, which: str) -> None:
    found = find(query, CallOfferRows)
    names = lookup.names(one for row in found.offers for one in (row.person_id, row.host_id))
    rows = [
        (
            names[row.person_id],
            names[row.host_id],
            row.minutes,
            wording.short_date(row.asked_at.astimezone(wording.LONDON).date()) if row.asked_at else "",
            f"{wording.short_date(row.until.on)}, {wording.clock(row.until.starts)}" if row.until else "",
            _chosen(row),
        )
        for row in found.offers
    ]
    shown = table(f"Asked to choose a time ({found.total:,})", _COLUMNS, rows)
    none = f"Nobody is asked to choose a time{which}. `kindred calls invite` asks people by mail."
    emit(found, shown if rows else wording.empty(found.total, none))


def _chosen(row: CallOfferRow) -> str:
    if row.call is not None and row.state != "open":
        over = ", over" if row.state == "over" else ""
        return f"chosen: {wording.day_and_time(row.call.on, row.call.starts)}{over} ({short(row.call.call_id)})"
    cancelled = "the call was cancelled; " if row.call is not None else ""
    times = "1 time" if row.total == 1 else f"{row.total:,} times"
    return f"{cancelled}not yet, {times} left" if row.total else f"{cancelled}no time is left"


@app.command("slots")
def slots(people: People, minutes: Minutes = 30, programme: Programme = "") -> None:
    """Show when all of these people could be called."""
    chosen = tuple(lookup.person_id(one, programme) for one in people)
    found = find(ShowCallSlots(person_ids=chosen, minutes=minutes), CallSlots)
    rows = [(wording.date(row.on), f"{row.starts:%H:%M}") for row in found.slots]
    shown = table(f"Free for {minutes} minutes ({len(rows)} of {found.total})", ("day", "begins"), rows)
    none = f"No time is left for {minutes} minutes. Use `kindred calls open` to say when else to be called."
    emit(found, shown if rows else none)


@app.command("public")
def public(programme: Programme = "") -> None:
    """Show the times that are left on the page where anybody books a call with a programme's trainers."""
    found = find(ShowOpenSlots(programme_id=lookup.programme(programme).programme_id), OpenSlots)
    rows = [(wording.date(row.on), f"{row.starts:%H:%M}") for row in found.slots]
    title = f"{found.title}, {found.minutes} minutes ({len(rows)} of {found.total})"
    none = "No time is left. Use `kindred calls open` to say when else to be called."
    emit(found, table(title, ("day", "begins"), rows) if rows else none)


@app.command("book")
def book(
    people: People,
    at: Annotated[str, typer.Option(help="'2027-01-31 09:00', London time")],
    minutes: Minutes = 30,
    programme: Programme = "",
) -> None:
    """Book a call between these people."""
    if len(people) < 2:
        raise Rejected("two-people", "A call is between two people or more; name another.")
    chosen = tuple(lookup.person_id(one, programme) for one in people)
    done = ask(BookCall(person_ids=chosen, start=parsing.moment(at), minutes=minutes))
    emit(done, f"{done.sentence} Its id is {done.id}.")


@app.command("cancel")
def cancel(
    call: Annotated[str, typer.Argument(help="id of the call or its beginning, which `kindred calls list` shows")],
) -> None:
    """Cancel a call; its time can be booked again."""
    done = ask(CancelCall(call_id=lookup.call_id(call)))
    emit(done, done.sentence)
