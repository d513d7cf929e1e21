"""`kindred templates`: a template is checked and shown without a running stack."""

import json

import pytest

from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import run
from tests.unit.template.written import WRITTEN_FILE

RIGHT = WRITTEN_FILE.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def written(tmp_path):
    file = tmp_path / "exchange.yaml"
    file.write_text(RIGHT, encoding="utf-8")
    return file


def asked(capsys, *arguments):
    code = run(FakeClient({}), *map(str, arguments))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize("group", ["templates", "programmes"])
def test_a_right_template_is_said_to_be_right(capsys, written, group):
    code, out, err = asked(capsys, group, "validate", written)

    assert code == 0
    assert out == "exchange.yaml can be opened as it is.\n"
    assert "preview" in err


def test_faults_are_listed_and_the_command_fails(capsys, written):
    written.write_text(RIGHT.replace("kind: topic,", "kind: subject,"), encoding="utf-8")

    code, out, _ = asked(capsys, "templates", "validate", written)

    assert code == 1
    assert "1 to put right" in out
    assert "forms[1].fields[2].kind" in out
    assert "there is no kind 'subject'" in out


def test_faults_as_json(capsys, written):
    written.write_text(RIGHT.replace("kind: topic,", "kind: subject,"), encoding="utf-8")

    code, out, _ = asked(capsys, "--json", "templates", "validate", written)

    (fault,) = json.loads(out)["faults"]
    assert code == 1
    assert fault["field"] == "forms[1].fields[2].kind"
    assert RIGHT.splitlines()[fault["line"] - 1].strip().startswith("- {key: topic,")


@pytest.mark.parametrize("group", ["templates", "programmes"])
def test_the_year_is_shown(capsys, written, group):
    code, out, _ = asked(capsys, group, "preview", written, "--year", "2026/27")

    assert code == 0
    assert "Thu 5 Nov 2026" in out
    assert "nomination.submitted, by Fri 20 Nov 2026" in out


def test_a_wrong_template_has_no_year(capsys, written):
    written.write_text(RIGHT.replace("kind: topic,", "kind: subject,"), encoding="utf-8")

    code, _, err = asked(capsys, "templates", "preview", written)

    assert code == 2
    assert "there is no kind 'subject'" in err


def test_a_misspelt_file_is_guessed(capsys, written):
    code, _, err = asked(capsys, "templates", "validate", written.with_name("exchang.yaml"))

    assert code == 2
    assert "Did you mean" in err
    assert "exchange.yaml" in err


def test_a_file_in_another_encoding(capsys, written):
    written.write_bytes("title: Übung".encode("latin-1"))

    code, _, err = asked(capsys, "templates", "validate", written)

    assert code == 2
    assert "save it as UTF-8" in err.replace("\n", " ")
