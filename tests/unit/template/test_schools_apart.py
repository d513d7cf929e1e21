"""Schools that train together, papers of a course at each school, trends: what is wrong is said with its field."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

SHIPPED = Path("services/programmes/templates")
MODEL, JOURNEY = "improvement-model", "leadership-journey"


@pytest.mark.parametrize(
    ("template", "right", "wrong", "said"),
    [
        (JOURNEY, "together: [same-trust, same-federation]", "together: [same-town]", "'same-town' is none of"),
        (MODEL, "party: {kind: trust, enquiry: true}", "party: {kind: trust, together: [same-trust]}",
         "'trust' does not use `together`"),
        (MODEL, "papers: [around-the-school-paper]", "papers: [board-paper]",
         "'board-paper' is not about the school, as a paper of this course is"),
        (MODEL, "papers: [board-paper]", "papers: [around-the-school-paper]",
         "'around-the-school-paper' is not about the programme, as a paper of this course is"),
        (MODEL, "        title: Figures of the school, term by term\n        form: figures\n",
         "        title: Figures\n        form: development-plan\n", "give it `many: true`"),
        (MODEL, "        title: Figures of the school, term by term\n        form: figures\n",
         "        title: Figures\n        form: school-policy\n", "'school-policy' asks for no number here"),
        (MODEL, "        title: Figures of the school, term by term\n        form: figures\n",
         "        title: Figures\n        form: policy\n", "a trend is of a school"),
        (MODEL, "most: 30, of: strands}", "most: 30, of: strings}", "'strings' is no list or form"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(template: str, right: str, wrong: str, said: str) -> None:
    text = (SHIPPED / f"{template}.yaml").read_text(encoding="utf-8")
    assert right in text
    found = [fault.what for fault in faults_of(text.replace(right, wrong, 1))]
    assert any(said in one for one in found), found
