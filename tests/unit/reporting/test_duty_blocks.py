"""Blocks about duties: four pages for a trust of twenty schools, whatever goes wrong in them."""

import datetime as dt
from typing import Any

import pytest

from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.entries.subjects import programme_wide
from services.reporting.domain.reports.block_filling import block_report
from services.reporting.domain.reports.material import Material
from services.reporting.render.pdf import PdfMaker, pages
from shared.commands.duties import DutySum, DutySums
from shared.template.reports import Block, Report
from tests.unit.reporting.entries import exchange

STRANDS = ("Leadership that people see", "Care, support and challenge", "Opportunities", "Respect", "Everybody's needs")
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 12, 1)


def sums(schools, done=20, missed=5, strands=STRANDS):
    return DutySums(
        scope="all", first=FIRST, last=LAST,
        sums=tuple(
            DutySum(
                school_id=f"sch-{number:02}", school=f"School {number:02} of a long name", strand=strand,
                due=done + missed, done=done, missed=missed, excused=1, open=0,
            )
            for number in range(schools)
            for strand in strands
        ),
    )  # fmt: skip


def material(found, *blocks):
    programme = EngineProgramme.model_validate(exchange.opened().model_dump())
    report = Report(
        key="paper", title="Paper", about="programme", after=("coordinator",), blocks=blocks, to=("coordinator",)
    )
    return Material(
        programme=programme, report=report, report_id="rpt-1", edition=1, subject=programme_wide(programme),
        about_id=programme.programme_id, today=LAST, duties=found,
    )  # fmt: skip


WORST = f"School 00 of a long name: {'; '.join(f'{strand} 8 of 10 done (80 %)' for strand in sorted(STRANDS))}."
PAPER = (Block(kind="exceptions", form="findings"), Block(kind="schools", form="findings"), Block(kind="duties"))


def test_a_paper_of_twenty_schools_in_which_all_goes_wrong_has_four_pages():
    report: Any = block_report(material(sums(20, done=1, missed=9), *PAPER))
    stands_out = report.parts[0].lines
    assert len(stands_out) == 1 + 20
    assert pages(PdfMaker().make(report)) <= 4


@pytest.mark.parametrize(("below", "said"), [(None, 0), (90, 2)])
def test_what_stands_out_is_what_is_done_less_often_than_the_template_says(below, said):
    report: Any = block_report(material(sums(2, done=8, missed=2), Block(kind="exceptions", below=below)))
    lines = report.parts[0].lines
    assert len(lines) == (said or 1)
    assert lines[0] == (WORST if said else "Nothing stands out.")


def test_strands_are_summed_over_all_schools_and_nobody_is_named():
    report: Any = block_report(material(sums(2), Block(kind="duties")))
    assert report.parts[0].rows == tuple((strand, "50", "40", "10", "2") for strand in STRANDS)
    assert report.parts[0].note.startswith("1 September 2026 to 1 December 2026.")


def test_without_duties_there_is_nothing_to_report():
    assert block_report(material(DutySums(scope="all", first=FIRST, last=LAST, sums=()), Block(kind="duties"))) is None
