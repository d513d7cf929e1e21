"""What a coordinator may overrule: what is typed becomes exactly this command."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from shared.commands import programmes, scheduling
from shared.commands import programmes_queries as queries
from shared.commands.base import Command, Query
from shared.commands.matching import (
    CancelMatching,
    ChooseRematch,
    CurveDetail,
    PinSchools,
    RematchCohort,
    ShowCohort,
    ShowCurve,
)
from shared.commands.notifications import PauseMail, ResendFailed
from shared.events.scheduling_parts import CohortEvent
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, ONE, VISIT, done, run

ADA = queries.PersonRow(person_id="per-1", role="headteacher", name="Ada Okafor", email="ada@school.example")
PEOPLE = queries.EnrolmentRows(total=0, enrolments=(), programme_people=(ADA,))
EXAMPLE = Path(__file__).parents[3] / "contracts" / "examples" / "scheduling.CohortEventScheduled.v1.json"
EVENT = scheduling.CohortEventDetail(
    event=CohortEvent.model_validate(
        {
            **json.loads(EXAMPLE.read_text(encoding="utf-8")),
            "event_id": "evt-1",
            "activity": "launch",
            "title": "Launch event",
        }
    ),
    state="published",
    version=1,
)
NEW_HEAD = programmes.PersonDetails(role="headteacher", name="Bo Lind", email="bo@school.example")
KNOWN: dict[type[Command] | type[Query], Any] = {
    queries.ListProgrammes: ONE,
    queries.ListEnrolments: PEOPLE,
    ShowCohort: COHORT,
    ShowCurve: CurveDetail(cohort=COHORT.cohort, points=()),
    scheduling.ListVisits: scheduling.VisitRows(total=1, visits=(VISIT,), events=(EVENT,)),
}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("cohorts pin 107001 107002", PinSchools(programme_id="prg-1", urns=(107001, 107002), how="together")),
        ("cohorts part 107001 107002", PinSchools(programme_id="prg-1", urns=(107001, 107002), how="apart")),
        ("cohorts free 107001 107002", PinSchools(programme_id="prg-1", urns=(107001, 107002), how="free")),
        ("cohorts rematch --seed 7", RematchCohort(programme_id="prg-1", seed=7)),
        ("cohorts rematch --keep 0.2", RematchCohort(programme_id="prg-1", keeping=0.2)),
        ("cohorts choose 3", ChooseRematch(programme_id="prg-1", revision=2, point=3)),
        ("cohorts cancel", CancelMatching(programme_id="prg-1")),
        ("visits cancel 107002 --why flood", scheduling.CancelVisit(visit_id="vis-abcdef", why="flood")),
        (
            "visits move-event launch 2026-10-09",
            scheduling.MoveCohortEvent(event_id="evt-1", on=dt.date(2026, 10, 9)),
        ),
        (["visits", "cancel-event", "launch event"], scheduling.CancelCohortEvent(event_id="evt-1")),
        ("visits draft", scheduling.DraftCalendar(cohort_id="coh-1")),
        (
            "visits substitute 107002 ada@school.example per-9",
            scheduling.AllowSubstitute(visit_id="vis-abcdef", person_id="per-1", substitute_id="per-9"),
        ),
        (
            "enrolments withdraw 107001 --reason merger",
            programmes.WithdrawSchool(programme_id="prg-1", urn=107001, reason="merger"),
        ),
        (
            ["people", "replace", "107001", "headteacher: Bo Lind <bo@school.example>"],
            programmes.ReplacePerson(programme_id="prg-1", urn=107001, person=NEW_HEAD),
        ),
        (
            "people correct ADA@school.example ada@new.example",
            programmes.CorrectAddress(person_id="per-1", email="ada@new.example"),
        ),
        ("mails pause", PauseMail(paused=True)),
        ("mails resume", PauseMail(paused=False)),
        ("mails resend --failed", ResendFailed(programme_id="prg-1")),
        ("programmes close", programmes.CloseEnrolment(programme_id="prg-1")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value if isinstance(value, str) else "",
)
def test_what_is_typed_is_what_is_asked(typed: str | list[str], asked: Command) -> None:
    client = FakeClient({**KNOWN, type(asked): done()})
    assert run(client, *(typed if isinstance(typed, list) else typed.split())) == 0
    assert [message for message in client.asked if isinstance(message, Command)] == [asked]


def test_somebody_who_takes_no_part_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FakeClient(dict(KNOWN)), "people", "correct", "eve@school.example", "e@b.example") == 2
    assert capsys.readouterr().err == "Nobody with the id or address 'eve@school.example' takes part.\n"
