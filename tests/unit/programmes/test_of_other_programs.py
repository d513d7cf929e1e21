"""Tables of other programs and languages: error values, code pages, workbooks that Excel opens, days and units."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.enrolment.whose import names_agree
from services.programmes.domain.tables import units
from shared.tables.cells import cell_fault, name_fault
from shared.tables.formats import format_of
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, saved, workbook
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong

DATES = "Dates not possible"


@pytest.mark.parametrize(
    "value",
    ["#NOM?", "#DIV/0 !", "#N/D", "#\u00a1REF!", "#NAZWA?", "#ERROR!", "#VALEUR !", "#\u00bfNOMBRE?", "Loading..."],
)
def test_error_values_of_other_languages_are_no_evidence(value):
    table = read(csv_file(*lines(row(**{"Need 1 evidence": value}))))
    assert wrong(table) == [
        (2, "Need 1 evidence", f"This cell holds the error value {value}. Write the value itself into it.")
    ]


@pytest.mark.parametrize("text", ["# Checked by Ann", "#1 in the county for phonics", "#ok!", "Loading bay duty"])
def test_what_people_write_behind_a_hash_is_no_error_value(text):
    assert cell_fault(text) is None


@pytest.mark.parametrize("name", ["S\u00e9an O\u2019Brien", "Zo\u00e9 M\u00fcller"])
def test_accents_of_an_old_mac_are_named(name):
    content = csv_file(*lines(row(**{"Headteacher name": name})), encoding="mac_roman")
    ((_, column, said),) = wrong(read(content))
    assert (column, "another code page" in said) == ("Headteacher name", True)


@pytest.mark.parametrize(
    "name", ["SE\u00c1N \u00d3 BRIAIN", "\u00c9amonn Mac\u00c9nr\u00ed", "M\u00c1IRE N\u00ed Riain"]
)
def test_names_with_capital_accents_are_names(name):
    assert name_fault(name) is None


@pytest.mark.parametrize(
    "text", ["17-May-27", "17-May-2027", "17 May '27", "17th of May 2027", "Mon 17 May 2027", "17/05/2027 00:00"]
)
def test_days_as_spreadsheets_export_them(text):
    (span,) = read_spans(text)
    assert (span.first, span.last) == (dt.date(2027, 5, 17), dt.date(2027, 5, 17))


@pytest.mark.parametrize("text", ["Mon 18 May 2027", "Friday, 18/05/2027", "Sunday 18th May 2027 to 19 May 2027"])
def test_a_weekday_that_is_not_that_of_the_date_is_named(text):
    with pytest.raises(ValueError, match=r"names another weekday: 18/05/2027 is a Tuesday\."):
        read_spans(text)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"URN": "School URN"}, "URN"),
        ({"URN": "Unique Reference Number"}, "URN"),
        ({"Headteacher name": "Headteacher\u2019s full name"}, "Headteacher name"),
        ({"Headteacher phone": "Headteacher's tel. no."}, "Headteacher phone"),
    ],
)
def test_headings_in_other_words(changed, where):
    top, *rest = lines(row())
    table = read(csv_file([changed.get(name, name) for name in top], *rest))
    assert (where in table.columns, table.questions) == (True, ())


def test_a_column_that_is_missing_is_told_with_the_heading_that_was_not_understood():
    top, *rest = lines(row())
    with pytest.raises(NotThisFile) as refused:
        read(csv_file(["Reference of school" if name == "URN" else name for name in top], *rest))
    assert str(refused.value).startswith(
        "The file lacks the column URN. Not understood: column A, 'Reference of school'"
    )


def said(unit, heading):
    try:
        return unit(heading)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize(
    ("unit", "heading", "read_as"),
    [
        (units.distance, "Farthest travel [mls]", "miles"),
        (units.distance, "Farthest travel (km or miles)", "it names km and miles; write which of them is meant"),
        (units.distance, "Farthest travel (yards)", "its unit is yards, where km or miles are read"),
        (units.day_order, "Dates not possible (US format)", "month first"),
        (units.day_order, "Dates not possible (month/day/year)", "month first"),
        (units.day_order, "Dates not possible (one day a line)", ""),
        (units.scale_of_five, "Need 1 weight (1 = most, 5 = least)", "its scale is upside down, where 5 is the most"),
        (units.scale_of_five, "Need 1 weight (5 is the highest)", ""),
    ],
)
def test_what_a_heading_says_in_brackets_is_honoured(unit, heading, read_as):
    assert said(unit, heading) == read_as


def test_an_infant_school_is_not_the_junior_school_of_its_name():
    assert not names_agree("Hunter's Bar Junior School", "Hunter's Bar Infant School")
    assert not names_agree("Ecgbert Secondary", "Ecgbert Primary School")
    assert names_agree("Hunter's Bar Infants", "Hunter's Bar Infant School")
    assert names_agree("Dobcroft Primary", "Dobcroft Junior School")


def with_a_day(sheet):
    sheet.cell(2, NAMES.index(DATES) + 1).value = dt.date(2027, 5, 17)


def changed(part, before, after):
    """A workbook whose parts were changed as other programs write them; `part` names one."""
    out = io.BytesIO()
    made = workbook(*lines(row()), shaped=with_a_day)
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(before, after, text, flags=re.DOTALL) if name == part else text)
    return out.getvalue()


def renamed(before, after):
    """A workbook whose parts have other names."""
    out = io.BytesIO()
    made = workbook(*lines(row()), shaped=with_a_day)
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text, linked = old.read(name), name.endswith((".rels", "].xml"))
            text = text.replace(before.encode(), after.encode()) if linked else text
            new.writestr(name.replace(before, after), text)
    return out.getvalue()


def with_a_chart():
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet("Chart")
    sheet = book.create_sheet("Enrolments")
    for line in lines(row()):
        sheet.append(line)
    with_a_day(sheet)
    return saved(book)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(with_a_chart(), id="a sheet that is a chart"),
        pytest.param(changed("xl/styles.xml", rb"<fills.*?</fills>", rb'<fills count="1"><fill/></fills>'), id="fills"),
        pytest.param(changed("xl/styles.xml", rb"<family val=.\d+.", rb'<family val="99"'), id="fonts"),
        pytest.param(changed("docProps/core.xml", rb"(<dcterms:created[^>]*>)[^<]*", rb"\1today"), id="properties"),
        pytest.param(
            changed(
                "xl/workbook.xml",
                rb"<definedNames ?/>",
                b"<definedNames><definedName name='_xlnm.Print_Titles' localSheetId='3'>#REF!</definedName>"
                b"</definedNames>",
            ),
            id="names",
        ),
        pytest.param(renamed("workbook.xml", "workbook22.xml"), id="Excel on the web"),
        pytest.param(renamed("sheet1", "sheet1"), id="as it is"),
    ],
)
def test_workbooks_that_excel_opens_are_read_with_their_days(content):
    table = read(content)
    assert (table.rows[0].cells[DATES], wrong(table)) == ("17/05/2027", [])


def test_names_of_parts_differ_in_capitals_and_slashes():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(*lines(row())))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sheet1", "Sheet1").replace("/", "\\"), old.read(name))
    assert [each.line for each in read(out.getvalue()).rows] == [2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_0037001F".encode("utf-16-le"), "an Outlook mail (.msg)"),
        (b"Rar!\x1a\x07\x00rest", "a RAR archive. Unpack it"),
        (b"\0\0\0\x18ftypheic", "a picture or film of a telephone"),
        (b"\0\1\0\0Standard ACE DB\0", "an Access database"),
        (b"\0" * 4096, "The file holds nothing: it has not been downloaded"),
        (b"\r\n\r\n" + workbook(*lines(row())), "Something stands before the workbook in the file."),
    ],
)
def test_more_files_that_are_no_tables_are_called_by_their_name(content, said):
    with pytest.raises(NotThisFile, match=re.escape(said)):
        format_of(content)
