import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.programmes.domain.enrolment.columns import URN, headings, place_headings
from services.programmes.domain.enrolment.days import read_spans, written_spans
from services.programmes.domain.enrolment.facilitators import read_facilitator
from services.programmes.domain.enrolment.form import csv_form, escaped
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.table import hand_table, is_example, is_note
from services.programmes.files.workbook import workbook_form
from shared.events.base import DateSpan
from shared.tables.delimited import csv_sheet
from shared.tables.opening import sheets_in
from shared.tables.problems import NotThisFile
from shared.tables.records import Record
from shared.tables.sheets import Sheet
from tests.unit.programmes.made import TERMS

GOOD = {
    "URN": "106557",
    "Headteacher name": "Zoë O'Neill",
    "Headteacher email": "zoe@school.example",
    "Strength 1": "Phonics and early reading",
    "Strength 1 weight": "4",
    "Strength 1 evidence": "Seen.",
    "Need 1": "SEND",
    "Need 1 evidence": "Our review.",
}


def read(**changed):
    return read_wish(GOOD | {name.replace("_", " "): text for name, text in changed.items()}, "prg-1", TERMS)


def span(*days):
    return DateSpan(first=dt.date(*days[0]), last=dt.date(*days[-1]))


def test_a_row_as_a_wish():
    wish, faults = read_wish(
        GOOD
        | {"Dates not possible": "17/05/2027", "Farthest travel (km)": "20 miles", "Not with (URNs)": "106564, 106579"},
        "prg-1",
        TERMS,
    )
    assert faults == []
    assert wish
    assert (wish.urn, wish.farthest_travel_km, wish.not_with) == (106557, 32.2, (106564, 106579))
    assert [(p.role, p.name, p.email) for p in wish.people] == [("headteacher", "Zoë O'Neill", "zoe@school.example")]
    assert [(c.topic, c.weight, c.evidence) for c in wish.strengths] == [("phonics", 4, "Seen.")]
    assert [(c.topic, c.weight) for c in wish.needs] == [("send", 3)]
    assert wish.dates_not_possible == (span((2027, 5, 17)),)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("URN", "", "It is blank."),
        ("URN", "Burton Road", "'Burton Road' is not a URN (six digits)."),
        ("Headteacher name", "", "It is blank."),
        ("Headteacher email", "", "It is blank."),
        ("Headteacher email", "a@b.example\nBcc: c@d.example", "It has a line break or control character in it."),
        ("Headteacher name", "x" * 201, "It is longer than 200 characters."),
        ("Strength 1 weight", "6", "'6' is not a weight; it must be a whole number from 1 to 5."),
        ("Strength 1 weight", "2.5", "'2.5' is not a weight; it must be a whole number from 1 to 5."),
        ("Need 1 evidence", "x" * 2001, "It is longer than 2,000 characters."),
        ("Need 2 evidence", "Why?", "There is evidence but no topic."),
        ("Dates not possible", "31/02/2027", "'31/02/2027' is no day of the calendar."),
        ("Dates not possible", "next May", "'next May' is not a date like 17/05/2027."),
        ("Dates not possible", "18/05/2027 to 17/05/2027", "'18/05/2027 to 17/05/2027' ends before it begins."),
        ("Farthest travel (km)", "far", "'far' is not a distance between 1 and 1,000 km."),
        ("Farthest travel (km)", "0", "'0' is not a distance between 1 and 1,000 km."),
        ("Not with (URNs)", "106564; Hill School", "'Hill' is not a URN (six digits)."),
    ],
)
def test_a_bad_cell_is_named(column, text, reason):
    column = "Need 2" if column == "Need 2 evidence" else column
    wish, faults = read_wish(GOOD | {column if text != "Why?" else "Need 2 evidence": text}, "prg-1", TERMS)
    assert wish is None
    if column.endswith("name") and not text:
        column = "Headteacher name"
    assert (column, reason) in [(fault.column, fault.sentence) for fault in faults]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("17/05/2027", (span((2027, 5, 17)),)),
        ("17-5-27", (span((2027, 5, 17)),)),
        ("Monday 17 May 2027", (span((2027, 5, 17)),)),
        ("17th May 2027 to 21st May 2027", (span((2027, 5, 17), (2027, 5, 21)),)),
        ("17/05/2027 - 21/05/2027; 2027-06-01", (span((2027, 5, 17), (2027, 5, 21)), span((2027, 6, 1)))),
        ("17/05/2027\u201321/05/2027", (span((2027, 5, 17), (2027, 5, 21)),)),
        ("17/05/2027, 18/05/2027 and 19/05/2027", tuple(span((2027, 5, day)) for day in (17, 18, 19))),
    ],
)
def test_dates_as_people_write_them(text, spans):
    assert read_spans(text) == spans


@given(st.lists(st.tuples(st.dates(dt.date(2026, 9, 1), dt.date(2027, 8, 1)), st.integers(0, 20)), max_size=5))
def test_written_dates_read_back(days):
    spans = tuple(DateSpan(first=day, last=day + dt.timedelta(days=more)) for day, more in days)
    assert read_spans(written_spans(spans)) == spans


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("urn", "URN"),
        ("Head teacher e-mail", "Headteacher email"),
        ("Headteacher E-mail address", "Headteacher email"),
        ("Clerk name", "Clerk to governors name"),
        ("CHAIR NAME", "Chair of governors name"),
        ("Chair of Governors name", "Chair of governors name"),
        ("Need 1 weight (1 to 5)", "Need 1 weight"),
        ("Farthest travel", "Farthest travel (km)"),
    ],
)
def test_headings_as_people_write_them(heading, column):
    wanted = headings(TERMS)
    header = [name.name for name in wanted if name.name != column] + [heading]
    assert place_headings(header, wanted)[column] == len(header) - 1


