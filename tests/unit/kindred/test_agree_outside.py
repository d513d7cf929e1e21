"""`kindred rounds agree`."""

from typing import Any

from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.rounds import (
    AgreementRow,
    AgreeOutside,
    PersonWithout,
    RoundDetail,
    RoundRow,
    ShowRound,
    ThingWithout,
)
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

PROGRAMME = ONE.programmes[0].programme_id
ROUND = RoundDetail(
    round=RoundRow(
        round_id="rnd-1", programme_id=PROGRAMME, round="swap", title="Swap", state="open", revision=0, placed=0,
        people_without=1, things_without=1,
    ),
    placements=(),
    people_without=(
        PersonWithout(person_entry_id="ent-person-1", school_id="s", school="A", rule="no-wishes", sentence="x"),
    ),
    things_without=(
        ThingWithout(thing_entry_id="ent-thing-1", thing="Reading", host_school_id="t", host="B", rule="", sentence=""),
    ),
    agreed=(
        AgreementRow(
            person_entry_id="ent-person-1", school="A", thing_entry_id="ent-thing-1", thing="Reading", host="B",
            waits_for="School B",
        ),
    ),
)  # fmt: skip


def client():
    answers: dict[Any, Any] = {
        queries.ListProgrammes: ONE, queries.NamePeople: queries.NamedPeople(people=()), ShowRound: ROUND,
        AgreeOutside: Done(id="rnd-1", sentence="Noted."),
    }  # fmt: skip
    return FakeClient(answers)


def test_a_school_says_that_it_has_agreed(capsys):
    asked = client()
    assert run(asked, "rounds", "agree", "ent-p", "ent-t", "--as", "per-1") == 0
    (sent,) = [one for one in asked.asked if isinstance(one, AgreeOutside)]
    assert (sent.person_entry_id, sent.thing_entry_id, sent.person_id) == ("ent-person-1", "ent-thing-1", "per-1")
    assert "Noted." in capsys.readouterr().out


def test_it_shows_who_has_not_said_so_yet(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(client(), "rounds", "show") == 0
    assert "School B" in capsys.readouterr().out
