"""A programme's template as a coordinator reads it: its steps in the order of the year, its people, lists and rules."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from services.portal.domain import words
from services.portal.domain.whole import titles
from shared.template import Activity, Round, Task, Template
from shared.template.kinds import ACTIVITIES, ROUNDS, RULES
from shared.template.preview import Days
from shared.template.words import Rule

OWED = {
    "form": "fill in", "answer": "answer", "agree": "read, and agree or ask for changes", "introduce": "say yes or no",
    "choose": "choose days", "confirm": "confirm", "tick": "tick off", "catch_up": "catch up", "roll": "say who came",
}  # fmt: skip
"""What is owed, in a few words."""


@dataclass(frozen=True)
class When:
    """A day, or the latest that is expected where it depends on people."""

    day: dt.date
    about: bool = False


@dataclass(frozen=True)
class Step:
    """One thing that happens. `owed`: people are asked for it, by `form` where they fill one in.

    `missed`: who hears that it was not done.
    """

    what: str
    kind: str
    who: tuple[str, ...]
    begins: When | None = None
    ends: When | None = None
    form: str = ""
    reminders: int = 0
    missed: tuple[str, ...] = ()
    owed: bool = False
    rules: tuple[str, ...] = ()
    purpose: str = ""


def steps(template: Template, first_year: int) -> tuple[Step, ...]:
    """Return everything that people do, in the order of its days; what nobody can place comes last."""
    days = Days(template, first_year)
    found = [*_rounds(template, days), *_activities(template, days), *_tasks(template, days)]
    latest = dt.date.max
    return tuple(sorted(found, key=lambda one: one.begins.day if one.begins else one.ends.day if one.ends else latest))


def rule_said(rule: Rule, template: Template) -> str:
    """Return a rule in a sentence of this template."""
    form, role = template.form(rule.of), next((one for one in template.roles if one.key == rule.of), None)
    of = form.title if form else (role.title or role.key) if role else rule.of.replace("-", " ")
    number = f"{rule.number:g}" if rule.number is not None else ""
    said = RULES[rule.rule].sense if rule.rule in RULES else rule.rule.replace("-", " ")
    said = said.replace("so many", number) if number else said
    about = f" ({of})" if of else ""
    reason = ", or a reason" if rule.or_reason and "reason" not in said else ""
    return words.sentence(f"{said}{about}{reason}")


def _tasks(template: Template, days: Days) -> Iterator[Step]:
    for one in template.tasks:
        kind, key = one.do.kind_and_key()
        yield Step(
            what=titled(one, template), kind=OWED.get(kind, kind), who=titles(one.who, template),
            begins=_when(days, one.opens, one), ends=_when(days, one.due, one), form=key if kind == "form" else "",
            reminders=len(one.remind), missed=titles(one.missed.tell, template) if one.missed else (),
            owed=True,
        )  # fmt: skip


def _activities(template: Template, days: Days) -> Iterator[Step]:
    for one in template.activities:
        opens, closes = _window(one, template)
        yield Step(
            what=one.title, kind=ACTIVITIES[one.kind].sense.partition(",")[0].partition(";")[0],
            who=titles(one.who, template), begins=_when(days, opens), ends=_when(days, closes), purpose=one.purpose,
        )  # fmt: skip


def _window(one: Activity, template: Template) -> tuple[str, str]:
    if one.opens or not one.during:
        return one.opens, one.closes
    first, last = template.clock.moment(one.during[0]), template.clock.moment(one.during[-1])
    return (first.opens if first else "", last.closes if last else "")


def _rounds(template: Template, days: Days) -> Iterator[Step]:
    for one in template.matching:
        opens = one.begins[0] if one.begins else f"{one.key}.published" if one.people else ""
        yield Step(
            what=round_title(one), kind=ROUNDS[one.kind].sense.partition(";")[0], who=("the coordinator",),
            begins=_when(days, opens), rules=tuple(rule_said(rule, template) for rule in one.rules),
        )  # fmt: skip


def round_title(one: Round) -> str:
    """Return what a round is called."""
    return one.title or words.capital(one.key.replace("-", " "))


def titled(task: Task, template: Template) -> str:
    """Return what is owed, in the template's words."""
    _, key = task.do.kind_and_key()
    form, activity = template.form(key), template.activity(key)
    named = form.title if form else activity.title if activity else ""
    return task.title or named or words.capital(task.key.replace("-", " "))


def _when(days: Days, text: str, task: Task | None = None) -> When | None:
    day = days.day(text, task) if text else None
    return When(day, about=not days.exact(text)) if day else None
