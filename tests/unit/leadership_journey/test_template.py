"""The template of the leadership journey: valid whole, and what it promises is what people are told."""

from pathlib import Path

from shared.template.counting import groups_of, promise
from shared.template.reading import faults_of, read_template

TEXT = (Path("services/programmes/templates") / "leadership-journey.yaml").read_text(encoding="utf-8")


def test_it_is_valid() -> None:
    assert [f"{fault.line} {fault.path}: {fault.what}" for fault in faults_of(TEXT)] == []


def test_nobody_answers_the_diagnostic_or_the_pulse_under_their_name() -> None:
    template = read_template(TEXT, "leadership-journey.yaml")
    told = {form.key: promise(form, template) for form in template.forms if form.confidential}
    assert sorted(told) == ["diagnostic", "upward", "upward-head", "upward-middle", "vision-pulse"]
    assert "at least 3 people" in told["diagnostic"]
    assert "at least 10 of it" in told["vision-pulse"]
    pulse = template.form("vision-pulse")
    assert pulse is not None
    assert "children" not in " ".join(groups_of(pulse, template).values()).lower()


def test_every_stage_of_the_rubric_is_described_differently() -> None:
    rubric = read_template(TEXT, "leadership-journey.yaml").rubric("strategies")
    assert rubric is not None
    said = [text for entry in rubric.entries for text in entry.descriptors]
    assert len(set(said)) == len(rubric.entries) * len(rubric.stages) == 9


def test_hard_conversations_are_counts_and_priorities_and_no_question_names_anybody() -> None:
    form = read_template(TEXT, "leadership-journey.yaml").form("conversations")
    assert form
    assert {field.key: field.kind for field in form.fields} == {
        "open": "number", "held": "number", "solved": "number", "days": "number", "priorities": "lines",
    }  # fmt: skip
    assert not form.readers
    assert form.release is None
