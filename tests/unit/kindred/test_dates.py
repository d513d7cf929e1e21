"""Agreed days, calls and duties on the command line: what is typed becomes exactly this command, and what is shown."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from kindred.cli.scheduling.duty_file import calendar_file
from shared.commands import programmes_queries as queries
from shared.commands import scheduling_dates as dates
from shared.commands import scheduling_duties as duties
from shared.commands.base import Command, Query
from shared.events.programmes import SchoolFacts
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import done, run
from tests.unit.kindred.test_overruling import KNOWN

LONDON = ZoneInfo("Europe/London")
DAY = dt.date(2026, 10, 5)
SCHOOL = queries.SchoolRow(
    facts=SchoolFacts(
        school_id="sch-1", urn=107001, name="Abbey", phase="primary", authority_code="373", authority="Sheffield",
        region="Yorkshire and The Humber",
    ),
    status="Open", enrollable=True,
)  # fmt: skip
SHOWN = dates.AgreementDetail(
    agreement_id="agr-123456789abc", person_ids=("per-1", "per-2"), state="waiting",
    offers=(DAY, DAY + dt.timedelta(days=2)), deadline=dt.datetime(2026, 9, 18, 16, tzinfo=dt.UTC),
    waiting_for=("per-2",), held=(DAY,),
    said=(dates.SaidRow(person_id="per-1", on=DAY, answer="if-need-be"),),
)  # fmt: skip
CALL = dates.CallRow(
    call_id="cal-123456789abc", person_ids=("per-1", "per-2"), on=dt.date(2026, 10, 23), starts=dt.time(9), minutes=45,
    timezone="Europe/London", state="booked",
)  # fmt: skip
NOON = dt.datetime(2026, 10, 23, 11, tzinfo=dt.UTC)
THURSDAYS = tuple(dt.date(2026, 10, 15) + dt.timedelta(weeks=n) for n in (0, 1, 3, 4))
DUTY = duties.CommitmentDays(
    cadence="weekly", days=(*THURSDAYS, dt.date(2026, 11, 20)), moved=(dt.date(2026, 11, 20),),
    timezone="Europe/London",
    gaps=(duties.GapRow(first=DAY, last=DAY, sentence="Between 5 October and 5 October 2026 the school is closed."),),
    series=duties.SeriesRow(
        freq="WEEKLY", by_day="TH", first=THURSDAYS[0], until=THURSDAYS[-1], exceptions=(dt.date(2026, 10, 29),),
        singles=(dt.date(2026, 11, 20),),
    ),
    calendar="sheffield.gov.uk",
)  # fmt: skip
ANSWERS: dict[type[Command] | type[Query], Any] = {
    **KNOWN,
    queries.ShowSchool: SCHOOL,
    queries.NamePeople: queries.NamedPeople(
        people=(
            queries.NamedPerson(person_id="per-1", name="Ada Okafor", schools=("Abbey",)),
            queries.NamedPerson(person_id="per-2", name="Bo Lind"),
        )
    ),
    dates.ListAgreements: dates.AgreementRows(total=1, agreements=(SHOWN,)),
    dates.ListCalls: dates.CallRows(total=1, calls=(CALL,)),
    dates.ShowAgreement: SHOWN,
    dates.ShowCallSlots: dates.CallSlots(
        total=1, timezone="Europe/London", slots=(dates.SlotRow(start=NOON, on=NOON.date(), starts=dt.time(12)),)
    ),
    duties.LayOutCommitment: DUTY,
}
OFFER = "dates offer ada@school.example per-2 --earliest 2026-10-01 --school 107001"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            [*OFFER.split(), "--deadline", "2026-09-18 17:00", "--latest", "2026-11-30", "--about", "peer coaching"],
            dates.OfferDates(
                person_ids=("per-1", "per-2"),
                earliest=dt.date(2026, 10, 1),
                latest=dt.date(2026, 11, 30),
                deadline=dt.datetime(2026, 9, 18, 16, tzinfo=dt.UTC),
                school_ids=("sch-1",),
                about="peer coaching",
            ),
        ),
        (
            ["dates", "answer", "agr-12", "ada@school.example", "2026-10-05=yes", "2026-10-07=if-need-be", "--note=No"],
            dates.AnswerDates(
                agreement_id="agr-123456789abc",
                person_id="per-1",
                note="No",
                lines=(
                    dates.DayLine(on=DAY, answer="yes"),
                    dates.DayLine(on=dt.date(2026, 10, 7), answer="if-need-be"),
                ),
            ),
        ),
        (
            ["calls", "open", "per-1", "2026-10-23 9:00-12:30"],
            dates.OpenCalls(
                person_id="per-1",
                openings=(dates.OpeningLine(on=dt.date(2026, 10, 23), first=dt.time(9), last=dt.time(12, 30)),),
            ),
        ),
        (["calls", "open", "per-1"], dates.OpenCalls(person_id="per-1", openings=())),
        (
            ["calls", "book", "per-1", "per-2", "--at", "2026-10-23 12:00", "--minutes", "45"],
            dates.BookCall(person_ids=("per-1", "per-2"), start=NOON, minutes=45),
        ),
        (
            ["calls", "book", "per-1", "per-2", "--at", "2026-10-26T12:00"],
            dates.BookCall(person_ids=("per-1", "per-2"), start=NOON + dt.timedelta(days=3, hours=1), minutes=30),
        ),
        (["dates", "withdraw", "agr-12"], dates.WithdrawDates(agreement_id="agr-123456789abc")),
        (["calls", "cancel", "cal-12"], dates.CancelCall(call_id="cal-123456789abc")),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_is_typed_is_what_is_asked(typed: list[str], asked: Command) -> None:
    client = FakeClient({**ANSWERS, type(asked): done()})
    assert run(client, *typed) == 0
    assert [message for message in client.asked if isinstance(message, Command)] == [asked]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            ["dates", "list", "--state", "open"],
            "'open' is no state; the states are waiting, settled, nothing-suits, lapsed.",
        ),
        (["dates", "show", "agr-1"], "No agreement goes by 'agr-1'. `kindred dates list` shows them."),
        (["dates", "answer", "agr-1", "per-1", "2026-10-05=maybe"], "'2026-10-05=maybe' should read like:"),
        (["calls", "book", "per-1", "per-2", "--at", "2026-10-23"], "'2026-10-23' has no time of day;"),
        (["calls", "book", "per-1", "per-2", "--at", "2026-10-23 9am"], "'9am' is no time; write it as 09:00."),
        (["calls", "open", "per-1", "2026-10-23"], "'2026-10-23' should read like: 2027-01-31 09:00-12:00."),
        (["duties", "lay-out", "--cadence", "often", "--year", "2026"], "'often' is no cadence;"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FakeClient(dict(ANSWERS)), *typed) == 2
    assert sentence in capsys.readouterr().err


def test_an_agreement_shows_the_days_and_who_has_said_what(capsys: pytest.CaptureFixture[str]) -> None:
    noted = SHOWN.model_copy(
        update={"about": "peer coaching", "notes": (dates.NoteRow(person_id="per-1", note="Ten."),)}
    )
    assert run(FakeClient({**ANSWERS, dates.ShowAgreement: noted}), "dates", "show", "agr-12") == 0
    shown = " ".join(capsys.readouterr().out.replace("│", "").replace("┃", "").split())
    assert "(peer coaching): Waiting for answers. Held until Friday 18 September 2026, 17:00." in shown
    assert "day Ada Okafor (Abbey) Bo Lind settled" in shown
    assert "Monday 5 October 2026 if-need-be not yet no" in shown
    assert "Ada Okafor (Abbey): Ten." in shown
    assert "per-1" not in shown


def test_each_person_is_asked_to_choose_a_time_for_a_call(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({**ANSWERS, dates.OfferCall: done()})
    assert run(client, *"calls invite ada@school.example per-2 per-3 --minutes 45".split()) == 0  # noqa: SIM905 - as it is typed
    asked = [dates.OfferCall(host_id="per-1", person_id=one, minutes=45) for one in ("per-2", "per-3")]
    assert [message for message in client.asked if isinstance(message, Command)] == asked
    assert "per-3:" in capsys.readouterr().out


def test_an_offer_says_how_to_answer_for_somebody_on_the_telephone(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({**ANSWERS, dates.OfferDates: done()})
    assert run(client, *OFFER.split(), "--deadline", "2026-09-18 17:00") == 0
    assert "kindred dates answer agr-12345678 ADDRESS 2026-10-05=yes 2026-10-07=yes" in plain(capsys)


def plain(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.replace("│", "").replace("┃", "").split())


def test_agreements_are_listed_with_names_and_who_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient(dict(ANSWERS))
    assert run(client, *["dates", "list", "--state", "waiting", "--person", "ada@school.example", "--limit", "7"]) == 0
    asked = dates.ListAgreements(state="waiting", person_id="per-1", limit=7)
    assert [message for message in client.asked if isinstance(message, dates.ListAgreements)] == [asked]
    shown = plain(capsys)
    for said in ("Agreed days (1)", "Mon 5 Oct 2026", "Ada Okafor", "agr-12345678", "waiting for"):
        assert said in shown


def test_calls_are_listed_with_names_and_local_time(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient(dict(ANSWERS))
    assert run(client, *["calls", "list", "--state", "booked", "--person", "per-1", "--offset", "3"]) == 0
    asked = dates.ListCalls(state="booked", person_id="per-1", offset=3)
    assert [message for message in client.asked if isinstance(message, dates.ListCalls)] == [asked]
    shown = plain(capsys)
    for said in ("Calls (1)", "23 October", "45", "Ada Okafor", "booked", "cal-12345678"):
        assert said in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("dates list", "There are no days on offer or agreed. `kindred dates offer` offers some."),
        ("dates list --person per-1", "There are no days on offer or agreed in this state or of this person."),
        ("calls list", "There are no calls. `kindred calls slots` shows when one could be booked."),
        ("calls list --state over", "There are no calls in this state or of this person."),
    ],
)
def test_an_empty_list_says_so_and_what_to_do(typed: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    none: dict[type[Command | Query], Any] = {
        dates.ListAgreements: dates.AgreementRows(total=0, agreements=()),
        dates.ListCalls: dates.CallRows(total=0, calls=()),
    }
    assert run(FakeClient({**ANSWERS, **none}), *typed.split()) == 0
    assert sentence in plain(capsys)


def test_a_withdrawn_day_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    lapsed = SHOWN.model_copy(update={"state": "lapsed", "held": (), "withdrawn": DAY})
    assert run(FakeClient({**ANSWERS, dates.ShowAgreement: lapsed}), "dates", "show", "agr-12") == 0
    assert "agr-123456789abc: Monday 5 October 2026 was withdrawn." in " ".join(capsys.readouterr().out.split())


def test_slots_are_shown_in_local_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FakeClient(dict(ANSWERS)), "calls", "slots", "per-1", "per-2") == 0
    shown = capsys.readouterr().out
    assert "Free for 30 minutes (1 of 1)" in shown
    assert "12:00" in shown


def test_a_duty_is_shown_with_what_moved_and_its_gaps_and_written_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client, file = FakeClient(dict(ANSWERS)), tmp_path / "duties.ics"
    words = "duties lay-out --cadence weekly --year 2026/27 --school 107001 --person ada@school.example --title Walk"
    assert run(client, *words.split(), "-o", str(file), "--starts", "8:30", "--minutes", "45") == 0
    asked = duties.LayOutCommitment(cadence="weekly", year=2026, school_id="sch-1", person_ids=("per-1",))
    assert [message for message in client.asked if isinstance(message, duties.LayOutCommitment)] == [asked]
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Walk, weekly (5)", "not its usual weekday", "the school is closed."))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert {"SUMMARY:Walk", "DTSTART;TZID=Europe/London:20261015T083000"} <= set(lines)
    assert "DTEND;TZID=Europe/London:20261015T091500" in lines


def test_json_is_the_answer_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    words = "commitments lay-out --cadence weekly --year 2026 --json"
    assert run(FakeClient(dict(ANSWERS)), *words.split()) == 0
    assert json.loads(capsys.readouterr().out)["series"]["by_day"] == "TH"


def written() -> bytes:
    return calendar_file(DUTY, "Learning walk", dt.time(9), 60, dt.datetime(2026, 9, 1, tzinfo=dt.UTC))


def test_the_file_expands_to_exactly_the_duty_s_days_at_nine_on_both_sides_of_the_clock_change() -> None:
    found = recurring_ical_events.of(Calendar.from_ical(written())).between(DAY, DAY + dt.timedelta(days=90))
    starts = sorted(event["DTSTART"].dt for event in found)
    assert starts == [dt.datetime.combine(on, dt.time(9), LONDON) for on in DUTY.days]
    assert {start.utcoffset() for start in starts} == {dt.timedelta(0), dt.timedelta(hours=1)}


def test_the_file_says_what_calendar_programmes_need() -> None:
    lines = written().decode().splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    for wanted in (
        "VERSION:2.0", "PRODID:-//Kindred//Duties//EN", "TZID:Europe/London",
        "DTSTART;TZID=Europe/London:20261015T090000", "EXDATE;TZID=Europe/London:20261029T090000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=WEEKLY;UNTIL=20261112T090000Z;INTERVAL=1;BYDAY=TH", "DTSTAMP:20260901T000000Z",
    ):  # fmt: skip
        assert wanted in lines
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == 2
    assert written().decode().splitlines() == lines


def test_the_zone_in_the_file_is_london_s() -> None:
    (zone,) = Calendar.from_ical(written()).timezones
    ours = zone.to_tz(lookup_tzid=False)
    for on, at in (("2026-10-25", dt.time(0, 59)), ("2026-10-25", dt.time(2, 1)), ("2027-03-28", dt.time(2, 1))):
        offsets = {dt.datetime.combine(dt.date.fromisoformat(on), at, each).utcoffset() for each in (ours, LONDON)}
        assert len(offsets) == 1
