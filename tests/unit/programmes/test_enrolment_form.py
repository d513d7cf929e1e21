"""What the empty enrolment form says to whoever fills it in."""

import csv
import io

import openpyxl

from services.programmes.domain.enrolment.columns import URN, headings
from services.programmes.domain.enrolment.form import advice, csv_form, guide, must_be_filled
from services.programmes.domain.enrolment.table import hand_table
from services.programmes.files.workbook import workbook_form
from shared.tables.opening import sheets_in
from tests.unit.programmes.made import TERMS


def test_the_form_says_what_must_be_filled_and_how():
    must = {
        "URN", "Headteacher name", "Headteacher email", "Senior leader name", "Senior leader email", "CPD lead name",
        "CPD lead email", "Chair of governors name", "Chair of governors email", "Strength 1", "Strength 1 evidence",
        "Need 1", "Need 1 evidence",
    }  # fmt: skip
    assert must_be_filled(TERMS) == must
    said = {column: (whether, what) for column, whether, what in guide(TERMS)}
    assert {column for column, (whether, _) in said.items() if whether == "yes"} == must
    assert said["Need 2 evidence"] == ("yes, where there is a need 2", "How do you know?")
    assert said["Clerk to governors email"][0] == "no"
    _, topics, addresses, _ = advice(TERMS)
    assert topics == (
        "Each school names 1 to 5 strengths and 1 to 5 needs. Each has a topic from the list, a weight from 1 to 5 "
        "(3 if blank) and a sentence of evidence: how does the school know?"
    )
    assert addresses == (
        "Each person has an e-mail address of their own; the headteacher and senior leader are two people."
    )


def test_both_forms_carry_the_guide():
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(TERMS)))
    cells = [row[0].value for row in book["How to fill this in"].iter_rows()]
    assert cells[0] == "How to fill in this form"
    assert cells[1:5] == advice(TERMS)
    assert len(cells) == 7 + len(headings(TERMS)) + 1
    sheet = book["Enrolments"]
    marked = {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "FFF4B183"}
    assert marked == must_be_filled(TERMS)
    assert {cell.value for cell in sheet[1] if cell.comment and cell.comment.text.startswith("Must be")} == marked
    notes = [row[0] for row in csv.reader(io.StringIO(csv_form(TERMS).decode("utf-8-sig"))) if row[0][:1] == "#"]
    assert notes[:4] == [f"# {sentence}" for sentence in advice(TERMS)]
    assert notes[4].startswith("# Columns that must be filled: URN, Headteacher name, Headteacher email,")


def test_dates_and_telephone_numbers_stay_as_they_are_typed():
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(TERMS)))
    sheet = book["Enrolments"]
    styled = {
        sheet.cell(1, at).value
        for columns in sheet.column_dimensions.values()
        if columns.number_format == "@"
        for at in range(columns.min or 0, (columns.max or 0) + 1)
    }
    names = [heading.name for heading in headings(TERMS)]
    assert styled == {name for name in names if name.lower().endswith(("phone", "dates not possible"))}
    assert len(styled) == 8


def test_the_guide_is_no_sheet_that_was_left_unread():
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(TERMS)))
    book["Enrolments"].append(["106557"])
    content = io.BytesIO()
    book.save(content)
    table = hand_table(sheets_in(content.getvalue()), headings(TERMS), URN)
    assert [row.cells["URN"] for row in table.rows] == ["106557"]
    assert not [note for note in table.notes if "not read" in note]
