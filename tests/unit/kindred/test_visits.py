"""The calendar as a coordinator reads it: who comes, what they answered, what is drafted; and who came."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands import scheduling
from shared.commands.agreed_visits import AgreedVisitRow, ArrangementRow, ArrangementRows, ListDays
from shared.commands.matching import ShowCohort
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.commands.scheduling import AnswerRow
from shared.errors import Retryable
from shared.events.scheduling_parts import Attendee
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, VISIT, cells, done, run
from tests.unit.kindred.test_overruling import ADA, EVENT
from tests.unit.kindred.test_replies import ROW

BO = queries.PersonRow(person_id="per-2", role="senior-leader", name="Bo Lind", email="bo@school.example")
CORAL = queries.PersonRow(person_id="per-0", role="coordinator", name="Coral Bright", email="coral@trust.example")
PEOPLE = queries.EnrolmentRows(total=0, enrolments=(), programme_people=(CORAL, ADA, BO))
INVITED = (Attendee(person_id="per-1", role="headteacher"), Attendee(person_id="per-2", role="senior-leader"))
FULL = VISIT.model_copy(
    update={
        "visit": VISIT.visit.model_copy(update={"attendees": INVITED}),
        "answers": (
            AnswerRow(person_id="per-1", answer="accepted", via="calendar", sequence=0),
            AnswerRow(person_id="per-2", answer="declined", via="page", sequence=0),
            AnswerRow(person_id="per-9", answer="accepted", via="page", sequence=0),
        ),
        "present": (INVITED[0],),
        "why": ("A Thursday suits everybody.",),
        "history": ("Moved once.",),
    }
)
OTHER = FULL.model_copy(update={"visit": FULL.visit.model_copy(update={"visit_id": "vis-other1", "group_id": "grp-2"})})


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def office(*visits):
    rows = scheduling.VisitRows(total=len(visits), visits=visits, events=(EVENT,))
    known: dict[Any, Any] = {
        queries.ListProgrammes: ONE,
        queries.ListEnrolments: PEOPLE,
        ShowCohort: COHORT,
        scheduling.ListVisits: rows,
        ListReplies: ReplyRows(rows=()),
    }
    return FakeClient(known)


def test_the_list_shows_dates_hosts_and_how_many_have_said_yes_or_no(capsys) -> None:
    client = office(FULL)
    assert run(client, "visits", "list") == 0
    shown = cells(capsys.readouterr().out)
    day = f"{EVENT.event.on:%A} {EVENT.event.on.day} {EVENT.event.on:%B %Y}, {EVENT.event.starts.hour}:"
    assert shown[0][0].startswith(day)
    assert shown[0][1:] == ["Launch event", EVENT.event.place, "published"]
    assert shown[1] == [
        "Thursday 11 March 2027, 9:00", "1", "Brook (107002)", "published", "1 of 2 come, 1 cannot", "vis-abcdef",
    ]  # fmt: skip
    assert client.asked[-1] == scheduling.ListVisits(cohort_id="coh-1", drafts=False, limit=500)


def test_drafts_are_listed_when_asked_for_and_one_group_alone(capsys) -> None:
    client = office(FULL, OTHER)
    assert run(client, "visits", "list", "--drafts", "--group", "1") == 0
    said = capsys.readouterr().out
    assert "Visits (1)" in said
    assert "vis-other" not in said
    assert scheduling.ListVisits(cohort_id="coh-1", drafts=True, limit=500) in client.asked


def test_a_visit_shows_who_comes_what_they_said_and_why_this_date(capsys) -> None:
    assert run(office(FULL), "visits", "show", "107002") == 0
    said = capsys.readouterr().out
    assert said.startswith("Thursday 11 March 2027, 9:00, published, sequence 0\n")
    assert cells(said) == [
        ["Ada Okafor", "headteacher", "accepted (calendar)", "yes"],
        ["Bo Lind", "senior-leader", "declined (page)", "no"],
    ]
    assert said.endswith("A Thursday suits everybody.\nMoved once.\n")


def test_a_visit_shows_what_people_wrote_about_it_by_mail(capsys) -> None:
    client, written = office(FULL), ROW.model_copy(update={"words": "Can I park?", "person": "Ada Okafor"})
    by_state = {"waiting": (written,), "done": (ROW, written.model_copy(update={"person": "", "words": "Thank you."}))}
    client.answers[ListReplies] = lambda query: ReplyRows(rows=by_state[query.state])
    assert run(client, "visits", "show", "107002") == 0
    assert client.asked[-1] == ListReplies(state="done", target_id=FULL.visit.visit_id)
    assert capsys.readouterr().out.endswith(
        "Written by mail:\nAda Okafor, Thursday 1 October 2026, 10:30: Can I park?\n"
        "am@school.example, Thursday 1 October 2026, 10:30: Thank you.\n"
    )


def test_a_visit_is_shown_where_nobody_answers_for_the_mails(capsys) -> None:
    client = office(FULL)
    client.answers[ListReplies] = Retryable("Nobody answered.")
    assert run(client, "visits", "show", "107002") == 0
    assert capsys.readouterr().out.endswith("cannot be shown now: nobody answers for the mails.\n")


@pytest.mark.parametrize(
    ("words", "revision", "leaves_out"),
    [((), 7, False), (("--revision", "5"), 5, False), (("--leave-out-unplaced",), 7, True)],
)
def test_publishing_takes_the_latest_draft_or_the_one_that_was_reviewed(words, revision, leaves_out, capsys) -> None:
    calendar = scheduling.CalendarDetail(
        cohort_id="coh-1", programme_id="prg-1", revision=7, state="draft", visits=1, events=1
    )
    client = office()
    client.answers |= {scheduling.ShowCalendar: calendar, scheduling.PublishVisits: done(sentence="Published.")}
    assert run(client, "visits", "publish", *words) == 0
    expected = scheduling.PublishVisits(cohort_id="coh-1", revision=revision, leave_out_unplaced=leaves_out)
    assert client.asked[-1] == expected
    said = capsys.readouterr()
    assert said.out == "Published.\n"
    assert said.err == "`kindred visits list` shows the dates, `kindred mails list` the invitations.\n"


def test_who_came_is_recorded_for_everybody_invited_and_for_a_stand_in(capsys) -> None:
    client = office(FULL)
    client.answers[scheduling.RecordAttendance] = done()
    assert run(client, "visits", "attendance", "107002", "--came", "ADA@school.example", "--came", "per-7") == 0
    lines = (
        scheduling.AttendanceLine(person_id="per-1", present=True),
        scheduling.AttendanceLine(person_id="per-2", present=False),
        scheduling.AttendanceLine(person_id="per-7", present=True),
    )
    assert client.asked[-1] == scheduling.RecordAttendance(visit_id="vis-abcdef", by="per-0", lines=lines)
    assert capsys.readouterr().out == "2 of 3 came.\n"


def test_a_moved_visit_says_its_new_day(capsys) -> None:
    client = office(FULL)
    client.answers[scheduling.MoveVisit] = done()
    assert run(client, "visits", "move", "vis-abcdef", "2027-03-18") == 0
    assert client.asked[-1] == scheduling.MoveVisit(visit_id="vis-abcdef", on=dt.date(2027, 3, 18))
    assert capsys.readouterr().out == ("Moved to Thursday 18 March 2027; those affected get an updated invitation.\n")


def test_a_stand_in_may_go_by_their_address() -> None:
    client = office(FULL)
    client.answers[scheduling.AllowSubstitute] = done()
    assert run(client, "visits", "substitute", "107002", "per-1", "bo@school.example") == 0
    expected = scheduling.AllowSubstitute(visit_id="vis-abcdef", person_id="per-1", substitute_id="per-2")
    assert client.asked[-1] == expected


def test_somebody_who_takes_no_part_is_named_as_typed(capsys) -> None:
    assert run(office(FULL), "visits", "attendance", "107002", "--came", "cy@school.example") == 2
    assert capsys.readouterr().err == "Nobody with the id or address 'cy@school.example' takes part.\n"


def test_an_event_goes_by_its_activity_title_or_the_beginning_of_its_id(capsys) -> None:
    for named in ("launch", "LAUNCH event"):
        client = office()
        client.answers[scheduling.CancelCohortEvent] = done()
        assert run(client, "visits", "cancel-event", named) == 0
        assert client.asked[-1] == scheduling.CancelCohortEvent(event_id="evt-1")
    assert run(office(), "visits", "cancel-event", "party") == 2
    assert "No cohort event goes by 'party'." in capsys.readouterr().err


def test_a_stand_in_at_an_agreed_day_is_asked_for_by_its_beginning() -> None:
    client = office(FULL)
    when: dict[str, Any] = {"on": dt.date(2027, 3, 18), "starts": dt.time(9), "ends": dt.time(15)}
    day = AgreedVisitRow(visit_id="avi-abcdef", number=1, state="published", sequence=0, **when)
    row = ArrangementRow(
        arrangement_id="arr-1", programme_id="prg-1", activity="visit", match_id="mat-1", host_school_id="sch-2",
        school_id="sch-1", person_id="per-1", state="agreed", needed=1, visits=(day,),
    )  # fmt: skip
    client.answers |= {
        ListDays: ArrangementRows(total=1, arrangements=(row,)), scheduling.AllowSubstitute: done(sentence="Allowed.")
    }  # fmt: skip
    assert run(client, "visits", "agreed", "substitute", "avi-ab", "per-1", "bo@school.example") == 0
    expected = scheduling.AllowSubstitute(visit_id="avi-abcdef", person_id="per-1", substitute_id="per-2")
    assert client.asked[-1] == expected
