"""Each kind of report against its golden model, which also is what templates are proven with."""

from pathlib import Path

import pytest

from services.reporting.domain.reports.kinds import REPORT
from services.reporting.render.html import make_html
from services.reporting.render.pdf import PdfMaker
from tests.unit.reporting import samples

GOLDEN = Path(__file__).parent / "golden"
MADE = {"action-plan": samples.action_plan, "appraisal": samples.appraisal, "impact": lambda: samples.impact(groups=2)}


def golden(kind):
    return REPORT.validate_json((GOLDEN / f"{kind}.json").read_bytes())


@pytest.mark.parametrize("kind", MADE)
def test_the_model_is_the_golden_one(kind):
    assert MADE[kind]() == golden(kind)


@pytest.mark.parametrize("kind", MADE)
def test_every_template_renders_its_golden_model(kind):
    assert make_html(golden(kind)).startswith(b"<!DOCTYPE html>")
    assert PdfMaker().make(golden(kind)).startswith(b"%PDF")


def test_an_action_plan_without_actions_says_so():
    report = samples.action_plan(actions=())
    assert report.lead == "Three findings, with no action planned yet."
    assert [card.value for card in report.cards] == ["None yet", "0", "None", "3"]
    assert (report.bars, report.months) == ((), ())


def test_many_priorities_are_drawn_together_and_none_is_lost():
    actions = tuple(samples.ACTIONS[0].model_copy(update={"priority": f"P{n}"}) for n in range(30))
    bars = samples.action_plan(actions=actions).bars
    assert len(bars) == 8
    assert sum(segment.number for bar in bars for segment in bar.segments) == 30


def test_months_without_a_due_action_are_drawn_too():
    months = samples.action_plan().months
    assert [(str(m.month), m.number) for m in months] == [
        ("2027-05-01", 1), ("2027-06-01", 0), ("2027-07-01", 1), ("2027-08-01", 0),
        ("2027-09-01", 0), ("2027-10-01", 0), ("2027-11-01", 0), ("2027-12-01", 1),
    ]  # fmt: skip


def test_impact_without_answers_is_no_percentage_of_nothing():
    report = samples.impact(groups=0, blocks=[], asked=[])
    assert (
        report.lead == "Fewer than 5 answers can be shown yet. This report says more once participants have answered."
    )
    assert [(share.agree, share.answers, share.percent) for share in report.total.shares] == [(None, None, "")] * 2
    assert [card.value for card in report.cards] == ["Too few", "Too few", "0", "0"]
