"""Imports on the command line: every problem is shown or written to a file, and nothing goes in half understood."""

import csv

import openpyxl
import pytest

from shared.commands import programmes as commands
from shared.commands.programmes_queries import ListProgrammes
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, run

STARTED = commands.ImportStarted(import_id="imp-1")
QUESTION = "Not understood: column B, 'Ort'; the nearest known heading is 'School name' (3 cells filled)."


def report(**changed):
    told = {"import_id": "imp-1", "state": "done", "kind": "enrolments", "added": 2, "sentence": "2 enrolments."}
    return commands.ImportReport(**(told | changed))


def problems(count, rule="unreadable"):
    return tuple(commands.Problem(line=n + 2, column="URN", rule=rule, reason=f"Wrong {n}.") for n in range(count))


ROWS = commands.ProblemRows(
    header=("URN", "School name"),
    total=3,
    rows=(
        commands.ProblemRow(line=2, row_is="left out", reasons=("URN: It is blank.",), cells=("", "Abbey")),
        commands.ProblemRow(line=3, row_is="in, without this value", reasons=("A: B.", "C: D."), cells=("1", "=x")),
    ),
)
LAST = ROWS.model_copy(
    update={"rows": (commands.ProblemRow(line=9, row_is="left out", reasons=("URN: No.",), cells=("9", "Zoë")),)}
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "enrolments.csv"
    path.write_text("URN\n", encoding="utf-8")
    return str(path)


def client(*reports):
    return FakeClient(
        {
            ListProgrammes: ONE,
            commands.ImportFile: STARTED,
            commands.ImportStatus: list(reports),
            commands.ListProblemRows: [ROWS, LAST],
        }
    )


def asked(one):
    return [each for each in one.asked if isinstance(each, commands.ImportFile)]


def said(capsys):
    told = capsys.readouterr()
    return " ".join((told.out + told.err).split())


def test_the_first_twenty_of_many_problems_are_shown_with_how_to_get_all(file, capsys):
    one = client(report(rejected=30, problems=problems(34), problems_total=34))
    assert run(one, "enrolments", "import", file) == 0
    told = said(capsys)
    assert "Rows left out (30; the first 20 of 34 reasons)" in told
    assert "Wrong 19." in told
    assert "Wrong 20." not in told
    assert told.endswith("`--problems FILE` writes these rows to a file, each with what to put right.")


def test_what_went_in_and_what_did_not_stand_in_tables_of_their_own(file, capsys):
    both = (*problems(1), *problems(2, "value-left-out"))
    assert run(client(report(rejected=1, problems=both, problems_total=3)), "enrolments", "import", file) == 0
    told = said(capsys)
    assert "Rows left out (1) " in told
    assert "Went in, but without these values (2) " in told


def test_an_import_of_which_nothing_went_in_ends_with_1(file, capsys):
    assert run(client(report(added=0, rejected=2, problems=problems(2))), "enrolments", "import", file) == 1
    assert "Nothing went in." in said(capsys)


def test_a_file_that_is_half_understood_waits_and_says_what_for(file, capsys):
    one = client(report(state="refused", added=0, sentence="Nothing has gone in yet.", questions=(QUESTION,)))
    assert run(one, "enrolments", "import", file) == 2
    assert said(capsys) == f"Nothing has gone in yet. {QUESTION} `--accept-unread` takes the file in as it is."
    assert [each.accept_unread for each in asked(one)] == [False]


def test_a_yes_on_the_command_line_goes_along(file, capsys):
    one = client(report(notes=(QUESTION,)))
    assert run(one, "enrolments", "import", file, "--accept-unread") == 0
    assert [each.accept_unread for each in asked(one)] == [True]
    assert QUESTION in said(capsys)


@pytest.mark.parametrize(("answer", "code", "times"), [(True, 0, 2), (False, 2, 1)])
def test_a_person_at_a_terminal_is_asked(file, capsys, monkeypatch, answer, code, times):
    waits = report(state="refused", added=0, sentence="Nothing has gone in yet.", questions=(QUESTION,))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answer)
    one = client(waits, report())
    assert run(one, "enrolments", "import", file) == code
    assert len(asked(one)) == times
    assert QUESTION in said(capsys)


def test_the_rows_to_put_right_are_written_as_csv(file, tmp_path, capsys):
    path = tmp_path / "wrong.csv"
    assert (
        run(client(report(rejected=2, problems=problems(2))), "enrolments", "import", file, "--problems", str(path))
        == 0
    )
    with path.open(encoding="utf-8-sig", newline="") as written:
        assert list(csv.reader(written)) == [
            ["Row is", "What to put right", "URN", "School name"],
            ["left out", "URN: It is blank.", "", "Abbey"],
            ["in, without this value", "A: B.\nC: D.", "1", "'=x"],
            ["left out", "URN: No.", "9", "Zoë"],
        ]
    assert "3 rows with what to put right are in" in said(capsys)


def test_the_rows_to_put_right_are_written_as_a_workbook_of_text(file, tmp_path):
    path = tmp_path / "wrong.xlsx"
    assert run(client(report(problems=problems(2))), "enrolments", "import", file, "--problems", str(path)) == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [
        ["Row is", "What to put right", "URN", "School name"],
        ["left out", "URN: It is blank.", "", "Abbey"],
        ["in, without this value", "A: B.\nC: D.", "1", "=x"],
        ["left out", "URN: No.", "9", "Zoë"],
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [("wrong.docx", "The rows are written as .csv or .xlsx; name the file"), ("no/wrong.csv", "There is no folder")],
)
def test_a_file_for_the_rows_that_cannot_be_written_is_refused_before_anything_is_imported(
    file, tmp_path, capsys, name, told
):
    one = client(report())
    assert run(one, "enrolments", "import", file, "--problems", str(tmp_path / name)) == 2
    assert told in said(capsys)
    assert asked(one) == []
