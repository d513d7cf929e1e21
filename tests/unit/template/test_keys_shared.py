"""A form and the task that asks for it may have one key: what happens says which of the two a mail is on."""

from pathlib import Path

import pytest

from shared.template.moments import parse_moment
from shared.template.reading import faults_of, read_template
from shared.template.variables import section_of

TEMPLATES = Path(__file__).parents[1] / "own_template/templates"
DEBATES = (TEMPLATES / "debating-league.yaml").read_text(encoding="utf-8")
SHARED = DEBATES.replace("{key: write-plan, who: [debate-coach]", "{key: plan, who: [debate-coach]", 1)
MAIL = """
  - key: of-one-key
    on: {on}
    to: [{to}]
    subject: "{subject}"
    text: ["It is so."]
"""


@pytest.mark.parametrize(
    ("on", "section"),
    [("plan.asked", "task"), ("plan.missed", "task"), ("plan.submitted", "form"), ("league.published", "round")],
)
def test_what_happens_says_of_which(on: str, section: str) -> None:
    assert section_of(read_template(SHARED, "x"), parse_moment(on)) == section


def test_a_mail_on_the_task_knows_the_task_and_one_on_the_form_the_form() -> None:
    task = MAIL.format(on="plan.missed", to="own.second-coach", subject="{task.title}: {task.due}")
    form = MAIL.format(on="plan.submitted", to="author", subject="{entry.title}")
    assert faults_of(SHARED + task) == faults_of(SHARED + form) == ()
    vote = DEBATES.replace("{key: vote, who", "{key: motion, who", 1)
    assert faults_of(vote + MAIL.format(on="motion.missed", to="coordinator", subject="{task.title}")) == ()
    (said,) = faults_of(SHARED + MAIL.format(on="plan.missed", to="coordinator", subject="{entry.title}"))
    assert "knows no {entry.title}" in said.what
    (nobody,) = faults_of(SHARED + MAIL.format(on="plan.missed", to="author", subject="Late"))
    assert "who wrote an entry" in nobody.what
