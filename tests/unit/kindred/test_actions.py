"""Actions on the command line."""

import datetime as dt
import json

from shared.commands import programmes_queries as queries
from shared.commands.actions import ActionRow, ActionRows, ChangeAction, ListActions
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

ROW = ActionRow(
    action_id="act-abcdef0123", entry_id="ent-1", programme_id="prg-1", programme="Exchange", form="findings",
    form_title="Findings", school_id="sch-1", what="Mend the door", owner_id="per-1", due=dt.date(2027, 3, 1),
    status="under-way", rating="off-track",
)  # fmt: skip
NAMES = queries.NamedPeople(people=(queries.NamedPerson(person_id="per-1", name="Ada Lane", schools=("Abbey",)),))


def client():
    rows = ActionRows(total=1, by_rating={"off-track": 1}, actions=(ROW,))
    return FakeClient(
        {
            ListActions: rows,
            queries.NamePeople: NAMES,
            queries.ListProgrammes: ONE,
            ChangeAction: done(sentence="The action is changed."),
        }
    )


def test_actions_are_listed_with_whose_they_are_and_how_they_stand(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    asking = client()
    assert run(asking, "actions", "list", "-p", "Peer", "--rating", "off-track", "--as", "per-9") == 0
    assert asking.asked[1] == ListActions(programme_id="prg-1", rating="off-track", person_id="per-9")
    shown = capsys.readouterr().out
    assert "Actions (1: 1 off-track)" in shown
    assert "Ada Lane (Abbey)" in shown
    assert "Mend the door" in shown


def test_json_holds_the_rows(capsys) -> None:
    assert run(client(), "actions", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["actions"][0]["rating"] == "off-track"


def test_an_action_gets_another_owner_and_day(capsys) -> None:
    asking = client()
    line = ("actions", "change", "act-abc", "--as", "per-9")
    assert run(asking, *line, "--owner", "Ann Ley <ann@school.example>", "--due", "2027-04-02", "-p", "Peer") == 0
    assert asking.asked[-1] == ChangeAction(
        action_id="act-abcdef0123", person_id="per-9", owner="Ann Ley", address="ann@school.example",
        due=dt.date(2027, 4, 2),
    )  # fmt: skip
    assert "The action is changed." in capsys.readouterr().out
    assert run(asking, *line) == 2
    assert "--owner, --due or --status" in capsys.readouterr().err
