"""Answers are read by the kind of their question; every problem stands at its field."""

import datetime as dt

import pytest

from services.reporting.domain.entries.fields import checked
from shared.errors import Rejected
from shared.template import FormField
from shared.template.answers import blank, fits
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import Exchange

TODAY = dt.date(2026, 10, 1)
OPTIONS = {"a": "First", "b": "Second", "c": "Third"}
ACTION = {"what": "Read", "owner": "Head", "address": "", "due": "2027-03-01", "success": "All read", "status": "done"}
JO = "jo@school.example"
FINDING = {"title": "Books", "detail": "", "evidence": "Six lessons", "source": ""}


def read(kind, answer, **settings):
    field = FormField(key="it", label="It", kind=kind, **settings)
    kept, problems = checked(field, answer, OPTIONS, TODAY)
    return kept, [(problem.rule, problem.field) for problem in problems]


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        ("text", "  some words\n", "some words"),
        ("text", "🙂 שלום #let x {{ 7*7 }} =HYPERLINK(", "🙂 שלום #let x {{ 7*7 }} =HYPERLINK("),
        ("number", " 1,200 ", "1200"),
        ("number", "3.50", "3.5"),
        ("number", "0", "0"),
        ("number", "-4", "-4"),
        ("day", "13/5/2027", "2027-05-13"),
        ("day", "2027-5-3", "2027-05-03"),
        ("yes-no", "a", "a"),
        ("choice", "b", "b"),
        ("several", ("b", "a", "b", ""), ("b", "a")),
        ("rank", ("c", "a"), ("c", "a")),
        ("topics", ("a",), ("a",)),
        ("level", {"x": "a", "y": ""}, {"x": "a"}),
        ("person", {"name": " Jo  Bell ", "address": JO}, {"name": "Jo Bell", "address": JO}),
        ("lines", ({"text": " one "}, {"text": "  "}), ({"text": "one"},)),
        ("people", ({"name": " Jo ", "address": JO}, {"name": "", "address": ""}), ({"name": "Jo", "address": JO},)),
        ("evidence", (FINDING,), (FINDING,)),
        ("actions", (ACTION, {"status": "not-started"}), (ACTION,)),
        ("a-kind-of-tomorrow", "as typed ", "as typed "),
    ],
)  # fmt: skip
def test_a_good_answer_is_kept_in_one_way_of_writing(kind, answer, kept):
    assert read(kind, answer) == (kept, [])


