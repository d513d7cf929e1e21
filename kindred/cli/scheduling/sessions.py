"""`kindred sessions`: courses of dated days, who comes to them and who came."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.scheduling.event_programmes import Access, Address, Items, Tell, Venue, describe
from kindred.cli.scheduling.session_words import notes, numbers, standing
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, hint, table
from shared.commands.event_programmes import EventVenue
from shared.commands.sessions import (
    CancelSession,
    CatchUpSessions,
    CourseDetail,
    Courses,
    EndCoursePlace,
    LimitCourse,
    ListCourses,
    MoveSession,
    PlanSessions,
    PublishSessions,
    RecordSession,
    SessionDetail,
    SessionLine,
    SessionRow,
    SetSessions,
    ShowCourse,
    ShowSession,
    TickSessions,
)
from shared.errors import Rejected

app = typer.Typer(help="Courses of sessions: their dates, who comes, who came.", no_args_is_help=True)
Course = Annotated[str, typer.Argument(help="the key of the course in the template, which `list` shows")]
Number = Annotated[int, typer.Argument(min=1, help="which date of it")]
Person = Annotated[str, typer.Argument(help="address or id of somebody")]
School = Annotated[int, typer.Option("--school", help="URN of the school, where each has its own dates")]
Because = Annotated[str, typer.Option("--because", help="why, with --although; it stands beside the day")]
Although = Annotated[bool, typer.Option("--although", help="also where a school is closed")]


@app.command("list")
def list_(programme: Programme = "") -> None:
    """List the courses of a programme and how far each is."""
    found = find(ListCourses(programme_id=lookup.programme(programme).programme_id), Courses)
    rows = [
        (
            one.activity,
            f"{one.title}, {one.school}" if one.school else one.title,
            f"{len([row for row in one.sessions if row.state == 'held'])} of {one.days}",
            _next(one),
        )
        for one in found.courses
    ]
    none = "The template of this programme declares no course of sessions."
    emit(found, table("Courses", ("course", "title", "held", "next date"), rows) if rows else none)


@app.command("show")
def show(course: Course, programme: Programme = "", school: School = 0) -> None:
    """Show the dates of a course, who could not come when they were planned, and everybody's place."""
    found = _course(course, programme, school)
    names = lookup.names(
        [one.person_id for one in found.places] + [person for row in found.sessions for person in row.missing]
    )
    dates = [
        (
            row.number,
            wording.short_date(row.on),
            row.state,
            row.place,
            row.invited or "",
            row.present or "",
            notes(row, names),
        )
        for row in found.sessions
    ]
    people = [
        (
            names[one.person_id],
            one.school,
            one.role,
            standing(one, signs_up=found.signs_up),
            numbers(one.came),
            numbers(one.missed),
            numbers(one.caught_up),
        )
        for one in found.places
    ]
    columns = ("who", "school", "role", "place", "came", "to make up for", "made up for")
    none = f"No dates yet: `kindred sessions plan {course}` finds them, `set` fixes them."
    emit(
        found,
        table(found.title, ("no", "date", "state", "where", "invited", "came", "notes"), dates) if dates else none,
        *([table(f"Places ({len(people)})", columns, people)] if people else []),
    )
    if any(row.state == "planned" for row in found.sessions):
        hint(f"Nobody is told of what is planned: `kindred sessions publish {course}`")


@app.command("plan")
def plan(course: Course, programme: Programme = "", school: School = 0) -> None:
    """Find the dates: no school is closed on them, and fewest people cannot come. Nobody is told.

    Where each school has its own dates, all schools get theirs, or the one that is named.
    """
    done = ask(PlanSessions(**_of(course, programme, school)))
    emit(done, done.sentence)


