"""Ofsted's management information is read as it is published, old and new; two outcomes for one day are told."""

import datetime as dt

import pytest

from services.programmes.domain.register.inspection_decisions import take_inspections
from services.programmes.domain.register.inspections import Area, AreaGrade, OverallOutcome
from services.programmes.domain.register.outcomes import graded_anew, one_card_each
from services.programmes.domain.register.report_cards import HEADER, read_inspections
from services.programmes.domain.register.words import OverallGrade
from shared.tables.passed import Passed
from shared.tables.problems import NotThisFile
from shared.tables.records import Record
from tests.unit.programmes.made import entry

NOW = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
TODAY = NOW.date()
AREAS = (
    "Inclusion",
    "Curriculum and teaching",
    "Achievement",
    "Attendance and behaviour",
    "Personal development and well-being",
    "Leadership and governance",
)
NEW = {
    "URN": "106557",
    "Inspection start date": "13/01/2026",
    "Publication date": "20/02/2026",
    "Safeguarding standards": "Met",
    **dict.fromkeys(AREAS, "Expected standard"),
    "Early years (where applicable)": "Strong standard",
    "Post-16 provision (where applicable)": "Not applicable",
    "Web Link (opens in new window)": "NULL",
    "Latest OEIF overall effectiveness": "NULL",
    "Inspection start date of latest OEIF graded inspection": "NULL",
    "Ungraded inspection overall outcome": "NULL",
    "Date of latest ungraded inspection": "NULL",
}
OLD = {
    "URN": "106557",
    "Inspection start date": "12/03/2022",
    "Publication date": "NULL",
    "Overall effectiveness": "2",
    "Early years provision (where applicable)": "9",
    "Ungraded inspection overall outcome": "NULL",
    "Date of latest ungraded inspection": "NULL",
}
NO_CARD = dict.fromkeys((*AREAS, "Safeguarding standards", "Inspection start date"), "NULL")


def read(layout, **changed):
    cells = layout | changed
    rows = [
        Record(1, ["Latest inspections as at 31 October 2026"]),
        Record(3, list(cells)),
        Record(4, list(cells.values())),
    ]
    return next(read_inspections(rows, TODAY)[1])


def test_a_report_card_as_ofsted_publishes_it():
    found = read(NEW, Inclusion="Exceptional")
    assert found.problem is None
    assert found.card
    assert (found.card.inspected, found.card.published) == (dt.date(2026, 1, 13), dt.date(2026, 2, 20))
    assert found.card.grades[Area.INCLUSION] is AreaGrade.EXCEPTIONAL
    assert found.card.grades[Area.EARLY_YEARS] is AreaGrade.STRONG
    assert (Area.SIXTH_FORM in found.card.grades, found.card.web_link, found.overall) == (False, "", None)


@pytest.mark.parametrize("said", ["NULL", "Not applicable", "Not inspected", "Not judged"])
def test_what_a_report_card_does_not_judge_is_no_grade(said):
    found = read(NEW, **{next(name for name in NEW if name.lower().startswith("early years")): said})
    assert (found.problem, found.card is not None and Area.EARLY_YEARS in found.card.grades) == (None, False)


@pytest.mark.parametrize(
    ("layout", "changed", "outcome"),
    [
        (OLD, {}, (OverallGrade.GOOD, dt.date(2022, 3, 12))),
        (OLD, {"Overall effectiveness": "1"}, (OverallGrade.OUTSTANDING, dt.date(2022, 3, 12))),
        (OLD, {"Overall effectiveness": "Requires improvement"}, ("requires improvement", dt.date(2022, 3, 12))),
        (OLD, {"Overall effectiveness": "Not judged"}, None),
        (OLD, {"Overall effectiveness": "NULL"}, None),
        (
            NEW,
            NO_CARD | {
                "Latest OEIF overall effectiveness": "3",
                "Inspection start date of latest OEIF graded inspection": "2021-05-06",
            },
            (OverallGrade.REQUIRES_IMPROVEMENT, dt.date(2021, 5, 6)),
        ),
        (
            NEW,
            NO_CARD | {
                "Latest OEIF overall effectiveness": "Not judged",
                "Ungraded inspection overall outcome": "School remains Good (Improving) - S5 Next",
                "Date of latest ungraded inspection": "05/06/2024",
            },
            (OverallGrade.GOOD, dt.date(2024, 6, 5)),
        ),
        (
            OLD,
            {
                "Ungraded inspection overall outcome": "School remains Outstanding",
                "Date of latest ungraded inspection": "05/06/2024",
                "Overall effectiveness": "1",
            },
            (OverallGrade.OUTSTANDING, dt.date(2024, 6, 5)),
        ),
        (
            NEW,
            NO_CARD | {
                "Ungraded inspection overall outcome": "Standards maintained",
                "Date of latest ungraded inspection": "05/06/2025",
            },
            None,
        ),
    ],
)  # fmt: skip
def test_the_grade_that_stands_from_before(layout, changed, outcome):
    found = read(layout, **changed)
    assert (found.problem, found.card) == (None, None)
    assert found.overall == (OverallOutcome(*outcome) if outcome else None)


