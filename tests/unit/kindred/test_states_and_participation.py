"""A programme's states, and which schools take part, on the command line."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import participation as parts
from shared.commands import programme_states as states
from shared.commands import programmes_queries as queries
from shared.commands.base import Command, Query
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

ROW = parts.ParticipationRow(
    urn=106557, school_id="sch-1", school="Abbey School", enrolled=True, answer="maybe", reason="Our head is new.",
    provisional_until=dt.date(2026, 10, 15), outcome="admitted", outcome_rule="rules",
    outcome_reason="Keeps to every rule.", decided_on=dt.date(2026, 10, 1),
    rules=(parts.RuleStanding(rule="least", of="project", kept=False, excepted="reason", reason="Only giving."),),
)  # fmt: skip


def client(*commands: type[Command]) -> FakeClient:
    answers: dict[type[Command | Query], Any] = {queries.ListProgrammes: ONE}
    answers[parts.ListParticipation] = parts.ParticipationRows(rows=(ROW,))
    return FakeClient({**answers, **{kind: done(sentence="That is done.") for kind in commands}})


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("recruit",), states.RecruitProgramme(programme_id="prg-1")),
        (("resume", "Peer"), states.ResumeProgramme(programme_id="prg-1")),
        (("complete", "-p", "Peer"), states.CompleteProgramme(programme_id="prg-1")),
        (("archive",), states.ArchiveProgramme(programme_id="prg-1")),
        (
            ("postpone", "--until", "2028-04-24", "--reason", "A flood.", "--yes"),
            states.PostponeProgramme(programme_id="prg-1", until=dt.date(2028, 4, 24), reason="A flood."),
        ),
    ],
)
def test_a_programme_changes_its_state(capsys, words, command) -> None:
    asking = client(type(command))

    assert run(asking, "programmes", *words) == 0
    assert asking.asked[-1] == command
    assert "That is done." in capsys.readouterr().out


def test_schools_are_listed_with_what_they_said_and_how_it_was_decided(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    assert run(client(), "participation", "list") == 0

    shown = capsys.readouterr().out
    assert "maybe until 15/10/2026" in shown
    assert "least (project): reason: Only giving." in shown
    assert "admitted 01/10/2026 (rules): Keeps to every rule." in shown


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (
            ("answer", "106557", "Maybe", "--reason", "A new head."),
            parts.AnswerParticipation(programme_id="prg-1", urn=106557, answer="maybe", reason="A new head."),
        ),
        (
            ("except", "106557", "least", "--reason", "New school.", "--by-arrangement"),
            parts.ExceptFromRule(
                programme_id="prg-1", urn=106557, rule="least", reason="New school.", by_arrangement=True
            ),
        ),
        (
            ("refuse", "106557", "--reason", "We are full.", "--rule", "capacity"),
            parts.DecideParticipation(
                programme_id="prg-1", urn=106557, admitted=False, rule="capacity", reason="We are full."
            ),
        ),
        (
            ("admit", "106557", "--reason", "By arrangement."),
            parts.DecideParticipation(
                programme_id="prg-1", urn=106557, admitted=True, rule="coordinator", reason="By arrangement."
            ),
        ),
    ],
)
def test_what_a_school_says_and_what_is_decided_is_noted(words, command) -> None:
    asking = client(type(command))

    assert run(asking, "participation", *words) == 0
    assert asking.asked[-1] == command


def test_any_other_answer_is_refused(capsys) -> None:
    assert run(client(), "participation", "answer", "106557", "perhaps") == 2
    assert "'perhaps' is no answer; write yes, maybe or no." in capsys.readouterr().err


def test_somebody_at_a_school_is_asked() -> None:
    asking = client(parts.AskSchool)

    assert run(asking, "participation", "ask", "106557", "headteacher: Ada Lane <ada@abbey.example>") == 0
    asked = asking.asked[-1]
    assert isinstance(asked, parts.AskSchool)
    assert (asked.person.role, asked.person.email) == ("headteacher", "ada@abbey.example")