@app.command("set")
def set_(
    course: Course,
    day: Annotated[list[str], typer.Argument(help="2027-01-31, as many as the course has")],
    although: Although = False,
    because: Because = "",
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Fix the dates yourself. Nobody is told."""
    days = tuple(parsing.day(one) for one in day)
    done = ask(SetSessions(**_of(course, programme, school), days=days, although=although, because=because))
    emit(done, done.sentence)


@app.command("publish")
def publish(course: Course, programme: Programme = "", school: School = 0) -> None:
    """Invite to the dates that are planned; who ticks dates first is asked to."""
    done = ask(PublishSessions(**_of(course, programme, school)))
    emit(done, done.sentence)


@app.command("room")
def room(
    course: Course,
    number: Annotated[int, typer.Argument(min=1, help="how many have room")],
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Say how many have room; whoever is named first in the template comes first, and nobody loses a place."""
    done = ask(LimitCourse(**_of(course, programme, school), room=number))
    emit(done, done.sentence)


@app.command("move")
def move(
    course: Course,
    number: Number,
    day: Annotated[str, typer.Argument(help="2027-01-31")],
    although: Although = False,
    because: Because = "",
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Put one date on another day; everybody's calendar follows."""
    found = _course(course, programme, school)
    command = MoveSession(
        course_id=found.course_id, number=number, on=parsing.day(day), although=although, because=because
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("describe")
def describe_(
    course: Course,
    number: Number,
    venue: Venue = "",
    address: Address = "",
    access: Access = "",
    item: Items = None,
    tell: Tell = False,
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Enter where one date is and what happens there. Another venue is told to everybody invited at once."""
    found = _course(course, programme, school)
    day = _dated(found, number)
    describe(day.event_id, EventVenue(name=venue, address=address, access=access), item or (), tell=tell)


@app.command("cancel")
def cancel(course: Course, number: Number, programme: Programme = "", school: School = 0) -> None:
    """Cancel one date; the others stay."""
    done = ask(CancelSession(course_id=_course(course, programme, school).course_id, number=number))
    emit(done, done.sentence)


@app.command("tick")
def tick(
    course: Course,
    person: Person,
    only: Annotated[
        list[int] | None, typer.Option("--only", help="a date that they come to; repeat. None: all")
    ] = None,
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Enter for somebody to which dates they come."""
    found = _course(course, programme, school)
    numbers = tuple(only or [row.number for row in found.sessions if row.state == "published"])
    done = ask(TickSessions(course_id=found.course_id, person_id=lookup.person_id(person, programme), numbers=numbers))
    emit(done, done.sentence)


@app.command("attendance")
def attendance(
    course: Course,
    number: Number,
    absent: Annotated[list[str] | None, typer.Option(help="who was not there: address or id; repeat")] = None,
    part: Annotated[list[str] | None, typer.Option(help="who left early or came late; repeat")] = None,
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Say who came to one date: everybody who was invited, except those named. Said again, it is corrected."""
    found = _course(course, programme, school)
    row = _dated(found, number)
    day = find(ShowSession(event_id=row.event_id), SessionDetail)
    was = {one.person_id: "present" for one in day.guests}
    was |= {lookup.person_id(one, programme): "absent" for one in absent or ()}
    was |= {lookup.person_id(one, programme): "part" for one in part or ()}
    lines = tuple(SessionLine.model_validate({"person_id": person, "was": how}) for person, how in was.items())
    done = ask(RecordSession(course_id=found.course_id, number=number, lines=lines))
    emit(done, done.sentence)


@app.command("caught-up")
def caught_up(
    course: Course,
    person: Person,
    number: Annotated[list[int], typer.Argument(help="dates that they have made up for")],
    programme: Programme = "",
    school: School = 0,
) -> None:
    """Note that somebody has made up for dates that they missed."""
    found = _course(course, programme, school)
    whom = lookup.person_id(person, programme)
    done = ask(CatchUpSessions(course_id=found.course_id, person_id=whom, numbers=tuple(number)))
    emit(done, done.sentence)


@app.command("end-place")
def end_place(
    course: Course,
    person: Person,
    words: Annotated[str, typer.Option("--why", help="kept beside the place; no mail says it")] = "",
    programme: Programme = "",
    school: School = 0,
) -> None:
    """End somebody's place before the course ends; they are told, and their dates are taken out of their calendar."""
    found = _course(course, programme, school)
    done = ask(EndCoursePlace(course_id=found.course_id, person_id=lookup.person_id(person, programme), words=words))
    emit(done, done.sentence)


def _course(course: str, programme: str, school: int) -> CourseDetail:
    return find(ShowCourse(**_of(course, programme, school)), CourseDetail)


def _dated(course: CourseDetail, number: int) -> SessionRow:
    """A date that is in calendars. Raises Rejected."""
    row = next((one for one in course.sessions if one.number == number and one.event_id), None)
    if row is None:
        raise Rejected("unknown-session", f"{course.title} has no date {number} in calendars.")
    return row


def _of(course: str, programme: str, school: int) -> dict[str, str]:
    """Which course is meant, and of which school where each has its own."""
    school_id = lookup.school_id(school) if school else ""
    return {"programme_id": lookup.programme(programme).programme_id, "activity": course, "school_id": school_id}


def _next(course: CourseDetail) -> str:
    coming = [row for row in course.sessions if row.state in {"planned", "published"}]
    return f"{wording.date(coming[0].on)}{' (planned)' if coming[0].state == 'planned' else ''}" if coming else ""
