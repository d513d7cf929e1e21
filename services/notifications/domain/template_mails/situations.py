"""What an entry, a task or a moment is about, in the words of `shared.template.resolving`, with told answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails.records import FormEntry, Placement, Together
from shared.events.forms import Told
from shared.roster import Membership, holder_of, holders_of
from shared.template import Template
from shared.template.naming import concerning
from shared.template.resolving import Situation
from shared.template.words import Condition, Recipients

Answers = Mapping[str, Told]


@dataclass(frozen=True)
class Case:
    """A situation with told answers, form -> field -> answer; `form`: whose fields need not name it."""

    situation: Situation
    answers: Mapping[str, Answers] = field(default_factory=dict)
    form: str = ""


def of_school(school_id: str | None) -> Case:
    """A school that takes part, or the programme as a whole."""
    return Case(Situation(school_id=school_id))


def of_placement(found: Placement, related: Iterable[FormEntry]) -> Case:
    """Somebody placed to a thing; `related`: the entries that named both."""
    about = Situation(
        school_id=found.school_id,
        host_school_id=found.host_school_id,
        person_id=found.person_id,
        person_role=found.role,
    )
    return Case(about, {one.form: one.answers for one in related})


def of_group(school_ids: tuple[str, ...]) -> Case:
    """A group of schools."""
    return Case(Situation(group_school_ids=school_ids))


def of_pair(found: Together) -> Case:
    """People of a pair or ring."""
    return Case(Situation(partner_ids=found.person_ids, guest_school_ids=found.school_ids))


def of_person(held: Sequence[Membership], role: str) -> Case:
    """Somebody who takes part, in the role that is meant or else their first."""
    as_what = next((one for one in held if one.role == role), held[0] if held else None)
    if as_what is None:
        return Case(Situation())
    about = Situation(school_id=as_what.school_id, person_id=as_what.person_id, person_role=as_what.role)
    return Case(about)


def of_target(target: Target) -> Case:
    """A visit, event or meeting."""
    schools = dict.fromkeys(one.school_id for one in target.attendees if one.school_id)
    return Case(
        Situation(
            host_school_id=target.host_school_id,
            guest_school_ids=tuple(one for one in schools if one != target.host_school_id),
            group_school_ids=tuple(schools),
            facilitator_id=target.facilitator_id,
            attendee_ids=tuple(one.person_id for one in target.attendees),
            stand_ins={one.substitute_for: one.person_id for one in target.attendees if one.substitute_for},
        )
    )


def of_day(target: Target, placement: Case) -> Case:
    """A day that the people of a placement agree."""
    day, placed = of_target(target).situation, placement.situation
    about = replace(day, school_id=placed.school_id, person_id=placed.person_id, person_role=placed.person_role)
    return replace(placement, situation=about)


def of_entry(entry: FormEntry, above: Case, template: Template, named: Sequence[Membership]) -> Case:
    """An entry, with everything that it is about itself. `named`: whom it named, in which role."""
    form = template.form(entry.form)
    whom = holder_of(named, form.about) if form else None
    about = concerning(above.situation, form, template, whom)
    authors = {**about.form_authors, entry.form: entry.author_ids}
    situation = replace(
        about,
        author_ids=entry.author_ids,
        form_authors=authors,
        form_named={**about.form_named, entry.form: holders_of(named)},
        school_id=about.school_id or entry.school_id,
    )
    return Case(situation, {**above.answers, entry.form: entry.answers}, entry.form)


def run_by(case: Case, coordinator_id: str) -> Case:
    """The case of a programme that this coordinator runs."""
    return replace(case, situation=replace(case.situation, coordinator_id=coordinator_id))


def holds(condition: Condition, case: Case) -> bool:
    """Whether a condition holds by the answers that were told; not where nothing was."""
    form, _, key = condition.field.rpartition(".")
    answer = case.answers.get(form or case.form, {}).get(key)
    if answer is None:
        return False
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    given = answer if isinstance(answer, tuple) else (str(answer),)
    return bool({*given}.intersection(condition.equals))


def named(to: Sequence[str], also: Sequence[Recipients], case: Case) -> tuple[str, ...]:
    """Return the references to everybody who gets something: `to`, and who besides where the condition holds."""
    return (*to, *(people for one in also if holds(one.when, case) for people in one.people))
