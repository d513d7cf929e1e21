"""What becomes of rows of the register and of inspections: decisions without a store."""

import datetime as dt
from dataclasses import replace
from typing import Any

from services.programmes.domain.imports import ImportJob
from services.programmes.domain.register.decisions import ids_to_change, take_links, take_schools
from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspection_decisions import take_inspections
from services.programmes.domain.register.inspections import AreaGrade, OverallOutcome
from services.programmes.domain.register.links import Link, school_id
from services.programmes.domain.register.reader import Entry
from services.programmes.domain.register.report import summary_of
from services.programmes.domain.register.report_cards import CardRow
from services.programmes.domain.register.school import Change
from services.programmes.domain.register.words import OverallGrade
from shared.tables.problems import Problem
from tests.unit.programmes.made import entry, school
from tests.unit.programmes.ports.register import card

NOW = dt.datetime(2026, 9, 7, tzinfo=dt.UTC)
WHEN: dict[str, Any] = {"import_id": "imp-1", "now": NOW}
EVERYTHING = frozenset({"name", "pupils", "town"})
NO_URN = Problem(4, "URN", "It is blank.", row_kept=False)


def row(line, urn, **said):
    return Entry(line, school=school(urn, **said))


def ids(*urns):
    return {urn: f"sch-{urn}" for urn in urns}


def figures(progress):
    return progress.line, progress.rows, progress.added, progress.changed, progress.unchanged, progress.rejected


def test_schools_are_new_changed_or_as_they_were_and_a_bad_row_is_left_out():
    before = {2: entry(2, pupils=100), 3: entry(3, pupils=100)}
    batch = [row(2, 1), row(3, 2, pupils=101), Entry(4, problems=(NO_URN,)), row(5, 3, pupils=100)]
    taken = take_schools(batch, before, ids(1, 2, 3), stated=EVERYTHING, **WHEN)
    assert taken.new == (entry(1),)
    assert taken.changed == (entry(2, pupils=101),)
    assert taken.history == (FieldChange(2, "imp-1", NOW, Change("pupils", 100, 101)),)
    assert figures(taken.progress) == (5, 4, 1, 1, 1, 1)
    assert [(problem.line, problem.rule) for problem in taken.progress.problems] == [(4, "row-left-out")]


def test_a_field_that_the_file_does_not_have_or_doubts_stays():
    before = {1: entry(1, pupils=100, town="Leeds")}
    batch = [replace(row(2, 1, pupils=None, town="York"), unsure=frozenset({"town"}))]
    taken = take_schools(batch, before, ids(1), stated=frozenset({"name", "town"}), **WHEN)
    assert (taken.new, taken.changed, taken.history) == ((), (), ())
    assert figures(taken.progress) == (2, 1, 0, 0, 1, 0)


def test_a_known_name_in_another_encoding_stays_and_is_said():
    before = {1: entry(1, name="St Zoë")}
    taken = take_schools([row(2, 1, name="St ZoÃ«")], before, ids(1), stated=EVERYTHING, **WHEN)
    assert taken.changed == ()
    assert [(problem.line, problem.column, problem.rule) for problem in taken.progress.problems] == [
        (2, "name", "value-left-out")
    ]


def test_links_are_taken_once_and_again_when_their_day_is_known():
    day = dt.date(2020, 9, 1)
    known = [Link(1, 2, "continues"), Link(3, 4, "continues", day)]
    batch = [
        Entry(2, link=Link(1, 2, "continues", day)), Entry(3, link=Link(5, 6, "merged")),
        Entry(4, link=Link(5, 6, "merged")), Entry(5, link=Link(3, 4, "continues")),
    ]  # fmt: skip
    taken = take_links(batch, known)
    assert taken.links == (Link(1, 2, "continues", day), Link(5, 6, "merged"))
    assert figures(taken.progress) == (5, 4, 1, 1, 2, 0)


def test_a_school_that_went_on_under_another_urn_gets_its_first_id():
    links = [Link(1, 2, "continues"), Link(2, 3, "continues"), Link(4, 5, "merged")]
    known = {1: school_id(1), 2: school_id(2), 3: school_id(3), 5: school_id(5)}
    assert ids_to_change(links, {}, known) == {2: school_id(1), 3: school_id(1)}


def test_an_id_that_is_known_outside_never_changes_and_holds_for_the_chain():
    links = [Link(1, 2, "continues")]
    known = {1: school_id(1), 2: "sch-outside"}
    assert ids_to_change(links, {2: "sch-outside"}, known) == {1: "sch-outside"}


def inspected(line, urn, one=None, **more):
    return CardRow(line, one, urn=urn, **more)


def test_report_cards_are_new_changed_or_known():
    on = dt.date(2026, 3, 10)
    first, second, third = card(1, on), card(2, on), card(3, on)
    better = card(3, on, grades=dict.fromkeys(third.grades, AreaGrade.STRONG))
    schools = {urn: entry(urn) for urn in (1, 2, 3)}
    batch = [inspected(2, 1, first), inspected(3, 2, second), inspected(4, 3, better), inspected(5, 9, card(9, on))]
    taken = take_inspections(batch, schools, {(2, on): second, (3, on): third}, **WHEN)
    assert taken.cards == (first, better)
    assert (taken.entries, taken.history) == ((), ())
    assert figures(taken.progress) == (5, 4, 1, 1, 1, 1)
    assert [(problem.line, problem.rule, problem.reason) for problem in taken.progress.problems] == [
        (5, "unknown-urn", "No school in the register has URN 9. The row was left out.")
    ]
    assert {change.key for change in taken.progress.changes} == {"3"}


def test_an_older_overall_grade_is_saved_where_it_is_later_than_what_is_known():
    known = {1: entry(1, overall_grade=OverallGrade.GOOD, inspected=dt.date(2019, 5, 1)), 2: entry(2)}
    later = OverallOutcome(OverallGrade.OUTSTANDING, dt.date(2023, 5, 1))
    earlier = OverallOutcome(OverallGrade.INADEQUATE, dt.date(2015, 5, 1))
    batch = [inspected(2, 1, overall=later), inspected(3, 1, overall=earlier)]
    taken = take_inspections(batch, known, {}, **WHEN)
    (after,) = taken.entries
    assert isinstance(after, RegisterEntry)
    assert (after.school.overall_grade, after.school.inspected) == (OverallGrade.OUTSTANDING, dt.date(2023, 5, 1))
    assert {change.urn for change in taken.history} == {1}
    assert taken.progress.added == 0
    assert taken.cards == ()


def test_the_counts_of_an_import_are_said_with_their_nouns():
    job = ImportJob(import_id="i", asked_kind="enrolments", upload="u", filename="f", kind="enrolments")
    one = job.model_copy(update={"added": 1, "rejected": 1})
    assert summary_of(one) == "1 enrolment: 1 added, 0 changed, 0 unchanged; 1 row left out."
    many = job.model_copy(update={"kind": "closed-schools", "added": 1200, "unchanged": 800, "rejected": 2})
    assert summary_of(many) == "2,000 closed schools: 1,200 added, 0 changed, 800 unchanged; 2 rows left out."
