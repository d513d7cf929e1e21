import datetime as dt
import gzip
from pathlib import Path

import pytest

from services.programmes.domain.register import layout
from services.programmes.domain.register.layout import FileKind
from services.programmes.domain.register.links import Link
from services.programmes.domain.register.reader import open_register
from services.programmes.domain.register.words import OverallGrade, Status
from tests.unit.programmes.made_register import GOOD, one, read, register

DATA = Path(__file__).parents[3] / "data"


def test_the_real_files_read_without_a_problem():
    found = {}
    for name in ("schools-two-regions.csv", "schools-england.csv.gz", "schools-closed.csv", "links.csv"):
        file = open_register((DATA / name).read_bytes())
        entries = list(file.entries)
        found[name] = (file.kind, len(entries), sum(len(entry.problems) for entry in entries), len(file.missing))
    assert found == {
        "schools-two-regions.csv": (FileKind.SCHOOLS, 2059, 0, 0),
        "schools-england.csv.gz": (FileKind.SCHOOLS, 21579, 0, 3),
        "schools-closed.csv": (FileKind.CLOSED_SCHOOLS, 416, 0, 0),
        "links.csv": (FileKind.LINKS, 2816, 0, 0),
    }


def test_a_school_with_everything():
    row = {
        "NumberOfPupils": "1,024",
        "PercentageFSM": "16.5",
        "OpenDate": "01-09-2018",
        "Trusts (code)": "4581",
        "Trusts (name)": "THE GORSE, ACADEMIES TRUST",
        "SchoolWebsite": "www.example.sch.uk",
        "Easting": "435419",
        "OfstedRating (name)": "Requires improvement",
    }
    school, problems = one(**row)
    assert problems == []
    assert (school.urn, school.status, school.phase) == (106557, Status.OPEN, "primary")
    assert (school.pupils, school.fsm_percent, school.opened) == (1024, 16.5, dt.date(2018, 9, 1))
    assert (school.trust_code, school.trust) == ("4581", "THE GORSE, ACADEMIES TRUST")
    assert (school.website, school.easting, school.northing) == ("http://www.example.sch.uk", 435419, None)
    assert school.overall_grade is OverallGrade.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(
    ("code", "status", "enrollable"),
    [("1", "open", True), ("2", "closed", False), ("3", "open-but-proposed-to-close", True),
     ("4", "proposed-to-open", False)],
)  # fmt: skip
def test_statuses(code, status, enrollable):
    school, _ = one(**{"EstablishmentStatus (code)": code})
    assert (school.status.value, school.status.enrollable) == (status, enrollable)


@pytest.mark.parametrize(
    ("code", "phase"),
    [("0", "not-applicable"), ("1", "nursery"), ("2", "primary"), ("3", "middle-deemed-primary"), ("4", "secondary"),
     ("5", "middle-deemed-secondary"), ("6", "16-plus"), ("7", "all-through")],
)  # fmt: skip
def test_phases(code, phase):
    assert one(**{"PhaseOfEducation (code)": code})[0].phase == phase


@pytest.mark.parametrize("text", ["", "SUPP", "NA", "%", "supp", "N/A"])
def test_suppressed_figures_are_unknown_and_no_problem(text):
    school, problems = one(NumberOfPupils=text, PercentageFSM=text)
    assert (school.pupils, school.fsm_percent, problems) == (None, None, [])


