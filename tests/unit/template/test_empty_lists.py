"""Lists without which nothing comes of a part are not empty: a report after nothing, a route for nobody."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

DEBATES = Path(__file__).parents[1] / "own_template/templates/debating-league.yaml"
SHIPPED = Path(__file__).parents[3] / "services/programmes/templates"
JOURNEY = SHIPPED / "leadership-journey.yaml"
OUTCOMES = """      outcomes:
        - {key: there, title: It will be there}
        - {key: cannot, title: "We cannot, because ...", because: true}"""
THEMES = "themes: [hard-conversations, vision, growing-excellence, hard-conversations, vision, growing-excellence]"
EMPTY = {
    "a report after nothing": (DEBATES, "after: [plan.agreed]", "after: []", "name one under `after`"),
    "a report of nothing": (
        DEBATES,
        "blocks: [{kind: text, title: What it is, text: [Schools debate.]}, {kind: dates}, {kind: asks}, ",
        "blocks: [] # ",
        "name one under `blocks`",
    ),
    "no way to answer": (DEBATES, OUTCOMES, "      outcomes: []", "name one under `outcomes`"),
    "a route for no school": (
        JOURNEY,
        "only: [requires-improvement]\n        of",
        "only: []\n        of",
        "under `only`",
    ),
    "a route of no theme": (JOURNEY, THEMES, "themes: []", "0 themes for 6 windows"),
    "a role twice in a set": (DEBATES, "of: [debate-coach, second-coach]", "of: [debate-coach, debate-coach]", "twice"),
}


@pytest.mark.parametrize("what", EMPTY)
def test_it_is_refused(what: str) -> None:
    path, before, after, said = EMPTY[what]
    text = path.read_text(encoding="utf-8")
    assert before in text
    assert [one for one in faults_of(text.replace(before, after, 1)) if said in one.what and one.line > 1]
