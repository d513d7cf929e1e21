"""`kindred visits`: the calendar of a cohort, and overruling it."""

from typing import Annotated

import typer
from rich.table import Table

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.scheduling import agreed
from kindred.cli.scheduling.event_programmes import describe_event, event
from kindred.cli.scheduling.programme_dates import dates
from kindred.cli.scheduling.what_if import what_if
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, hint, short, table
from shared.commands.notifications_replies import ListReplies, ReplyRows, ReplyState
from shared.commands.scheduling import (
    AllowSubstitute,
    AttendanceLine,
    CalendarDetail,
    CancelCohortEvent,
    CancelVisit,
    DraftCalendar,
    MoveCohortEvent,
    MoveVisit,
    PublishVisits,
    RecordAttendance,
    ShowCalendar,
    VisitDetail,
    VisitRows,
)
from shared.errors import Retryable

app = typer.Typer(no_args_is_help=True)
app.command("what-if")(what_if)
app.command("dates")(dates)
app.add_typer(agreed.app, name="agreed")
app.command("event")(event)
app.command("describe-event")(describe_event)
Event = Annotated[str, typer.Argument(help="activity (launch, mid-year, closing), title or id of a cohort event")]
Visit = Annotated[str, typer.Argument(help="URN of the host, or the visit's id or its beginning")]


@app.command("list")
def list_(
    group: Annotated[str, typer.Option(help="only this group's")] = "",
    drafts: Annotated[bool, typer.Option("--drafts", help="what is not published yet too")] = False,
    programme: Programme = "",
) -> None:
    """List visits and cohort events in order of date."""
    cohort = lookup.cohort(programme)
    found = lookup.visits(programme, drafts=drafts)
    if group:
        wanted = lookup.group(group, programme).group_id
        found = found.model_copy(update={"visits": tuple(v for v in found.visits if v.visit.group_id == wanted)})
    names, numbers = wording.schools(cohort), wording.group_numbers(cohort)
    rows = [
        (
            _when(v),
            numbers.get(v.visit.group_id),
            names.get(v.visit.host_school_id),
            v.state,
            _answers(v),
            short(v.visit.visit_id),
        )
        for v in found.visits
    ]
    columns = ("when", "#group", "host", "state", "answers", "id")
    emit(found, _events(found), table(f"Visits ({len(rows)})", columns, rows))


@app.command("show")
def show(visit: Visit, programme: Programme = "") -> None:
    """Show a visit: why this date, who comes, what they answered."""
    found = lookup.visit(visit, programme)
    people = wording.people(lookup.people(found.visit.programme_id))
    answers = {row.person_id: f"{row.answer} ({row.via})" for row in found.answers}
    present = {a.person_id for a in found.present}
    rows = [
        (people.get(a.person_id, a.person_id), a.role, answers.get(a.person_id, "not yet"), a.person_id in present)
        for a in found.visit.attendees
    ]
    emit(
        found,
        f"{wording.day_and_time(found.visit.on, found.visit.starts)}, {found.state}, sequence {found.visit.sequence}",
        table("Who comes", ("name", "role", "answer", "was there"), rows),
        "\n".join([*found.why, *found.history]),
        *_written(found.visit.visit_id),
    )


@app.command("calendar")
def calendar(programme: Programme = "") -> None:
    """Show the latest draft of the calendar, what blocks it, what would change."""
    cohort = lookup.cohort(programme)
    found = find(ShowCalendar(cohort_id=cohort.cohort.cohort_id), CalendarDetail)
    numbers = wording.group_numbers(cohort)
    columns = ("rule", "#group", "what", "what would help", "proven")
    blocking = [
        (c.rule, numbers.get(c.group_id or "", ""), c.sentence, c.relaxing_gives, c.proven) for c in found.blocking
    ]
    emit(
        found,
        f"Revision {found.revision}, {found.state}: {found.visits} visits, {found.events} events.",
        "\n".join([*found.calendars, *(d.sentence for d in found.differences)]),
        *([table("What blocks it", columns, blocking)] if blocking else []),
    )
    if found.state == "draft":
        hint("`kindred visits publish` sends the invitations.")
    if found.state in {"draft", "failed"}:
        hint("After a change, `kindred visits draft` plans again.")


@app.command("draft")
def draft(programme: Programme = "") -> None:
    """Plan the dates again; published visits keep theirs."""
    done = ask(DraftCalendar(cohort_id=lookup.cohort(programme).cohort.cohort_id))
    emit(done, done.sentence or "Planning again.")
    hint("`kindred visits calendar` shows the draft.")


@app.command("publish")
def publish(
    revision: Annotated[int, typer.Option(help="the draft you reviewed; the latest where not given")] = 0,
    leave_out_unplaced: Annotated[bool, typer.Option("--leave-out-unplaced")] = False,
    programme: Programme = "",
) -> None:
    """Check the draft independently and publish it; invitations go out."""
    cohort_id = lookup.cohort(programme).cohort.cohort_id
    latest = revision or find(ShowCalendar(cohort_id=cohort_id), CalendarDetail).revision
    done = ask(PublishVisits(cohort_id=cohort_id, revision=latest, leave_out_unplaced=leave_out_unplaced))
    emit(done, done.sentence or "Published; everybody concerned is invited.")
    hint("`kindred visits list` shows the dates, `kindred mails list` the invitations.")


