"""What an answer to each kind of question looks like, as it is typed and as it is kept: the same shapes for both.

text, number, day, yes-no, choice, agreement, topic    a text; choices by their key, days as 2027-05-13
recognise                                              a text: the key of what was picked; counted by `RECOGNISED`
several, rank, topics                                  keys, of a rank in order of preference
level, person                                          texts by name: thing -> level; `name` and `address`
lines, evidence, actions, people                       rows of texts by column, see `columns`
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from shared.template.forms import FormField
from shared.template.template import Template

Cell = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=80)]
Answer = str | tuple[str, ...] | dict[Cell, str] | tuple[dict[Cell, str], ...]
Answers = Mapping[str, Answer]

AGREEMENT = {
    "strongly-disagree": "Strongly disagree",
    "disagree": "Disagree",
    "neither": "Neither agree nor disagree",
    "agree": "Agree",
    "strongly-agree": "Strongly agree",
}
RECOGNISED = {"known": "Chose the right one", "another": "Chose another one", "unsure": "Was not sure"}
"""What is counted where a text is picked out of several; which other one was chosen is not."""
YES_NO = {"yes": "Yes", "no": "No"}
LEVELS = {"beginning": "Beginning", "developing": "Developing", "secure": "Secure", "leading": "Leading others"}
"""The levels of a question that declares none."""
ACTION_STATUS = {"not-started": "Not started", "under-way": "Under way", "done": "Done", "dropped": "Dropped"}
HEADING = "heading"
"""The column of an action plan that says under which entry of a list a line stands."""
CHOSEN_CELLS = frozenset({"status", HEADING})
"""Columns in which something always stands, or is chosen: by themselves they say nothing."""
PERSON = {"name": "Name", "address": "Work email address"}
LISTED = ("several", "rank", "topics")
NAMED = ("level", "person")
_ROWS = {
    "lines": ("text",),
    "evidence": ("title", "detail", "evidence", "source"),
    "actions": ("what", "owner", "address", "due", "success", "status"),
    "people": ("name", "address"),
}
_TOPICS = "topics"
_FIXED = {"agreement": AGREEMENT, "yes-no": YES_NO, "recognise": RECOGNISED}
"""Kinds of question whose answers are the engine's."""


def columns(field: FormField) -> tuple[str, ...]:
    """The columns of a question that is answered in rows; none for the others."""
    usual = _ROWS.get(field.kind, ())
    if field.kind == "actions" and field.of:
        return (*usual, HEADING)
    return (*usual, *field.columns) if field.kind == "lines" else usual


def blank(field: FormField) -> Answer:
    """No answer."""
    if field.kind in NAMED:
        return {}
    return () if field.kind in LISTED or field.kind in _ROWS else ""


def people_in(answer: Answer) -> tuple[dict[Cell, str], ...]:
    """Whom an answer names: one person, or several, by `name` and `address`."""
    rows = (answer,) if isinstance(answer, dict) else answer if isinstance(answer, tuple) else ()
    return tuple(row for row in rows if isinstance(row, dict) and "address" in row)


def fits(field: FormField, answer: Answer) -> bool:
    """Whether an answer has the shape of its question's kind, whatever it says."""
    if field.kind in _ROWS:
        known = frozenset(columns(field))
        return isinstance(answer, tuple) and all(isinstance(row, dict) and row.keys() <= known for row in answer)
    if field.kind in LISTED:
        return isinstance(answer, tuple) and all(isinstance(one, str) for one in answer)
    if field.kind in NAMED:
        return isinstance(answer, dict)
    return isinstance(answer, str)


def choices(field: FormField, template: Template) -> dict[str, str] | None:
    """What can be chosen, key -> words; of a level, the levels. None where entries of a form or anything else can."""
    if field.kind in _FIXED:
        return _FIXED[field.kind]
    match field.kind:
        case "level":
            rubric = template.rubric(field.of)
            return _titles(field) or ({one.key: one.title for one in rubric.stages} if rubric else LEVELS)
        case "topic" | "topics":
            return _titles(field) or _listed(field.of or _TOPICS, template)
        case "choice" | "several" | "rank":
            return _titles(field) or _listed(field.of, template)
        case "actions" if field.of:
            return _listed(field.of, template)
        case _:
            return None


def levelled(field: FormField, template: Template) -> dict[str, str] | None:
    """The things of which a question asks a level, key -> words; None where they are another answer of the form."""
    return _listed(field.of, template)


def descriptors(field: FormField, template: Template) -> dict[str, dict[str, str]]:
    """Of a question of levels by a rubric: thing -> stage -> what it looks like."""
    rubric = template.rubric(field.of) if field.kind == "level" else None
    if rubric is None:
        return {}
    stages = [one.key for one in rubric.stages]
    return {entry.key: dict(zip(stages, entry.descriptors, strict=False)) for entry in rubric.entries}


def _titles(field: FormField) -> dict[str, str]:
    return {entry.key: entry.title for entry in field.choices}


def _listed(of: str, template: Template) -> dict[str, str] | None:
    """The entries of a list, the roles, or the doings of an activity (`activity`: of all)."""
    if of == "roles":
        return {role.key: role.title or role.key for role in template.roles}
    if of.endswith(".doings"):
        wanted = of.removesuffix(".doings")
        return {
            doing.key: doing.title
            for activity in template.activities
            if wanted in {"activity", activity.key}
            for doing in activity.doings
        }
    listed = template.entries(of)
    return {entry.key: entry.title for entry in listed} if listed else None
