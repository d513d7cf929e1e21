"""The nightly backup: one encrypted file with everything in it; old ones go, and none goes after a failure."""

import os
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "deploy" / "back-up"
DOCKER = """#!/bin/sh
echo "$*" >>"$LOG"
case "$*" in
  *"$FAILS"*) echo "docker: $FAILS went wrong" >&2; exit 1 ;;
  *"kindred backup"*)
    for last; do :; done
    mkdir -p ".$last/programmes"; echo data >".$last/backup.json"; echo "9 documents" ;;
  *"cat /keys/portal_secret"*) printf %s "$SECRET" ;;
esac
"""
AGE = """#!/bin/sh
[ -z "$NO_AGE" ] || { echo "age: no such key" >&2; exit 1; }
[ "$1 $2 $3 $4" = "--encrypt --recipient age1key --output" ] && { echo sealed; cat "$6"; } >"$5"
"""


@pytest.fixture
def at_night(tmp_path):
    """A deployment, and a way to run the script in it as cron does."""
    programs, root = tmp_path / "bin", tmp_path / "srv"
    for made in (programs, root / "deploy", root / "exchange"):
        made.mkdir(parents=True)
    shutil.copy(SCRIPT, root / "deploy")
    for name, text in (("docker", DOCKER), ("age", AGE)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)

    def run(*words, **given):
        where = {"PATH": f"{programs}:{os.environ['PATH']}", "LOG": str(tmp_path / "log"), "SECRET": "ab" * 32}
        environment = {**os.environ, **where, "FAILS": "nothing fails", "NO_AGE": "", **given}
        command = ["sh", str(root / "deploy" / "back-up"), *map(str, words)]
        return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)

    return root, run


def test_one_file_holds_the_databases_and_the_portal_s_secret_and_nothing_is_said(at_night, tmp_path):
    root, run = at_night
    done = run("age1key", tmp_path / "backups")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (made,) = (tmp_path / "backups").iterdir()
    assert (made.suffix, oct(made.stat().st_mode)[-3:]) == (".age", "600")
    with made.open("rb") as sealed:
        assert sealed.readline() == b"sealed\n"
        with tarfile.open(fileobj=sealed, mode="r|") as archive:
            held = {member.name.partition("/")[2] for member in archive}
    assert held == {"", "programmes", "backup.json", "portal_secret"}
    assert list((root / "exchange").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"FAILS": "kindred backup"}, "docker: kindred backup went wrong\n"),
        ({"FAILS": "cat /keys/portal_secret"}, "docker: cat /keys/portal_secret went wrong\n"),
        ({"SECRET": ""}, "the portal's secret could not be read: nothing is backed up\n"),
        ({"NO_AGE": "1"}, "age: no such key\n"),
    ],
)
def test_what_fails_is_said_and_no_backup_is_deleted(at_night, tmp_path, given, said):
    root, run = at_night
    kept = tmp_path / "backups" / "2020-01-01-0200.age"
    kept.parent.mkdir()
    kept.write_bytes(b"old")
    os.utime(kept, (0, 0))
    done = run("age1key", kept.parent, **given)
    assert (done.returncode, done.stderr) == (1, said)
    assert list(kept.parent.iterdir()) == [kept]
    assert list((root / "exchange").iterdir()) == []


def test_backups_older_than_wished_are_deleted_and_other_files_are_not(at_night, tmp_path):
    _, run = at_night
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, days in (("a.age", 9), ("b.age", 5), ("keys.txt", 90)):
        (folder / name).write_bytes(b"kept")
        moment = time.time() - days * 86400
        os.utime(folder / name, (moment, moment))
    assert run("age1key", folder, 7).returncode == 0
    assert {file.name for file in folder.iterdir()} > {"b.age", "keys.txt"}
    assert not (folder / "a.age").exists()


def test_without_a_key_it_says_how_it_is_called(at_night):
    _, run = at_night
    done = run()
    assert (done.returncode, done.stderr[:29]) == (2, "usage: deploy/back-up KEY FOL")
