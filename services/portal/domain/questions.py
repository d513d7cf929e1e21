"""Questions of a form: the programme template's wording where it has one, plain wording of ours where it has none.

A page knows which fields its command has; the template may reword, explain, require and bound them.
"""

from dataclasses import dataclass, replace

from shared.events.template import FormSpec

MOST = 5000


@dataclass(frozen=True)
class Question:
    """One field of a page. `free` marks text in which somebody might name a child."""

    key: str
    label: str
    hint: str = ""
    required: bool = True
    longest: int = MOST
    kind: str = "text"
    free: bool = False
    rows: int = 5


def worded(usual: tuple[Question, ...], form: FormSpec | None) -> dict[str, Question]:
    """Return the questions by key, in the template's words where it declares them; order stays the page's own."""
    declared = {field.key: field for field in form.fields} if form else {}
    asked: dict[str, Question] = {}
    for question in usual:
        field = declared.get(question.key)
        asked[question.key] = question
        if field is not None:
            asked[question.key] = replace(
                question,
                label=field.label,
                hint=field.hint or question.hint,
                required=field.required,
                longest=min(field.longest, question.longest),
            )
    return asked


def statements(form: FormSpec | None) -> tuple[Question, ...]:
    """Return the agreement statements of a survey, as the template words them."""
    declared = tuple(
        Question(field.key, field.label, field.hint, field.required, kind="agreement")
        for field in (form.fields if form else ())
        if field.kind == "agreement"
    )
    return declared or (
        Question("plan_to_use", "I plan to use something from today in my own school", kind="agreement"),
        Question("want_to_share", "I saw something I want to share with other leaders", kind="agreement"),
    )
