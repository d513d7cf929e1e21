"""A newer template on the command line: shown first, taken over with --apply."""

from typing import Any

from shared.commands import programmes_queries as queries
from shared.commands import template_upgrades as asks
from shared.commands.base import Command, Done, Query
from shared.commands.templates import ChooseLeftOpen
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

FOUND = (
    asks.Difference(section="mails", key="list", field="subject", old="Old", new="New", applied=True),
    asks.Difference(section="roles", key="clerk", old="there", new="removed", applied=False, reason="people hold it"),
)
TEXT = "key: circle\nversion: 2\n"


def client() -> FakeClient:
    upgraded = asks.Upgraded(sentence="1 taken over; 1 cannot be.", template_version=2, differences=FOUND)
    answers: dict[type[Command | Query], Any] = {
        queries.ListProgrammes: ONE,
        asks.CompareTemplate: asks.TemplateDifference(template_version=1, differences=FOUND),
        asks.UpgradeProgramme: upgraded,
    }
    return FakeClient(answers)


def test_what_differs_is_shown_and_nothing_is_taken_over(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    file = tmp_path / "next.yaml"
    file.write_text(TEXT, encoding="utf-8")
    asking = client()

    assert run(asking, "programmes", "upgrade", "Peer", str(file)) == 0
    assert asking.asked[-1] == asks.CompareTemplate(programme_id="prg-1", template=TEXT, filename="next.yaml")
    shown = capsys.readouterr()
    assert "mails list subject" in shown.out
    assert "no: people hold it" in shown.out
    assert "--apply" in shown.err


def test_what_can_be_is_taken_over(tmp_path, capsys) -> None:
    file = tmp_path / "next.yaml"
    file.write_text(TEXT, encoding="utf-8")
    asking = client()

    assert run(asking, "programmes", "upgrade", "Peer", str(file), "--apply") == 0
    assert isinstance(asking.asked[-1], asks.UpgradeProgramme)
    assert "1 taken over; 1 cannot be." in capsys.readouterr().out


def test_a_file_that_is_no_text_is_refused(tmp_path, capsys) -> None:
    file = tmp_path / "next.yaml"
    file.write_bytes(b"\xff\xfe\x00")

    assert run(client(), "programmes", "upgrade", "Peer", str(file)) == 2
    assert "is not UTF-8 text" in capsys.readouterr().err


def test_without_a_file_the_newest_that_is_known_is_meant(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asking = client()

    assert run(asking, "programmes", "upgrade", "Peer") == 0
    assert asking.asked[-1] == asks.CompareTemplate(programme_id="prg-1")
    assert "the newest version" in capsys.readouterr().out


def test_what_the_source_leaves_open_is_chosen(capsys) -> None:
    asking = FakeClient({queries.ListProgrammes: ONE, ChooseLeftOpen: Done(id="prg-1", sentence="How often: weekly.")})
    assert run(asking, "programmes", "choose", "How often", "weekly", "--programme", "Peer") == 0
    programme_id = ONE.programmes[0].programme_id
    assert asking.asked[-1] == ChooseLeftOpen(programme_id=programme_id, setting="How often", choice="weekly")
    assert "How often: weekly." in capsys.readouterr().out