def test_zero_pupils_and_a_percent_sign():
    school, problems = one(NumberOfPupils="0", PercentageFSM="12.5%")
    assert (school.pupils, school.fsm_percent, problems) == (0, 12.5, [])


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("NumberOfPupils", "many", "'many' is not a whole number."),
        ("NumberOfPupils", "-4", "'-4' is not a whole number."),
        ("PercentageFSM", "250", "'250' is not a percentage."),
        ("OpenDate", "September 2018", "'September 2018' is not a date like 31-08-2026."),
        ("OpenDate", "31-02-2018", "'31-02-2018' is no day of the calendar."),
        ("Easting", "9999999", "'9999999' lies outside the National Grid."),
        ("SchoolWebsite", "none at present", "'none at present' is not a web address."),
        ("OfstedRating (name)", "Strong standard", "'Strong standard' is not an overall grade."),
    ],
)
def test_a_bad_optional_value_is_left_out_and_told(column, text, reason):
    school, problems = one(**{column: text})
    assert school is not None
    assert problems == [(column, reason, True)]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("URN", "", "'' is not a URN (six digits)."),
        ("URN", "1065571234", "'1065571234' is not a URN (six digits)."),
        (
            "URN",
            "\uff11\uff10\uff16\uff15\uff15\uff17",
            "'\uff11\uff10\uff16\uff15\uff15\uff17' is not a URN (six digits).",
        ),
        ("EstablishmentName", "", "It is blank."),
        ("EstablishmentStatus (code)", "5", "'5' is not a code of status (1, 2, 3, 4)."),
        ("PhaseOfEducation (code)", "Primary", "'Primary' is not a code of phase (0, 1, 2, 3, 4, 5, 6, 7)."),
        ("LA (code)", "", "It is blank."),
    ],
)
def test_a_bad_required_value_leaves_the_row_out(column, text, reason):
    schools, problems = read(register({column: text}, {"URN": "106558"}, encoding="utf-8"))
    assert [school.urn for school in schools] == [106558]
    assert [(p.line, p.column, p.reason, p.row_kept) for p in problems] == [(2, column, reason, False)]


def test_a_register_that_a_program_has_saved_anew_says_the_same():
    """Programs of analysts take codes for numbers and dates for times."""
    own = {"URN": "106557", "LA (code)": "370", "Trusts (code)": "5140", "NumberOfPupils": "210", "Easting": "433000",
           "OpenDate": "01-09-2018"}  # fmt: skip
    saved = {name: f"{text}.0" for name, text in own.items()} | {"OpenDate": "2018-09-01 00:00:00"}
    codes = {"EstablishmentStatus (code)": "1.0", "PhaseOfEducation (code)": "2.0", "CloseDate": "NaT"}
    assert one(**saved, **codes) == one(**own)


@pytest.mark.parametrize("website", ["http://x.sch.uk", "https://x.sch.uk/a b".replace(" b", ""), "http://x.sch.uk."])
def test_websites_with_a_scheme_stay(website):
    assert one(SchoolWebsite=website)[0].website == website


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_and_gzip(encoding, packed):
    content = register({"EstablishmentName": "St Thomas à Becket, “A” School"}, encoding=encoding)
    schools, problems = read(gzip.compress(content) if packed else content)
    assert ([school.name for school in schools], problems) == (["St Thomas à Becket, “A” School"], [])


def test_a_broken_character_is_replaced_and_told():
    content = register({"EstablishmentName": "Café School"}, {"URN": "106558"}, encoding="utf-8")
    content += register({"URN": "106559", "EstablishmentName": "Broken X"}).split(b"\r\n")[1].replace(b"X", b"\xe9\xff")
    schools, problems = read(content)
    assert [school.name for school in schools] == ["Café School", GOOD["EstablishmentName"], "Broken \ufffd\ufffd"]
    assert [(p.line, p.column, p.row_kept) for p in problems] == [(4, "EstablishmentName", True)]


def test_layouts_with_fewer_columns_say_what_is_missing():
    file = open_register(register({"NumberOfPupils": "5", "GOR (name)": "London"}))
    assert "OfstedRating (name)" in file.missing
    assert "NumberOfPupils" not in file.missing
    assert len(file.missing) == len(layout.OPTIONAL) - 2
    assert {"pupils", "region", "urn"} <= file.stated
    assert "overall_grade" not in file.stated


def test_columns_may_stand_in_any_order_and_names_differ_in_blanks():
    content = register({}, columns=list(reversed(GOOD))).replace(b"LA (code)", b"la(Code)")
    assert read(content)[0][0].authority_code == "370"


