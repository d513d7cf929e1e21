"""What entries are about, in the words of `shared.template.resolving`: a pure function for each kind of thing."""

from collections.abc import Mapping, Sequence

from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.facts import Group, Meeting, Record
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.roster import Membership
from shared.template.answers import Answers
from shared.template.naming import concerning
from shared.template.resolving import Situation


class Placement(Record):
    """Somebody placed to a thing in another school."""

    match_id: str
    programme_id: str
    round: str
    cohort_id: str = ""
    person_id: str
    role: str
    school_id: str
    host_school_id: str
    person_entry_id: str | None = None
    thing_entry_id: str | None = None
    ended: bool = False
    version: int

    @classmethod
    def of(cls, event: PersonPlaced | PlacementEnded) -> "Placement":
        """Keep a placement as it stands."""
        return cls(**event.model_dump(), ended=isinstance(event, PlacementEnded))


def programme_wide(programme: EngineProgramme) -> Subject:
    """The programme or one of its cohorts as a whole."""
    return Subject(situation=Situation(coordinator_id=programme.coordinator_id), title=programme.name)


def school(programme: EngineProgramme, school_id: str, name: str) -> Subject:
    """A school that takes part."""
    return Subject(situation=Situation(school_id=school_id, coordinator_id=programme.coordinator_id), title=name)


def group(programme: EngineProgramme, found: Group) -> Subject:
    """A group of schools."""
    about = Situation(group_school_ids=found.school_ids, coordinator_id=programme.coordinator_id)
    return Subject(situation=about, title=f"Group {found.number}" if found.number else "", cohort_id=found.cohort_id)


def placement(programme: EngineProgramme, found: Placement, host: str, related: Mapping[str, Answers]) -> Subject:
    """Somebody placed to a thing. `host`: the name of the school; `related`: what named both, form -> answers."""
    about = Situation(
        school_id=found.school_id,
        host_school_id=found.host_school_id,
        person_id=found.person_id,
        person_role=found.role,
        coordinator_id=programme.coordinator_id,
    )
    return Subject(
        situation=about, title=host, cohort_id=found.cohort_id, project_id=found.thing_entry_id, related=related
    )


def person(
    programme: EngineProgramme, held: Sequence[Membership], role: str, placed: Placement | None, host: str
) -> Subject | None:
    """Somebody who takes part, in the role that the form names or else their first; where they are placed, its host.

    None where they take no part. Their name is in their contact card only.
    """
    if not held:
        return None
    as_what = next((one for one in held if one.role == role), held[0])
    about = Situation(
        school_id=as_what.school_id,
        host_school_id=placed.host_school_id if placed else None,
        person_id=as_what.person_id,
        person_role=as_what.role,
        coordinator_id=programme.coordinator_id,
    )
    project_id = placed.thing_entry_id if placed else None
    return Subject(situation=about, title=host, cohort_id=placed.cohort_id if placed else "", project_id=project_id)


def meeting(programme: EngineProgramme, found: Meeting, placed: Placement | None, host: str) -> Subject:
    """A dated visit or event; where a placed person visits their host, it is also about that person."""
    schools = dict.fromkeys(person.school_id for person in found.people() if person.school_id)
    about = Situation(
        school_id=placed.school_id if placed else None,
        host_school_id=found.host_school_id,
        guest_school_ids=tuple(one for one in schools if one != found.host_school_id),
        group_school_ids=tuple(schools),
        person_id=placed.person_id if placed else None,
        person_role=placed.role if placed else "",
        coordinator_id=programme.coordinator_id,
        facilitator_id=found.facilitator_id,
        attendee_ids=tuple(person.person_id for person in found.invited),
        present_ids=tuple(person.person_id for person in found.present),
    )
    title = ", ".join(part for part in (host or found.title, f"{found.on:%-d %B %Y}") if part)
    return Subject(
        situation=about, title=title, cohort_id=found.cohort_id, project_id=placed.thing_entry_id if placed else None
    )


def entry(programme: EngineProgramme, parent: Entry, subject: Subject, named: Sequence[Membership]) -> Subject:
    """An entry of another form, with everything that it is about itself. `named`: whom it named, in which role."""
    whom = next((one.person_id for one in named if one.role == parent.about), None)
    about = concerning(subject.situation, programme.template.form(parent.form), programme.template, whom)
    authors = {**about.form_authors, parent.form: parent.author_ids}
    answers = parent.submitted.answers if parent.submitted else {}
    return Subject(
        situation=Situation(
            **{**vars(about), "form_authors": authors, "school_id": about.school_id or parent.school_id}
        ),
        title=subject.title,
        cohort_id=subject.cohort_id,
        project_id=subject.project_id,
        related={**subject.related, parent.form: answers},
    )
