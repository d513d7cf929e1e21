"""Calendar files as programs save them: encodings, several calendars in one, what is cancelled or given anew."""

import pytest

from services.scheduling.domain.calendars.files import read_terms
from tests.unit.scheduling.calendars.test_files import calendar, refused, span

TERM = span("Autumn term", ";VALUE=DATE:20261102", ";VALUE=DATE:20261107")
DAYS = ["0211", "0311", "0411", "0511", "0611"]


def read(content):
    return read_terms(content, "terms.ics")


def days(content):
    return [f"{each:%d%m}" for each in read(content).days]


def inset(on, *more):
    return (*span("INSET day", f";VALUE=DATE:{on}"), *more)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_it_is_read_in_every_encoding(encoding):
    content = calendar(TERM, span("Caf\u00e9 \u2013 visit", ";VALUE=DATE:20261103")).decode().encode(encoding)
    assert days(content) == DAYS
    assert [one.title for one in read(content).titles] == ["Autumn term", "Caf\u00e9 \u2013 visit"]


def test_names_of_properties_are_small_in_some_programs():
    assert days(calendar(TERM).replace(b"BEGIN:", b"begin:").replace(b"END:", b"end:")) == DAYS


def test_several_calendars_in_one_file_are_read_together():
    assert days(calendar(TERM) + calendar(inset("20261103"))) == [each for each in DAYS if each != "0311"]


def test_a_whole_calendar_that_is_cancelled_is_no_term():
    assert "no weekday is left" in refused(calendar(TERM).replace(b"PRODID", b"METHOD:CANCEL\r\nPRODID"), "terms.ics")


def test_an_entry_that_is_given_anew_counts_once():
    found = read(calendar(TERM, inset("20261103", "UID:1@x"), inset("20261104", "UID:1@x", "SEQUENCE:1")))
    assert [f"{each:%d%m}" for each in found.days] == [each for each in DAYS if each != "0411"]
    assert found.notes == ("1 entry that is given anew was passed over.",)


def test_programs_that_give_every_entry_one_uid_lose_none():
    assert days(calendar(TERM, inset("20261103", "UID:1@x"), inset("20261104", "UID:1@x"))) == ["0211", "0511", "0611"]


def test_lines_that_no_calendar_has_are_passed_over_and_counted():
    found = read(calendar(TERM).replace(b"VERSION", b"made by a program\r\nVERSION"))
    assert (len(found.days), found.notes) == (5, ("1 line that no calendar has was passed over.",))


def test_an_entry_without_a_title_is_read_by_what_describes_it():
    described = ("DESCRIPTION:INSET day\\nfor all staff", "DTSTART;VALUE=DATE:20261103")
    assert days(calendar(TERM, described)) == [each for each in DAYS if each != "0311"]
