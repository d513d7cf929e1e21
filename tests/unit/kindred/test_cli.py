"""What people type, what is asked of services for it, and what they are told when it cannot be."""

import datetime as dt
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from kindred.cli.app import main
from kindred.cli.commands import ALONE, GROUPS
from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.commands.matching import PublishCohort, ShowCohort
from shared.commands.notifications import ListMails, MailRows
from shared.commands.scheduling import ListVisits, MoveVisit, VisitRows
from shared.errors import Rejected, Retryable
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, PROGRAMME, VISIT, done, run


def test_a_refusal_is_its_sentence_on_stderr_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ShowSchool: Rejected("unknown-urn", "There is no school with URN 5.")})
    assert run(client, "schools", "show", "5") == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "There is no school with URN 5.\n")


def test_a_refusal_in_json_names_the_rule(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ShowSchool: Rejected("unknown-urn", "There is no school with URN 5.")})
    assert run(client, "--json", "schools", "show", "5") == 2
    said = json.loads(capsys.readouterr().err)
    assert said == {"rule": "unknown-urn", "sentence": "There is no school with URN 5."}


def test_something_that_does_not_answer_is_exit_code_3_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: Retryable("Nobody answered in time.")})
    assert run(client, "programmes", "list") == 3
    assert capsys.readouterr().err == (
        "Nobody answered in time. Try the same command again in a while. `kindred doctor` shows what is wrong here.\n"
    )


def test_without_a_server_people_are_told_how_to_start_one(capsys, monkeypatch) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        url = f"nats://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("KINDRED_NATS_URL", url)
        assert main(["schools", "list"]) == 3
    said = capsys.readouterr()
    how = "Start Kindred (`make demo` or `docker compose up`), or say where it is with KINDRED_NATS_URL."
    assert (said.out, said.err) == ("", f"Nothing answers at {url}. {how}\n")


def test_a_fault_of_ours_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: KeyError("boom")})
    assert run(client, "programmes", "list") == 1
    said = capsys.readouterr().err
    assert said == "Something went wrong here (KeyError: 'boom'). KINDRED_DEBUG=1 shows where.\n"


OPEN = ["programmes", "open", "t", "--name", "n", "--coordinator-name", "A", "--coordinator-email", "a@b.example"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["schools", "show", "many"], "Invalid value for 'urn'"),
        (["nonsense"], "No such command 'nonsense'. See `kindred --help`."),
        ([*OPEN, "--year", "2026/29"], "'2026/29' is no academic year; write it as 2026/27."),
        (["visits", "move", "107002", "11/03/2027"], "'11/03/2027' is no date; write it as 2027-01-31."),
        (["people", "add", "1", "Ada"], "'Ada' should read like: headteacher: Ada Okafor <ada@school.example>."),
        (["people", "add", "1", "the king!: A <a@b.example>"], "'the king!' is no role"),
        (["mails", "list", "--state", "lost"], "'lost' is no state"),
        (["schools", "import", "/nowhere.csv"], "'/nowhere.csv' does not exist"),
        (["demo", "--portal-port", "99999"], "'--portal-port': Input should be less than or equal to 65535."),
        (["demo", "--programme", "choir"], "The demo does not play 'choir'; it plays: peer-visits, project-exchange"),
        (
            ["demo", "--programme", "project-exchange", "--until", "visits"],
            "A year of project-exchange does not stop at 'visits'; leave --until out.",
        ),
        (["demo", "--mail-port=-1"], "'--mail-port': Input should be greater than or equal to 1."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known: dict[Any, Any] = {
        queries.ListProgrammes: ONE,
        ShowCohort: COHORT,
        ListVisits: VisitRows(total=1, visits=(VISIT,)),
    }
    assert run(FakeClient(known), *words) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_a_programme_need_not_be_named_while_there_is_only_one(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, commands.CloseEnrolment: done(sentence="Closed.")})
    assert run(client, "programmes", "close") == 0
    assert client.asked[-1] == commands.CloseEnrolment(programme_id="prg-1")
    assert capsys.readouterr().out == "Closed.\n"


def test_with_two_programmes_the_command_asks_which(capsys: pytest.CaptureFixture[str]) -> None:
    other = PROGRAMME.model_copy(update={"programme_id": "prg-2", "name": "Peer visits 2027/28"})
    client = FakeClient({queries.ListProgrammes: queries.ProgrammeRows(programmes=(PROGRAMME, other))})
    assert run(client, "programmes", "close") == 2
    assert "Name one with --programme." in capsys.readouterr().err
    client.answers[commands.CloseEnrolment] = done()
    assert run(client, "programmes", "close", "peer visits 2027/28") == 0
    assert client.asked[-1] == commands.CloseEnrolment(programme_id="prg-2")


