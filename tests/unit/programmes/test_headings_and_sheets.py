"""The right sheet, whole: headings where people put them, units as headings name them, and nothing half understood."""

import pytest

from services.programmes.domain.enrolment.columns import TRAVEL
from services.programmes.domain.enrolment.facilitators import HEADINGS, KEY
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.table import hand_table
from shared.tables.opening import sheets_in
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, ods, patched, saved, workbook
from tests.unit.programmes.made import TERMS
from tests.unit.programmes.made_files import NAMES, lines, read, row

GOOD = lines(row(), row(106564))


def refused(content):
    with pytest.raises(NotThisFile) as error:
        read(content)
    return str(error.value)


@pytest.mark.parametrize("stated", ["A1", "A1:B2", "A1:AH2"])
def test_a_sheet_that_misstates_its_size_is_read_whole(stated):
    def change(xml):
        first = xml.index('<dimension ref="') + len('<dimension ref="')
        return xml[:first] + stated + xml[xml.index('"', first) :]

    table = read(patched(workbook(*lines(*(row(106557 + n) for n in range(6)))), "xl/worksheets/sheet1.xml", change))
    assert len(table.rows) == 6
    assert table.rows[5].cells["Need 1 evidence"] == "Our review."


@pytest.mark.parametrize("above", [1, 4, 9])
@pytest.mark.parametrize("made", [csv_file, workbook, ods])
def test_headings_are_found_within_the_first_ten_rows(above, made):
    titles = [[f"Title {n}", *[""] * (len(NAMES) - 1)] for n in range(above)]
    table = read(made(*titles, *GOOD))
    assert [each.line for each in table.rows] == [above + 2, above + 3]
    assert "'Title 0' above the headings (line 1)" in table.notes[-1 if made is ods else 0] + "".join(table.notes)


def test_headings_below_the_tenth_row_are_not_looked_for():
    titles = [[f"Title {n}"] for n in range(10)]
    assert "none of the columns asked for" in refused(workbook(*titles, *GOOD))


def test_the_visible_sheet_with_the_headings_is_read_and_every_other_is_named():
    def more(sheet):
        book = sheet.parent
        old = book.create_sheet("2025-26", 0)
        for line in lines(row(106579)):
            old.append(line)
        old.sheet_state = "veryHidden"
        book.create_sheet("Notes", 1).append(["Call Abbey again"])
        book.create_sheet("Empty", 2)

    table = read(workbook(*GOOD, title="2026-27", shaped=more))
    assert [each.cells["URN"] for each in table.rows] == ["106557", "106564"]
    assert table.notes[0] == "Read from the sheet '2026-27'; not read: the hidden sheet '2025-26', 'Notes'."
    assert table.questions == ()


def test_a_second_sheet_with_the_headings_is_asked_about():
    def more(sheet):
        second = sheet.parent.create_sheet("South")
        for line in lines(row(106579)):
            second.append(line)

    table = read(workbook(*GOOD, title="North", shaped=more))
    assert table.questions == ("The sheet 'South' has the headings too; its 1 row would not be read.",)


def test_a_workbook_whose_only_sheet_with_headings_is_hidden_says_so():
    def hide(sheet):
        sheet.parent.create_sheet("Cover").append(["Hello"])
        sheet.sheet_state = "hidden"

    said = "Only the hidden sheet 'Enrolments' has the columns asked for. Unhide it if it is meant."
    assert refused(workbook(*GOOD, shaped=hide)) == said


@pytest.mark.parametrize("other", ["Need 1", "need-1", "NEED 1 (topic)"])
def test_two_headings_for_one_column_are_refused(other):
    table = [[*GOOD[0], other], *([*line, "Writing"] for line in GOOD[1:])]
    said = refused(csv_file(*table))
    assert said.startswith("Two columns (")
    assert said.endswith("have the heading 'Need 1'. Rename or delete one of them.")


@pytest.mark.parametrize(
    ("instead_of", "heading", "nearest"),
    [
        ("Dates not possible", "Unavailable", "Dates not possible"),
        ("Farthest travel (km)", "Max distance", "Farthest travel (km)"),
        ("Not with (URNs)", "Keep apart from", "Not with (URNs)"),
        ("Headteacher phone", "Headteacher mobile no", "Headteacher phone"),
        ("Need 1 weight", "Need 1 importance", "Need 1 weight"),
    ],
)
def test_a_heading_that_is_not_known_is_named_with_the_nearest_and_waits_for_a_yes(instead_of, heading, nearest):
    table = lines(row(**{instead_of: "5"}))
    table[0][NAMES.index(instead_of)] = heading
    (question,) = read(csv_file(*table)).questions
    assert question.startswith("Not understood: column ")
    assert f"'{heading}'; the nearest known heading is '{nearest}' (1 cell filled)." in question


