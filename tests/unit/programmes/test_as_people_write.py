"""What people write into cells and headings in ways that mean one thing only, and what means nobody."""

import pytest

from services.programmes.domain.enrolment.row import read_wish
from shared.tables.problems import Problem
from shared.tables.records import Record, separated
from shared.tables.text import lines_of
from tests.made_tables import csv_file, workbook
from tests.unit.programmes.made import TERMS
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong

DATES, TRAVEL, APART, NAME = "Dates not possible", "Farthest travel (km)", "Not with (URNs)", "Headteacher name"


def wish(**changed):
    one = read(workbook(*lines(row(**changed)))).rows[0]
    return read_wish(one.cells, "prg-1", TERMS, faults=one.faults)


def spans(text):
    found, broken = wish(**{DATES: text})
    return [(str(span.first), str(span.last)) for span in found.dates_not_possible] if found else broken[0].sentence


@pytest.mark.parametrize("text", ["TRUE", "True", "yes", "x", "1", "\u2713", "n/a", "See above.", "tbc"])
def test_a_ticked_box_is_no_evidence(text):
    found, broken = wish(**{"Need 1 evidence": text})
    assert found is None
    assert [(one.sentence, one.column) for one in broken] == [
        (f"'{text}' is no evidence. Write a sentence: how does the school know?", "Need 1 evidence")
    ]


@pytest.mark.parametrize("text", ["Ofsted", "Yes: two reviews said so.", "SATs 2026: 61 %"])
def test_evidence_in_few_words_is_taken(text):
    assert wish(**{"Need 1 evidence": text})[1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/05/2027-28/05/2027", [("2027-05-24", "2027-05-28")]),
        ("Monday, 24 May 2027; Tue, 25/05/2027", [("2027-05-24", "2027-05-24"), ("2027-05-25", "2027-05-25")]),
        ("2027-05-24 00:00:00", [("2027-05-24", "2027-05-24")]),
        ("24/05/2027 & 26/05/2027", [("2027-05-24", "2027-05-24"), ("2027-05-26", "2027-05-26")]),
        ("24-05-2027", [("2027-05-24", "2027-05-24")]),
        ("None", []),
        ("n/a", []),
        ("24/05/2027 am", "'24/05/2027 am' is not a date like 17/05/2027."),
        ("2027-05-24 09:30:00", "'2027-05-24 09:30:00' is not a date like 17/05/2027."),
        ("TBC", "'TBC' is not a date like 17/05/2027."),
    ],
)
def test_dates(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize(("text", "km"), [("12,5", 12.5), ("15 kms", 15.0), ("7,5 miles", 12.1), ("1,000", None)])
def test_distances_with_a_decimal_comma(text, km):
    found, broken = wish(**{TRAVEL: text})
    assert (found and found.farthest_travel_km) == km
    assert bool(broken) == (km is None)


def test_nobody_to_keep_apart_from():
    found, _ = wish(**{APART: "none"})
    assert found.not_with == ()


def test_an_ampersand_is_the_word_and():
    found, _ = wish(**{"Strength 1": "Phonics & early reading"})
    assert found.strengths[0].topic == "phonics"


@pytest.mark.parametrize("name", ["TBC", "Vacant", "n/a", "-", "???", "to be confirmed", "NULL", "nan"])
def test_a_word_for_nobody_is_no_name(name):
    said = wrong(read(csv_file(*lines(row(**{NAME: name})))))
    assert said == [(2, NAME, f"'{name}' names nobody. Write the person's name, or leave the person's cells blank.")]


@pytest.mark.parametrize("name", ["Siobhán O'Connor", "Siobhán O\u2019Connor", "Ann Marsh (Mrs)", "Nguyễn Ánh"])
def test_names_of_people_are_taken(name):
    assert wrong(read(csv_file(*lines(row(**{NAME: name}))))) == []


def test_a_plain_character_out_of_place_is_not_blamed_on_a_code_page():
    said = wrong(read(csv_file(*lines(row(**{NAME: "ann@x.example"})))))
    assert said == [(2, NAME, "'ann@x.example' holds '@', which no name has.")]


def test_headings_over_several_lines_are_headings_in_csv_too():
    wrapped = [name.replace(" ", "\n", 1) for name in NAMES]
    found = read(csv_file(wrapped, *lines(row())[1:]))
    assert [each.cells["URN"] for each in found.rows] == ["106557"]
    assert found.rows[0].line == 2 + sum(name.count("\n") for name in wrapped)


def test_a_stray_quotation_mark_in_the_headings_swallows_no_row():
    head = b'URN,"School name,Headteacher name\r\n106557,"One",Ann Marsh\r\n106994,Two,Bob Lee\r\n'
    assert list(separated(lines_of(head))) == [
        Problem(1, "whole row", "A quotation mark opens and is not closed."),
        Record(2, ["106557", "One", "Ann Marsh"]),
        Record(3, ["106994", "Two", "Bob Lee"]),
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_without_a_mark(encoding):
    assert len(read(csv_file(*lines(row(), row(urn=106994)), encoding=encoding)).rows) == 2


def test_the_end_of_file_mark_of_old_programs_is_no_row():
    found = read(csv_file(*lines(row())) + b"\x1a")
    assert (len(found.rows), wrong(found)) == (1, [])
