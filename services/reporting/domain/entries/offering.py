"""What is open to somebody without a task: which forms come into question, and until when they make sense."""

import datetime as dt
from collections.abc import Iterable, Iterator

from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.entries.subjects import Pair, Placement
from services.reporting.domain.facts import Group, Meeting
from shared.roster import Membership, Party
from shared.template import Form, Template
from shared.template.naming import named_roles
from shared.template.references import parse_reference
from shared.template.resolving import roles_named

LATELY = dt.timedelta(days=30)
"""How long after its day a visit's forms stay among what can be done."""
NAMED_BY_TASKS = frozenset({"entry", "action"})


def unasked(template: Template) -> list[Form]:
    """Forms that no task asks anybody to fill in, about things that can be looked up for a person."""
    asked = {task.do.form for task in template.tasks if task.do.form}
    entries = NAMED_BY_TASKS | {form.key for form in template.forms}
    return [form for form in template.forms if form.key not in asked and form.about not in entries]


def let_go(template: Template) -> list[Form]:
    """Forms whose entries somebody lets go."""
    return [form for form in template.forms if form.release and form.release.by]


def things(
    form: Form,
    programme: EngineProgramme,
    held: Iterable[Membership],
    placements: Iterable[Placement],
    meetings: Iterable[Meeting],
    *,
    pairs: Iterable[Pair] = (),
    groups: Iterable[Group] = (),
    parties: Iterable[Party] = (),
    today: dt.date,
) -> dict[str, dt.date | None]:
    """The ids of what such an entry could be about for a person in these roles, each with its day if it has one.

    Who holds a role at a trust or partnership, or for the programme, may write about schools there, if the form is for
    such a role.
    """
    held, meetings, template = list(held), list(meetings), programme.template
    if form.about in {"programme", "cohort"}:
        return {programme.programme_id: None}
    if form.about == "school" or form.about in named_roles(form, template).values():
        return dict.fromkeys(
            [*(one.school_id for one in held if one.school_id), *_led(form, template, held, parties, today)]
        )
    together = {
        "match": [one.match_id for one in placements],
        "group": [one.group_id for one in groups],
        "pair": [one.pair_id for one in pairs],
    }
    if form.about in together:
        return dict.fromkeys(together[form.about])
    if form.about in {"visit", "event"} or template.activity(form.about):
        near = (one for one in meetings if _fits(form, one) and _near(form, one, today))
        return {one.target_id: one.on for one in near}
    return {one.person_id: None for one in held if form.about in {"person", one.role}}


def _led(
    form: Form, template: Template, held: Iterable[Membership], parties: Iterable[Party], today: dt.date
) -> Iterator[str]:
    """The schools of those parties at which the person has a role that may be meant by the form's authors."""
    lets_go = form.release.by if form.release else ""
    writes = _may_be_meant(filter(None, (*form.by, lets_go)), template)
    roles = [one for one in held if not one.school_id and one.role in writes]
    by_id = {party.party_id: party for party in parties if not party.withdrawn}
    for one in roles:
        of = [by_id[one.party_id]] if one.party_id in by_id else by_id.values()
        for party in of:
            yield from party.schools_on(today)


def _may_be_meant(references: Iterable[str], template: Template) -> set[str]:
    """The roles named by references, and those at either end of a relation that they follow."""
    references = tuple(references)
    relations = {parse_reference(one).relation for one in references} - {""}
    ends = {end for one in template.relations if one.key in relations for end in (one.from_role, one.to_role)}
    return {*roles_named(references, template), *ends}


def _fits(form: Form, meeting: Meeting) -> bool:
    """Whether the form is about days of this kind, or of this activity."""
    kind = "visit" if meeting.kind == "visit" else "event"
    return not meeting.cancelled and form.about in {kind, meeting.activity}


def _near(form: Form, meeting: Meeting, today: dt.date) -> bool:
    """What somebody arranges before the day is of no use after it."""
    return meeting.on >= today - (dt.timedelta(0) if form.answered else LATELY)
