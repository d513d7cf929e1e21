"""Everything that is wrong with a calendar file is named with its entry, and nothing of it is taken in."""

import json

import pytest

from services.scheduling.domain.calendars.files import days_in
from services.scheduling.domain.calendars.reading import SHOWN
from shared.errors import Rejected


def refused(content, name="terms.json"):
    with pytest.raises(Rejected) as refusal:
        days_in(content if isinstance(content, bytes) else json.dumps(content).encode(), name)
    assert refusal.value.rule == "calendar-file"
    return refusal.value.sentence


def terms(*dates, name="2026-27"):
    return {"academic_years": [{"name": name, "dates": [{"date": date} for date in dates]}]}


def test_every_bad_date_of_a_json_calendar_is_named_with_its_entry_and_the_reason():
    data = terms("2026-09-01", "2027-02-30", "2026-09-02", "soon", 5)
    data["academic_years"][0]["dates"] += [{"day": "2026-09-03"}, "2026-09-04"]
    assert refused(data) == (
        "Nothing was taken in from 'terms.json': this list of term dates has 5 entries that cannot be read: "
        "2026-27, entry 2: '2027-02-30' does not exist in the calendar; "
        "2026-27, entry 4: 'soon' is no date such as 2027-01-31; "
        "2026-27, entry 5: '5' is no date such as 2027-01-31; "
        "2026-27, entry 6: 'date' is missing; "
        "2026-27, entry 7: '2026-09-04' is no object with fields."
    )


def test_a_year_without_a_name_or_without_a_list_is_named_by_its_place():
    data = {"academic_years": [{"dates": [{"date": "never"}]}, {"dates": {"date": "2026-09-01"}}]}
    said = refused(data)
    assert "year 1, entry 1: 'never' is no date such as 2027-01-31; year 2 is no list" in said


def test_a_file_full_of_nonsense_is_cut_short_and_counted():
    said = refused(terms(*["x"] * (SHOWN + 7)))
    assert f"has {SHOWN + 7} entries that cannot be read" in said
    assert said.endswith("; and 7 more.")


def test_json_that_breaks_off_names_the_line():
    assert refused(b'{"academic_years": [\n{"dates": [}').endswith("As JSON it breaks off at line 2: Expecting value.")


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


GOOD = ("SUMMARY:School day", "DTSTART;VALUE=DATE:20260901")


def test_every_bad_event_of_an_ics_calendar_is_named_with_its_line_and_the_reason():
    content = calendar(
        GOOD,
        ("SUMMARY:Half term",),
        ("SUMMARY:Easter", "DTSTART;VALUE=DATE:20270230"),
        ("DTSTART;VALUE=DATE:20260902", "DTEND;VALUE=DATE:2026xx"),
        ("SUMMARY:Backwards", "DTSTART;VALUE=DATE:20260905", "DTEND;VALUE=DATE:20260904"),
    )
    assert refused(content, "terms.ics") == (
        "Nothing was taken in: this calendar file has 4 entries that cannot be read: "
        "event 2 'Half term' (line 8): DTSTART is missing; "
        "event 3 'Easter' (line 11): DTSTART: Wrong date format 20270230; "
        "event 4 (line 15): DTEND: Expected time, got: 2026xx; "
        "event 5 'Backwards' (line 19): it ends before it begins."
    )


@pytest.mark.parametrize(
    "event", [(*GOOD, "DTSTART;VALUE=DATE:20260903"), ("SUMMARY:Odd", "DTSTART;VALUE=TIME:090000")]
)
def test_an_event_that_names_no_one_date_is_refused(event):
    assert "(line 4): DTSTART and DTEND must be one date each." in refused(calendar(event), "terms.ics")


def test_a_good_calendar_is_read():
    assert [str(day) for day in days_in(calendar(GOOD), "terms.ics")] == ["2026-09-01"]


def span(title, first, last="", *more):
    return (f"SUMMARY:{title}", f"DTSTART{first}", *([f"DTEND{last}"] if last else []), *more)


WEEK = [f"2026-10-{day}" for day in (19, 20, 21, 22, 23)]


def read(*events):
    return [str(day) for day in days_in(calendar(*events), "terms.ics")]


def test_a_holiday_within_a_term_is_no_school_day():
    term = span("Autumn term", ";VALUE=DATE:20261019", ";VALUE=DATE:20261031")
    assert read(term, span("Half-term holiday", ";VALUE=DATE:20261026", ";VALUE=DATE:20261031")) == WEEK


@pytest.mark.parametrize(
    "event",
    [
        span("Autumn term", ":20261019T083000", ":20261023T150000"),
        span("Autumn term", ":20261019T000000", ":20261024T000000"),
        span("Autumn term", ";VALUE=DATE:20261019", "", "DURATION:P5D"),
        span("Autumn term", ":20261019T083000", "", "DURATION:P4DT7H"),
    ],
)
def test_the_last_day_of_a_term_counts_however_its_end_is_written(event):
    assert read(event) == WEEK


def test_an_instant_counts_on_its_day_in_england():
    assert read(span("School day", ":20261020T230000Z", ":20261021T230000Z")) == ["2026-10-21"]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (span("School day", ";VALUE=DATE:20260901", "", "RRULE:FREQ=DAILY;COUNT=5"), "(line 4): it repeats; name"),
        (span("Term", ";VALUE=DATE:20260901", ";VALUE=DATE:20280901"), "(line 4): it lasts over 366 days"),
        (span("Term", ";VALUE=DATE:20260901", "", "DURATION:long"), "(line 4): DURATION: Expected"),
        (span("Bank holiday", ";VALUE=DATE:20270503"), "no weekday is left as a school day. Name each school day"),
        (span("School day", ";VALUE=DATE:20260905"), "no weekday is left as a school day. Name each school day"),
    ],
)
def test_what_would_be_read_as_other_days_than_are_meant_is_refused(event, says):
    assert says in refused(calendar(event), "terms.ics")


def test_a_file_that_breaks_off_says_what_to_do():
    assert "before END:VCALENDAR; save or download it again." in refused(calendar(GOOD)[:-20], "terms.ics")
