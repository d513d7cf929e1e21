"""What a newcomer is told: which programme is meant, what comes next, what blocks a calendar, where files come from."""

from typing import Any

import pytest

from kindred.cli.app import main
from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.commands.matching import ShowCohort
from shared.commands.scheduling import CalendarDetail, ShowCalendar
from shared.events.scheduling import Clash
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, PROGRAMME, done, run


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["programmes", "show"], queries.ListProgrammes),
        (["programmes", "close"], commands.CloseEnrolment),
        (["cohorts", "show"], ShowCohort),
    ],
)
def test_the_programme_is_named_by_p_everywhere_and_may_stand_alone(words, asked) -> None:
    other = PROGRAMME.model_copy(update={"programme_id": "prg-2", "name": "Other"})
    two = queries.ProgrammeRows(programmes=(PROGRAMME, other))
    for named in (["-p", "other"], ["--programme", "prg-2"], ["Other"]):
        client = FakeClient({queries.ListProgrammes: two, ShowCohort: COHORT, commands.CloseEnrolment: done()})
        assert run(client, *words, *named) == 0
        assert type(client.asked[-1]) is asked
        assert getattr(client.asked[-1], "programme_id", "prg-2") == "prg-2"


def test_what_comes_next_is_said_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, commands.CloseEnrolment: done(sentence="Closed.")})
    assert run(client, "programmes", "close") == 0
    said = capsys.readouterr()
    assert said.out == "Closed.\n"
    assert " ".join(said.err.split()) == (
        "`kindred cohorts show` has the groups in a moment; `kindred cohorts publish` publishes them."
    )
    assert run(client, "programmes", "close", "--json") == 0
    assert capsys.readouterr().err == ""


def calendar(state: Any, *blocking: Clash) -> CalendarDetail:
    return CalendarDetail(
        cohort_id="coh-1", programme_id="prg-1", revision=2, state=state, visits=0, events=2, blocking=blocking
    )


def test_what_blocks_a_calendar_names_the_group_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    blocked = Clash(rule="capacity", group_id="grp-1", sentence="Too few days.", relaxing_gives="One more.")
    client = FakeClient(
        {queries.ListProgrammes: ONE, ShowCohort: COHORT, ShowCalendar: calendar("failed", blocked)}
    )  # fmt: skip
    assert run(client, "visits", "calendar") == 0
    said = capsys.readouterr()
    cells = [[cell.strip() for cell in line.split("│")] for line in said.out.splitlines()]
    assert ["", "capacity", "1", "Too few days.", "One more.", "", ""] in cells
    assert said.err == "After a change, `kindred visits draft` plans again.\n"


def test_a_draft_calendar_says_how_it_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, ShowCalendar: calendar("draft")})
    assert run(client, "visits", "calendar") == 0
    assert capsys.readouterr().err.splitlines() == [
        "`kindred visits publish` sends the invitations.",
        "After a change, `kindred visits draft` plans again.",
    ]


def test_help_names_the_commands_of_a_programme_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "enrolments import, facilitators add, programmes close, cohorts show, cohorts publish, visits" in said
    assert "visits calendar, visits draft, visits publish" in said


def test_help_says_where_the_register_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schools", "import", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "get-information-schools.service.gov.uk" in said
    assert "The ZIP goes in as it is downloaded." in said