@pytest.mark.parametrize(
    ("layout", "changed", "column"),
    [
        (NEW, {"Achievement": "Good"}, "achievement"),
        (NEW, {"Inspection start date": "NULL"}, "inspection date"),
        (OLD, {"Overall effectiveness": "7"}, "overall"),
        (OLD, {"Inspection start date": "12/2022"}, "overall on"),
        (OLD, {"URN": "NULL"}, "urn"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_column(layout, changed, column):
    problem = read(layout, **changed).problem
    assert problem
    assert (problem.line, problem.column) == (4, column)


@pytest.mark.parametrize(
    "said",
    [
        "2026-01-13 00:00:00", "2026-01-13T00:00:00Z", "2026-01-13 00:00:00.000", "2026-01-13T00:00:00+00:00",
        "13/01/2026 00:00", "13/01/2026 12:00:00 AM", "13-Jan-26", "13 January 2026", "Tuesday 13 January 2026",
        "13/01/26", "13.01.2026", "2026/01/13",
    ],
)  # fmt: skip
def test_a_date_is_read_however_a_program_has_saved_it(said):
    found = read(NEW, **{"Inspection start date": said, "Publication date": f"{said} "})
    assert found.problem is None
    assert found.card
    assert (found.card.inspected, found.card.published) == (dt.date(2026, 1, 13), dt.date(2026, 1, 13))
    before = read(OLD, **{"Inspection start date": said})
    assert before.overall == OverallOutcome(OverallGrade.GOOD, dt.date(2026, 1, 13))


@pytest.mark.parametrize("said", ["NaT", "nan", "1900-01-00", "00/01/1900", "1900-01-01 00:00:00", "01/01/1900", "-"])
def test_what_programs_write_for_no_date_is_none(said):
    assert read(NEW, **{"Publication date": said}).card.published is None
    assert read(NEW, **{"Inspection start date": said}).problem.reason == "It is blank."
    assert read(OLD, **{"Inspection start date": said}).overall == OverallOutcome(OverallGrade.GOOD, None)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"Publication date": "31/12/9999"}, "published", "31/12/9999 lies before the inspection or in the future."),
        ({"Publication date": "12/01/2026"}, "published", "12/01/2026 lies before the inspection or in the future."),
        ({"Publication date": "TBC"}, "published", "'TBC' is not a date like 17/05/2027."),
        ({"Web Link (opens in new window)": "http://"}, "web link", "'http://' is not a web address."),
    ],
)
def test_a_card_goes_in_without_a_value_that_it_can_do_without(changed, column, reason):
    found = read(NEW, **changed)
    assert found.problem
    assert (found.problem.column, found.problem.reason, found.problem.row_kept) == (column, reason, True)
    assert found.card
    taken = take_inspections([found], {106557: entry(106557)}, {}, import_id="imp-1", now=NOW)
    assert ([card.urn for card in taken.cards], taken.progress.added, taken.progress.rejected) == ([106557], 1, 0)
    (told,) = taken.progress.problems
    assert (told.rule, told.reason) == ("value-left-out", f"{reason} The rest of the row went in.")


@pytest.mark.parametrize(
    ("layout", "changed", "outcome"),
    [
        (OLD, {"Overall effectiveness": "2.0"}, "good"),
        (OLD, {"Overall effectiveness": "Grade 2"}, "good"),
        (OLD, {"Overall effectiveness": "2 - Good"}, "good"),
        (OLD, {"Overall effectiveness": "Good (2)"}, "good"),
        (OLD, {"Overall effectiveness": "Good*"}, "good"),
        (OLD, {"Overall effectiveness": "RI"}, "requires improvement"),
        (OLD, {"Overall effectiveness": "SWK"}, "inadequate"),
        (OLD, {"Overall effectiveness": "Insufficient evidence"}, None),
        (OLD, {"Overall effectiveness": "nan"}, None),
    ],
)
def test_an_overall_grade_is_read_in_every_way_it_is_written(layout, changed, outcome):
    found = read(layout, **changed)
    assert (found.problem, found.overall and found.overall.grade.value) == (None, outcome)


