"""After two years the coordinator reads what inspectors have said since, in two tables that are never one."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.programmes.domain.register.inspections import AREAS, AreaGrade, ReportCard
from services.programmes.domain.register.words import OverallGrade
from shared.commands.reports import CompileReport
from tests.unit.leadership_journey.teams import Teams


@pytest.mark.timeout(600)
async def test_outcomes_are_counted_against_the_register() -> None:
    teams = await Teams().open(schools=2, team=2)
    card = ReportCard(101, dt.date(2027, 2, 8), dict.fromkeys(AREAS[:6], AreaGrade.STRONG), safeguarding_met=True)
    await teams.town.stores.register.put_report_cards([card])
    await teams.town.ask(CompileReport(programme_id=teams.programme_id, report="inspected-since"))
    await teams.town.settle()
    report: Any = teams.town.renderer.seen[-1]
    (cards,) = report.parts
    assert cards.rows[0][:3] == ("Inclusion", "1 of 1", "100 %, 21 to 100 %")
    assert "2 schools take part" in cards.note


@pytest.mark.timeout(600)
async def test_grades_that_still_stand_are_held_against_the_last_rate_that_was_published() -> None:
    teams = await Teams().open(schools=1, team=2)
    graded = dataclasses.replace(teams.school(0), overall_grade=OverallGrade.GOOD, inspected=dt.date(2023, 3, 9))
    teams.town.register([graded])
    await teams.town.ask(CompileReport(programme_id=teams.programme_id, report="inspected-since"))
    await teams.town.settle()
    report: Any = teams.town.renderer.seen[-1]
    (grades,) = report.parts
    assert grades.rows == (("Overall", "1 of 1", "100 %, 21 to 100 %", "90 %"),)
    assert "inspections and outcomes as at 31 August 2024, 31 August 2024" in grades.note
