"""What a thing is about, for references to people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.tasks.domain.records import Entry, Line, Programme, Thing
from shared.template import Template
from shared.template.naming import concerning
from shared.template.resolving import Directory, Situation


def situation(
    programme: Programme,
    thing: Thing,
    known: Directory,
    *,
    entries: Iterable[Entry] = (),
    entry: Entry | None = None,
    line: Line | None = None,
    person: str | None = None,
    named: Mapping[str, tuple[str, ...]] | None = None,
) -> Situation:
    """The situation of a thing, of one of the entries about it, or of a line of that entry.

    What is owed for a line whose owner nobody knows is owed by who wrote it. `person`: whom the entry names for the
    role that its form is about; `named`: role -> whom it names for that.
    """
    authors = entry.author_ids if entry else ()
    whom = person or thing.person_id or (thing.about_id if thing.kind == "person" else None)
    about = Situation(
        school_id=thing.school_id or thing.host_school_id or (entry.school_id if entry else None),
        host_school_id=thing.host_school_id,
        guest_school_ids=thing.guest_school_ids,
        group_school_ids=thing.group_school_ids,
        person_id=whom,
        person_role=_role(whom, programme.template, known),
        author_ids=authors,
        form_authors={one.form: one.author_ids for one in (*entries, *([entry] if entry else []))},
        form_named={entry.form: named or {}} if entry else {},
        coordinator_id=programme.coordinator_id,
        facilitator_id=thing.facilitator_id,
        attendee_ids=thing.attendee_ids,
        stand_ins={one.whose: one.by for one in thing.stand_ins},
        present_ids=thing.present_ids,
        partner_ids=thing.partner_ids,
        introduced_ids=entry.introduced_ids if entry else (),
        owner_ids=(line.owner_id,) if line and line.owner_id else authors,
    )
    return concerning(about, programme.template.form(entry.form) if entry else None, programme.template, person)


def by_school(about: Situation) -> tuple[Situation, ...]:
    """One situation a school, where the schools of a group are each their own; else the situation itself."""
    if about.school_id or not about.group_school_ids:
        return (about,)
    return tuple(replace(about, school_id=school) for school in about.group_school_ids)


def _role(person: str | None, template: Template, known: Directory) -> str:
    """The first role of the template that the person holds."""
    held = (role.key for role in template.roles if person and person in known.holding(role.key, None))
    return next(held, "")
