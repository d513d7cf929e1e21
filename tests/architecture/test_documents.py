"""Documents keep their form and are true: decisions have a date and a status, paths and links lead somewhere."""

import datetime as dt
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGE = 560
"""Words of a printed page; tables of names do not count."""
STATUS = r"proposed|accepted|rejected|superseded by \[decision \d+\]\(\d{4}-[a-z0-9-]+\.md\)"


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_a_date_a_status_and_room_on_a_page(decision):
    title, blank, stands = decision.read_text().splitlines()[:3]
    assert re.fullmatch(rf"# {int(decision.name[:4])}\. \S.*", title)
    assert not blank
    found = re.fullmatch(rf"Date: (\d{{4}}-\d\d-\d\d)\. Status: (?:{STATUS})\.", stands)
    assert found, f"the third line of {decision.name} is not `Date: 2026-11-29. Status: accepted.`"
    assert dt.date.fromisoformat(found[1]) >= dt.date(2026, 11, 25)
    prose = [line for line in decision.read_text().splitlines() if not line.startswith("|")]
    assert len(" ".join(prose).split()) <= PAGE


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_names_its_context_its_choice_and_what_was_rejected(decision):
    text = decision.read_text()
    assert [part for part in ("Context", "Choice", "Rejected") if f"**{part}.**" not in text] == []
