"""The board's paper of twenty schools: what stands out comes first, a line a school, four pages at most."""

import dataclasses
import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.reports.block_filling import block_report
from services.reporting.render.pdf import PdfMaker, pages
from shared.commands.duties import DutySum, DutySums
from shared.template.reading import read_template
from tests.unit.reporting.test_duty_blocks import material

TEMPLATE = Path("services/programmes/templates/improvement-model.yaml")
NAMES = """
Ashgrove Beckside Carr Dene Elm Fox Greenfields Holy Ings Jubilee Kingsway Lodge Moorside Nab Oakwood Priory Queens
Rushmere Sandring Tollgate
"""
LONG = "Church of England Voluntary Aided Primary School"
SCHOOLS = [f"{name} {'Academy' if number % 3 else LONG}" for number, name in enumerate(NAMES.split())]
DUE = (330, 42, 4, 12, 36)


def placement(giver: str, taker: str) -> Placement:
    """A colleague of one school supports another."""
    return Placement(
        version=1, match_id=f"mat-{giver}-{taker}", programme_id="prg-1", person_id=f"per-{giver}", role="supporter",
        round="support",
        school_id=giver, host_school_id=taker,
    )  # fmt: skip


def test_twenty_schools_fit_on_four_pages_and_what_stands_out_is_first() -> None:
    template = read_template(TEMPLATE.read_text(encoding="utf-8"), str(TEMPLATE))
    report = next(one for one in template.reports if one.key == "board-paper")
    strands = [one.title for one in template.entries("strands")]
    sums = DutySums(
        scope="counts", first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 1),
        sums=tuple(
            DutySum(
                school_id=f"sch-{number:02}", school=name, strand=strand, due=due,
                done=due // 2 if number % 4 == 0 else due, missed=due - due // 2 if number % 4 == 0 else 0, excused=1,
                open=0,
            )
            for number, name in enumerate(SCHOOLS)
            for strand, due in zip(strands, DUE, strict=True)
        ),
    )  # fmt: skip
    found = material(sums, *report.blocks)
    programme = found.programme.model_copy(update={"template": template})
    ids = [f"sch-{number:02}" for number in range(len(SCHOOLS))]
    placed = [placement(*pair) for pair in pairwise((*ids, ids[0], ids[1]))]
    known = {"schools": dict(zip(ids, SCHOOLS, strict=True)), "placements": placed}
    made: Any = block_report(dataclasses.replace(found, programme=programme, report=report, **known))
    stands_out, lines, by_strand, ledger = made.parts
    assert stands_out.lines[0].startswith("Review of the term not received from 20 schools: Ashgrove")
    assert [line.partition(":")[0] for line in stands_out.lines[1:]] == SCHOOLS[::4]
    assert [row[0] for row in lines.rows] == SCHOOLS
    assert [row[0] for row in by_strand.rows] == strands
    assert [row[0] for row in ledger.rows] == SCHOOLS
    assert ledger.rows[:3] == ((SCHOOLS[0], "2", "1", "+1"), (SCHOOLS[1], "1", "2", "-1"), (SCHOOLS[2], "1", "1", "+0"))
    assert pages(PdfMaker().make(made)) <= (report.longest_pages or 0) == 4
