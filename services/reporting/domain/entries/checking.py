"""Reading a whole form: what its answers come to, and everything that is wrong with them, each at its field."""

import datetime as dt

from services.reporting.domain.entries.context import Context, holds, levels_of
from services.reporting.domain.entries.days import earliest, in_words
from services.reporting.domain.entries.fields import checked, label
from services.reporting.domain.entries.parsing import day_from
from services.reporting.domain.problems import Problem
from shared.template import FormField
from shared.template.answers import Answer, Answers, blank, levelled
from shared.template.days import day_of
from shared.template.words import Rule


def shown(field: FormField, answers: Answers, context: Context) -> bool:
    """Whether a question is asked, given the answers so far."""
    return field.shown_if is None or holds(field.shown_if, context.form, answers, context.subject.related)


def check(typed: Answers, context: Context, today: dt.date) -> tuple[dict[str, Answer], list[Problem]]:
    """Return the answers as they are kept, and their problems. Questions that are not asked have no answer."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for field in context.form.fields:
        if not shown(field, answers, context):
            continue
        answer, found = checked(field, typed.get(field.key, blank(field)), context.options.get(field.key, {}), today)
        problems += found or _unlevelled(field, answer, answers, context)
        if answer:
            answers[field.key] = answer
    for rule in context.form.rules:
        problems += _rule_problems(rule, answers, context, today)
    return answers, problems


def _unlevelled(field: FormField, answer: Answer, answers: Answers, context: Context) -> list[Problem]:
    """Everything in a rubric needs a level, and everything that another answer names."""
    if field.kind != "level" or not field.required or not isinstance(answer, dict):
        return []
    template = context.programme.template
    every = template.rubric(field.of) is not None or levelled(field, template) is None
    things = levels_of(field, answers, context) if every else {}
    return [
        Problem("missing", f"{field.key}.{thing}", f"Choose a level for each line of {label(field)}.")
        for thing in things
        if thing not in answer
    ][:1]


def _rule_problems(rule: Rule, answers: Answers, context: Context, today: dt.date) -> list[Problem]:
    match rule.rule:
        case "achievable-by":
            return _achievable(rule, answers, context, today)
        case "least" | "most":
            return _counted(rule, answers, context)
        case _:
            return []


def _achievable(rule: Rule, answers: Answers, context: Context, today: dt.date) -> list[Problem]:
    given = answers.get(rule.field)
    day = day_from(given) if isinstance(given, str) else None
    programme = context.programme
    begins = day_of(rule.after, programme.template, programme.year, programme.pauses) if rule.after else None
    first = earliest(max(today, begins) if begins else today, rule.needs.values())
    if day is None or day >= first:
        return []
    said = f"This cannot be done by {in_words(day)}; the earliest day that would do is {in_words(first)}."
    return [Problem("not-achievable", rule.field, said)]


def _counted(rule: Rule, answers: Answers, context: Context) -> list[Problem]:
    """How many answers a question has; of other forms' entries the rule is not this form's to keep."""
    field = context.form.field(rule.of or rule.field)
    if field is None or rule.number is None:
        return []
    number = len(answers.get(field.key, ()))
    if rule.rule == "least" and number < rule.number:
        return [Problem("least", field.key, f"{label(field)}: {rule.number:g} is the least.")]
    if rule.rule == "most" and number > rule.number:
        return [Problem("most", field.key, f"{label(field)}: {rule.number:g} is the most.")]
    return []
