"""Secrets of the compose file: made once, for their owner's eyes only, and rotated by deleting one."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "deploy" / "prepare.sh"


@pytest.fixture
def keys(tmp_path):
    """A volume of keys, a way to run the script on it, and who was made owner of what in that run."""
    folder, volumes, programs, log = (tmp_path / name for name in ("keys", "volumes", "bin", "owners"))
    for made in (folder, volumes, programs):
        made.mkdir()
    chown = programs / "chown"  # only root may do it for real
    chown.write_text(f'#!/bin/sh\necho "$1 $2" >>{log}\n', encoding="utf-8")
    chown.chmod(0o755)

    def prepare(*words):
        log.write_text("", encoding="utf-8")
        where = {"KEYS": str(folder), "VOLUMES": str(volumes), "PATH": f"{programs}:{os.environ['PATH']}"}
        subprocess.run(["sh", str(SCRIPT), *words], env={**os.environ, **where}, check=True)
        pairs = (line.split() for line in log.read_text(encoding="utf-8").splitlines())
        return {Path(file).name: int(owner.partition(":")[0]) for owner, file in pairs}

    return folder, prepare


def contents(folder):
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_each_secret_is_made_once_and_read_by_its_owner_only(keys):
    folder, prepare = keys
    prepare()
    first = contents(folder)
    owners = prepare()
    assert contents(folder) == first
    assert {file.name: oct(file.stat().st_mode)[-3:] for file in folder.iterdir()} == dict.fromkeys(first, "400")
    assert owners == {
        "nats_password": 10001, "mongo_password": 10001, "mongo_url": 10001, "portal_secret": 10001,
        "nats-users.conf": 10002, "mongo_root": 999, "mongo_keyfile": 999,
        "nats": 10002, "mongo": 999, "certificates": 10003,
    }  # fmt: skip
    assert all(len(first[name]) == 64 for name in ("nats_password", "mongo_password", "portal_secret"))
    assert 6 <= len(first["mongo_keyfile"]) <= 1024


def test_a_deleted_secret_is_another_one_wherever_it_stands(keys):
    folder, prepare = keys
    prepare()
    first = contents(folder)
    for name in ("nats_password", "mongo_password"):
        (folder / name).unlink()
    prepare()
    now = contents(folder)
    assert {name for name in first if now[name] != first[name]} == {
        "nats_password", "nats-users.conf", "mongo_password", "mongo_url", "mongo_root",
    }  # fmt: skip
    assert f'password: "{now["nats_password"]}"' in now["nats-users.conf"]
    assert f":{now['mongo_password']}@mongo:" in now["mongo_url"]
    assert now["mongo_root"] == now["mongo_password"]


def test_with_words_it_does_only_what_they_say(keys):
    folder, prepare = keys
    prepare()
    first = contents(folder)
    assert prepare("rm", str(folder / "portal_secret")) == {}
    assert contents(folder) == {name: text for name, text in first.items() if name != "portal_secret"}


def test_a_secret_that_was_put_back_is_kept_and_closed_to_others(keys):
    folder, prepare = keys
    prepare("sh", "-c", f"printf %s {'a' * 64} >{folder}/portal_secret")
    assert prepare()["portal_secret"] == 10001
    assert contents(folder)["portal_secret"] == "a" * 64
    assert oct((folder / "portal_secret").stat().st_mode)[-3:] == "400"
