"""The block about inspections: counts with Wilson's interval beside a dated national rate, one regime a table."""

from typing import Any

import pytest

from services.reporting.domain.reports.outcomes import interval, outcomes
from shared.commands.outcomes import OutcomeRow, Outcomes
from shared.template.reports import Block

FOUND = Outcomes.model_validate(
    {
        "since": "2026-09-01",
        "schools": 20,
        "before": 3,
        "grades": {"of": "overall", "judged": 6, "met": 5},
        "cards": [
            {"of": "leadership and governance", "judged": 12, "met": 9, "gained": 2, "kept": 1, "lost": 0},
            {"of": "achievement", "judged": 12, "met": 12},
        ],
    }
)
RATE = {"of": "leadership and governance", "percent": 81.5, "as_of": "2027-08-31", "source": "Made-up office"}


class Whole:
    """As much of a report's material as the block reads."""

    def __init__(self, found: Outcomes | None) -> None:
        self.outcomes = found


def made(found: Outcomes | None = FOUND, **block: Any) -> Any:
    material: Any = Whole(found)
    return outcomes(Block.model_validate({"kind": "outcomes", **block}), material)


@pytest.mark.parametrize(
    ("met", "judged", "low", "high"),
    [(9, 12, 46.8, 91.1), (0, 5, 0.0, 43.4), (5, 5, 56.6, 100.0), (81, 100, 72.2, 87.5)],
)
def test_the_interval_is_wilsons(met: int, judged: int, low: float, high: float) -> None:
    assert [round(one, 1) for one in interval(met, judged)] == [low, high]


def test_report_cards_stand_beside_the_dated_rate() -> None:
    table = made(regime="report-cards", national=[RATE])
    assert table.columns[3:] == ("National rate", "Better", "As before", "Lower")
    assert table.rows[0] == (
        "Leadership and governance", "9 of 12", "75 %, 47 to 91 %", "81.5 %", "2", "1", "0",
    )  # fmt: skip
    assert table.rows[1][3] == "", "no rate is made up"
    assert "Made-up office, 31 August 2027" in table.note
    assert "1 September 2026" in table.note


def test_old_grades_have_a_table_of_their_own_and_have_not_moved() -> None:
    table = made(regime="grades")
    assert [row[:3] for row in table.rows] == [("Overall", "5 of 6", "83 %, 44 to 97 %")]
    assert "Better" not in table.columns
    assert "cannot have moved" in table.note
    assert not any("eadership" in cell for row in table.rows for cell in row)


def test_where_nobody_was_inspected_there_is_no_table() -> None:
    nothing = FOUND.model_copy(update={"cards": (), "grades": OutcomeRow(of="overall", judged=0, met=0)})
    assert made(nothing, regime="report-cards") is None
    assert made(nothing, regime="grades") is None
    assert made(None, regime="grades") is None
