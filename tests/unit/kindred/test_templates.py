"""`kindred templates`: a template is checked and shown without a running stack."""

import json

import pytest

from shared.commands.base import Done
from shared.commands.templates import (
    CheckedTemplate,
    CheckTemplate,
    ShowTemplate,
    TakeTemplate,
    TemplateFault,
    TemplateText,
    WithdrawTemplate,
)
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


def test_what_the_source_leaves_open_is_said_with_what_is_taken(capsys, written):
    left = "clock:\n  left_open:\n    - {setting: How often they meet, default: Weekly}\n"
    written.write_text(RIGHT.replace("\nclock:\n", f"\n{left}", 1), encoding="utf-8")

    code, out, _ = asked(capsys, "templates", "preview", written, "--year", "2026/27")

    assert code == 0
    assert "Left open: How often they meet. Taken: Weekly." in out


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


def checked(**facts):
    return CheckedTemplate(check_id="tpc-1", filename="exchange.yaml", key="circle", version=2, **facts)


def test_a_template_is_taken_over(capsys, written):
    client = FakeClient({CheckTemplate: checked(), TakeTemplate: Done(id="circle", sentence="From version 2 on.")})

    assert run(client, "templates", "take", str(written)) == 0

    assert client.asked == [CheckTemplate(template=RIGHT, filename="exchange.yaml"), TakeTemplate(check_id="tpc-1")]
    assert capsys.readouterr().out == "From version 2 on.\n"


def test_a_template_with_faults_is_not_taken_over(capsys, written):
    fault = TemplateFault(line=3, field="titel", what="there is no field 'titel'")
    client = FakeClient({CheckTemplate: checked(faults=(fault,))})

    assert run(client, "templates", "take", str(written)) == 1

    assert "there is no field 'titel'" in capsys.readouterr().out


def test_a_template_is_written_into_a_file_that_is_not_there_yet(capsys, tmp_path):
    to = tmp_path / "start.yaml"
    client = FakeClient({ShowTemplate: TemplateText(key="circle", version=2, filename="circle.yaml", text=RIGHT)})

    assert run(client, "templates", "fetch", "circle", "-o", str(to)) == 0
    assert to.read_text(encoding="utf-8") == RIGHT
    assert run(client, "templates", "fetch", "circle", "-o", str(to)) == 2
    assert "name another" in capsys.readouterr().err


def test_one_that_was_taken_over_is_taken_back(capsys):
    client = FakeClient({WithdrawTemplate: Done(id="ours", sentence="Version 2 of 'ours' is taken back.")})
    assert run(client, "templates", "withdraw", "ours") == 0
    assert client.asked == [WithdrawTemplate(key="ours")]
    assert "is taken back" in capsys.readouterr().out
