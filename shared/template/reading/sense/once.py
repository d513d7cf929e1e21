"""Words and people: nothing without its words, for nobody, or named twice."""

from collections.abc import Iterator, Sequence
from typing import get_args

from pydantic import BaseModel

from shared.template.activities import Activity, Dating, Route
from shared.template.forms import Answered, Form, FormField, Release
from shared.template.mails import Button, Mail
from shared.template.people import Categories
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.reports import Report
from shared.template.tasks import Do, Missed, Task
from shared.template.template import Template
from shared.template.words import MOMENT, PEOPLE, Condition, Rule

_WHOLE_NUMBERS = frozenset({"least", "most", "least-people", "most-people", "ledger"})
_LISTS = frozenset({"counts", "equals", "excused", "islands", "of", "only", "papers"})
"""Settings that list words in which nothing stands twice."""
_PEOPLE = {Mail: "to", Task: "who", Form: "by", Activity: "who"}
"""Part of a template -> the setting without which it is for nobody."""
_NEEDED: dict[type[BaseModel], tuple[str, ...]] = {
    Report: ("after", "blocks"),
    Answered: ("outcomes",),
    Route: ("only",),
    Categories: ("values",),
}
"""Part of a template -> lists without which nothing comes of it."""


def faults(template: Template) -> Iterator[Fault]:
    """Blank words, empty lists of people, and whatever stands in a list a second time."""
    for at, part in parts(template):
        yield from _worded(at, part)
        yield from _for_somebody(at, part)
        yield from _each_once(at, part)
        if isinstance(part, Condition) and not part.equals:
            yield Fault((*at, "equals"), "no answer is named, so that this never holds.")
    yield from _choices(template)
    yield from _answers(template)


def _worded(at: Where, part: BaseModel) -> Iterator[Fault]:
    title = type(part).model_fields.get("title")
    if title is not None and title.is_required() and not part.title.strip():  # type: ignore[attr-defined]  # has one
        yield Fault((*at, "title"), "a title has words.")
    for name, words in _words(part):
        if not words.strip():
            yield Fault((*at, *name), "this has no words.")
    if isinstance(part, FormField) and not part.label.strip():
        yield Fault((*at, "label"), f"the question '{part.key}' has no words: write them as its `label`.")


def _words(part: BaseModel) -> Iterator[tuple[Where, str]]:
    """What people read besides titles and questions."""
    if isinstance(part, Template):
        yield ("summary",), part.summary
    elif isinstance(part, Button):
        yield ("label",), part.label
    elif isinstance(part, Mail):
        yield from ((("text", place), text) for place, text in enumerate(part.text))
    elif isinstance(part, Do) and part.confirm is not None:
        yield ("confirm",), part.confirm


def _for_somebody(at: Where, part: BaseModel) -> Iterator[Fault]:
    name = _PEOPLE.get(type(part), "")
    if name and not getattr(part, name) and not getattr(part, "also", ()):
        yield Fault((*at, name), f"nobody is named: say whom under `{name}`.")
    for needed in _NEEDED.get(type(part), ()):
        if not getattr(part, needed):
            yield Fault((*at, needed), f"nothing stands here: name one under `{needed}` at least.")
    if isinstance(part, Missed) and not (part.tell or part.counts):
        yield Fault(at, "nobody hears of it: name people under `tell`, or leave it out.")
    if isinstance(part, Release) and not (part.by or part.to or part.also):
        yield Fault(at, "nobody reads what is released: name people under `to`.")


def _each_once(at: Where, part: BaseModel) -> Iterator[Fault]:
    """People and moments that are listed twice."""
    for name, field in type(part).model_fields.items():
        listed = getattr(part, name)
        inner = {one for argument in get_args(field.annotation) for one in get_args(argument)}
        if isinstance(listed, tuple) and inner & {PEOPLE, MOMENT}:
            yield from _twice((*at, name), listed)
        if isinstance(listed, tuple) and name in _LISTS:
            yield from _twice((*at, name), listed)
    if isinstance(part, Dating):
        yield from _twice((*at, "preferred_weekdays"), part.preferred_weekdays)
        for place, day in enumerate(part.preferred_weekdays):
            if not 0 <= day <= 6:
                yield Fault((*at, "preferred_weekdays", place), f"{day} is no day of the week: 0 is Monday, 6 Sunday.")
    rules = getattr(part, "rules", ())
    yield from _twice((*at, "rules"), [(rule.rule, rule.of, rule.field) for rule in rules])
    if isinstance(part, Rule) and part.rule in _WHOLE_NUMBERS:
        number = part.number or 0
        if number < 0 or number != int(number):
            yield Fault((*at, "number"), f"{number:g} is no number of people or things.")


def _choices(template: Template) -> Iterator[Fault]:
    for index, activity in enumerate(template.activities):
        yield from _twice(("activities", index, "doings"), [one.key for one in activity.doings])
    for index, form in enumerate(template.forms):
        outcomes = form.answered.outcomes if form.answered else ()
        yield from _twice(("forms", index, "answered", "outcomes"), [one.key for one in outcomes])
    for index, round_ in enumerate(template.matching):
        for place, pair in enumerate(round_.phases_apart):
            if len(set(pair)) < len(pair):
                yield Fault(("matching", index, "phases_apart", place), f"'{pair[0]}' is kept apart from itself.")
        if round_.people and round_.people == round_.things:
            what = f"'{round_.people}' names who is placed; `things` is the form that names what they are placed to."
            yield Fault(("matching", index, "things"), what)


def _answers(template: Template) -> Iterator[Fault]:
    answers = template.participation.answers
    yield from _twice(("participation", "answers"), answers)
    if "yes" not in answers:
        yield Fault(("participation", "answers"), "nobody can say yes, so that nobody takes part.")


def _twice(at: Where, listed: Sequence[object]) -> Iterator[Fault]:
    for place, one in enumerate(listed):
        if one in listed[:place]:
            said = one[0] if isinstance(one, tuple) else one
            yield Fault((*at, place), f"'{said}' is here twice.")
