"""What stands against a programme is said before it is closed, and before anybody is mailed about its groups."""

import pytest
import typer

from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.commands.matching import PublishCohort, ShowCohort
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, PROGRAMME, done, run

WARNING = "No facilitator is appointed, and 14 visit days are to be led."


def programmes(query):
    told = {"warnings": (WARNING,)} if query.check else {}
    return queries.ProgrammeRows(programmes=(PROGRAMME.model_copy(update=told),))


def client():
    return FakeClient(
        {
            queries.ListProgrammes: programmes,
            ShowCohort: COHORT,
            commands.CloseEnrolment: done(sentence="Closed."),
            PublishCohort: done(sentence="Published."),
        }
    )


def asked(one, kind):
    return [each for each in one.asked if isinstance(each, kind)]


def test_closing_says_what_is_missing_and_goes_on_where_nobody_can_be_asked(capsys):
    one = client()
    assert run(one, "programmes", "close") == 0
    assert WARNING in capsys.readouterr().err
    assert len(asked(one, commands.CloseEnrolment)) == 1


def test_publishing_groups_waits_for_a_yes(capsys):
    one = client()
    assert run(one, "cohorts", "publish") == 2
    said = capsys.readouterr().err
    assert said == f"{WARNING}\nNothing has been published. `--yes` publishes all the same.\n"
    assert asked(one, PublishCohort) == []
    assert run(one, "cohorts", "publish", "--yes") == 0
    assert len(asked(one, PublishCohort)) == 1


@pytest.mark.parametrize("words", [("programmes", "close"), ("cohorts", "publish")])
@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 130)])
def test_a_person_at_a_terminal_is_asked(words, answer, code, monkeypatch):
    def confirm(*_, abort, **__):
        if abort and not answer:
            raise typer.Abort
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", confirm)
    assert run(client(), *words) == code
