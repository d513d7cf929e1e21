"""Invitations as calendars read them: zones on both sides of the clock change, texts, people, answers."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar

from services.notifications.domain.invitations import Invitation, Mailbox, ics, target_of, uid
from services.notifications.domain.words import listed, when
from shared.vtimezone import vtimezone

INVITATION = Invitation(
    target_id="vis-1", sequence=3, method="REQUEST", stamped=dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC),
    on=dt.date(2027, 5, 13), starts=dt.time(9), ends=dt.time(15), timezone="Europe/London",
    summary="Visit day at St Oswald's; a, b", description="Sign in: main door\nBring, please: ID \N{EM DASH} photo",
    location="Hallam Primary School, Sheffield, S10 4BD", organizer=Mailbox("Kindred", "programmes@kindred.example"),
    attendee=Mailbox('Ann "Annie" Beaumont', "ann@schools.example"),
)  # fmt: skip


def event_of(invitation: Invitation):
    (event,) = Calendar.from_ical(ics(invitation)).walk("VEVENT")
    return event


def test_the_same_texts_and_people_come_out():
    event = event_of(INVITATION)
    assert (event["summary"], event["description"]) == (INVITATION.summary, INVITATION.description)
    assert (event["uid"], event["sequence"], event["status"]) == ("vis-1@kindred", 3, "CONFIRMED")
    assert event["organizer"] == "mailto:programmes@kindred.example"
    assert event["attendee"] == "mailto:ann@schools.example"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert event["attendee"].params["CN"] == "Ann 'Annie' Beaumont"


def test_a_comma_in_a_name_does_not_make_two_people():
    attendee = event_of(replace(INVITATION, attendee=Mailbox("Smith, Jo", "jo@schools.example")))["attendee"]
    assert (attendee, attendee.params["CN"]) == ("mailto:jo@schools.example", "Smith, Jo")


def test_who_only_needs_to_know_is_not_asked_for_an_answer():
    params = event_of(replace(INVITATION, asked=False))["attendee"].params
    assert (params["RSVP"], params["ROLE"]) == ("FALSE", "NON-PARTICIPANT")


def test_a_cancellation_says_so_twice():
    calendar = Calendar.from_ical(ics(replace(INVITATION, method="CANCEL")))
    assert (calendar["method"], calendar.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize(
    ("on", "utc_hour"),
    [
        (dt.date(2027, 3, 26), 9), (dt.date(2027, 3, 29), 8),  # the clock goes forward on Sunday 28 March 2027
        (dt.date(2026, 10, 23), 8), (dt.date(2026, 10, 26), 9),  # and back on Sunday 25 October 2026
    ],
)  # fmt: skip
def test_nine_o_clock_stays_nine_o_clock_on_both_sides_of_the_clock_change(on, utc_hour):
    start = event_of(replace(INVITATION, on=on))["dtstart"].dt
    assert start.astimezone(dt.UTC) == dt.datetime.combine(on, dt.time(utc_hour), dt.UTC)
    assert (start.hour, start.minute) == (9, 0)


def test_our_own_timezone_has_one_rule_for_summer_and_one_for_winter():
    lines = vtimezone("Europe/London").to_ical().decode().split("\r\n")
    assert lines == [
        "BEGIN:VTIMEZONE", "TZID:Europe/London",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T010000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "TZNAME:BST",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19701025T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZNAME:GMT",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "END:STANDARD",
        "END:VTIMEZONE", "",
    ]  # fmt: skip


def test_a_zone_without_summer_time_has_one_part():
    assert vtimezone("Atlantic/Reykjavik").to_ical().count(b"BEGIN:STANDARD") == 1


def test_lines_are_folded_and_end_as_the_standard_says():
    raw = ics(INVITATION)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_our_uid_is_known_again_and_a_foreign_one_is_not():
    assert target_of(uid("vis-1")) == "vis-1"
    assert target_of("vis-1@google.com") is None


def test_dates_read_as_people_say_them():
    assert when(dt.date(2027, 5, 13), dt.time(9), dt.time(15, 5)) == "Thursday 13 May 2027, 9:00 to 15:05"
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
