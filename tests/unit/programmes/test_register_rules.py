import datetime as dt
from dataclasses import replace

import pytest

from services.programmes.domain.register.entry import RegisterEntry, merged
from services.programmes.domain.register.inspections import Area, AreaGrade, ReportCard
from services.programmes.domain.register.links import (
    Link,
    ids_for,
    predecessors_of,
    roots,
    school_id,
    successors_of,
)
from services.programmes.domain.register.report_cards import HEADER, changes_of, read_report_cards
from services.programmes.domain.register.words import OverallGrade
from services.programmes.domain.views import school_row
from shared.tables.problems import NotThisFile
from tests.unit.programmes.made import entry, school

NO_GRADE = (
    "'Good' is not a report card's grade (exceptional, strong standard, expected standard, needs attention, "
    "urgent improvement)."
)
TODAY = dt.date(2026, 11, 21)


def went_on(old, new, kind="continues"):
    return Link(old, new, kind)


def test_a_chain_of_successions_is_one_school():
    assert roots([went_on(1, 2), went_on(2, 3)]) == {2: 1, 3: 1}


@pytest.mark.parametrize(
    "links",
    [
        [went_on(1, 3), went_on(2, 3)],
        [went_on(1, 2), went_on(1, 3)],
        [went_on(1, 2, "merged")],
        [went_on(1, 3), went_on(2, 3, "merged")],
        [went_on(1, 2), went_on(2, 1)],
    ],
    ids=["two into one", "one into two", "merger", "succession and merger", "circle"],
)
def test_mergers_splits_and_circles_keep_their_ids_apart(links):
    assert roots(links) == {}


def test_links_that_are_no_succession_do_not_disturb_one():
    links = [went_on(1, 2), went_on(1, 3, "expansion"), went_on(4, 2, "other")]
    assert roots(links) == {2: 1}
    assert (successors_of(1, links), predecessors_of(2, links)) == ((2,), (1,))


def test_the_id_is_the_first_urns_whatever_came_first():
    first = roots([went_on(1, 2), went_on(2, 3)])
    assert set(ids_for([1, 2, 3], first, {}).values()) == {school_id(1)}


def test_an_id_known_outside_holds_for_the_whole_chain():
    first = roots([went_on(1, 2)])
    assert ids_for([1, 2, 5], first, {2: school_id(2)}) == {1: school_id(2), 2: school_id(2), 5: school_id(5)}


def test_two_ids_known_outside_are_both_kept():
    first = roots([went_on(1, 2), went_on(2, 3)])
    assert ids_for([1, 2, 3], first, {1: "sch-a", 2: "sch-b"}) == {1: "sch-a", 2: "sch-b", 3: school_id(1)}


def test_a_file_with_fewer_columns_wipes_nothing_out():
    old = RegisterEntry("sch-1", replace(school(1), overall_grade=OverallGrade.GOOD, pupils=200))
    after, changes = merged(old, school(1, pupils=210), "sch-1", frozenset({"urn", "name", "pupils"}))
    assert (after.school.overall_grade, after.school.pupils) == (OverallGrade.GOOD, 210)
    assert [(c.field, c.old, c.new) for c in changes] == [("pupils", 200, 210)]


GRADES = dict.fromkeys([area.value for area in Area][:6], "expected standard")


def cards(**changed):
    row = {"urn": "106557", "inspection date": "10-03-2026", "safeguarding": "met"} | GRADES
    row |= {name.replace("_", " "): text for name, text in changed.items()}
    content = ",".join(HEADER) + "\r\n" + ",".join(row.get(name, "") for name in HEADER)
    return next(read_report_cards(content.encode(), TODAY))


def test_a_report_card():
    card = cards(early_years="Strong  Standard", sixth_form="not applicable", published="10-04-2026").card
    assert card.grades[Area.EARLY_YEARS] is AreaGrade.STRONG
    assert Area.SIXTH_FORM not in card.grades
    assert (card.urn, card.inspected, card.safeguarding_met) == (106557, dt.date(2026, 3, 10), True)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"urn": "1"}, "urn", "'1' is not a URN (six digits)."),
        ({"inspection_date": ""}, "inspection date", "It is blank."),
        ({"inspection_date": "01-01-2027"}, "inspection date", "The date lies in the future."),
        (
            {"inspection_date": "01-10-2025"},
            "whole row",
            "Report cards exist since 10 November 2025; an earlier inspection has an overall grade or none.",
        ),
        ({"inclusion": ""}, "whole row", "A report card grades inclusion too."),
        (
            {"achievement": "Good"},
            "achievement",
            NO_GRADE,
        ),
        ({"safeguarding": "yes"}, "safeguarding", "It says neither 'met' nor 'not met'."),
    ],
)
def test_a_bad_report_card_is_named(changed, column, reason):
    problem = cards(**changed).problem
    assert (problem.line, problem.column, problem.reason) == (2, column, reason)


def test_a_file_of_something_else():
    with pytest.raises(
        NotThisFile, match=r"^The file holds no report cards: its header lacks inspection date, safeguarding"
    ):
        read_report_cards(b"urn,name\r\n1,2", TODAY)


def test_what_a_corrected_card_changes():
    changes = changes_of(cards().card, cards(inclusion="exceptional", safeguarding="not met").card)
    assert [(c.field, c.old, c.new) for c in changes] == [
        ("inclusion", "expected standard", "exceptional"),
        ("safeguarding", "met", "not met"),
    ]


def test_the_old_grade_stands_until_there_is_a_report_card():
    graded = entry(106557, overall_grade=OverallGrade.GOOD, inspected=dt.date(2019, 5, 1))
    before = school_row(graded, [], [])
    after = school_row(graded, [], [cards().card])
    assert (before.overall_grade, before.report_card, before.inspected_on) == ("good", None, "2019-05-01")
    assert (after.overall_grade, after.inspected_on) == (None, "2026-03-10")
    assert after.report_card == GRADES | {"safeguarding": "met"}


def test_the_two_regimes_share_no_word():
    assert {grade.value for grade in OverallGrade} & {grade.value for grade in AreaGrade} == set()


def test_a_card_without_an_area_cannot_be_made():
    with pytest.raises(ValueError, match="grades inclusion"):
        ReportCard(1, dt.date(2026, 1, 1), {}, safeguarding_met=True)
