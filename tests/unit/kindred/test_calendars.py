"""`kindred calendars`: an import shows its impact by itself; what is mistyped is refused with what may be."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import typer

from shared.commands import scheduling as commands
from shared.commands.matching import ShowCohort
from shared.commands.programmes_queries import (
    AuthorityRow,
    FindAuthority,
    ListProgrammes,
    ProgrammeRows,
    SchoolRow,
    ShowSchool,
)
from shared.commands.scheduling_calendars import (
    ImportBankHolidays,
    ImportExamWindows,
    ReadTermFile,
    ReadTitle,
    ReadYear,
    TermFileRead,
)
from shared.errors import NotYet, Rejected
from shared.events.programmes import SchoolFacts
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, PROGRAMME, done, run

ROW = commands.ImpactRow(
    target_id="vis-abcdef",
    target_kind="visit",
    on=dt.date(2027, 3, 11),
    state="published",
    closed=(commands.ClosedSchool(school_id="sch-2", sentence="has no school by its authority's term dates"),),
    person_ids=("per-1", "per-2"),
    repair=(commands.Difference(visit_id="vis-abcdef", sentence="Moves to Thursday 18 March 2027."),),
)
IMPACT = commands.CalendarImpact(rows=(ROW,))


READ = TermFileRead(
    titles=(
        ReadTitle(
            title="Autumn term", read_as="school", times=1, first=dt.date(2026, 9, 2), last=dt.date(2026, 12, 18)
        ),
        ReadTitle(title="Disco", read_as="ignored", times=1, first=dt.date(2026, 12, 2), last=dt.date(2026, 12, 2)),
    ),
    years=(ReadYear(year=2026, school_days=195),),
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "terms.json"
    path.write_text("{}", encoding="utf-8")
    return str(path)


def client(**changes: Any) -> FakeClient:
    answers: dict[Any, Any] = {
        ListProgrammes: ONE,
        ShowCohort: COHORT,
        ReadTermFile: READ,
        FindAuthority: AuthorityRow(code="373", name="Sheffield"),
        commands.ImportCalendar: done(sentence="195 school days."),
        commands.ShowCalendarImpact: IMPACT,
        ImportExamWindows: done(sentence="6 exam windows."),
        ImportBankHolidays: done(sentence="8 bank holidays."),
    }
    return FakeClient(answers | {getattr(commands, name): answer for name, answer in changes.items()})


def test_an_import_shows_by_itself_which_dates_now_stand_on_closed_days_and_the_repair(file, capsys) -> None:
    asked = client()
    assert run(asked, "calendars", "import", file, "--authority", "373") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("195 school days. Peer visits 2026/27: on closed days (1)")
    for cell in ("Thursday 11 March 2027", "Brook (107002)", "published", "Moves to Thursday 18 March"):
        assert all(word in said for word in cell.split())
    kinds = [type(each) for each in asked.asked]
    assert kinds.index(commands.ImportCalendar) < kinds.index(commands.ShowCalendarImpact)


def test_an_authority_is_named_by_name_or_code_and_one_that_no_school_has_is_refused(file, capsys) -> None:
    asked = client()
    assert run(asked, "calendars", "import", file, "--authority", "sheffield") == 0
    (sent,) = [each for each in asked.asked if isinstance(each, commands.ImportCalendar)]
    assert (sent.authority_code, FindAuthority(named="sheffield") in asked.asked) == ("373", True)
    refused = client()
    refused.answers[FindAuthority] = Rejected("unknown-authority", "No school of the register has it.")
    assert run(refused, "calendars", "import", file, "--authority", "Shefield") == 2
    assert not [each for each in refused.asked if isinstance(each, commands.ImportCalendar)]


DOUBT = "A school year usually has about 195, but 2026/27 has 70: see whether the file leaves dates out."
DOUBTFUL = READ.model_copy(update={"doubts": (DOUBT,)})


def test_every_title_is_shown_as_it_is_read_before_anything_is_replaced(file, capsys) -> None:
    asked = client()
    assert run(asked, "calendars", "import", file, "--authority", "373") == 0
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    for words in (
        "Autumn term school 1 Wed 2 Sep 2026 Fri 18 Dec 2026",
        "Disco ignored 1",
        "2026/27: 195 school days.",
    ):
        assert words in said
    kinds = [type(each) for each in asked.asked]
    assert kinds.index(ReadTermFile) < kinds.index(commands.ImportCalendar)


def test_a_doubtful_file_waits_for_a_yes_and_nothing_is_asked_for(file, capsys) -> None:
    asked = client()
    asked.answers[ReadTermFile] = DOUBTFUL
    assert run(asked, "calendars", "import", file, "--authority", "373") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.endswith(f"{DOUBT} Nothing was taken in yet. `--yes` takes the file in as it is read here.")
    assert not [each for each in asked.asked if isinstance(each, commands.ImportCalendar)]


def test_a_doubtful_file_goes_in_with_a_yes(file, capsys) -> None:
    asked = client()
    asked.answers[ReadTermFile] = DOUBTFUL
    assert run(asked, "calendars", "import", file, "--authority", "373", "--yes") == 0
    (sent,) = [each for each in asked.asked if isinstance(each, commands.ImportCalendar)]
    assert (sent.upload, sent.accept_unusual) == ("upl-1", True)


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 130)])
def test_a_person_at_a_terminal_is_asked_about_a_doubtful_file(file, capsys, monkeypatch, answer, code) -> None:
    def confirm(*_: Any, abort: bool, **__: Any) -> bool:
        if abort and not answer:
            raise typer.Abort
        return bool(answer)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", confirm)
    asked = client()
    asked.answers[ReadTermFile] = DOUBTFUL
    assert run(asked, "calendars", "import", file, "--authority", "373") == code


def test_what_an_answer_has_no_room_for_is_counted(capsys) -> None:
    closed = tuple(commands.ClosedSchool(school_id=f"sch-{n}", sentence="has a bank holiday") for n in range(5))
    changes = {"closed": closed, "closed_in_all": 27_991, "person_ids": (), "people": 55_982}
    event = ROW.model_copy(update={"target_kind": "cohort-event", **changes})
    asked = client(ShowCalendarImpact=commands.CalendarImpact(rows=(ROW, event), total=2431))
    assert run(asked, "calendars", "impact") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "On closed days (2 of 2431, the first by date)" in said
    assert "27988" in said
    assert "55982" in said


def test_an_import_in_json_is_one_document_with_the_impact_by_programme(file, capsys) -> None:
    assert run(client(), "--json", "calendars", "import", file, "--authority", "373") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["sentence"], [row["target_id"] for row in said["impact"]["prg-1"]], said["impact_total"]) == (
        "195 school days.", ["vis-abcdef"], {"prg-1": 1},
    )  # fmt: skip


def test_a_programme_without_a_cohort_has_nothing_to_check_and_the_import_stands(file, capsys) -> None:
    second = PROGRAMME.model_copy(update={"programme_id": "prg-2", "name": "Second"})
    asked = client()
    asked.answers[ListProgrammes] = ProgrammeRows(programmes=(PROGRAMME, second))
    asked.answers[ShowCohort] = lambda query: _none() if query.programme_id == "prg-1" else COHORT
    assert run(asked, "calendars", "import", file, "--authority", "373") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Second: on closed days (1)" in said
    assert "2026/27" not in said


def _none() -> Any:
    raise Rejected("unknown-cohort", "There is no such cohort; it is drafted when enrolment closes.")


def test_a_cohort_that_is_still_arriving_is_said_to_be_checked_later(file, capsys) -> None:
    asked = client(ShowCalendarImpact=NotYet("2 of 3 groups have arrived."))
    assert run(asked, "calendars", "import", file, "--authority", "373") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "cannot be said yet; `kindred calendars impact` shows it in a while." in said


def test_a_programme_that_is_not_there_is_refused_before_anything_is_taken_in(file, capsys) -> None:
    asked = client()
    assert run(asked, "calendars", "import", file, "--authority", "373", "--programme", "Third") == 2
    assert "no programme 'Third'" in capsys.readouterr().err
    assert asked.uploaded == []


@pytest.mark.parametrize(
    ("word", "command", "sentence"),
    [
        ("import-exams", ImportExamWindows, "6 exam windows."),
        ("import-bank-holidays", ImportBankHolidays, "8 bank holidays."),
    ],
)
def test_exam_windows_and_bank_holidays_show_their_impact_as_well(file, capsys, word, command, sentence) -> None:
    asked = client()
    assert run(asked, "calendars", word, file) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f"{sentence} Peer visits 2026/27: on closed days (1)")
    (sent,) = [each for each in asked.asked if isinstance(each, command)]
    assert (sent.upload, sent.filename, asked.uploaded) == ("upl-1", "terms.json", [("terms.json", b"{}")])


FACTS = SchoolFacts(
    school_id="sch-1", urn=107001, name="Abbey", phase="primary", authority_code="373", authority="Sheffield"
)
CLOSED = ["calendars", "close-days", "107001", "2027-03-11"]


def test_a_mistyped_kind_of_closed_day_is_refused_with_the_kinds(capsys) -> None:
    asked = FakeClient({})
    assert run(asked, *CLOSED, "--kind", "insett") == 2
    assert capsys.readouterr().err == "'insett' is no kind of closed day; the kinds are inset, closure.\n"
    assert asked.asked == []


@pytest.mark.parametrize(("said", "kind"), [([], "inset"), (["--kind", "Closure"], "closure")])
def test_a_kind_of_closed_day_is_read_whatever_its_case(said, kind) -> None:
    school = SchoolRow(facts=FACTS, status="open", enrollable=True)
    asked = FakeClient({ShowSchool: school, commands.CloseSchoolDays: done(sentence="1 days noted.")})
    assert run(asked, *CLOSED, *said) == 0
    (sent,) = [each for each in asked.asked if isinstance(each, commands.CloseSchoolDays)]
    assert (sent.school_id, sent.kind) == ("sch-1", kind)
