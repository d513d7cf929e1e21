"""`kindred visits agreed`: days that named people agree between themselves."""

import datetime as dt
from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, hint, short, table
from shared.commands.agreed_visits import (
    AgreeDays,
    AgreedVisitRow,
    ArrangementDetail,
    ArrangementRow,
    ArrangementRows,
    ArrangementState,
    CancelAgreedVisit,
    ChosenDay,
    InvitedRow,
    ListDays,
    MoveAgreedVisit,
    NeedDays,
    RecordAgreedVisit,
    ShowDays,
)
from shared.commands.scheduling import AllowSubstitute
from shared.errors import Rejected

app = typer.Typer(help="Visits and meetings whose days the people themselves agree.", no_args_is_help=True)
Days = Annotated[str, typer.Argument(help="id of the days or its beginning, which `list` shows")]
Visit = Annotated[str, typer.Argument(help="id of one day or its beginning, which `show` shows")]
Doings = Annotated[list[str] | None, typer.Option("--doing", help="what is done there, by its key; repeat")]
Starts = Annotated[str, typer.Option("--from", help="09:00")]
Ends = Annotated[str, typer.Option("--to", help="15:00")]
STATES = {
    "not-open": "Days cannot be agreed yet.",
    "waiting": "Days are still to be agreed.",
    "agreed": "All days are agreed.",
    "closed": "No days are agreed any more.",
}


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help=", ".join(get_args(ArrangementState)))] = "",
    activity: Annotated[str, typer.Option(help="the key of an activity of the template")] = "",
    person: Annotated[str, typer.Option(help="address or id of somebody placed or invited")] = "",
    limit: Limit = 100,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List whose days are agreed and whose are still to be, by host school."""
    found = _rows(
        programme,
        state=parsing.state(state, ArrangementState),
        activity=activity,
        person_id=lookup.person_id(person, programme) if person else "",
        limit=limit,
        offset=offset,
    )
    names = lookup.names(one for row in found.arrangements for one in (row.person_id, *row.waiting_for))
    rows = [
        (row.host, row.activity, names[row.person_id], _standing(row), _next(row, names), short(row.arrangement_id))
        for row in found.arrangements
    ]
    columns = ("host", "activity", "who is placed", "days", "next", "id")
    shown = table(f"Days that people agree ({found.total:,})", columns, rows)
    none = "No days are to be agreed: nobody is placed yet, or none in this state."
    emit(found, shown if rows else wording.empty(found.total, none))


@app.command("show")
def show(days: Days, programme: Programme = "") -> None:
    """Show the days that suit each, those that are agreed, and what people wrote."""
    row = _row(days, programme)
    found = find(ShowDays(match_id=row.match_id, activity=row.activity), ArrangementDetail)
    people = {one for party in found.parties for one in party.person_ids} | {one.person_id for one in found.declined}
    places = [one for day in found.visits for one in day.attendees]
    people |= {each for one in places for each in (one.person_id, one.substitute_for) if each}
    names = lookup.names(people)
    suits = [
        (wording.listed([names[one] for one in party.person_ids]), "\n".join(map(wording.short_date, party.days)))
        for party in found.parties
    ]
    agreed = [
        (_when(day), _doings(day, found), _who(day, names), day.state, short(day.visit_id)) for day in found.visits
    ]
    window = (
        f" Between {wording.date(found.first)} and {wording.date(found.last)}." if found.first and found.last else ""
    )
    emit(
        found,
        f"{found.title} at {found.host}: {STATES[found.state]} {found.needed} needed.{window}",
        *([f"So many because: {found.because}"] if found.because else []),
        table("Which days suit", ("who", "days"), suits),
        *([table("Agreed days", ("when", "what is done", "who", "state", "id"), agreed)] if agreed else []),
        *(f"No day suits {names[one.person_id]}: {one.words or '(no words)'}" for one in found.declined),
    )
    hint(f"For who tells you: `kindred visits agreed agree {short(found.arrangement_id)} 2027-01-31`")


@app.command("agree")
def agree(
    days: Days,
    day: Annotated[list[str], typer.Argument(help="2027-01-31; several where several are agreed")],
    starts: Starts = "",
    ends: Ends = "",
    doing: Doings = None,
    programme: Programme = "",
) -> None:
    """Enter days that people have agreed by phone; everybody gets a calendar entry."""
    row = _row(days, programme)
    known = find(ShowDays(match_id=row.match_id, activity=row.activity), ArrangementDetail)
    chosen = tuple(_chosen(one, starts, ends, tuple(doing or known.doings), known) for one in day)
    done = ask(AgreeDays(match_id=row.match_id, activity=row.activity, days=chosen, outside=True))
    emit(done, done.sentence)


@app.command("need")
def need(
    days: Days,
    number: Annotated[int, typer.Argument(min=1, max=20)],
    because: Annotated[str, typer.Option(help="why; the people who agree the days read it")],
    programme: Programme = "",
) -> None:
    """Say how many days there are to be, in place of what the project says."""
    row = _row(days, programme)
    done = ask(NeedDays(match_id=row.match_id, activity=row.activity, needed=number, because=because))
    emit(done, done.sentence)


@app.command("move")
def move(
    visit: Visit,
    day: Annotated[str, typer.Argument(help="2027-01-31")],
    starts: Starts = "",
    ends: Ends = "",
    doing: Doings = None,
    programme: Programme = "",
) -> None:
    """Move one day, as its people have agreed; the others stay, and calendars are updated."""
    found = _visit(visit, programme)
    hours = (starts or f"{found.starts:%H:%M}", ends or f"{found.ends:%H:%M}")
    chosen = ChosenDay(
        on=parsing.day(day), starts=_time(hours[0]), ends=_time(hours[1]), doings=tuple(doing or found.doings)
    )
    done = ask(MoveAgreedVisit(visit_id=found.visit_id, day=chosen))
    emit(done, done.sentence)


@app.command("cancel")
def cancel(
    visit: Visit,
    words: Annotated[str, typer.Option("--why", help="what the others read")],
    programme: Programme = "",
) -> None:
    """Cancel one day, or say that it did not take place; the others stay."""
    done = ask(CancelAgreedVisit(visit_id=_visit(visit, programme).visit_id, words=words))
    emit(done, done.sentence)


@app.command("missed")
def missed(
    visit: Visit,
    person: Annotated[list[str], typer.Argument(help="address or id of who was missing")],
    programme: Programme = "",
) -> None:
    """Note who was missing on a day that is over."""
    absent = tuple(lookup.person_id(one, programme) for one in person)
    done = ask(RecordAgreedVisit(visit_id=_visit(visit, programme).visit_id, absent=absent))
    emit(done, done.sentence)


@app.command("substitute")
def substitute(
    visit: Visit,
    person: Annotated[str, typer.Argument(help="address or id of who cannot come")],
    stand_in: Annotated[str, typer.Argument(help="address or id of who comes instead (`kindred people add` first)")],
    programme: Programme = "",
) -> None:
    """Allow somebody of the same school to stand in on that day; naming the person again gives the place back."""
    done = ask(
        AllowSubstitute(
            visit_id=_visit(visit, programme).visit_id,
            person_id=lookup.person_id(person, programme),
            substitute_id=lookup.person_id(stand_in, programme),
        )
    )
    emit(done, done.sentence)


def _rows(programme: str, **where: object) -> ArrangementRows:
    query = ListDays.model_validate({"programme_id": lookup.programme(programme).programme_id, **where})
    return find(query, ArrangementRows)


def _row(named: str, programme: str) -> ArrangementRow:
    return lookup.one(named, _rows(programme, named=named).arrangements, "agreed days", "visits agreed list")


def _visit(named: str, programme: str) -> AgreedVisitRow:
    found = _rows(programme, named=named).arrangements
    days = [day for row in found for day in row.visits if day.visit_id.startswith(named)]
    return lookup.one(named, days, "agreed day", "visits agreed show")


def _chosen(day: str, starts: str, ends: str, doings: tuple[str, ...], known: ArrangementDetail) -> ChosenDay:
    first, last = _time(starts) if starts else known.starts, _time(ends) if ends else known.ends
    return ChosenDay(on=parsing.day(day), starts=first, ends=last, doings=doings)


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise Rejected("bad-time", f"{text!r} is no time of day; write it like 09:30.") from None


def _standing(row: ArrangementRow) -> str:
    agreed = [wording.short_date(day.on) for day in row.visits if day.state != "cancelled"]
    return "\n".join([f"{len(agreed)} of {row.needed}", *agreed])


def _next(row: ArrangementRow, names: dict[str, str]) -> str:
    if row.declined:
        return "somebody says that no day suits"
    if row.waiting_for:
        return f"waits for {wording.listed([names[one] for one in row.waiting_for])}"
    return STATES[row.state]


def _when(day: AgreedVisitRow) -> str:
    return f"{wording.short_date(day.on)}, {day.starts:%H:%M} to {day.ends:%H:%M}"


def _doings(day: AgreedVisitRow, found: ArrangementDetail) -> str:
    return "\n".join(found.doings.get(one, one) for one in day.doings)


def _who(day: AgreedVisitRow, names: dict[str, str]) -> str:
    return wording.listed([_comes(one, day, names) for one in day.attendees])


def _comes(one: InvitedRow, day: AgreedVisitRow, names: dict[str, str]) -> str:
    instead = f" (in place of {names[one.substitute_for]})" if one.substitute_for else ""
    return names[one.person_id] + instead + (" (missing)" if one.person_id in day.absent else "")
