"""`kindred login`: what is typed, what is kept on the machine, and as whom commands are sent."""

import datetime as dt
import json
import stat
from typing import Any

import pytest

from kindred import location, signed_in
from kindred.cli.app import main
from kindred.cli.signing import MACHINE, SignedClient
from kindred.output import display
from shared.bus.client import BusClient
from shared.commands.base import Done
from shared.commands.coordinators import AddCoordinator
from shared.commands.logins import (
    AskLogin,
    LoginSetup,
    LoginShown,
    LoginStep,
    ProveLogin,
    ShowLogin,
    ShowLoginSetup,
    TryLogin,
)
from shared.commands.notifications import PauseMail
from shared.commands.tokens import RevokeToken
from shared.errors import Rejected
from tests.unit.kindred.fake_client import FakeClient

ADDRESS, UNTIL = "ada@trust.example", dt.datetime(2027, 1, 30, 12, tzinfo=dt.UTC)
IN = LoginStep(step="in", person_id="per-ada", name="Ada Okafor", token_id="tok-1", expires=UNTIL)
SHOWN = LoginShown(person_id="per-ada", name="Ada Okafor", token_id="tok-1", expires=UNTIL)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("KINDRED_NATS_URL", "nats://here:4222")
    yield tmp_path
    display.as_json(False)


def run(client, *words, typed="", monkeypatch=None):
    """Run a command line; its exit code."""

    async def connect() -> Any:
        return client

    if monkeypatch is not None:
        answers = iter(typed.split())
        monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    return main(list(words), connect)


def test_the_code_of_the_mail_and_one_of_the_authenticator_sign_in(monkeypatch, capsys):
    sent = Done(id="", sentence="A mail is on its way.")
    client: Any = FakeClient({AskLogin: sent, TryLogin: LoginStep(step="second"), ProveLogin: IN})
    assert run(client, "login", ADDRESS, typed="123456 654321", monkeypatch=monkeypatch) == 0
    asked, tried, proved = client.asked
    assert (asked.address, tried.code, proved.code) == (ADDRESS, "123456", "654321")
    kept = signed_in.kept()
    assert kept is not None
    assert kept.token.startswith("kindred_")
    assert tried.key == proved.key == kept.key != kept.token
    assert kept.token not in repr(client.asked)
    out = capsys.readouterr()
    assert "You are signed in as Ada Okafor." in out.out
    assert kept.token not in out.out + out.err


def test_what_is_kept_is_its_user_s_alone(folder, monkeypatch):
    client = FakeClient({TryLogin: LoginStep(step="second"), ProveLogin: IN})
    assert run(client, "login", ADDRESS, "--code", "123456", "--second", "654321") == 0
    file = folder / "kindred" / "signed-in.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(json.loads(file.read_text(encoding="utf-8"))) == ["nats://here:4222"]
    assert [one.name for one in file.parent.iterdir()] == ["signed-in.json"]


def test_the_first_time_it_says_what_an_authenticator_is_set_up_with(capsys):
    setup = LoginSetup(secret="ABCDEFGH", address="otpauth://x", recovery=("aaaa-bbbb", "cccc-dddd"))
    client = FakeClient({TryLogin: LoginStep(step="set-up"), ShowLoginSetup: setup, ProveLogin: IN})
    assert run(client, "login", ADDRESS, "--code", "1", "--second", "2", "--json") == 0
    out = capsys.readouterr()
    assert "Key: ABCD EFGH" in out.err
    assert "cccc-dddd" in out.err
    assert json.loads(out.out)["person_id"] == "per-ada"


def test_wrong_codes_are_asked_for_again(monkeypatch, capsys):
    wrong = LoginStep(step="wrong", left=9)
    client = FakeClient({AskLogin: Done(id=""), TryLogin: [wrong, LoginStep(step="second")], ProveLogin: [wrong, IN]})
    assert run(client, "login", ADDRESS, typed="1 2 3 4", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().err.count("Tries left: 9.") == 2


@pytest.mark.parametrize(
    ("step", "rule"),
    [("wrong", "wrong-code"), ("locked", "too-many-codes"), ("over", "sign-in-over"),
     ("no-coordinator", "no-coordinator")],
)  # fmt: skip
def test_what_is_no_good_is_said_and_nothing_is_kept(step, rule, capsys):
    client = FakeClient({TryLogin: LoginStep(step=step)})
    assert run(client, "login", ADDRESS, "--code", "1", "--json") == 2
    assert json.loads(capsys.readouterr().err)["rule"] == rule
    assert signed_in.kept() is None


def test_a_mail_alone_is_sent_where_nobody_is_there_to_type():
    client = FakeClient({AskLogin: Done(id="", sentence="Sent.")})
    assert run(client, "login", ADDRESS, "--send") == 0
    assert signed_in.kept() is None


def test_where_nothing_can_be_kept_nobody_is_asked_for_a_code(folder, capsys):
    (folder / "kindred").write_text("in the way of the folder", encoding="utf-8")
    client = FakeClient({AskLogin: Done(id="", sentence="Sent.")})
    assert run(client, "login", ADDRESS, "--send") == 2
    assert f"must be able to write into {folder / 'kindred'}" in capsys.readouterr().err
    assert client.asked == []


def test_logging_out_revokes_the_token_and_forgets_it(capsys):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))
    client: Any = FakeClient({RevokeToken: Done(id="tok-1", sentence="It opens nothing any more.")})
    assert run(client, "logout") == 0
    assert client.asked[0].token_id == "tok-1"
    assert signed_in.kept() is None
    assert run(client, "logout", "--json") == 2


