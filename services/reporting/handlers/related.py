"""Finds what belongs to the thing that a report is about: entries of a form, placements, visits."""

from collections.abc import Sequence

from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.facts import Meeting
from services.reporting.ports.stores import Stores
from shared.template import Form
from shared.template.answers import Answers

__all__ = ["Related"]

WHOLE = frozenset({"programme", "cohort"})
AT_A_TIME = 500
DEEPEST = 4


class Related:
    """By the kind of thing that a form is about, whatever the template calls the form."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def placements(self, programme: EngineProgramme, about: str, subject: Subject) -> list[Placement]:
        """Return the placements that it concerns, ended ones too."""
        if about in WHOLE:
            every = await self._stores.placements.of_programme(programme.programme_id)
            return [one for one in every if subject.cohort_id in {"", one.cohort_id}]
        person_id = subject.situation.person_id
        if about != "match" and person_id:
            return await self._stores.placements.of_person(programme.programme_id, person_id)
        found = await self._stores.placements.get(subject.ids.get("match", ""))
        return [found] if found else []

    async def meetings(
        self, programme: EngineProgramme, about: str, subject: Subject, placements: Sequence[Placement]
    ) -> list[Meeting]:
        """Return the visits and events of those placed, at the schools where they are placed.

        Of a cohort all, and besides them, as of the programme, everything that took place and is of no cohort.
        Of a group its visits, of a school those that it hosts, of a visit or event the thing itself.
        """
        if about in WHOLE:
            return await self._of_all(programme, subject.cohort_id)
        hosts = {one.host_school_id for one in placements}
        people = dict.fromkeys(person for one in placements for person in one.person_ids)
        if about != "match" and subject.situation.person_id:
            people = {subject.situation.person_id: None}
        found = {one.target_id: one for one in await self._own(programme, about, subject)}
        for person in people:
            for meeting in await self._stores.meetings.of_person(programme.programme_id, person):
                if not hosts or not meeting.host_school_id or meeting.host_school_id in hosts:
                    found[meeting.target_id] = meeting
        return sorted(found.values(), key=lambda one: (one.on, one.target_id))

    async def _of_all(self, programme: EngineProgramme, cohort_id: str) -> list[Meeting]:
        """Whatever a cohort has; and what took place of courses, and of days that those placed have agreed."""
        dated = await self._stores.meetings.of_cohort(cohort_id) if cohort_id else []
        held = await self._stores.meetings.held(programme.programme_id)
        return [*dated, *(one for one in held if not (cohort_id and one.cohort_id))]

    async def _own(self, programme: EngineProgramme, about: str, subject: Subject) -> list[Meeting]:
        """The visits and events of the thing itself, whoever is placed there."""
        meetings, ids = self._stores.meetings, subject.ids
        if about == "group":
            every = await meetings.of_cohort(subject.cohort_id)
            return [one for one in every if one.group_id == ids.get("group")]
        if about == "school" and (school := subject.situation.school_id):
            return await meetings.at_school(programme.programme_id, school)
        found = [await meetings.get(ids[kind]) for kind in ("visit", "event") if kind in ids]
        return [one for one in found if one]

    async def entries(
        self, programme: EngineProgramme, form: Form, about: str, subject: Subject, deeper: int = DEEPEST
    ) -> list[Entry]:
        """Return the entries of a form that count and belong to it, in the order in which they were sent."""
        if not deeper:
            return []
        if about in WHOLE:
            return await self._search(programme, form, ())
        placements = await self.placements(programme, about, subject)
        found = {one.entry_id: one for one in await self._by_id(programme, form, subject, placements)}
        named_both = {key for one in programme.template.matching for key in (one.people, one.things)}
        if form.key not in named_both:
            ids = await self._about_ids(programme, form, about, subject, placements, deeper=deeper)
            found |= {one.entry_id: one for one in await self._search(programme, form, ids)} if ids else {}
        return sorted(found.values(), key=_sent)

    async def things(self, programme: EngineProgramme, form: Form, about: str, subject: Subject) -> list[str] | None:
        """Return the ids of the things that the form is about and that belong to it; None where all of them do."""
        if about in WHOLE:
            return None
        placements = await self.placements(programme, about, subject)
        return await self._about_ids(programme, form, about, subject, placements, deeper=DEEPEST)

    async def levelled(
        self, programme: EngineProgramme, form: Form, subject: Subject, author_ids: Sequence[str]
    ) -> dict[str, Answers]:
        """Form -> the answers that name what this form asks a level of: its author's own where there are any."""
        found: dict[str, Answers] = {}
        for field in form.fields:
            other = programme.template.form(field.of.rpartition(".")[0]) if field.kind == "level" else None
            if other is None:
                continue
            entries = await self.entries(programme, other, form.about, subject)
            own = [one for one in entries if set(one.author_ids) & set(author_ids)]
            last = (own or entries)[-1:]
            for one in last:
                found[other.key] = one.submitted.answers if one.submitted else {}
        return found

    async def _by_id(
        self, programme: EngineProgramme, form: Form, subject: Subject, placements: Sequence[Placement]
    ) -> list[Entry]:
        """Entries that named the person or the thing, or that it is about itself."""
        ids = [key for one in placements for key in (one.person_entry_id, one.thing_entry_id) if key]
        ids += [subject.ids[kind] for kind in (form.key, "entry") if kind in subject.ids]
        if person_id := subject.situation.person_id:
            held = await self._stores.roster.of_person(programme.programme_id, person_id)
            ids += [one.entry_id for one in held if one.entry_id]
        entries = [await self._stores.entries.get(one) for one in dict.fromkeys(ids)]
        return [one for one in entries if one and one.form == form.key and one.counts]

    async def _about_ids(
        self,
        programme: EngineProgramme,
        form: Form,
        about: str,
        subject: Subject,
        placements: Sequence[Placement],
        *,
        deeper: int,
    ) -> list[str]:
        """The ids of the things that entries of this form could be about."""
        template = programme.template
        parent = template.form(form.about)
        if parent is not None:
            return [one.entry_id for one in await self.entries(programme, parent, about, subject, deeper - 1)]
        if form.about == "action":
            plans = [one for one in template.forms if any(field.kind == "actions" for field in one.fields)]
            lists = [await self.entries(programme, one, about, subject, deeper - 1) for one in plans]
            return [line.line_id for entries in lists for entry in entries for line in entry.plan]
        if form.about in {"visit", "event"} or template.activity(form.about):
            return [one.target_id for one in await self.meetings(programme, about, subject, placements)]
        return _near(form.about, programme, subject, placements)

    async def _search(self, programme: EngineProgramme, form: Form, about_ids: Sequence[str]) -> list[Entry]:
        wanted = Wanted(
            programme_id=programme.programme_id,
            form=form.key,
            about_ids=tuple(about_ids),
            states=("agreed", "released"),
        )
        found: list[Entry] = []
        while True:
            total, page = await self._stores.entries.search(wanted, limit=AT_A_TIME, offset=len(found))
            found += page
            if not page or len(found) >= total:
                return sorted(found, key=_sent)


def _sent(entry: Entry) -> tuple[object, str]:
    return (entry.submitted.at if entry.submitted else entry.changed_at), entry.entry_id


def _near(about: str, programme: EngineProgramme, subject: Subject, placements: Sequence[Placement]) -> list[str]:
    """The ids of the things of a kind that it concerns by itself or by way of a placement."""
    situation = subject.situation
    found: dict[str, list[str | None]] = {
        "match": [*(one.match_id for one in placements), subject.ids.get("match")],
        "school": [*(one.host_school_id for one in placements), situation.host_school_id or situation.school_id],
        "group": [subject.ids.get("group")],
        **{whole: [programme.programme_id, subject.cohort_id] for whole in WHOLE},
    }
    people = [situation.person_id, *(person for one in placements for person in one.person_ids)]
    return [*dict.fromkeys(one for one in found.get(about, people) if one)]
