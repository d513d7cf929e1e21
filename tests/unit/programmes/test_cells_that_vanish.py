"""No row and no cell of a file vanishes: each is read, or named by line and column, or said to be passed over."""

import pytest

from shared.tables.cells import cell_fault, name_fault, shown
from tests.made_tables import csv_file, ods, ods_cell, patched, workbook
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong

ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#NV", "Err:502", "########"]


NAME = "Headteacher name"


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", ["URN", "Headteacher name", "Dates not possible"])
def test_an_error_value_is_named_by_line_and_column_and_is_never_a_note(error, column):
    table = read(csv_file(*lines(row(), row(106564, **{column: error}), row(106579))))
    assert [each.line for each in table.rows] == [2, 3, 4]
    ((line, where, said),) = wrong(table)
    assert (line, where) == (3, column)
    assert error[:10] in said
    assert not any("note" in note for note in table.notes)


def test_a_school_whose_first_cell_begins_like_a_note_is_read():
    table = read(csv_file(*lines(row(School_name="e.g. School 106557"), row(106564, School_name="#1 School"))))
    assert [each.cells["School name"] for each in table.rows] == ["e.g. School 106557", "#1 School"]


def test_rows_that_are_passed_over_are_counted_with_the_reason():
    example = ["EXAMPLE - this row is ignored", "Example Primary School"]
    table = read(csv_file(*lines(row()), example, ["# To be continued"], ["", " ", "\u00a0"], ["# And a word"]))
    assert [each.line for each in table.rows] == [2]
    assert table.notes[0] == ("Passed over: 1 blank row; the form's example (line 3); 2 note rows (lines 4, 6).")


def test_hidden_rows_are_read_and_counted():
    def hide(sheet):
        for line in (3, 4):
            sheet.row_dimensions[line].hidden = True

    table = read(workbook(*lines(row(), row(106564), row(106579)), shaped=hide))
    assert len(table.rows) == 3
    assert "2 hidden rows were read too (lines 3, 4)." in table.notes


def test_hidden_columns_are_read_and_named():
    def hide(sheet):
        for letters in ("A", "C", "D"):
            sheet.column_dimensions[letters].hidden = True
        sheet.column_dimensions.group("BA", "CZ", hidden=True)  # nothing is in them

    table = read(workbook(*lines(row()), shaped=hide))
    header = lines(row())[0]
    said = ", ".join(f"'{header[at]}'" for at in (0, 2, 3) if lines(row())[1][at])
    assert [each.cells["URN"] for each in table.rows] == ["106557"]
    (note,) = [note for note in table.notes if "hidden column" in note]
    assert note.endswith(f"read too ({said}).")


def test_a_hidden_column_of_an_open_document_is_read():
    hidden = '<table:table-column table:number-columns-repeated="1" table:visibility="collapse"/>'
    table = read(ods(hidden, *lines(row())))
    assert "1 hidden column was read too ('URN')." in table.notes


def test_a_row_that_a_filter_of_an_open_document_hides_is_read():
    hidden = (
        f'<table:table-row table:visibility="filter">{"".join(map(ods_cell, lines(row(106564))[1]))}</table:table-row>'
    )
    table = read(ods(*lines(row()), hidden))
    assert [each.cells["URN"] for each in table.rows] == ["106557", "106564"]
    assert "1 hidden row was read too (line 3)." in table.notes


def test_cells_that_are_merged_are_named_where_they_hold_nothing():
    at = NAMES.index("Chair of governors name") + 1
    merged = workbook(
        *lines(row(), row(106564, Chair_of_governors_name="")),
        shaped=lambda sheet: sheet.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at),
    )
    ((line, column, said),) = wrong(read(merged))
    assert (line, column) == (3, "Chair of governors name")
    assert said.startswith("This cell is merged with others")


def test_a_formula_without_a_value_is_no_blank_cell():
    def change(xml):
        return xml.replace("<v>=later</v>", "").replace("<t>LATER</t>", "<t/>")

    content = workbook(*lines(row(Dates_not_possible="=DATE(2027,5,17)"), row(106564)))
    assert [
        (line, column) for line, column, _ in wrong(read(patched(content, "xl/worksheets/sheet1.xml", change)))
    ] == [(2, "Dates not possible")]


def test_a_formula_of_an_open_document_without_a_value_is_named():
    cells = lines(row())[1]
    at = NAMES.index("Dates not possible")
    xml = "".join(
        '<table:table-cell table:formula="of:=A1"/>' if place == at else ods_cell(cell)
        for place, cell in enumerate(cells)
    )
    ((line, column, said),) = wrong(read(ods(NAMES, f"<table:table-row>{xml}</table:table-row>")))
    assert (line, column) == (2, "Dates not possible")
    assert said.startswith("This cell holds a formula without a value.")