@app.command("move")
def move(
    visit: Visit,
    on: Annotated[str, typer.Argument(help="2027-03-11")],
    although: Annotated[list[str] | None, typer.Option(help="name of a rule that may be broken this once")] = None,
    because: Annotated[str, typer.Option(help="why; it stands beside the visit")] = "",
    programme: Programme = "",
) -> None:
    """Move a visit to another date."""
    command = MoveVisit(
        visit_id=lookup.visit(visit, programme).visit.visit_id,
        on=parsing.day(on),
        although=tuple(although or ()),
        because=because,
    )
    done = ask(command)
    emit(done, done.sentence or f"Moved to {wording.date(command.on)}; those affected get an updated invitation.")


@app.command("cancel")
def cancel(
    visit: Visit,
    why: Annotated[str, typer.Option(help="closure, illness, inspection ..., named in mails; other words are not")],
    programme: Programme = "",
) -> None:
    """Cancel a visit."""
    done = ask(CancelVisit(visit_id=lookup.visit(visit, programme).visit.visit_id, why=why))
    emit(done, done.sentence or "Cancelled; those invited get a mail.")


@app.command("move-event")
def move_event(event: Event, on: Annotated[str, typer.Argument(help="2027-03-11")], programme: Programme = "") -> None:
    """Move an event of the whole cohort to another date."""
    done = ask(MoveCohortEvent(event_id=lookup.event(event, programme).event.event_id, on=parsing.day(on)))
    emit(done, done.sentence or "Moved; everybody invited gets an updated invitation.")


@app.command("cancel-event")
def cancel_event(event: Event, programme: Programme = "") -> None:
    """Cancel an event of the whole cohort."""
    done = ask(CancelCohortEvent(event_id=lookup.event(event, programme).event.event_id))
    emit(done, done.sentence or "Cancelled; those invited get a mail.")


@app.command("substitute")
def substitute(
    visit: Visit,
    person: Annotated[str, typer.Argument(help="address or id of who cannot come")],
    stand_in: Annotated[str, typer.Argument(help="address or id of who comes instead (`kindred people add` first)")],
    programme: Programme = "",
) -> None:
    """Allow somebody of the same school to stand in at one visit; naming the person again gives the place back."""
    chosen = lookup.visit(visit, programme)
    done = ask(
        AllowSubstitute(
            visit_id=chosen.visit.visit_id,
            person_id=lookup.person(person, programme).person_id,
            substitute_id=stand_in if stand_in.startswith("per-") else lookup.person(stand_in, programme).person_id,
        )
    )
    emit(done, done.sentence or "Allowed for this visit; the record shows it.")


@app.command("attendance")
def attendance(
    visit: Visit,
    came: Annotated[list[str], typer.Option(help="address or id of somebody who was there; repeat")],
    programme: Programme = "",
) -> None:
    """Record who came, in the facilitator's place; everybody else invited is recorded as away."""
    chosen = lookup.visit(visit, programme).visit
    coordinator = next(p for p in lookup.people(chosen.programme_id) if p.role == "coordinator")
    there = {one if one.startswith("per-") else lookup.person(one, programme).person_id for one in came}
    invited = [attendee.person_id for attendee in chosen.attendees]
    everybody = [*invited, *sorted(there - set(invited))]
    lines = tuple(AttendanceLine(person_id=one, present=one in there) for one in everybody)
    done = ask(RecordAttendance(visit_id=chosen.visit_id, by=coordinator.person_id, lines=lines))
    emit(done, done.sentence or f"{len(there)} of {len(everybody)} came.")


def _written(visit_id: str) -> list[str]:
    """What people wrote about a visit by mail."""
    states: tuple[ReplyState, ...] = ("waiting", "done")
    try:
        found = [find(ListReplies(state=state, target_id=visit_id), ReplyRows).rows for state in states]
    except Retryable:
        return ["What people wrote by mail cannot be shown now: nobody answers for the mails."]
    rows = sorted((row for part in found for row in part if row.words), key=lambda row: row.received_at)
    said = [f"{row.person or row.sender}, {wording.moment(row.received_at)}: {row.words}" for row in rows]
    return ["Written by mail:\n" + "\n".join(said)] if said else []


def _when(row: VisitDetail) -> str:
    return wording.day_and_time(row.visit.on, row.visit.starts)


def _answers(row: VisitDetail) -> str:
    invited = {attendee.person_id for attendee in row.visit.attendees}
    said = [answer.answer for answer in row.answers if answer.person_id in invited]
    yes, no = said.count("accepted"), said.count("declined")
    return f"{yes} of {len(row.visit.attendees)} come" + (f", {no} cannot" if no else "")


def _events(found: VisitRows) -> Table:
    rows = [
        (wording.day_and_time(e.event.on, e.event.starts), e.event.title, e.event.place, e.state) for e in found.events
    ]
    return table(f"Cohort events ({len(rows)})", ("when", "what", "where", "state"), rows)
