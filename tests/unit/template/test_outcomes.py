"""The block about inspections in the language: one regime, a report about the programme, rates of what is judged."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

TEXT = (Path("services/programmes/templates") / "leadership-journey.yaml").read_text(encoding="utf-8")
CARDS = "regime: report-cards}"
RATE = "regime: report-cards, national: [{of: inclusion, percent: 80, as_of: 2027-08-31, source: Made up}]}"


def test_a_rate_is_dated_and_says_its_source() -> None:
    assert faults_of(TEXT.replace(CARDS, RATE)) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (CARDS, "regime: stars}", "'stars' is none of: grades, report-cards"),
        (CARDS, RATE.replace("of: inclusion", "of: overall"), "'overall' is none of: inclusion"),
        (CARDS, RATE.replace(", as_of: 2027-08-31", ""), "as_of"),
        (f", {CARDS}", "}", "'outcomes' needs `regime`"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in TEXT
    found = faults_of(TEXT.replace(right, wrong, 1))
    assert any(said in f"{fault.path} {fault.what}" for fault in found), found
