"""What a coordinator sees of drafts: the curve, the progress, what a pin would do."""

import pytest

from shared.commands import programmes_queries as queries
from shared.commands.matching import (
    CohortDetail,
    CurveDetail,
    CurvePoint,
    GroupReasons,
    MovedSchool,
    RematchCohort,
    SchoolReasons,
    ShowCohort,
    ShowCurve,
    WhatIf,
    WhatIfDetail,
    WhyGroup,
)
from shared.commands.scheduling import CalendarDetail, ShowCalendar
from shared.events.scheduling import Clash
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, GROUP, ONE, done, run

POINTS = (
    CurvePoint(number=1, keeping=None, ended=1, moved=2, waiting=0, score=0.4947),
    CurvePoint(number=2, keeping=0.04, ended=9, moved=5, waiting=0, score=0.5007, chosen=True),
    CurvePoint(number=3, keeping=0.0, ended=43, moved=22, waiting=1, score=0.5048),
)


def state(name: str, progress: float | None = None) -> CohortDetail:
    return COHORT.model_copy(update={"cohort": COHORT.cohort.model_copy(update={"state": name, "progress": progress})})


def test_the_curve_is_shown_once_the_rematch_has_ended(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient(
        {
            queries.ListProgrammes: ONE,
            RematchCohort: done(),
            ShowCohort: [state("matching", 0.0), state("matching", 0.6), state("draft")],
            ShowCurve: CurveDetail(cohort=COHORT.cohort, points=POINTS),
        }
    )
    assert run(client, "cohorts", "rematch", "--curve") == 0
    assert RematchCohort(programme_id="prg-1", curve=True) in client.asked
    assert [type(message) for message in client.asked].count(ShowCohort) == 3
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("│")[1:-1] for line in lines if line.startswith("│")] == [
        ["   ", "     1 ", "     1 ", "     2 ", "       0 ", " 0.4947 ", " only what must change         "],
        [" * ", "     2 ", "     9 ", "     5 ", "       0 ", " 0.5007 ", " a kept relationship counts    "],
        ["   ", "       ", "       ", "       ", "         ", "        ", " 0.04                          "],
        ["   ", "     3 ", "    43 ", "    22 ", "       1 ", " 0.5048 ", " nothing counts as kept        "],
    ]


def test_a_rematch_that_comes_to_nothing_says_why_instead(capsys: pytest.CaptureFixture[str]) -> None:
    failed = state("failed").cohort.model_copy(update={"sentence": "2 schools are enrolled."})
    client = FakeClient(
        {
            queries.ListProgrammes: ONE,
            RematchCohort: done(),
            ShowCohort: COHORT.model_copy(update={"cohort": failed}),
        }
    )
    assert run(client, "cohorts", "rematch", "--curve") == 2
    assert capsys.readouterr().err == "2 schools are enrolled.\n"


def test_without_a_curve_the_command_that_makes_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    client = FakeClient({queries.ListProgrammes: ONE, ShowCurve: CurveDetail(cohort=COHORT.cohort, points=())})
    assert run(client, "cohorts", "curve") == 2
    assert "kindred cohorts rematch --curve" in capsys.readouterr().err


def test_following_ends_with_what_the_draft_came_to(capsys: pytest.CaptureFixture[str]) -> None:
    ended = state("draft").cohort.model_copy(update={"sentence": "60 schools in 17 groups; 0 wait."})
    answers = [state("matching", 0.3), COHORT.model_copy(update={"cohort": ended})]
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: answers})
    assert run(client, "cohorts", "follow") == 0
    assert capsys.readouterr().out == "60 schools in 17 groups; 0 wait.\n"


def test_what_a_pin_would_do_is_shown_with_who_moves(capsys: pytest.CaptureFixture[str]) -> None:
    moves = (
        MovedSchool(school_id="sch-1", urn=107001, name="Abbey", from_group=1, to_group=2),
        MovedSchool(school_id="sch-2", urn=107002, name="Brook", from_group=2),
        MovedSchool(school_id="sch-3", urn=107003, name="Cedar", from_group=2, to_group=9, new_group=True),
    )
    said = "2 schools would move; the cohort's score would lose 0.00120."
    client = FakeClient(
        {queries.ListProgrammes: ONE, WhatIf: WhatIfDetail(difference=-0.0012, moves=moves, sentence=said)}
    )
    assert run(client, "cohorts", "what-if", "107001", "107002", "--apart") == 0
    assert client.asked[-1] == WhatIf(programme_id="prg-1", urns=(107001, 107002), how="apart")
    out = capsys.readouterr().out
    assert [line.split() for line in out.splitlines() if line.startswith("│")] == [
        ["│", "107001", "│", "Abbey", "│", "group", "1", "│", "group", "2", "│"],
        ["│", "107002", "│", "Brook", "│", "group", "2", "│", "waits", "│"],
        ["│", "107003", "│", "Cedar", "│", "group", "2", "│", "new", "group", "9", "│"],
    ]
    assert out.endswith(said + "\n")


def test_why_a_group_is_as_it_is_compares_its_weakest_school_and_tells_what_is_scarce(
    capsys: pytest.CaptureFixture[str],
) -> None:
    school = SchoolReasons(
        school_id="sch-1", urn=107001, name="Abbey", coverage=0.6, gets=("Reading.",), gives=("Writing.",),
        context=("5 km.",), standing="Median 72 %.", scarcity="Scarce.",
    )  # fmt: skip
    reasons = GroupReasons(group=GROUP, schools=(school,), median_coverage=0.72)
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, WhyGroup: reasons})
    assert run(client, "cohorts", "why", "1") == 0
    out = capsys.readouterr().out
    assert "Median 72 %." in out
    assert "Scarce." in out


def test_what_blocks_a_calendar_says_whether_it_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    clashes = tuple(Clash(rule=f"rule-{proven}", sentence="s", proven=proven) for proven in (True, False, None))
    found = CalendarDetail(
        cohort_id="coh-1", programme_id="prg-1", revision=1, state="failed", visits=0, events=0, blocking=clashes
    )
    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: COHORT, ShowCalendar: found})
    assert run(client, "visits", "calendar") == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
    assert [(row[0], row[-1]) for row in rows] == [("rule-True", "yes"), ("rule-False", "no"), ("rule-None", "")]
