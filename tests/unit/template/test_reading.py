"""Templates as people write them: what may be written, and what is said of what may not."""

import re

import pytest

from shared.template.reading import WrongTemplateError, faults_of, read_template
from tests.unit.template.written import WRITTEN_FILE

WRITTEN = WRITTEN_FILE.read_text(encoding="utf-8")
CIRCLE = "{key: ring, kind: groups, sizes: [3, 4]}"
PAIRS = "{key: coaching, kind: pairs, who: [reader], begins: [recruit], skip: note.skip}"
OWN_SCHOOL = "{key: ring, kind: groups, sizes: [3], rules: [{rule: same-school}]}"
DAY = (
    "{key: day, kind: visit, title: A day, who: [reader], opens: 10-01, closes: 05-28, starts: '09:00', ends: '15:00'}"
)
SMALL = """\
key: reading-circle
version: 1
title: Reading circle
summary: Schools read together.
roles:
  - {key: reader, title: reader, least: 1}
clock:
  moments:
    - {key: recruit, opens: 09-01, closes: 09-25}
forms:
  - key: note
    title: Reading note
    by: [reader]
    fields:
      - {key: read, label: "What did you read?"}
tasks:
  - {key: write-note, who: [reader], do: {form: note}, opens: recruit.closes, due: opened + 5 working days}
mails:
  - {key: welcome, on: recruit.closes, to: [reader], subject: Welcome, text: ["Dear {person.name}"]}
"""


def said_of(text: str) -> list[str]:
    return [f"{fault.line} {fault.path}: {fault.what}" for fault in faults_of(text)]


def test_a_template_in_the_language_is_read_whole() -> None:
    template = read_template(WRITTEN, "project-exchange.yaml")

    project, visit = template.form("project"), template.activity("data-visit")
    assert project is not None
    assert visit is not None
    assert project.fields[-1].key == "governors"
    assert visit.doings[0].title == "Lesson observation"
    assert [task.key for task in template.tasks][:2] == ["post", "nominate"]


def test_the_small_template_has_no_fault() -> None:
    assert said_of(SMALL) == []


def test_a_thing_is_about_somebody_in_a_role_and_not_in_a_set_of_roles() -> None:
    sets = "least: 1}\n  - {key: readers, title: readers, of: [reader]}"
    text = SMALL.replace("least: 1}", sets).replace("title: Reading note", "title: Reading note\n    about: readers")
    assert said_of(text) == ["14 forms[1].about: 'readers' is no subject, role or form; did you mean 'reader'?"]


