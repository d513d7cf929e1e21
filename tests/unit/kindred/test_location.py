"""How a command finds the Kindred that runs on this machine, from any folder and beside others."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kindred import location
from kindred.running import advice
from kindred.running.stack import Stack

ROOT = Path(__file__).parents[3]
HERE = {"KINDRED_NATS_URL": "nats://127.0.0.1:9"}


def found_in(folder: Path, **named: str) -> dict[str, str]:
    environment = dict(named)
    location.adopt(environment, folder)
    return environment


def another(folder: Path, url: str, *, started: float, pid: int) -> None:
    """A note of another process."""
    (folder / "running").mkdir(parents=True, exist_ok=True)
    said = {"started": started, "pid": pid, "folder": str(folder / "own"), "settings": {"KINDRED_NATS_URL": url}}
    (folder / "running" / f"{pid}.json").write_text(json.dumps(said), encoding="utf-8")


def test_a_command_finds_what_runs_on_this_machine(tmp_path: Path) -> None:
    location.announce(HERE, tmp_path / "services", tmp_path)
    assert found_in(tmp_path) == HERE
    assert found_in(tmp_path / "services") == HERE
    elsewhere = {"KINDRED_NATS_URL": "nats://elsewhere:4222"}
    assert found_in(tmp_path, **elsewhere) == elsewhere
    location.retract(tmp_path / "services", tmp_path)
    assert found_in(tmp_path) == {}
    assert found_in(tmp_path / "services") == {}


def test_settings_of_a_process_that_is_gone_are_not_used_and_go_with_the_next(tmp_path: Path) -> None:
    another(tmp_path, "nats://gone", started=1.0, pid=2**22 + 1)
    assert found_in(tmp_path) == {}
    location.announce(HERE, tmp_path / "services", tmp_path)
    assert [note.name for note in (tmp_path / "running").iterdir()] == [f"{os.getpid()}.json"]


def test_a_note_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "running").mkdir()
    (tmp_path / "running" / "1.json").write_text("[]", encoding="utf-8")
    (tmp_path / "running" / "2.json").write_text("{", encoding="utf-8")
    assert location.running(tmp_path) == []


def test_a_second_stack_neither_takes_over_nor_removes_the_first(tmp_path: Path) -> None:
    another(tmp_path, "nats://first", started=1.0, pid=os.getppid())
    location.announce(HERE, tmp_path / "demo", tmp_path)
    assert found_in(tmp_path) == {"KINDRED_NATS_URL": "nats://first"}
    assert found_in(tmp_path / "demo") == HERE
    location.retract(tmp_path / "demo", tmp_path)
    assert found_in(tmp_path) == {"KINDRED_NATS_URL": "nats://first"}


def test_when_the_first_ends_commands_go_to_the_second(tmp_path: Path) -> None:
    another(tmp_path, "nats://first", started=1.0, pid=os.getppid())
    location.announce(HERE, tmp_path / "demo", tmp_path)
    (tmp_path / "running" / f"{os.getppid()}.json").unlink()
    assert found_in(tmp_path) == HERE


def test_the_folder_is_the_checkouts_wherever_the_command_is_typed(tmp_path: Path) -> None:
    code = "from kindred import location; print(location.FOLDER)"
    environment = {name: value for name, value in os.environ.items() if name != "KINDRED_FOLDER"}
    environment["PYTHONPATH"] = str(ROOT)

    def said(**named: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment | named, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    assert said() == str(ROOT / ".kindred")
    assert said(KINDRED_FOLDER="mine") == str(tmp_path / "mine")


def test_who_starts_a_stack_is_told_how_to_ask_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "running", lambda: [location.Running(1.0, os.getpid(), tmp_path, {})])
    assert advice.how_to_ask(tmp_path) == [f"`{advice.command()}` in another terminal finds it, from any folder."]
    monkeypatch.setattr(location, "running", lambda: [location.Running(1.0, 1, Path("/first"), {})])
    assert advice.how_to_ask(tmp_path) == [
        "Another Kindred was started first, in /first; commands go on going to that one.",
        f"For this one: KINDRED_FOLDER={tmp_path} {advice.command()} ...",
    ]


def test_the_command_is_named_as_it_can_be_typed_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "bin" / "kindred"
    own.parent.mkdir()
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(own.parent / "python"))
    monkeypatch.setenv("PATH", "/nowhere")
    assert advice.command() == str(own)
    monkeypatch.setenv("PATH", str(own.parent))
    assert advice.command() == "kindred"
    own.unlink()
    assert advice.command() == f"{own.parent / 'python'} -m kindred"


def test_links_lead_to_the_same_ports_after_a_restart_where_they_are_free(tmp_path: Path) -> None:
    first = Stack(tmp_path)
    kept = (first.portal_port, first.mail_page_port, first.replies_port)
    first.stop()
    again = Stack(tmp_path)
    again.stop()
    assert (again.portal_port, again.mail_page_port, again.replies_port) == kept
    with socket.create_server(("127.0.0.1", kept[0])):
        other = Stack(tmp_path)
        other.stop()
    assert other.portal_port != kept[0]
    assert other.mail_page_port == kept[1]