def test_publishing_takes_the_latest_draft_or_the_one_named() -> None:
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, PublishCohort: done()})
    assert run(client, "cohorts", "publish") == 0
    assert client.asked[-1] == PublishCohort(cohort_id="coh-1", revision=2)
    assert run(client, "cohorts", "publish", "--revision", "1") == 0
    assert client.asked[-1] == PublishCohort(cohort_id="coh-1", revision=1)


@pytest.mark.parametrize("named", ["107002", "vis-abcdef", "vis-abc"])
def test_a_visit_goes_by_its_host_or_the_beginning_of_its_id(named: str) -> None:
    visits = VisitRows(total=1, visits=(VISIT,))
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, ListVisits: visits, MoveVisit: done()})
    assert run(client, "visits", "move", named, "2027-03-18", "--although", "spacing", "--because", "So agreed") == 0
    moved_on = dt.date(2027, 3, 18)
    expected = MoveVisit(visit_id="vis-abcdef", on=moved_on, although=("spacing",), because="So agreed")
    assert client.asked[-1] == expected


def test_an_unknown_visit_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    visits = VisitRows(total=1, visits=(VISIT,))
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, ListVisits: visits})
    assert run(client, "visits", "move", "999999", "2027-03-18") == 2
    assert capsys.readouterr().err == "No visit goes by '999999'. `kindred visits list` shows them.\n"


def test_an_import_uploads_follows_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(b"URN\n1\n")
    running = commands.ImportReport(import_id="imp-1", state="running", rows_done=1, rows_total=2)
    problem = commands.Problem(line=3, column="URN", reason="It is blank.")
    finished = commands.ImportReport(
        import_id="imp-1", state="done", rows_done=2, rows_total=2, added=1, rejected=1, problems=(problem,)
    )
    client = FakeClient(
        {commands.ImportFile: commands.ImportStarted(import_id="imp-1"), commands.ImportStatus: [running, finished]}
    )
    assert run(client, "schools", "import", str(file)) == 0
    assert client.uploaded == [("register.csv", b"URN\n1\n")]
    assert client.asked[0] == commands.ImportFile(kind="register", upload="upl-1", filename="register.csv")
    said = capsys.readouterr().out
    assert "It is blank." in said
    assert "1 added, 0 changed, 0 as before, 1 not taken." in said


def test_a_refused_file_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"\xff\xd8")
    refused = commands.ImportReport(import_id="imp-1", state="refused", sentence="This is no register file.")
    client = FakeClient(
        {commands.ImportFile: commands.ImportStarted(import_id="imp-1"), commands.ImportStatus: refused}
    )
    assert run(client, "schools", "import", str(file)) == 2
    assert capsys.readouterr().err == "This is no register file.\n"


def test_json_is_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    rows = MailRows(total=0, mails=(), by_state={"accepted": 3}, by_template={"visit-moved": 3})
    assert run(FakeClient({ListMails: rows}), "mails", "list", "--json") == 0
    assert MailRows.model_validate_json(capsys.readouterr().out) == rows


def test_markup_in_names_is_shown_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    named = PROGRAMME.model_copy(update={"name": "[red]Peer[/red]"})
    client = FakeClient({queries.ListProgrammes: queries.ProgrammeRows(programmes=(named,))})
    assert run(client, "programmes", "list") == 0
    assert "[red]Peer[/red]" in capsys.readouterr().out


def test_brackets_in_a_sentence_are_shown_as_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    said = done(sentence="Peer [/b] visits [red]")
    rows = queries.ProgrammeRows(programmes=(PROGRAMME,))
    client = FakeClient({PublishCohort: said, ShowCohort: COHORT, queries.ListProgrammes: rows})
    assert run(client, "cohorts", "publish") == 0
    assert "Peer [/b] visits [red]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dlq", "replay"], "Say which one: a number as `kindred dlq ls` shows it, or --all."),
        (["dlq", "show", "0"], "Invalid value for 'number': Input should be greater than or equal to 1."),
        (
            ["events", "tail", "VisitMovd"],
            "There is no event 'VisitMovd'. Did you mean VisitMoved? See docs/events.md.",
        ),
        (["events", "tail", "a b"], "There is no event 'a b'."),
    ],
)
def test_what_cannot_be_looked_up_is_said_before_the_bus_is_asked(words, sentence, capsys) -> None:
    assert run(FakeClient({}), *words) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("certified: what the best partition scores", "No match scores more than 0.6000 (certified:"),
        ("by window: 4 of 80 windows; local", "About 0.6000 could be reached (by window:"),
    ],
)
def test_a_bound_by_window_is_not_said_to_hold_for_every_match(kind, said, capsys) -> None:
    found = COHORT.model_copy(update={"bound": 0.6, "bound_kind": kind})
    asked = FakeClient({queries.ListProgrammes: ONE, ShowCohort: found})
    assert run(asked, "cohorts", "show") == 0
    assert said in " ".join(capsys.readouterr().out.split())


def test_every_group_of_commands_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*GROUPS, *ALONE):
        assert main([name, "--help"]) == 0
        assert f"kindred {name}" in capsys.readouterr().out