def test_a_register_saved_by_a_spreadsheet_with_semicolons():
    assert len(read(register({}).replace(b'","', b'";"'))[0]) == 1


def test_a_file_cut_off_in_its_last_row():
    schools, problems = read(register({}, {"URN": "106558"})[:-40])
    assert [school.urn for school in schools] == [106557]
    assert [(p.line, p.reason) for p in problems] == [(3, "A quotation mark opens and is not closed.")]


def test_a_row_with_too_few_columns():
    content = register({}) + b'"106558","Short"\r\n'
    _, problems = read(content)
    reason = "The row has 2 columns where the header has 6; the file may be cut off here."
    assert [(p.line, p.reason) for p in problems] == [(3, reason)]


def test_a_stray_quotation_mark_costs_its_own_row_only():
    rows = register({}, {"URN": "106558"}, {"URN": "106559"}, {"URN": "106560"}).replace(b'"106558"', b'"106558')
    schools, problems = read(rows)
    assert [school.urn for school in schools] == [106557, 106559, 106560]
    assert [p.line for p in problems] == [3]


def test_two_stray_quotation_marks_do_not_swallow_what_lies_between():
    rows = register({}, *({"URN": str(urn)} for urn in range(106558, 106562)))
    schools, problems = read(rows.replace(b'"106558"', b'"106558').replace(b'"106560"', b'"106560'))
    assert [school.urn for school in schools] == [106557, 106559, 106561]
    assert [p.line for p in problems] == [3, 5]


def test_a_line_break_inside_quotes_is_read():
    schools, problems = read(register({"Street": "Old Mill\nUpper Lane"}, {"URN": "106558"}))
    assert ([school.urn for school in schools], problems) == ([106557, 106558], [])


def test_the_same_urn_twice_in_a_file():
    schools, problems = read(register({}, {"EstablishmentName": "Again"}))
    assert [school.name for school in schools] == [GOOD["EstablishmentName"]]
    assert [(p.line, p.reason) for p in problems] == [(3, "URN 106557 already stands on line 2.")]


def links(*rows):
    return ("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n" + "\r\n".join(rows)).encode()


def test_links_state_the_same_from_either_end():
    file = open_register(links("106558,143107,Oakwell,Successor,16-07-2016", "143107,106558,x,Predecessor,16-07-2016"))
    assert file.kind is FileKind.LINKS
    same = Link(106558, 143107, "continues", dt.date(2016, 7, 16))
    assert [entry.link for entry in file.entries] == [same, same]


def test_bad_links_are_named():
    entries = list(
        open_register(
            links("106558,1431,x,Successor,", "106558,106558,x,Successor,", "1,2", "106558,143107,x,Merger,32-01-2020",
                  "106558,143107,x,,")
        ).entries
    )  # fmt: skip
    found = [(p.line, p.column, p.row_kept) for entry in entries for p in entry.problems]
    assert found == [
        (2, "LinkURN", False),
        (3, "LinkURN", False),
        (4, "whole row", False),
        (5, "LinkEstablishedDate", True),
        (6, "LinkType", False),
    ]


@pytest.mark.parametrize("name", ["Fiert\u00c3\u00a9 School", "Fiert\u201a School", "St Zo\u00b0 School \u00a6"])
def test_a_name_that_has_been_through_another_code_page_is_named_and_goes_in(name):
    schools, (problem,) = read(register({"EstablishmentName": name}, encoding="utf-8"))
    assert ([school.name for school in schools], problem.column, problem.row_kept) == (
        [name],
        "EstablishmentName",
        True,
    )
    assert "another code page" in problem.reason


@pytest.mark.parametrize(
    "name", ["Fiert\u00e9 \u2014 \u201cAcademy\u201d", "Ysgol T\u0177 D\u0175r", "St Mary\u2019s \u2022 Infants"]
)
def test_letters_and_marks_of_names_of_schools_are_left_alone(name):
    assert read(register({"EstablishmentName": name}, encoding="utf-8"))[1] == []
