"""Values that could be read as something else, and parts in which nothing stands, are refused where they stand."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

TEMPLATES = Path(__file__).parents[1] / "own_template/templates"
DEBATES = (TEMPLATES / "debating-league.yaml").read_text(encoding="utf-8")
WORDS = "{kind: text, title: What it is, text: [Schools debate.]}"
ODD = {
    "a time as a number": ('starts: "10:00"', "starts: 10", "this is a time of day"),
    "the seconds of a day": ('ends: "17:00"', "ends: 61200", "this is a time of day"),
    "a yes for how many": ("capacity: 40", "capacity: true", "this is a number."),
    "a yes for a page": ("longest_pages: 3", "longest_pages: true", "this is a number."),
    "no kind": ("kind: visit", 'kind: ""', "this is empty: say something, or leave `kind` out."),
    "about nothing": ("about: visit", 'about: ""', "this is empty: say something, or leave `about` out."),
    "a role nowhere": ("at: programme", 'at: " "', "this is empty: say something, or leave `at` out."),
    "agreed by nobody": ("by: guest.debate-coach", 'by: ""', "this is empty"),
    "fewer answers than none": (
        "columns: [side, order], most: 6",
        "columns: [side, order], most: -6",
        "-6 is no number",
    ),
    "half an answer": (
        "columns: [side, order], most: 6",
        "columns: [side, order], most: 1.5",
        "1.5 is no number of an",
    ),
    "a text without words": (WORDS, "{kind: text, title: What it is}", "nothing stands in it"),
    "a text of no paragraphs": (WORDS, "{kind: text, text: []}", "nothing stands in it"),
    "a question of no form": ("form: plan, field: summary}", "field: summary}", "name that under `form`"),
    "a form without its question": (
        "{kind: lines, title: The team, form: team, field: speakers}",
        "{kind: text, title: The team, form: team}",
        "name it under `field`",
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_it_is_refused_with_line_and_sentence(what: str) -> None:
    before, after, said = ODD[what]
    assert before in DEBATES
    faults = faults_of(DEBATES.replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and fault.line > 1], faults


def test_an_empty_cadence_is_refused() -> None:
    trust = Path(__file__).parents[3] / "services/programmes/templates/improvement-model.yaml"
    text = trust.read_text(encoding="utf-8").replace("standard: yearly", 'standard: ""', 1)
    assert "leave `standard` out" in faults_of(text)[0].what
