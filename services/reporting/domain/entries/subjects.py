"""What entries are about, in the words of `shared.template.resolving`: a pure function for each kind of thing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme, Entry, PlanLine
from services.reporting.domain.facts import Group, Meeting, Record
from shared.events.pairs import PairEnded, PairFacts, PairFormed
from shared.events.placements import PersonPlaced, PlacementEnded, PlacementFacts
from shared.roster import Membership, holder_of, holders_of
from shared.template.answers import Answers
from shared.template.naming import concerning
from shared.template.resolving import Situation


class Stint(Record):
    """Somebody's part in a placement that went on with somebody else."""

    person_id: str
    role: str
    school_id: str
    until: dt.date


class Placement(PlacementFacts, Record):
    """Somebody placed to a thing in another school. `earlier`: whose place it was before."""

    ended: bool = False
    ended_on: dt.date | None = None
    earlier: tuple[Stint, ...] = ()
    version: int

    @classmethod
    def of(
        cls, event: PersonPlaced | PlacementEnded, before: "Placement | None" = None, on: dt.date | None = None
    ) -> "Placement":
        """Keep a placement as it stands. `before`: as it was known; `on`: the day on which it came to this."""
        ended = isinstance(event, PlacementEnded)
        earlier = before.earlier if before else ()
        if before and on and before.person_id != event.person_id:
            known = before.model_dump(include={"person_id", "role", "school_id"})
            earlier = (*earlier, Stint(**known, until=on))
        return cls(**event.model_dump(), ended=ended, ended_on=on if ended else None, earlier=earlier)

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Whose it is, and whose it was."""
        return (self.person_id, *(one.person_id for one in self.earlier))

    def left_by(self, person_id: str) -> bool:
        """Whether the person's part in it is over."""
        return person_id != self.person_id or self.ended

    def left_on(self, person_id: str) -> dt.date | None:
        """When the person's part in it ended, where that is known."""
        if person_id == self.person_id:
            return self.ended_on
        return next((one.until for one in reversed(self.earlier) if one.person_id == person_id), None)


class Pair(PairFacts, Record):
    """People of a pair or ring."""

    version: int
    ended: bool = False

    @classmethod
    def of(cls, event: PairFormed | PairEnded) -> "Pair":
        """The pair as the event leaves it."""
        return cls.model_validate({**event.model_dump(), "ended": isinstance(event, PairEnded)})


def programme_wide(programme: EngineProgramme) -> Subject:
    """The programme or one of its cohorts as a whole."""
    return Subject(situation=Situation(coordinator_id=programme.coordinator_id), title=programme.name)


def school(programme: EngineProgramme, school_id: str, name: str) -> Subject:
    """A school that takes part."""
    return Subject(situation=Situation(school_id=school_id, coordinator_id=programme.coordinator_id), title=name)


def group(programme: EngineProgramme, found: Group) -> Subject:
    """A group of schools."""
    about = Situation(group_school_ids=found.school_ids, coordinator_id=programme.coordinator_id)
    title = f"Group {found.number}" if found.number else ""
    return Subject(situation=about, title=title, cohort_id=found.cohort_id, ids={"group": found.group_id})


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
        situation=about,
        ids={"match": found.match_id},
        title=host,
        cohort_id=found.cohort_id,
        project_id=found.thing_entry_id,
        related=related,
    )


def pair(programme: EngineProgramme, found: Pair) -> Subject:
    """People of a pair or ring; of whatever they write in, they are the only ones who take part."""
    about = Situation(
        partner_ids=found.person_ids, guest_school_ids=found.school_ids, coordinator_id=programme.coordinator_id
    )
    return Subject(situation=about, ids={"pair": found.pair_id})


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
    return Subject(
        situation=about,
        ids={"match": placed.match_id} if placed else {},
        title=host,
        cohort_id=placed.cohort_id if placed else "",
        project_id=placed.thing_entry_id if placed else None,
    )


def meeting(programme: EngineProgramme, found: Meeting, placed: Placement | None, host: str) -> Subject:
    """A dated visit or event; where a placed person visits their host, it is also about that person.

    An event that is held at a school is about that school.
    """
    own = found.host_school_id if found.kind == "cohort-event" else None
    schools = dict.fromkeys(person.school_id for person in found.people() if person.school_id)
    about = Situation(
        school_id=placed.school_id if placed else own,
        host_school_id=found.host_school_id,
        guest_school_ids=tuple(one for one in schools if one != found.host_school_id),
        group_school_ids=tuple(schools),
        person_id=placed.person_id if placed else None,
        person_role=placed.role if placed else "",
        coordinator_id=programme.coordinator_id,
        facilitator_id=found.facilitator_id,
        attendee_ids=tuple(person.person_id for person in found.invited),
        stand_ins={person.substitute_for: person.person_id for person in found.invited if person.substitute_for},
        present_ids=tuple(person.person_id for person in found.present),
    )
    called = found.title if own else host or found.title
    title = ", ".join(part for part in (called, f"{found.on:%-d %B %Y}") if part)
    kind = "visit" if found.kind == "visit" else "event"
    ids = {kind: found.target_id, **({found.activity: found.target_id} if found.activity else {})}
    ids |= {"group": found.group_id} if found.group_id else {}
    ids |= {"match": placed.match_id} if placed else {}
    return Subject(
        situation=about,
        ids=ids,
        title=title,
        cohort_id=found.cohort_id,
        project_id=placed.thing_entry_id if placed else None,
    )


def entry(programme: EngineProgramme, parent: Entry, subject: Subject, named: Sequence[Membership]) -> Subject:
    """An entry of another form, with everything that it is about itself. `named`: whom it named, in which role."""
    whom = holder_of(named, parent.about)
    about = concerning(subject.situation, programme.template.form(parent.form), programme.template, whom)
    authors = {**about.form_authors, parent.form: parent.author_ids}
    answers = parent.submitted.answers if parent.submitted else {}
    by_form = {**about.form_named, parent.form: holders_of(named)}
    school_id = about.school_id or parent.school_id
    return Subject(
        situation=replace(about, form_authors=authors, form_named=by_form, school_id=school_id),
        ids={**subject.ids, "entry": parent.entry_id, parent.form: parent.entry_id},
        title=subject.title,
        cohort_id=subject.cohort_id,
        project_id=subject.project_id,
        related={**subject.related, parent.form: answers},
    )


def written_by(
    about: Subject, author_ids: tuple[str, ...], form: str, named: Mapping[str, tuple[str, ...]]
) -> Situation:
    """What a subject is for an entry of a form by these people. `named`: role -> whom the entry names for it."""
    by_form = {**about.situation.form_named, form: named}
    return replace(about.situation, author_ids=author_ids, form_named=by_form)


def action(line: PlanLine, parent: Entry, subject: Subject) -> Subject:
    """A line of an entry's action plan. What nobody else sees to is seen to by who wrote it."""
    about = subject.situation
    owners = (line.owner_id,) if line.owner_id else parent.author_ids
    school = about.host_school_id or about.school_id
    situation = Situation(**{**vars(about), "school_id": school, "owner_ids": owners})
    return replace(subject, situation=situation, ids={**subject.ids, "action": line.line_id}, title=line.what)