@pytest.mark.parametrize(
    ("kind", "answer", "rule", "field"),
    [
        ("text", " \n", "missing", "it"),
        ("number", "", "missing", "it"),
        ("number", "ten", "not-a-number", "it"),
        ("number", "1e9", "not-a-number", "it"),
        ("number", "nan", "not-a-number", "it"),
        ("day", "31/2/2027", "not-a-day", "it"),
        ("day", "soon", "not-a-day", "it"),
        ("day", "1/1/1999", "not-a-day", "it"),
        ("choice", "", "missing", "it"),
        ("choice", "z", "unknown-choice", "it"),
        ("several", ("",), "missing", "it"),
        ("rank", ("a", "z"), "unknown-choice", "it"),
        ("level", {"x": ""}, "missing", "it"),
        ("level", {"x": "z"}, "unknown-choice", "it"),
        ("person", {}, "missing", "it"),
        ("person", {"address": "jo@school.example"}, "missing", "it.name"),
        ("person", {"name": "Jo", "address": "jo at school"}, "address", "it.address"),
        ("lines", (), "missing", "it"),
        ("people", (), "missing", "it"),
        ("people", ({"name": "Jo", "address": "jo at school"},), "address", "it.1.address"),
        ("people", ({"name": "", "address": "jo@school.example"},), "missing", "it.1.name"),
        ("evidence", ({**FINDING, "evidence": ""},), "no-evidence", "it.1.evidence"),
        ("evidence", (FINDING, {**FINDING, "title": ""}), "missing", "it.2.title"),
        ("evidence", ({**FINDING, "source": "z"},), "unknown-choice", "it.1.source"),
        ("actions", ({**ACTION, "owner": ""},), "missing", "it.1.owner"),
        ("actions", ({**ACTION, "due": "1/3/2027x"},), "due", "it.1.due"),
        ("actions", ({**ACTION, "due": "2127-03-01"},), "due", "it.1.due"),
        ("actions", ({**ACTION, "status": "perhaps"},), "unknown-choice", "it.1.status"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field(kind, answer, rule, field):
    assert read(kind, answer)[1] == [(rule, field)]


@pytest.mark.parametrize("kind", ["text", "number", "day", "choice", "several", "rank", "level", "person", "lines"])
def test_nothing_is_missing_that_is_optional(kind):
    field = FormField(key="it", kind=kind, required=False)
    assert read(kind, blank(field), required=False) == (blank(field), [])


@pytest.mark.parametrize(
    ("kind", "answer", "settings", "rule"),
    [
        ("text", "x" * 11, {"longest": 10}, "too-long"),
        ("number", "0", {"least": 1}, "too-small"),
        ("number", "6", {"most": 5}, "too-large"),
        ("several", ("a",), {"least": 2}, "too-few"),
        ("rank", ("a", "b", "c"), {"most": 2}, "too-many"),
        ("lines", ({"text": "a"}, {"text": "b"}), {"most": 1}, "too-many"),
    ],
)
def test_a_limit_is_kept(kind, answer, settings, rule):
    assert read(kind, answer, **settings)[1] == [(rule, "it")]


def test_a_line_is_too_long_at_its_own_cell():
    assert read("lines", ({"text": "a"}, {"text": "b" * 11}), longest=10)[1] == [("too-long", "it.2.text")]


def test_a_linked_note_is_evidence():
    assert read("evidence", ({**FINDING, "evidence": "", "source": "a"},))[1] == []


@pytest.mark.parametrize(
    ("kind", "answer", "fitting"),
    [
        ("text", "a", True),
        ("text", ("a",), False),
        ("text", {"a": "b"}, False),
        ("several", ("a",), True),
        ("several", "a", False),
        ("several", ({"a": "b"},), False),
        ("level", {"a": "b"}, True),
        ("level", "a", False),
        ("lines", ({"text": "a"},), True),
        ("lines", ({"other": "a"},), False),
        ("lines", ("a",), False),
        ("lines", (), True),
    ],
)
def test_an_answer_has_the_shape_of_its_kind(kind, answer, fitting):
    assert fits(FormField(key="it", kind=kind), answer) is fitting


def test_day_of_due_may_be_written_as_people_write_it():
    assert read("actions", ({**ACTION, "due": "1/3/2027"},)) == ((ACTION,), [])


async def test_a_level_is_asked_of_what_the_same_person_chose_on_another_form():
    aims = {"key": "aim", "title": "Aims", "by": ["practitioner"], "about": "match",
            "fields": [{"key": "skills", "kind": "several", "label": "Skills", "of": "skills"}]}  # fmt: skip
    reached = {"key": "reached", "title": "Reached", "by": ["practitioner"], "about": "match",
               "fields": [{"key": "far", "kind": "level", "label": "How far?", "of": "aim.skills"}]}  # fmt: skip
    made = Exchange()
    _, *others = exchange.everything()
    await made.handle(exchange.opened(forms=[*exchange.FORMS, aims, reached]), *others)
    await made.handle(exchange.placed())
    await made.send("aim", exchange.MATCH, exchange.VISITOR, {"skills": ("hear",)})
    shown = await made.show(exchange.VISITOR, form="reached", about_id=exchange.MATCH)
    assert shown.things == {"far": {"hear": "Listening"}}
    saved = await made.save("reached", exchange.MATCH, exchange.VISITOR, {"far": {"lead": "secure"}})
    with pytest.raises(Rejected, match="Choose a level for each line"):
        await made.submit(saved, exchange.VISITOR)
    await made.send("reached", exchange.MATCH, exchange.VISITOR, {"far": {"hear": "secure"}}, revision=saved.revision)