def test_a_row_that_is_cut_short_is_named_by_the_first_column_that_is_gone():
    content = csv_file(*lines(row(), row(106564))).removesuffix(b"\r\n")
    cut = content[: content.rindex(b"Our review.") + len("Our review.")]
    ((line, column, said),) = wrong(read(cut))
    assert (line, column) == (3, "Need 2")
    assert "it ends before 'Need 2'" in said


def test_a_row_cut_short_in_the_middle_of_a_file_is_named_too():
    table = lines(row(), row(106564), row(106579))
    table[2] = table[2][:-2]
    assert [(line, column) for line, column, _ in wrong(read(csv_file(*table)))] == [(3, "Farthest travel (km)")]


def test_rows_whose_empty_cells_at_the_end_a_program_leaves_off_are_read_and_said():
    table = lines(*(row(106557 + n) for n in range(4)))
    for line in table[2:]:
        del line[-3:]
    found = read(csv_file(*table))
    assert wrong(found) == []
    assert "The rows end before the last headings in lines 3 to 5; what is not there is blank." in found.notes


def test_a_comma_inside_a_cell_without_quotation_marks_is_named():
    content = csv_file(*lines(row(), row(106564, Need_1_evidence="Uneven. In books"))).replace(
        b"Uneven. In", b"Uneven, in"
    )
    ((line, column, said),) = wrong(read(content.removesuffix(b"\r\n") + b"x"))
    assert (line, column) == (3, "whole row")
    assert f"has {len(NAMES) + 1} cells where there are {len(NAMES)} headings" in said


@pytest.mark.parametrize("name", ["\u015eule Kaya", "Ay\u015fe Demir", "Y\u0131ld\u0131z Acar", "Tu\u011fba \u0130nan"])
def test_a_turkish_name_of_its_own_code_page_is_named_and_not_read_as_icelandic(name):
    said = [why for _, _, why in wrong(read(csv_file(*lines(row(**{NAME: name})), encoding="cp1254")))]
    assert len(said) == 1
    assert said[0].endswith("Save it as 'CSV UTF-8' or .xlsx.")
    assert wrong(read(csv_file(*lines(row(**{NAME: name})), encoding="utf-8-sig"))) == []


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Gu\u00f0mundur", "cp861"),
        ("\u00de\u00f3ra", "cp861"),
        ("Gu\u00f0r\u00fan", "mac_iceland"),
        ("Se\u00e1n", "cp850"),
        ("Si\u00e1n", "cp861"),
    ],
)
def test_icelandic_and_irish_names_of_other_code_pages_are_named(name, encoding):
    """Where one holds no other odd character, an accented a is a blank within the name."""
    assert wrong(read(csv_file(*lines(row(**{NAME: f"{name} Ward"})), encoding=encoding)))
    assert wrong(read(csv_file(*lines(row(**{NAME: f"{name} Ward"}))))) == []


@pytest.mark.parametrize("name", ["Ludwig\u00a0van\u00a0Beek", "Ann\u00a0Marsh", "Maria\u00a0de\u00a0la\u00a0Cruz"])
def test_a_blank_that_does_not_break_between_names_is_one(name):
    assert wrong(read(csv_file(*lines(row(**{NAME: name})), encoding="cp1252"))) == []


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize("name", ["Zoë O'Neill", "René Hélou", "Ana Núñez", "Siân Müller"])
def test_accents_of_another_code_page_are_named(encoding, name):
    table = read(csv_file(*lines(row(Headteacher_name=name)), encoding=encoding))
    assert [(line, column) for line, column, _ in wrong(table)] == [(2, "Headteacher name")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "name", ["Zoë O'Neill", "René Hélou", "Ana Núñez", "Anne-Marie D\u2019Arcy", "Jürgen Groß (acting)"]
)
def test_names_with_accents_are_read_in_every_encoding_a_spreadsheet_writes(encoding, name):
    table = read(csv_file(*lines(row(Headteacher_name=name)), encoding=encoding))
    assert wrong(table) == []
    assert table.rows[0].cells["Headteacher name"] == name


@pytest.mark.parametrize(
    "name", ["Šárka Žižková", "Nguyễn Thị Ánh", "Łukasz Żółć", "Mc\u200dKay", "محمد علي", "O\u2019Brien 2"]
)
def test_names_of_the_whole_world_are_names(name):
    assert (name_fault(name), cell_fault(name)) == (None, None)


@pytest.mark.parametrize("name", ["Ren?", "Si?n", "RenÃ© HÃ©lou", "Zo\ufffd", "Chlo‰", "NÅ¾", "Ann ™"])
def test_what_no_name_has_is_named(name):
    assert cell_fault(name) or name_fault(name)


def test_what_cannot_be_seen_is_written_out():
    assert shown("12\u200b0777\u00a0") == "'12[zero-width space]0777[no-break space]'"
    assert shown("a\tb\u202e") == "'a[tab]b[U+202E]'"
    assert shown("x" * 50) == f"'{'x' * 40}…'"
