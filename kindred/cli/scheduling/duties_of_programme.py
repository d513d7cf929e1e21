"""`kindred duties list`, `week`, `tick`, `move`, `cancel`, `sums`: the duties that a programme's template declares."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.duties import (
    CancelDutyDay,
    DutyDay,
    DutyGap,
    DutyRow,
    DutyRows,
    DutySums,
    DutyWeek,
    ListDuties,
    MovedDay,
    MoveDutyDay,
    ShowDutyWeek,
    SumDuties,
    TickDuties,
)
from shared.commands.duty_words import missing, whereabouts
from shared.errors import Rejected

School = Annotated[int, typer.Option(help="the URN of a school")]
Person = Annotated[str, typer.Option(help="address or id of somebody")]
Week = Annotated[str, typer.Option(help="a day of the week, 2026-09-14")]
WithHours = Annotated[str, typer.Argument(help="the key of a duty with hours, such as quality-visit")]
ItsDay = Annotated[str, typer.Argument(help="the day that it has, 2026-11-12")]
ItsSchool = Annotated[int, typer.Option(help="the URN of the school")]


def list_(
    school: School = 0,
    person: Person = "",
    activity: Annotated[str, typer.Option(help="the key of a duty in the template")] = "",
    limit: Limit = 100,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List who has which duty, how often, how its days stand, and which of them had to move."""
    query = ListDuties(
        programme_id=lookup.programme(programme).programme_id,
        school_id=lookup.school_id(school) if school else "",
        person_id=lookup.person_id(person, programme) if person else "",
        activity=activity,
        limit=limit,
        offset=offset,
    )
    found = find(query, DutyRows)
    told = [one for row in found.duties for gap in row.gaps for one in gap.who]
    told += [one for row in found.duties for day in row.moved for one in day.who]
    names = lookup.names([*(one for row in found.duties for one in row.person_ids), *(one.person_id for one in told)])
    rows = [
        (
            row.school,
            row.title,
            wording.listed([names[one] for one in row.person_ids]),
            _often(row),
            f"{row.done} of {row.days}",
            row.missed or "",
            wording.date(row.following) if row.following else "",
        )
        for row in found.duties
    ]
    columns = ("school", "duty", "whose", "how often", "done", "missed", "next")
    shown = table(f"Duties ({found.total:,})", columns, rows)
    notes = [line for row in found.duties for line in _notes(row, names)]
    notes += [missing(one) for one in found.missing]
    none = "There are no duties: the template declares none, or nobody holds the roles that it names."
    emit(found, shown if rows else wording.empty(found.total, none), *notes)


def week(person: Person, of: Week, programme: Programme = "") -> None:
    """Show somebody's duties of a week, and what was ticked off."""
    found = _week(person, of, programme)
    names = lookup.names(one for duty in found.duties for one in duty.person_ids)
    rows = [
        (
            duty.title,
            duty.school,
            wording.listed([names[one] for one in duty.person_ids if one != found.person_id]),
            "\n".join(wording.short_date(day) for day in duty.days) or "as needed",
            len(duty.done) or "",
            "\n".join(wording.short_date(day) for day in duty.not_done),
        )
        for duty in found.duties
    ]
    title = f"Week from {wording.date(found.monday)}" + ("" if found.ticked else " (not ticked off)")
    shown = table(title, ("duty", "school", "with", "days", "done", "not done"), rows)
    emit(found, shown if rows else "There are no duties in this week.")


def tick(
    person: Person,
    of: Week,
    not_done: Annotated[
        list[str] | None, typer.Option("--not-done", help="TITLE:2026-09-16, a day of a duty that was not done; repeat")
    ] = None,
    programme: Programme = "",
) -> None:
    """Tick off somebody's duties of a week: all done, except those named."""
    found = _week(person, of, programme)
    left = tuple(_left(text, found) for text in not_done or ())
    command = TickDuties(programme_id=found.programme_id, person_id=found.person_id, week=found.monday, not_done=left)
    done = ask(command)
    emit(done, done.sentence)