def test_a_file_without_the_columns_is_refused():
    with pytest.raises(NotThisFile, match=r"has none of the columns asked for \(URN, Headteacher name"):
        place_headings(["a", "b"], headings(TERMS))
    header = [name.name for name in headings(TERMS) if name.name != "Need 1"]
    with pytest.raises(NotThisFile, match=r"^The file lacks the column Need 1\.$"):
        place_headings(header, headings(TERMS))


@pytest.mark.parametrize("first", ["EXAMPLE - this row is ignored", "'example -  this row is ignored "])
def test_the_example_of_the_form_is_known_by_its_first_cell(first):
    assert is_example(first)


@pytest.mark.parametrize("first", ["Example", "EXAMPLE", "e.g. 123456", "Example Primary School", "#1", ""])
def test_no_other_row_is_taken_for_the_example(first):
    assert not is_example(first)


@pytest.mark.parametrize("cells", [["'# note"], ["# Topics", "", " "], ["", "# 3 rows to come"]])
def test_a_note_is_a_row_with_nothing_but_our_mark_and_words(cells):
    assert is_note(cells)


@pytest.mark.parametrize("cells", [["# 1", "Abbey"], ["#N/A"], ["####"], ["No. #"], ["", ""]])
def test_no_other_row_is_taken_for_a_note(cells):
    assert not is_note(cells)


def rows_of(content, template=TERMS):
    return hand_table(sheets_in(content), headings(template), URN).rows


def test_the_empty_forms_have_every_column_and_only_an_example():
    names = [heading.name for heading in headings(TERMS)]
    text = list(csv.reader(io.StringIO(csv_form(TERMS).decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(TERMS)))
    assert text[0] == [cell.value for cell in book["Enrolments"][1]] == names
    assert text[1][0] == book["Enrolments"]["A2"].value == "EXAMPLE - this row is ignored"
    assert ["# Phonics and early reading"] in text
    for content in (csv_form(TERMS), workbook_form(TERMS)):
        with pytest.raises(NotThisFile, match="has headings but no row to import"):
            rows_of(content)


def test_the_example_row_is_itself_a_good_row():
    text = list(csv.reader(io.StringIO(csv_form(TERMS).decode("utf-8-sig"))))
    cells = dict(zip(text[0], text[1], strict=True)) | {"URN": "106557"}
    wish, faults = read_wish(cells, "prg-1", TERMS)
    assert faults == []
    assert wish
    assert len(wish.people) == 5


def test_dates_and_numbers_in_a_workbook_come_as_text():
    book = openpyxl.Workbook()
    names = [heading.name for heading in headings(TERMS)]
    sheet = book.create_sheet("First", 0)
    sheet.append(names)
    sheet.append([{"URN": 106557, "Dates not possible": dt.date(2027, 5, 17)}.get(name) for name in names])
    content = io.BytesIO()
    book.save(content)
    row = rows_of(content.getvalue())[0]
    assert (row.line, row.cells["URN"], row.cells["Dates not possible"]) == (2, "106557", "17/05/2027")


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


DAMAGED = (
    "The Excel workbook is damaged and cannot be opened. Open it in a spreadsheet program, save it as 'Excel Workbook "
    "(.xlsx)', and send that."
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 broken", "The Excel workbook is cut off or damaged."),
        (zipped(**{"readme.txt": b"x"}), "The ZIP archive holds no table. Send the workbook or CSV file itself."),
        (zipped(**{"xl__workbook.xml": b"<x/>"}), DAMAGED),
        (zipped(bomb=bytes(100_000_001)), "The Excel workbook unpacks to more than 100 MB."),
        (
            b"PK\x03\x04" + bytes(10_000_001),
            "The file is larger than 10 MB. Send the table alone, without pictures, or fewer rows at a time.",
        ),
    ],
    ids=["broken", "zip", "damaged", "bomb", "large"],
)
def test_workbooks_that_are_not_taken(content, sentence):
    with pytest.raises(NotThisFile) as refused:
        sheets_in(content)
    assert str(refused.value) == sentence


def test_csv_files_that_are_not_taken():
    with pytest.raises(NotThisFile, match=r"^The file is larger than 10 MB\. Send the table alone"):
        csv_sheet(b"a" * 10_000_001)
    many = [Record(1, [h.name for h in headings(TERMS)]), *(Record(n, ["106557"]) for n in range(2, 5003))]
    with pytest.raises(NotThisFile, match=r"^The file has 5,001 rows; at most 5,000 are taken at once\.$"):
        hand_table([Sheet("", many)], headings(TERMS), URN)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_escaped_on_the_way_out_and_read_back(start):
    assert escaped(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    if start.strip():
        wish, _ = read_wish(GOOD | {"Need 1 evidence": escaped(f"{start}X")}, "prg-1", TERMS)
        assert wish
        assert wish.needs[0].evidence == f"{start}X"


def test_the_example_holds_no_formula():
    for content in (csv_form(TERMS).decode("utf-8-sig"),):
        cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_facilitators():
    good, _ = read_facilitator({"Name": "Fay", "Email": "fay@x.example", "Regions": "London; South East"}, "prg-1")
    _, faults = read_facilitator({"Name": "", "Email": "x", "Most visit days": "500"}, "prg-1")
    assert good
    assert (good.regions, good.capacity) == (("London", "South East"), 40)
    assert [(fault.column, fault.sentence) for fault in faults] == [
        ("Name", "It is blank, longer than 200 characters or has a line break in it."),
        ("Email", "The e-mail address has no @."),
        ("Most visit days", "'500' is not a number of days from 1 to 200."),
    ]