@pytest.mark.parametrize("heading", ["Lunch", "Colour", "Timestamp", "Unnamed: 12", "Home postcode", "x"])
def test_a_heading_that_is_like_none_gets_no_silly_guess(heading):
    table = [[*GOOD[0], heading], *([*line, "5"] for line in GOOD[1:])]
    (question,) = read(csv_file(*table)).questions
    assert f"'{heading}'; no known heading is like it" in question


def test_cells_without_a_heading_wait_for_a_yes():
    table = [[*line, "", extra] for line, extra in zip(GOOD, ["", "", "remember"], strict=True)]
    (question,) = read(csv_file(*table)).questions
    assert "has no heading, but 1 cell filled (line 3), such as 'remember'." in question


@pytest.mark.parametrize(
    ("heading", "written", "kilometres"),
    [
        ("Farthest travel (miles)", "25", 40.2),
        ("Farthest travel in miles", "25", 40.2),
        ("Farthest travel (mi)", "25", 40.2),
        ("Farthest travel (miles)", "25 km", 25.0),
        ("Farthest travel (km)", "25 miles", 40.2),
        ("Farthest travel", "25", 25.0),
        ("farthest travel [kilometres]", "25", 25.0),
    ],
)
def test_the_unit_of_a_heading_is_honoured(heading, written, kilometres):
    table = lines(row(**{TRAVEL: written}))
    table[0][NAMES.index(TRAVEL)] = heading
    found = read(csv_file(*table))
    wish, _ = read_wish(found.rows[0].cells, "prg-1", TERMS, units=found.units)
    assert wish
    assert (found.questions, wish.farthest_travel_km) == ((), kilometres)


@pytest.mark.parametrize(
    ("name", "heading", "why"),
    [
        (TRAVEL, "Farthest travel (minutes)", "its unit is minutes, where km or miles are read"),
        ("Need 1 weight", "Need 1 weight (out of 10)", "its scale is not 1 to 5"),
        ("Need 1 weight", "Need 1 weight (1-10)", "its scale is not 1 to 5"),
        ("Dates not possible", "Dates not possible (yyyy/dd/mm)", "its dates are written yyyy/dd/mm"),
    ],
)
def test_a_unit_that_is_not_known_is_not_understood(name, heading, why):
    table = lines(row(**{name: "2"}))
    table[0][NAMES.index(name)] = heading
    (question,) = read(csv_file(*table)).questions
    assert why in question


def test_a_heading_that_says_the_month_comes_first_is_believed():
    table = lines(row(Dates_not_possible="05/03/2027"))
    table[0][NAMES.index("Dates not possible")] = "Dates not possible (mm/dd/yyyy)"
    found = read(csv_file(*table))
    wish, faults = read_wish(found.rows[0].cells, "prg-1", TERMS, units=found.units, faults=found.rows[0].faults)
    assert faults == []
    assert wish
    assert str(wish.dates_not_possible[0].first) == "2027-05-03"


def test_rows_that_were_sent_back_come_in_again_with_our_columns_passed_over():
    table = [
        ["Row is", "What to put right", *GOOD[0]],
        *(["left out", "URN: It is blank.", *line] for line in GOOD[1:]),
    ]
    found = read(csv_file(*table))
    assert (len(found.rows), found.questions) == (2, ())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("stated", [True, False])
def test_the_separator_is_stated_or_found(separator, stated):
    content = csv_file(["Sign-ups, all; of them"], *GOOD, separator=separator)
    found = read(f"sep={separator}\r\n".encode() + content if stated else content)
    assert [each.line for each in found.rows] == [4, 5] if stated else [3, 4]
    assert found.rows[0].cells["Need 1 evidence"] == "Our review."


def test_coloured_empty_rows_are_no_rows():
    from openpyxl.styles import PatternFill

    def colour(sheet):
        for line in range(4, 25_000):
            sheet.cell(line, 1).fill = PatternFill("solid", fgColor="FFFF00")

    assert len(read(workbook(*GOOD, shaped=colour)).rows) == 2


def test_numbers_of_columns_without_bound_are_refused():
    wide = [[*line, *["x"] * (1000 - len(NAMES))] for line in GOOD]
    said = "has 1,000 columns; at most 200 are read. Delete those not asked for."
    assert refused(csv_file(*wide)) == f"The file {said}"
    assert refused(workbook(*wide)) == f"The sheet 'Enrolments' {said}"


def test_headings_of_facilitators_that_are_not_known_are_named():
    content = csv_file(["Name", "E-mail", "Regions", "Max days", "Unavailable"], ["Fay", "fay@x.example", "", "10", ""])
    questions = hand_table(sheets_in(content), HEADINGS, KEY).questions
    assert [question.partition(" (")[0] for question in questions] == [
        "Not understood: column D, 'Max days'; the nearest known heading is 'Most visit days'",
        "Not understood: column E, 'Unavailable'; the nearest known heading is 'Dates not possible'",
    ]


def test_a_workbook_without_any_sheet_of_rows_is_refused():
    import openpyxl

    assert refused(saved(openpyxl.Workbook())) == "The file is empty."