def move(
    activity: WithHours,
    day: ItsDay,
    on: Annotated[str, typer.Argument(help="the day that it gets")],
    school: ItsSchool,
    programme: Programme = "",
) -> None:
    """Give a visit that a duty brings another day; whoever is invited gets a mail."""
    done = ask(MoveDutyDay(**_visit(activity, day, school, programme), on=parsing.day(on)))
    emit(done, done.sentence)


def cancel(
    activity: WithHours,
    day: ItsDay,
    school: ItsSchool,
    why: Annotated[str, typer.Option(help="why; it stays beside the duty")],
    programme: Programme = "",
) -> None:
    """Call a visit off that a duty brings; whoever is invited gets a mail, and nobody owes it."""
    done = ask(CancelDutyDay(**_visit(activity, day, school, programme), why=why))
    emit(done, done.sentence)


def _visit(activity: str, day: str, school: int, programme: str) -> dict[str, Any]:
    """Which visit of a duty is meant."""
    return {
        "programme_id": lookup.programme(programme).programme_id,
        "activity": activity,
        "school_id": lookup.school_id(school),
        "day": parsing.day(day),
    }


def sums(
    since: Annotated[str, typer.Option(help="from this day on; the beginning of the school year")] = "",
    until: Annotated[str, typer.Option(help="up to this day; today")] = "",
    school: School = 0,
    reader: Annotated[str, typer.Option(help="as somebody sees them: address or id")] = "",
    programme: Programme = "",
) -> None:
    """Show by school and strand what was due, done, missed and excused, and by whom."""
    query = SumDuties(
        programme_id=lookup.programme(programme).programme_id,
        reader_id=lookup.person_id(reader, programme) if reader else "",
        school_id=lookup.school_id(school) if school else "",
        first=parsing.day(since) if since else None,
        last=parsing.day(until) if until else None,
    )
    found = find(query, DutySums)
    names = lookup.names(one.person_id for one in found.sums if one.person_id)
    rows = [
        (
            one.school,
            one.strand,
            one.activity or "all",
            names[one.person_id] if one.person_id else "",
            *(one.due, one.done, one.missed, one.excused, one.open),
        )
        for one in found.sums
    ]
    columns = ("school", "strand", "duty", "who", "due", "done", "missed", "excused", "open")
    shown = table(f"{wording.date(found.first)} to {wording.date(found.last)}", columns, rows)
    emit(found, shown if rows else "There is nothing to see here.")


def _week(person: str, of: str, programme: str) -> DutyWeek:
    day: dt.date = parsing.day(of)
    query = ShowDutyWeek(
        programme_id=lookup.programme(programme).programme_id,
        person_id=lookup.person_id(person, programme),
        week=day,
    )
    return find(query, DutyWeek)


def _left(text: str, found: DutyWeek) -> DutyDay:
    key, _, day = text.rpartition(":")
    on = parsing.day(day)
    duty = next((one for one in found.duties if key in {one.duty_id, one.title} and on in one.days), None)
    if duty is None:
        known = ", ".join(f"{one.title}:{one.days[0]}" for one in found.duties if one.days)
        raise Rejected("not-your-duty", f"{text!r} is no day of a duty of that week; write one such as {known}.")
    return DutyDay(duty_id=duty.duty_id, on=on)


def _often(row: DutyRow) -> str:
    return f"{row.cadence} ({row.case})" if row.case else row.cadence


def _notes(row: DutyRow, names: Mapping[str, str]) -> list[str]:
    """Why days moved or are not possible, who is where then, and who decided how often it comes."""
    head = f"{row.school or 'All schools'}, {row.title}"
    said = [f"{head}, {wording.date(one.on)}: {one.why}{_where(one, names)}" for one in row.moved]
    said += [f"{head}: {one.sentence}{_where(one, names)}" for one in row.gaps]
    if row.why:
        said.append(f"{head}: {row.cadence} from {wording.date(row.since)}. {row.why}")
    return said


def _where(one: MovedDay | DutyGap, names: Mapping[str, str]) -> str:
    return f" {whereabouts(one.who, names)}." if one.who else ""
