"""A name of a setting that nothing reads is told, with the one that was meant, by whatever process is started."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.settings_table import READ_BY_TOOLS
from contracts.subscribers import SERVICES, settings_class
from kindred.cli.app import main
from shared.setting_names import COMMANDS, COMPOSE, LISTED, known, leave_out, unknown

ROOT = Path(__file__).parents[3]
WRONG = "KINDRED_SMPT_HOST is set, but Kindred has no setting of that name. Did you mean KINDRED_SMTP_HOST?"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("KINDRED_SMPT_HOST", "KINDRED_SMTP_HOST"),
        ("KINDRED_SMTPHOST", "KINDRED_SMTP_HOST"),
        ("KINDRED_PUBLICURL", "KINDRED_PUBLIC_URL"),
        ("KINDRED_SMTP_PASWORD_FILE", "KINDRED_SMTP_PASSWORD_FILE"),
        ("kindred_smtp_password_file", "KINDRED_SMTP_PASSWORD_FILE"),
        ("Kindred_Portal_Prot", "KINDRED_PORTAL_PORT"),
        ("KINDRED_PROGRAM", "KINDRED_PROGRAMME"),
    ],
)
def test_a_name_that_nothing_reads_is_told_with_the_nearest(name, meant):
    assert unknown({name: "x"}) == (f"{name} is set, but Kindred has no setting of that name. Did you mean {meant}?",)


def test_where_no_name_is_near_the_pages_are_named():
    (said,) = unknown({"KINDRED_WEATHER": "fair"})
    assert said.endswith("no setting of that name. docs/settings.md and docs/operating.md say what may be set.")


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_of_every_service_is_known_to_all(service):
    names = [f"KINDRED_{field.upper()}" for field in settings_class(service).model_fields]
    given = dict.fromkeys((*names, *(f"{name}_FILE" for name in names), *map(str.lower, names)), "x")
    assert unknown(given) == ()


def test_what_others_call_their_variables_is_not_looked_at():
    assert unknown({"SMPT_HOST": "x", "_KINDRED_COMPLETE": "x", "MY_KINDRED_SMPT_HOST": "x"}) == ()


def test_whatever_the_code_reads_is_listed():
    read = re.compile(r"""(?:environ(?:\.get\(|\[)|getenv\(|envvar=|delenv\()\s*["'](KINDRED_[A-Z_]+)""")
    folders = ("services", "shared", "kindred", "contracts", "deploy", "benchmarks", "chaos", "tests")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    found = {name for file in files for name in read.findall(file.read_text(encoding="utf-8"))}
    assert len(found) > 5
    assert {name.removesuffix("_FILE") for name in found} - known() == set()
    assert LISTED.read_text(encoding="utf-8").split() == sorted(known())


BESIDE = "stands in .env, but docker-compose.yml hands it to no container."
WRITTEN = {
    "KINDRED_SMTP_HOST": "relay.example",
    "KINDRED_MATCHING_STEPS": "9",
    "KINDRED_SMTP_PASSWORD_FILE": "/secrets/smtp",
    "KINDRED_PROGRAMME": "Peer visits",
    "SMTP_HOST": "mail",
}
"""What may stand in the file `.env`."""


def test_what_stands_in_the_file_env_and_reaches_no_container_is_told_and_does_not_hold():
    wrong = {
        "KINDRED_SMPT_HOST": "x",
        "KINDRED_SMTP_PASSWORD": "x",
        "KINDRED_DATABASE_PREFIX": "x",
        "kindred_clock": "x",
    }
    environment = {**WRITTEN, **wrong, COMPOSE: str(ROOT / "docker-compose.yml")}
    pages = "docs/settings.md and docs/operating.md say what may be set."
    assert unknown(environment) == (
        f"KINDRED_DATABASE_PREFIX {BESIDE} {pages}",
        f"KINDRED_SMPT_HOST {BESIDE} Did you mean KINDRED_SMTP_HOST?",
        f"KINDRED_SMTP_PASSWORD {BESIDE} {pages}",
        f"kindred_clock {BESIDE} Did you mean KINDRED_CLOCK?",
    )
    leave_out(environment)
    assert environment == {**WRITTEN, COMPOSE: str(ROOT / "docker-compose.yml")}


def test_without_a_compose_file_nothing_is_left_out():
    environment = {"KINDRED_DATABASE_PREFIX": "x_", "KINDRED_SMPT_HOST": "x"}
    leave_out(environment)
    assert list(environment) == ["KINDRED_DATABASE_PREFIX", "KINDRED_SMPT_HOST"]


def test_what_commands_read_is_what_the_page_of_settings_says():
    said = {f"KINDRED_{name}" for name, (reader, _) in READ_BY_TOOLS.items() if reader == "command line"}
    assert said == COMMANDS


def test_a_command_says_so_beside_its_answer(monkeypatch, capsys):
    monkeypatch.setenv("KINDRED_SMPT_HOST", "relay.example")
    assert main(["--version", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [WRONG]
    assert list(json.loads(said.out)) == ["version"]
    monkeypatch.setenv("_KINDRED_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "kindred")
    monkeypatch.setenv("COMP_CWORD", "1")
    main([])
    assert capsys.readouterr().err == ""


def test_a_service_says_so_when_it_starts():
    environment = {**os.environ, "KINDRED_SMPT_HOST": "relay.example", "KINDRED_MONGO_URL": "mongodb://127.0.0.1:1/"}
    process = subprocess.Popen(
        [sys.executable, "-m", "services.tasks.app"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "unknown_setting" in line)
    finally:
        process.kill()
        process.communicate()
    assert json.loads(line)["sentence"] == WRONG


def test_a_command_says_what_is_wrong_with_a_setting_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv("KINDRED_NATS_URL", "http://nats.example.org")
    assert main(["programmes", "list"]) != 0
    said = capsys.readouterr().err.strip()
    assert said == "KINDRED_NATS_URL must name servers such as nats://nats.example.org:4222."