def test_whoami_says_who(capsys):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))
    assert run(FakeClient({ShowLogin: SHOWN}), "whoami") == 0
    assert "Ada Okafor, until" in capsys.readouterr().out


def test_each_kindred_has_a_sign_in_of_its_own(monkeypatch):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))
    monkeypatch.setenv("KINDRED_NATS_URL", "nats://elsewhere:4222")
    assert signed_in.kept() is None
    signed_in.keep(signed_in.Kept("kindred_y", "tok-2", ADDRESS))
    signed_in.forget()
    monkeypatch.setenv("KINDRED_NATS_URL", "nats://here:4222")
    kept = signed_in.kept()
    assert kept is not None
    assert kept.token == "kindred_x"


def test_a_stack_of_this_machine_is_known_by_its_folder_whatever_its_ports(tmp_path):
    for url in ("nats://127.0.0.1:1", "nats://127.0.0.1:2"):
        location.announce({"KINDRED_NATS_URL": url}, tmp_path / "own", tmp_path / "common")
        place = location.place({"KINDRED_NATS_URL": url}, tmp_path / "common")
        assert place == str(tmp_path / "own")
    location.retract(tmp_path / "own", tmp_path / "common")
    assert location.place({"KINDRED_NATS_URL": "nats://127.0.0.1:2"}, tmp_path / "common") == "nats://127.0.0.1:2"


def test_a_file_that_cannot_be_read_is_as_if_nobody_had_signed_in(folder):
    file = folder / "kindred" / "signed-in.json"
    file.parent.mkdir()
    file.write_text("[]", encoding="utf-8")
    assert signed_in.kept() is None


@pytest.fixture
def sent(monkeypatch):
    """Who sent what, by the client of the command line."""
    found: list[tuple[str, str | None]] = []

    async def ask(self, command, *, actor=None, **_):
        found.append((type(command).__name__, actor))

    async def find(self, query, **_):
        found.append((type(query).__name__, None))
        return SHOWN

    monkeypatch.setattr(BusClient, "ask", ask)
    monkeypatch.setattr(BusClient, "find", find)
    return found


def client():
    made = SignedClient.__new__(SignedClient)
    made.actor = MACHINE
    return made


async def test_commands_are_sent_as_the_person_who_has_signed_in(sent):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))
    here = client()
    for _ in range(2):
        await here.ask(PauseMail(paused=False))
    assert sent == [("ShowLogin", None), ("PauseMail", "per-ada"), ("PauseMail", "per-ada")]


async def test_nobody_sends_commands_without_having_signed_in(sent):
    with pytest.raises(Rejected, match="kindred login ADDRESS"):
        await client().ask(PauseMail(paused=False))
    assert sent == []


async def test_the_first_coordinator_is_made_on_the_machine(sent):
    await client().ask(AddCoordinator(name="Ada Okafor", email=ADDRESS))
    assert sent == [("AddCoordinator", None)]


async def test_a_coordinator_adds_the_next_in_their_own_name(sent):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))
    await client().ask(AddCoordinator(name="Bo Kim", email="bo@trust.example"))
    assert sent[-1] == ("AddCoordinator", "per-ada")


async def test_a_sign_in_that_is_over_does_not_keep_the_machine_from_its_first_steps(sent, monkeypatch):
    signed_in.keep(signed_in.Kept("kindred_x", "tok-1", ADDRESS))

    async def over(self, query, **_):
        raise Rejected("not-signed-in", "Over.")

    monkeypatch.setattr(BusClient, "find", over)
    with pytest.raises(Rejected, match="not-signed-in"):
        await client().ask(PauseMail(paused=False))
    await client().ask(AskLogin(address=ADDRESS))
    assert sent == [("AskLogin", MACHINE)]
