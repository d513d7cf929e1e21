"""Loads what decisions about an entry are made from: the form, what it is about, who is who, what can be chosen."""

import dataclasses
import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial

from services.reporting.domain.entries import subjects
from services.reporting.domain.entries.context import Context, Subject, references_of
from services.reporting.domain.entries.opening import has_come_to, is_open, last_day, why_not
from services.reporting.domain.entries.plans import line_of
from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.facts import Meeting
from services.reporting.handlers.choosing import Choices
from services.reporting.handlers.related import Related
from services.reporting.ports.stores import Stores
from shared.roster import directory, holders_of
from shared.template import Form
from shared.template.answers import Answer, Answers, fits
from shared.template.moments import Instant, parse_moment
from shared.template.pauses import through
from shared.template.resolving import Needed, people_for, roles_named
from shared.working_days import IsHoliday, is_none

__all__ = ["Contexts"]

MOST_KEPT = 20
DEEPEST = 4
"""An entry about an entry about an entry: no template goes further, and a circle of forms must end."""


class Contexts:
    """Contexts of entries, each loaded whole."""

    def __init__(self, stores: Stores, related: Related, is_holiday: IsHoliday = is_none) -> None:
        self._stores = stores
        self._is_holiday = is_holiday
        self._related = related
        self._choices = Choices(stores, related)
        self._by_kind: dict[str, Callable[[EngineProgramme, str], Awaitable[Subject | None]]] = {
            "programme": self._programme,
            "cohort": self._programme,
            "school": self._of_school,
            "group": self._group,
            "visit": self._meeting,
            "event": self._meeting,
            "match": self._match,
            "pair": self._pair,
        }

    async def of_entry(self, entry: Entry, now: dt.datetime, *, choosing: bool = True) -> Context | None:
        """Return the context of an entry, or None where what it is about is not known."""
        named = holders_of(await self._stores.roster.named_in(entry.programme_id, entry.entry_id))
        written = entry.programme_id, entry.form, entry.about_id, entry.author_ids
        return await self.of_form(*written, now, choosing=choosing, named=named)

    async def of_form(
        self,
        programme_id: str,
        form_key: str,
        about_id: str,
        author_ids: tuple[str, ...],
        now: dt.datetime,
        *,
        choosing: bool = True,
        named: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Context | None:
        """Return the context of a form about a thing; `author_ids` are those who write or would write the entry.

        `choosing`: whether what can be chosen is needed, which may be all entries of another form. `named`: role ->
        whom the entry names for it.
        """
        programme = await self._stores.engine_programmes.get(programme_id)
        form = programme.template.form(form_key) if programme else None
        if programme is None or form is None:
            return None
        subject = await self.subject(programme, form.about, about_id)
        if subject is None:
            return None
        situation = subjects.written_by(subject, author_ids, form_key, named or {})
        levels = await self._related.levelled(programme, form, subject, author_ids)
        choices = await self._choices.of(programme, form, subject, about_id, author_ids, every=choosing)
        roster, today, references = self._stores.roster, programme.local_day(now), references_of(form)
        known = await directory(roster, programme_id, references, programme.template, about=situation, on=today)
        return Context(
            programme=programme,
            form=form,
            subject=dataclasses.replace(subject, situation=situation, related={**subject.related, **levels}),
            known=known,
            options=choices.options,
            right=choices.right,
            not_yet=await self._not_yet(programme, form, subject, today) or choices.unwritten,
            visitors=await self._visitors(programme, form, about_id),
            is_holiday=self._is_holiday,
        )

    async def subject(self, programme: EngineProgramme, about: str, about_id: str) -> Subject | None:
        """Return what an entry or report about this thing is about, or None where it is not known."""
        return await self._subject(programme, about, about_id, DEEPEST)

    async def named(
        self, programme: EngineProgramme, references: Iterable[str], subject: Subject, on: dt.date
    ) -> tuple[str, ...]:
        """Return the people whom these references name about a thing, as it stands on that day."""
        references, template = tuple(references), programme.template
        known = await directory(
            self._stores.roster, programme.programme_id, references, template, about=subject.situation, on=on
        )
        return people_for(references, template, subject.situation, known)

    async def _visitors(self, programme: EngineProgramme, form: Form, school_id: str) -> tuple[str, ...]:
        """Who comes to the school, of a form that goes with invitations.

        That is who is placed there in a role that the form lets read it, and who is invited to a duty there to come.
        """
        template = programme.template
        of = {one.key: one for one in template.activities if one.pack == form.key}
        if form.about != "school" or not of:
            return ()
        roles = roles_named(form.readers, template)
        there = await self._stores.placements.at_school(programme.programme_id, school_id)
        found = [one.person_id for one in there if one.role in roles]
        duties = {one.key for one in of.values() if one.hosted}
        days = await self._stores.meetings.at_school(programme.programme_id, school_id) if duties else []
        to_come = [one for one in days if one.activity in duties and not one.held and not one.cancelled]
        return tuple(dict.fromkeys([*found, *(one.person_id for day in to_come for one in day.invited)]))

    async def kept(self, context: Context, about_id: str) -> dict[str, Answer]:
        """Return what the form begins with: what was written last time about the same, in this kind of programme."""
        form, programme = context.form, context.programme
        if not form.kept:
            return {}
        wanted = Wanted(form=form.key, about_id=about_id, states=("agreed", "released"))
        _, found = await self._stores.entries.search(wanted, limit=MOST_KEPT)
        for entry in found:
            before = await self._stores.engine_programmes.get(entry.programme_id)
            if before and before.template.key == programme.template.key and entry.submitted:
                fields = {field.key: field for field in form.fields}
                given = entry.submitted.answers.items()
                return {key: answer for key, answer in given if key in fields and fits(fields[key], answer)}
        return {}

    async def _not_yet(self, programme: EngineProgramme, form: Form, subject: Subject, today: dt.date) -> str:
        """Why the form is not open for this thing; empty where it is."""
        if not form.after:
            return ""
        instant = parse_moment(form.after)
        came = await self._came(programme, form.about, subject, instant, today)
        return "" if is_open(came, instant, today, programme.pauses) else why_not(form, instant, programme)

    async def _came(
        self, programme: EngineProgramme, about: str, subject: Subject, instant: Instant, today: dt.date
    ) -> dt.date | None:
        """The day on which what the moment hangs on happened: of the clock, or to this thing."""
        anchor, template = instant.anchor, programme.template
        if written := instant.date_in(programme.year):
            return through(written, programme.pauses)
        if template.clock.moment(anchor):
            came = programme.moments.get(".".join(filter(None, (anchor, instant.state))))
            return came or last_day(programme, instant, today)
        if form := template.form(anchor):
            known = await self._stores.entries.get(subject.ids.get(anchor, ""))
            found = [known] if known else await self._related.entries(programme, form, about, subject)
            return today if any(has_come_to(one, instant.state) for one in found) else None
        placements = await self._related.placements(programme, about, subject)
        if template.activity(anchor):
            meetings = await self._related.meetings(programme, about, subject, placements)
            return max((one.on for one in meetings if one.activity == anchor and one.held), default=None)
        return today if placements or about == "pair" else None

    async def _subject(self, programme: EngineProgramme, about: str, about_id: str, deeper: int) -> Subject | None:
        template = programme.template
        if about == "action":
            return await self._action(programme, about_id, deeper)
        if about == "entry" or template.form(about):
            return await self._entry(programme, about, about_id, deeper)
        if template.activity(about):
            return await self._meeting(programme, about_id)
        return await self._by_kind.get(about, partial(self._person, role=about))(programme, about_id)

    async def _programme(self, programme: EngineProgramme, about_id: str) -> Subject | None:
        return subjects.programme_wide(programme)

    async def _of_school(self, programme: EngineProgramme, school_id: str) -> Subject | None:
        return subjects.school(programme, school_id, await self._school(programme, school_id))

    async def _group(self, programme: EngineProgramme, group_id: str) -> Subject | None:
        group = await self._stores.groups.get(group_id)
        return subjects.group(programme, group) if group else None

    async def _entry(self, programme: EngineProgramme, about: str, about_id: str, deeper: int) -> Subject | None:
        parent = await self._stores.entries.get(about_id)
        if parent is None or parent.programme_id != programme.programme_id or not parent.stands or not deeper:
            return None
        if about not in {"entry", parent.form}:
            return None
        above = await self._subject(programme, parent.about, parent.about_id, deeper - 1)
        named = await self._stores.roster.named_in(programme.programme_id, parent.entry_id)
        return subjects.entry(programme, parent, above, named) if above else None

    async def _action(self, programme: EngineProgramme, line_id: str, deeper: int) -> Subject | None:
        """A line of an action plan that counts."""
        parent = await self._stores.entries.with_line(line_id)
        if parent is None or parent.programme_id != programme.programme_id or not parent.counts or not deeper:
            return None
        above = await self._subject(programme, parent.about, parent.about_id, deeper - 1)
        line = line_of(parent, line_id)
        return subjects.action(line, parent, above) if above and line else None

    async def _match(self, programme: EngineProgramme, match_id: str) -> Subject | None:
        found = await self._stores.placements.get(match_id)
        if found is None or found.programme_id != programme.programme_id:
            return None
        host = await self._school(programme, found.host_school_id)
        return subjects.placement(programme, found, host, await self._named_both(found))

    async def _pair(self, programme: EngineProgramme, pair_id: str) -> Subject | None:
        found = await self._stores.pairs.get(pair_id)
        return subjects.pair(programme, found) if found and found.programme_id == programme.programme_id else None

    async def _named_both(self, placement: Placement) -> dict[str, Answers]:
        related: dict[str, Answers] = {}
        for known_id in filter(None, (placement.person_entry_id, placement.thing_entry_id)):
            entry = await self._stores.entries.get(known_id)
            if entry is not None and entry.submitted is not None:
                related[entry.form] = entry.submitted.answers
        return related

    async def _person(self, programme: EngineProgramme, person_id: str, role: str) -> Subject | None:
        """Somebody who takes part; or the school that names somebody for the role, before there is anybody."""
        held = await self._stores.roster.of_person(programme.programme_id, person_id)
        if not held and await self._takes_part(programme, person_id):
            return await self._of_school(programme, person_id)
        placed = await self._placed(programme, (person_id,)) or await self._was_placed(programme, person_id)
        host = await self._school(programme, placed.host_school_id) if placed else ""
        return subjects.person(programme, held, role, placed, host)

    async def _meeting(self, programme: EngineProgramme, target_id: str) -> Subject | None:
        meeting = await self._stores.meetings.get(target_id)
        if meeting is None or meeting.programme_id != programme.programme_id:
            return None
        placed = await self._of_day(programme, meeting)
        if placed and placed.host_school_id != meeting.host_school_id:
            placed = None
        host = await self._school(programme, meeting.host_school_id) if meeting.host_school_id else ""
        return subjects.meeting(programme, meeting, placed, host)

    async def _of_day(self, programme: EngineProgramme, meeting: Meeting) -> Placement | None:
        """The placement that a day belongs to, or the one of its people."""
        if meeting.match_id:
            return await self._stores.placements.get(meeting.match_id)
        return await self._placed(programme, tuple(one.person_id for one in meeting.people()))

    async def _placed(self, programme: EngineProgramme, person_ids: tuple[str, ...]) -> Placement | None:
        """The one placement of these people; none where there are several, because then nothing says which."""
        found = await self._stores.placements.of_people(programme.programme_id, person_ids)
        return found[0] if len(found) == 1 else None

    async def _was_placed(self, programme: EngineProgramme, person_id: str) -> Placement | None:
        """The one placement that was the person's, where none stands."""
        found = await self._stores.placements.of_person(programme.programme_id, person_id)
        return found[0] if len(found) == 1 else None

    async def _takes_part(self, programme: EngineProgramme, school_id: str) -> bool:
        at_school = Needed(school_ids=frozenset({school_id}))
        members = await self._stores.roster.members(programme.programme_id, at_school)
        return any(member.school_id == school_id for member in members)

    async def _school(self, programme: EngineProgramme, school_id: str) -> str:
        member = await self._stores.members.of_school(programme.programme_id, school_id)
        return member.name if member else ""
