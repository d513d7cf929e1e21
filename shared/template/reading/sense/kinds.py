"""Kinds: known, done by the engine, and given the settings that they use and no others."""

import difflib
from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from shared.template import blocks, kinds
from shared.template.activities import Activity
from shared.template.kind import Kind
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.rounds import Round
from shared.template.template import Template
from shared.template.words import Rule

_SHARED = {
    "fields": {"key", "label", "hint", "kind", "required", "shown_if"},
    "matching": {"key", "kind", "title"},
    "activities": {"key", "kind", "title", "purpose", "who", "opens", "closes", "starts", "ends"},
    "blocks": {"kind", "title", "only"},
    "rules": {"rule"},
    "party": {"key", "kind", "enquiry"},
}
"""Settings that every kind of a section has."""


def faults(template: Template) -> Iterator[Fault]:
    """Kinds that there are not, and settings that a kind does not use or lacks."""
    yield from _checked(("party",), template.party, "kind", kinds.PARTIES, section="party")
    for index, one in enumerate(template.matching):
        yield from _checked(("matching", index), one, "kind", kinds.ROUNDS, section="matching")
    for index, activity in enumerate(template.activities):
        yield from _checked(("activities", index), activity, "kind", kinds.ACTIVITIES, section="activities")
    for index, form in enumerate(template.forms):
        for place, field in enumerate(form.fields):
            yield from _checked(("forms", index, "fields", place), field, "kind", kinds.FIELDS, section="fields")
        yield from _one_of(("forms", index, "confidential"), form.confidential, kinds.CONFIDENTIAL)
        yield from _one_of(("forms", index, "repeat"), form.repeat, ("term", "year"))
    for index, report in enumerate(template.reports):
        for place, block in enumerate(report.blocks):
            yield from _checked(("reports", index, "blocks", place), block, "kind", blocks.BLOCKS, section="blocks")
    for at, part in parts(template):
        if isinstance(part, Rule):
            yield from _checked(at, part, "rule", kinds.RULES, section="rules")
    yield from _places(template)
    yield from _words(template)


def _places(template: Template) -> Iterator[Fault]:
    """Rules where they say nothing; a second round of groups, of which there is one."""
    rounds = [(("matching", index), one.rules, one.kind) for index, one in enumerate(template.matching)]
    forms = [(("forms", index), form.rules, "forms") for index, form in enumerate(template.forms)]
    for at, rules, place in (*rounds, *forms, (("participation",), template.participation.rules, "participation")):
        known = kinds.RULES_OF.get(place, tuple(kinds.RULES))
        for index, rule in enumerate(rules):
            if rule.rule in kinds.RULES and rule.rule not in known:
                what = f"a round of {place}" if place in kinds.ROUNDS else place
                yield Fault(
                    (*at, "rules", index, "rule"), f"'{rule.rule}' says nothing in {what}; {_either(known)} do."
                )
    for at in [at for at, _, kind in rounds if kind == "groups"][1:]:
        yield Fault((*at, "kind"), "a programme has one round of groups; this is another.")
    visits = [("activities", index) for index, one in enumerate(template.activities) if one.kind == "visit"]
    for at in visits[1:]:
        sentence = "a programme has one visit day at each school of a group; this is another. Days that people agree "
        yield Fault((*at, "kind"), sentence + "on themselves are of kind 'agreed-visit', and there may be several.")


