"""Forms whose answers are only counted: what does not go with counting is refused, promises are said in words."""

import datetime as dt
from typing import Any

import pytest

from shared.template.counting import mark, period, promise
from shared.template.reading.sense import faults_of_sense
from tests.unit.template.samples import template

FORM = {
    "key": "pulse", "title": "Pulse", "by": ["headteacher", "pair"], "confidential": "counts-only",
    "fields": [{"key": "mood", "kind": "agreement", "label": "It goes well"}],
}  # fmt: skip
REPORT = {"key": "counts", "title": "Counts", "about": "school", "after": ["coordinator"], "to": ["headteacher"]}


def faults(form, block=None):
    reports = [{**REPORT, "blocks": [{"kind": "counts", "form": "pulse", **(block or {})}]}]
    return [fault.what for fault in faults_of_sense(template(forms=[form], reports=reports, relations=()))]


def test_a_form_that_can_be_counted_is_right():
    assert faults({**FORM, "least_shown": 3, "by_role": True, "repeat": "year"}) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"readers": ["headteacher"]}, "leave out `readers`"),
        ({"together": True}, "leave out `together`"),
        ({"sign_off": {"by": "headteacher"}}, "leave out `sign_off`"),
        ({"offline": True}, "leave out `offline`"),
        ({"once_a_person": True, "repeat": "year"}, "counted once in the programme"),
        ({"fields": [{"key": "who", "kind": "person"}]}, "of kind person cannot only be counted"),
        ({"fields": [{"key": "mood", "kind": "yes-no", "told": True}]}, "no event carries an answer"),
        ({"confidential": ""}, "shows a form whose answers are only counted"),
        ({"confidential": "", "least_shown": 3}, "`least_shown` is for forms that are"),
        ({"confidential": "", "repeat": "term"}, "`repeat` is for forms that are"),
    ],
)
def test_what_does_not_go_with_counting_is_refused(changes, said):
    assert any(said in one for one in faults({**FORM, **changes})), faults({**FORM, **changes})


def test_a_report_of_words_does_not_show_them():
    assert any("are confidential" in one for one in faults(FORM, {"kind": "lines", "field": "mood"}))


def test_the_promise_says_how_many_and_which_groups():
    whole = template(forms=[{**FORM, "by_role": True, "least_shown": 3}])
    said = promise(whole.forms[0], whole)
    assert "at least 3 people" in said
    assert "by role (Headteacher, Cpd lead)" in said


def test_other_words_and_other_promises_have_another_mark():
    def of(**changes: Any) -> str:
        whole = template(forms=[{**FORM, **changes}])
        return mark(whole.forms[0], whole)

    changed: list[dict[str, Any]] = [
        {"least_shown": 3},
        {"by_role": True},
        {"once_a_person": True},
        {"fields": [{"key": "mood"}]},
    ]
    marks = [of(), *(of(**one) for one in changed)]
    assert len(set(marks)) == len(marks)
    assert of(title="Another title", intro="Please") == of()


@pytest.mark.parametrize(
    ("repeat", "day", "said"),
    [
        ("", "2027-03-01", ""), ("year", "2026-09-01", "y1"), ("year", "2027-08-31", "y1"),
        ("year", "2027-09-01", "y2"), ("year", "2026-05-01", "y1"),
        ("term", "2026-12-31", "y1t1"), ("term", "2027-01-01", "y1t2"),
        ("term", "2028-04-20", "y2t3"),
    ],
)  # fmt: skip
def test_the_round_of_a_form_that_comes_again(repeat, day, said):
    form = template(forms=[{**FORM, "repeat": repeat}]).forms[0]
    assert period(form, 2026, dt.date.fromisoformat(day)) == said


RUBRIC = {
    "key": "strategies",
    "stages": [{"key": "low", "title": "Low"}, {"key": "high", "title": "High"}],
    "entries": [{"key": "vision", "title": "A vision", "descriptors": ["Few know it.", "It guides work."]}],
}
ASKED = {"key": "stages", "label": "Where?", "kind": "level", "of": "strategies"}
DIAGNOSTIC = {**FORM, "repeat": "year", "fields": [ASKED]}


def rubric_faults(rubric=RUBRIC, form=DIAGNOSTIC, kind="movement"):
    block = {"kind": kind, "form": "pulse", "field": form["fields"][0]["key"]}
    whole = template(forms=[form], reports=[{**REPORT, "blocks": [block]}], lists=[rubric], relations=())
    return [fault.what for fault in faults_of_sense(whole)]


def test_a_rubric_and_what_shows_it_are_right():
    assert rubric_faults() == rubric_faults(kind="rubric") == []


def test_a_rubric_with_gaps_or_one_stage_and_what_is_no_rubric_are_refused():
    short = {**RUBRIC, "entries": [{"key": "vision", "title": "A vision", "descriptors": ["Few know it."]}]}
    assert any("1 descriptors for 2 stages" in one for one in rubric_faults(short))
    assert any("two stages at least" in one for one in rubric_faults({**RUBRIC, "stages": RUBRIC["stages"][:1]}))
    assert any("`of` a list that has `stages`" in one for one in rubric_faults({**RUBRIC, "stages": []}))
    assert any("nothing moves" in one for one in rubric_faults(form={**DIAGNOSTIC, "repeat": ""}))
    assert any("only two rounds" in one for one in rubric_faults(form={**DIAGNOSTIC, "repeat": "", "paired": True}))
