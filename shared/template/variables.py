"""What a template's own words may mention: names in braces, by what the mail is on."""

from shared.template.kinds import AGREED, OFFERED, PAIRINGS, STATES
from shared.template.moments import Instant
from shared.template.template import Template

ALWAYS = {
    "programme.name": "the name of the programme",
    "person.name": "who gets the mail",
    "school.name": "the school it concerns, or theirs",
    "coordinator.name": "who runs the programme",
}
"""Known in every mail."""
OF = {
    "task": {"task.title": "what is owed", "task.due": "by when, as a date in words", "about.title": "about what"},
    "form": {
        "form.title": "the form",
        "entry.title": "the entry, by its first answer",
        "author.name": "who wrote it",
        "about.title": "about what",
    },
    "round": {
        "round.title": "the round",
        "placed.name": "who is placed",
        "thing.title": "to what, by its first answer",
        "host.name": "the school that hosts",
    },
    "together": {
        "round.title": "the round",
        "partners": "the others of the pair or ring, by name",
        "partners.schools": "their schools",
    },
    "report": {"report.title": "the report"},
    "date": {
        "activity.title": "what it is called",
        "activity.day": "the day, as a date in words; of a course all the days that are new; where it is "
        "offered, the first",
        "activity.when": "the same with its hours",
        "activity.place": "where it is",
        "activity.before": "the day on which it was to be; where it has moved",
        "host.name": "the school that hosts; of days at schools",
    },
    "moment": {},
}
"""Known besides, by the kind of thing that the mail is on."""

HOSTED = AGREED | {"visit"}
"""Kinds of activity whose days are at the school of somebody."""
_STATES_OF = {**STATES, "date": (*STATES["activity"], *STATES["session"])}
_OF_A_PLACEMENT = ("placed.name", "thing.title", "host.name", "partners", "partners.schools")
"""Not known yet when a round closes."""


def variables_for(template: Template, on: Instant) -> dict[str, str]:
    """Name -> meaning, of everything a mail on that moment may mention. Forms are counted: `{project.count}`."""
    counts = {f"{form.key}.count": f"how many entries of {form.title}" for form in template.forms if form.many}
    known = ALWAYS | counts | OF[section_of(template, on)]
    unknown = _OF_A_PLACEMENT if on.state == "closed" else _not_of_the_date(template, on)
    return {name: known[name] for name in known if name not in unknown}


def _not_of_the_date(template: Template, on: Instant) -> tuple[str, ...]:
    """What is not known of a date: where it was before, unless it moves; who hosts what is at no school."""
    activity = template.activity(on.anchor)
    if activity is None:
        return ()
    if on.state == OFFERED:
        return ("activity.before", "activity.when", "activity.place", "host.name")
    still = ("activity.before",) if on.state != "moved" else ()
    return still if activity.kind in HOSTED else (*still, "host.name")


def section_of(template: Template, on: Instant) -> str:
    """What it is that happens, as `OF` names it: of a form and its task under one key that to which it can happen."""
    if any(one.key == on.anchor and one.kind in PAIRINGS for one in template.matching):
        return "together"
    sections = {
        "form": template.forms,
        "round": template.matching,
        "report": template.reports,
        "task": template.tasks,
        "date": template.activities,
    }
    found = [kind for kind, declared in sections.items() if any(one.key == on.anchor for one in declared)]
    fitting = [kind for kind in found if on.state in _STATES_OF[kind]]
    return next(iter(fitting or found), "moment")
