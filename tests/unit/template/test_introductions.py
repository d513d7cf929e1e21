"""Introductions in a template: two people at least, asked by a task of theirs, and nobody's role by it."""

import pytest

from shared.template.reading import faults_of

RIGHT = """\
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
  - key: introduction
    title: Introduce two people
    by: [reader]
    many: true
    introduces: {of: [one, other], within_working_days: 5}
    fields:
      - {key: one, kind: person, label: "Who?"}
      - {key: other, kind: person, label: "To whom?"}
      - {key: why, label: "Why?"}
  - {key: note, title: A note, by: [reader], fields: [{key: said, label: "What?"}]}
tasks:
  - {key: asked, who: [introduced], do: {introduce: introduction}, opens: introduction.named, due: opened + 1 weeks}
"""


def said_of(text: str) -> list[str]:
    return [f"{fault.path}: {fault.what}" for fault in faults_of(text)]


def test_it_is_whole() -> None:
    assert said_of(RIGHT) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("of: [one, other]", "of: [one, one]", "two questions for a person at least"),
        ("of: [one, other]", "of: [one, why]", "'why' is no question for a person in this form; there is: one, other."),
        ("key: one,", "key: reader,", "'one' is no question for a person"),
        ("of: [one, other]", "of: [one, two]", "'two' is no question for a person"),
        ('label: "Who?"}', 'label: "Who?", required: false}', "'one' must be answered"),
        ("introduce: introduction", "introduce: note", "the form note has no `introduces`"),
        ("introduce: introduction", "introduce: nothing", "'nothing' is no form or activity"),
        ("who: [introduced]", "who: [reader]", "write `who: [introduced]`"),
        ("who: [introduced],", "who: [introduced], together: true,", "each says for themselves"),
        ("opens: introduction.named", "opens: introduction.submitted", "write `opens: introduction.named`"),
        ("by: [reader], fields: [{key: said", "by: [introduced], fields: [{key: said", "named nowhere else"),
        ("opens: introduction.named", "opens: note.named", "'note.named' never comes"),
        ("within_working_days: 5", "within_working_days: 0", "greater than or equal to 1"),
        ("    many: true\n", "    many: true\n    confidential: counts-only\n", "leave out `introduces`"),
    ],
)
def test_what_makes_no_sense_is_said_where_it_stands(before: str, after: str, said: str) -> None:
    assert before in RIGHT
    faults = said_of(RIGHT.replace(before, after, 1))
    assert [fault for fault in faults if said in fault], faults


def test_whoever_a_question_names_for_a_role_is_not_introduced() -> None:
    named = RIGHT.replace("[one, other]", "[reader, other]").replace("key: one,", "key: reader,")
    assert "whoever is named under 'reader' becomes a reader" in "\n".join(said_of(named))


def test_no_mail_of_the_template_stands_for_the_one_with_the_addresses() -> None:
    mail = 'mails:\n  - {key: told, on: introduction.introduced, to: [reader], subject: Hello, text: ["Hello."]}\n'
    assert "no mail of your own goes out on 'introduction.introduced'" in "\n".join(said_of(RIGHT + mail))
