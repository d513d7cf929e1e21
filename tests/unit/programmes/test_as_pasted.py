"""What copying leaves in a file: rows struck through, headings again, addresses out of mails, texts as formulas."""

import pytest
from openpyxl.styles import Font

from services.programmes.domain.enrolment.addresses import bare_address
from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.enrolment.facilitators import read_facilitator
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.tables import headings
from services.programmes.domain.tables.phones import corrected_phone
from shared.tables.opening import sheets_in
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, ods, ods_cell, workbook
from tests.unit.programmes.made import TERMS
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong


def struck(*cells):
    def shape(sheet):
        for at in cells:
            sheet.cell(3, at).font = Font(strike=True)

    return shape


def test_a_row_whose_cells_are_all_struck_through_is_named():
    table = lines(row(), row(106564), row(106579))
    filled = [at for at, text in enumerate(table[2], start=1) if text]
    said = "1 row whose cells are struck through was read too (line 3). Delete what does not count"
    assert f"{said} and send the file again." in read(workbook(*table, shaped=struck(*filled))).notes
    assert not [note for note in read(workbook(*table, shaped=struck(filled[0]))).notes if "struck" in note]


def test_rows_of_an_open_document_are_struck_through_by_the_style_of_their_cells():
    gone = '<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    rows = [f"<table:table-row>{ods_cell('x', style)}</table:table-row>" for style in ("", 'table:style-name="gone"')]
    (sheet,) = sheets_in(ods(*rows, before=gone))
    assert sheet.struck_rows == {2}


def test_headings_that_stand_again_between_rows_are_passed_over():
    table = lines(row())
    found = read(csv_file(*table, list(NAMES), *lines(row(106564))[1:]))
    assert (len(found.rows), wrong(found)) == (2, [])
    assert "Passed over: the headings again (line 3)." in found.notes


def test_a_row_that_shares_two_words_with_the_headings_is_a_row():
    again = {"URN": "URN", "School name": "School name"}
    assert len(read(csv_file(*lines(row(), again))).rows) == 2


@pytest.mark.parametrize(
    "copied",
    [
        "mailto:ann@s.example",
        "Ann Marsh <ann@s.example>",
        "<mailto:ann@s.example>",
        "ann@s.example;",
        " ann@s.example ,",
    ],
)
def test_an_address_is_found_in_what_mail_programs_copy(copied):
    found = read(csv_file(*lines(row(**{"Headteacher email": copied})))).rows[0]
    wish, broken = read_wish(found.cells, "prg-1", TERMS)
    assert wish is not None
    assert (wish.people[0].email, broken) == ("ann@s.example", [])


@pytest.mark.parametrize(
    "text", ["a@s.example; b@s.example", "ann@s.example (office)", "Ann <a@s.example> <b@s.example>"]
)
def test_what_holds_more_than_one_address_stays_as_it_is(text):
    assert bare_address(text) == text


def test_texts_that_an_export_writes_as_formulas_are_their_texts():
    found = read(csv_file(*lines({**row(), "URN": '="106557"', "Headteacher phone": '="01142720000"'}))).rows[0]
    assert (found.cells["URN"], found.cells["Headteacher phone"]) == ("106557", "01142720000")


def test_a_word_is_no_telephone_number_and_a_word_for_none_is_none():
    with pytest.raises(ValueError, match=r"^'ask the office' is no telephone number\.$"):
        corrected_phone("ask the office")
    assert corrected_phone("n/a") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24-28 May 2027", ("2027-05-24", "2027-05-28")),
        ("Mon 24th to Fri 28th May 2027", ("2027-05-24", "2027-05-28")),
        ("May 24, 2027", ("2027-05-24", "2027-05-24")),
        ("2027/05/24", ("2027-05-24", "2027-05-24")),
    ],
)
def test_days_that_can_be_meant_in_one_way_only(text, expected):
    (span,) = read_spans(text)
    assert (str(span.first), str(span.last)) == expected


@pytest.mark.parametrize("name", ["Ann \U0001f393 Marsh", "\u202eAnn Marsh"])
def test_a_character_of_no_code_page_is_not_blamed_on_one(name):
    ((_, _, said),) = wrong(read(csv_file(*lines(row(**{"Headteacher name": name})))))
    assert said.endswith("which no name has.")


def test_a_file_of_a_thousand_columns_is_refused_before_its_headings_are_compared(monkeypatch):
    compared: list[str] = []
    monkeypatch.setattr(headings, "_nearest", lambda text, _: compared.append(text))
    with pytest.raises(NotThisFile, match=r"^The file has 1,052 columns; at most 200 are read\."):
        read(csv_file([*NAMES, *(f"c{number}" for number in range(1000))], [*lines(row())[1], *["y"] * 1000]))
    assert compared == []


FACILITATOR = {"Name": "Fay Okoro", "Email": "fay@t.example"}


@pytest.mark.parametrize("text", ["everywhere", "All", "n/a", "any"])
def test_a_facilitator_of_everywhere_may_say_so(text):
    wish, broken = read_facilitator(FACILITATOR | {"Regions": text}, "prg-1")
    assert (wish and wish.regions, broken) == ((), [])


@pytest.mark.parametrize(("given", "blank"), [("Easting", "Northing"), ("Northing", "Easting")])
def test_half_a_place_is_named(given, blank):
    wish, broken = read_facilitator(FACILITATOR | {given: "435000"}, "prg-1")
    assert wish is None
    assert [(one.column, one.sentence) for one in broken] == [
        (blank, "It is blank, but its other coordinate is filled. Give both or none.")
    ]