def _either(words: Collection[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _checked(at: Where, part: BaseModel, named: str, known: Mapping[str, Kind], *, section: str) -> Iterator[Fault]:
    kind = getattr(part, named)
    found = known.get(kind)
    if found is None:
        yield Fault((*at, named), _unknown(kind, known))
        return
    given = {name for name in part.model_fields_set if getattr(part, name) not in (None, "", ())}
    for name in sorted(found.needs - given):
        yield Fault((*at, named), f"'{kind}' needs `{name}`.")
    for name in sorted(given - _SHARED[section] - found.needs - found.may):
        uses = ", ".join(sorted(found.needs | found.may)) or "none"
        yield Fault((*at, name), f"'{kind}' does not use `{name}`; its own settings: {uses}.")


def _unknown(kind: str, known: Collection[str]) -> str:
    if kind in kinds.OTHERWISE:
        return f"'{kind}' ({kinds.OTHERWISE[kind]}) is no kind; known here: {', '.join(known)}."
    near = difflib.get_close_matches(kind, list(known), n=1)
    return f"there is no kind '{kind}'; " + (f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}.")


def _one_of(at: Where, value: str, known: Collection[str]) -> Iterator[Fault]:
    if value and value not in known:
        yield Fault(at, f"'{value}' is none of: {', '.join(known)}.")


def _words(template: Template) -> Iterator[Fault]:
    yield from _one_of(("payments",), template.payments, ("none", "reminded"))
    yield from _one_of(("membership", "joins"), template.membership.joins, ("from-now",))
    yield from _one_of(("membership", "leaves"), template.membership.leaves, ("history-stays",))
    yield from _one_of(("participation", "decided_by"), template.participation.decided_by, ("coordinator",))
    yield from _training(template)
    for place, answer in enumerate(template.participation.answers):
        yield from _one_of(("participation", "answers", place), answer, ("yes", "maybe", "no"))
    for index, role in enumerate(template.roles):
        yield from _one_of(("roles", index, "at"), role.at, kinds.PLACES)
        if role.at in kinds.TOGETHER and template.party.kind != role.at:
            yield Fault(("roles", index, "at"), f"a role at a {role.at} needs `party: {{kind: {role.at}}}`.")
    for index, task in enumerate(template.tasks):
        yield from _one_of(("tasks", index, "repeat"), task.repeat, ("term", "year"))
        for place, excuse in enumerate(task.excused):
            yield from _one_of(("tasks", index, "excused", place), excuse, kinds.EXCUSES)
    for index, one in enumerate(template.matching):
        yield from _round(("matching", index), one)
    for index, activity in enumerate(template.activities):
        yield from _activity(("activities", index), activity)
    for field in ("strengths", "needs"):
        span = getattr(template.enrolment, field)
        if span is not None and not (0 <= span[0] <= span[1] and span[1] >= 1):
            yield Fault(("enrolment", field), f"from {span[0]} to {span[1]} is no range.")


def _training(template: Template) -> Iterator[Fault]:
    for place, alike in enumerate(template.party.together):
        yield from _one_of(("party", "together", place), alike, kinds.ALIKE)
    if template.party.together and not any(one.kind == kinds.SESSION and not one.at for one in template.activities):
        said = "schools train together on days of a course: declare one of kind 'session', or leave it out."
        yield Fault(("party", "together"), said)


def _round(at: Where, one: Round) -> Iterator[Fault]:
    yield from _one_of((*at, "regions"), one.regions, ("mixed", "near"))
    yield from _one_of((*at, "choose"), one.choose, ("least-cost", "stable", "school-picks"))
    if one.kind == "groups" and sorted(one.sizes) not in ([3], [4], [3, 4]):
        yield Fault((*at, "sizes"), "groups have 3 schools, 4, or either: [3], [4] or [3, 4].")


_AT = {"duty": ("school",), "visit": ("host",), "cohort-event": ("venue",), "session": ("school",)}
"""Where activities of a kind take place; others where people say."""


def _activity(at: Where, activity: Activity) -> Iterator[Fault]:
    yield from _one_of((*at, "at"), activity.at, _AT.get(activity.kind, ("host", "venue", "online")))
    if activity.starts and activity.ends and activity.ends <= activity.starts:
        yield Fault((*at, "ends"), f"it ends at {activity.ends:%H:%M}, before it starts.")
    if activity.most is not None and activity.most < activity.least:
        yield Fault((*at, "most"), f"at most {activity.most} is less than {activity.least}.")