@pytest.mark.parametrize(
    "heading",
    [
        lambda name: name.upper(),
        lambda name: name.replace(" and ", " & "),
        lambda name: name.replace(" ", "_"),
        lambda name: name.replace(" ", ".").replace("(", ".").replace(")", "."),
        lambda name: name.replace("-", "\u2011"),
        lambda name: f"\ufeff{name}\n",
        lambda name: f"{name} [note 1]",
        lambda name: name.replace("Safeguarding standards", "Safeguarding standards met?"),
        lambda name: name.replace("URN", "School URN"),
    ],
)
def test_headings_are_known_in_the_ways_that_programs_write_them(heading):
    found = read({heading(name): said for name, said in NEW.items()})
    assert (found.problem, found.card is not None and len(found.card.grades)) == (None, 7)


def test_a_file_of_report_cards_without_one_of_their_columns_is_refused_with_the_nearest_heading():
    """Its rows would all have passed for rows without an outcome: no card would have gone in."""
    layout = {name.replace("Inclusion", "Inclusions"): said for name, said in NEW.items()}
    with pytest.raises(NotThisFile, match=r"its header lacks inclusion \(is it 'Inclusions'\?\)\."):
        read(layout)


def test_an_overall_grade_of_the_future_is_refused():
    problem = read(OLD, **{"Inspection start date": "12/03/2027"}).problem
    assert problem
    assert (problem.column, problem.reason) == ("overall on", "The date lies in the future.")


@pytest.mark.parametrize(("said", "urn"), [("106557.0", 106557), ("'106557", 106557)])
def test_a_urn_is_read_as_programs_save_it(said, urn):
    assert read(NEW, URN=said).urn == urn


def test_a_column_twice_and_a_file_of_something_else_are_refused():
    with pytest.raises(NotThisFile, match="Two columns have the heading 'Inclusion'"):
        read_inspections([Record(1, [*NEW, "Inclusion"])], TODAY)
    with pytest.raises(NotThisFile, match="its header lacks inspection date, safeguarding"):
        read_inspections([Record(1, ["URN", "School name"])], TODAY)


def cards(*changed):
    good = {"urn": "106557", "inspection date": "10-03-2026", "safeguarding": "met"}
    good |= dict.fromkeys(HEADER[3:9], "expected standard")
    rows = [Record(1, list(HEADER))]
    rows += [Record(n, [(good | each).get(name, "") for name in HEADER]) for n, each in enumerate(changed, start=2)]
    return list(read_inspections(rows, TODAY)[1])


def test_one_date_with_its_month_first_makes_the_others_doubtful():
    rows = cards(
        {"inspection date": "03/04/2026"},
        {"urn": "106564", "inspection date": "03/24/2026"},
        {"urn": "106565", "inspection date": "24/03/2026"},
        {"urn": "106566", "inspection date": "2026-03-04"},
    )
    assert [row.card is not None for row in rows] == [False, False, True, True]
    assert rows[0].problem
    assert (rows[0].problem.line, rows[0].problem.column) == (2, "inspection date")
    assert rows[0].problem.reason == (
        "'03/04/2026' may have its month or its day first: "
        "line 3 has the date '03/24/2026', which is a day only if its month comes first."
    )


def test_two_cards_for_one_school_and_day_that_differ_are_both_told():
    passed = Passed()
    rows = one_card_each(cards({}, {"urn": "106564"}, {"inclusion": "exceptional"}), passed)
    told = [(row.line, row.problem.column, row.problem.reason) for row in rows if row.problem]
    said = "Another report card of URN 106557 for the same day stands on line {}, with another inclusion. "
    assert [(line, column) for line, column, _ in told] == [(2, "inspection date"), (4, "inspection date")]
    assert told[0][2].startswith(said.format(4))
    assert [row.card is not None for row in rows] == [False, True, False]


def test_the_same_card_twice_counts_once_and_is_said():
    passed = Passed()
    rows = one_card_each(cards({}, {}), passed)
    assert [row.line for row in rows] == [2]
    assert passed.sentences() == ("Passed over: line 3, which repeats line 2 word for word.",)


def test_an_older_grade_does_not_replace_a_later_one():
    known = entry(106557, overall_grade=OverallGrade.GOOD, inspected=dt.date(2022, 1, 1))
    assert graded_anew(known, OverallOutcome(OverallGrade.INADEQUATE, dt.date(2021, 1, 1))) == (known, [])
    later, changes = graded_anew(known, OverallOutcome(OverallGrade.OUTSTANDING, dt.date(2023, 1, 1)))
    assert (later.school.overall_grade, later.school.inspected) == (OverallGrade.OUTSTANDING, dt.date(2023, 1, 1))
    assert [change.field for change in changes] == ["overall_grade", "inspected"]