@pytest.mark.parametrize(
    ("written", "instead", "line", "said"),
    [
        ("title: Reading note", "titel: Reading note", 12, "there is no field 'titel'; did you mean 'title'?"),
        ("{key: read, label", "{key: read, kind: txt, label", 15, "there is no kind 'txt'; did you mean 'text'?"),
        ("{key: read, label", "{key: read, choices: [], of: recruit, label", 15, "'text' does not use `of`"),
        ("by: [reader]", "by: [raeder]", 13, "nobody is 'raeder'; did you mean 'reader'?"),
        ("by: [reader]", "by: [hots.reader]", 13, "'hots' in 'hots.reader' is no scope, role or field; did you mean"),
        ("by: [reader]", "by: [reader.manager]", 13, "nobody stands in a relation 'manager' to 'reader'"),
        ("by: [reader]", "by: ['Reader!']", 13, "'Reader!' names nobody"),
        ("opens: 09-01, closes: 09-25", "opens: 09-25, closes: 09-01", 9, "'09-01' comes before '09-25'"),
        ("opens: 09-01", "opens: 09-31", 9, "'09-31': there is no such day"),
        ("closes: 09-25", "closes: y2 09-25", 9, "lies in year 2 of a programme of 1"),
        ("opens: recruit.closes, due", "opens: recrut.closes, due", 17, "did you mean 'recruit'?"),
        ("opens: recruit.closes, due", "opens: recruit.held, due", 17, "'recruit.held' never comes"),
        ("opens: recruit.closes, due", "opens: write-note.done, due", 17, "this never begins: task write-note"),
        (
            "opens: recruit.closes, due",
            "opens: note.submitted, due",
            17,
            "this never begins: task write-note waits for form note",
        ),
        ("opened + 5 working days", "opened + five days", 17, "is no moment"),
        ("do: {form: note}", "do: {form: nota}", 17, "'nota' is no form or activity; did you mean 'note'?"),
        ("do: {form: note}", "do: {}", 17, "name one thing to do"),
        ("do: {form: note}", "do: {form: note, agree: note}", 17, "name one thing to do"),
        ("do: {form: note}", "do: {agree: note}", 17, "the form note has no sign_off"),
        (
            "Dear {person.name}",
            "Dear {person.nam}",
            19,
            "this mail knows no {person.nam}; did you mean '{person.name}'?",
        ),
        ("Dear {person.name}", "Dear {person.name", 19, "a brace stands alone"),
        ("subject: Welcome, ", "", 19, "a mail has a `subject`"),
        ("subject: Welcome, ", "kit: visit-host, subject: Welcome, ", 19, "a mail of the kit by its name"),
        ("  - key: note", "  - key: note\n    about: visit", 12, "nobody can reach this form: it is about a visit"),
        ("least: 1}", "least: 2, most: 1}", 6, "at most 1 is less than 2"),
        ("key: reader,", "key: author,", 6, "'author' has a meaning of its own"),
        ("key: recruit,", "key: note,", 11, "'note' is a key under clock, too"),
        ("version: 1", "version: one", 2, "this is a whole number."),
        ("version: 1\n", "", 1, "this is missing."),
        ("summary: Schools", "summary: Schools\nsummary: Schools", 5, "'summary' is given twice."),
        ("summary: Schools read together.", "summary: &a Schools\ntimezone: *a", 4, "anchors and aliases"),
        ("summary: Schools", "summary: !!python/name:os.system Schools", 4, "tags are not used in templates"),
        ("version: 1", "version: 1\npayments: card", 3, "'card' is none of: none, reminded."),
        ("version: 1", "version: 1\nmatching: [" + PAIRS + "]", 3, "'note.skip' is no field; write form.field."),
        ("version: 1", "version: 1\nmatching: [" + PAIRS.replace("note", "later") + "]", 3, "'later.skip' is no field"),
        (
            "version: 1",
            "version: 1\nmatching: [" + PAIRS.replace("recruit", "10-31") + "]",
            3,
            "no moment of the clock",
        ),
        (
            "version: 1",
            "version: 1\nmatching: [" + PAIRS.replace("[reader]", "[author]") + "]",
            3,
            "'author' is no role",
        ),
        ("by: [reader]", "by: [partners]", 13, "declare a round of pairs, rings or neighbours"),
        (
            "version: 1",
            "version: 1\nmatching: [" + CIRCLE + ", " + CIRCLE.replace("ring", "band") + "]",
            3,
            "a programme has one",
        ),
        (
            "version: 1",
            "version: 1\nmatching: [" + OWN_SCHOOL + "]",
            3,
            "'same-school' says nothing in a round of groups",
        ),
        (
            "version: 1",
            "version: 1\nactivities: [" + DAY + ", " + DAY.replace("day", "night") + "]",
            3,
            "one visit day",
        ),
        ("by: [reader]", "by: [reader]\n    rules: [{rule: same-trust}]", 14, "'same-trust' says nothing in forms"),
        (
            "version: 1",
            "version: 1\nparty: {kind: shared-place}",
            3,
            "there is no kind 'shared-place'",
        ),
    ],
)
def test_a_fault_is_said_with_its_line_and_what_would_be_right(
    written: str, instead: str, line: int, said: str
) -> None:
    assert written in SMALL

    told = said_of(SMALL.replace(written, instead, 1))

    assert any(said in one and one.startswith(f"{line} ") for one in told), told


def test_all_faults_are_said_at_once_in_the_order_of_lines() -> None:
    text = SMALL.replace("by: [reader]", "by: [raeder]").replace("Dear {person.name}", "{x}").replace("09-25", "09-31")

    told = said_of(text)

    lines = [int(one.split(" ", 1)[0]) for one in told]
    assert len(told) == 3
    assert lines == sorted(lines)


def test_a_huge_file_is_refused_at_once() -> None:
    told = said_of("key: x\n" + "# " + "x" * 10_000_000)

    assert len(told) == 1
    assert "a template has at most 1,000,000" in told[0]


def test_deep_nesting_is_refused() -> None:
    assert any("deep" in one for one in said_of("key: " + "[" * 200_000 + "]" * 200_000))


@pytest.mark.parametrize("text", ["", "- one\n- two\n", "just words", "key: [unclosed", "\x00"])
def test_what_is_no_template_is_said_to_be_none(text: str) -> None:
    assert len(said_of(text)) == 1


def test_the_error_names_the_file() -> None:
    with pytest.raises(WrongTemplateError, match=re.escape("circle.yaml, line 13, forms[1].by[1]: nobody is 'x'")):
        read_template(SMALL.replace("by: [reader]", "by: [x]"), "circle.yaml")
