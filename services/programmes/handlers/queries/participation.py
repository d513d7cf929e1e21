"""The query about which schools take part."""

import asyncio
from collections.abc import Mapping, Sequence

from services.programmes.domain.participation.decide import may_answer, maybe_until, template_of
from services.programmes.domain.participation.records import Participation, blank, participation_id
from services.programmes.domain.participation.rules import RuleStands, counts_people, rules_of
from services.programmes.domain.records import Person
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.participation import Participations, SchoolEntries
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import SchoolsAmong
from shared.commands import participation as asks
from shared.errors import Rejected
from shared.template import Template
from shared.template.kinds import SHARED_PLACE

__all__ = ["ParticipationQueries"]

ONE_BY_ONE = 100
"""Schools of which the people are looked up one by one; of more, those of the whole programme are."""


class ParticipationQueries:
    """One method a query."""

    def __init__(
        self,
        programmes: Programmes,
        enrolled: Enrolled,
        participations: Participations,
        entries: SchoolEntries,
        *,
        schools: SchoolsAmong,
        people: People,
        parties: Parties,
    ) -> None:
        self._programmes = programmes
        self._enrolled = enrolled
        self._participations = participations
        self._entries = entries
        self._people = people
        self._parties = parties
        self._schools = schools

    async def list(self, query: asks.ListParticipation) -> asks.ParticipationRows:
        """Schools that were asked, have answered or are enrolled, by URN. Only those of the page are looked up."""
        template = template_of(await self._programmes.get(query.programme_id))
        enrolled = await self._enrolled.enrolled_schools(query.programme_id)
        known = {one.school_id: one for one in await self._participations.of_programme(query.programme_id)}
        for school_id, urn in enrolled.items():
            known.setdefault(school_id, blank(query.programme_id, school_id, urn))
        every = sorted(known.values(), key=lambda one: one.urn)
        fits = {one.urn for one in every if query.urn in {None, one.urn}}
        if query.search.strip():
            fits = set(await self._schools.among(sorted(fits), query.search))
        fitting = [one for one in every if one.urn in fits]
        wanted = fitting[query.offset : query.offset + query.limit]
        counts = await self._entries.counts(query.programme_id, [one.school_id for one in wanted])
        names = {
            urn: entry.school.name for urn, entry in (await self._schools.entries(one.urn for one in wanted)).items()
        }
        places = await self._places(query.programme_id)
        people = await self._at(query.programme_id, wanted, places) if counts_people(template) else []
        rows = [
            _row(
                one,
                names.get(one.urn, ""),
                rules_of(template, one, counts.get(one.school_id, {}), people, places.get(one.school_id, ())),
                enrolled=one.school_id in enrolled,
            )
            for one in wanted
        ]
        return asks.ParticipationRows(rows=tuple(rows), total=len(fitting), known=len(every))

    async def _at(
        self, programme_id: str, wanted: Sequence[Participation], places: Mapping[str, tuple[str, ...]]
    ) -> Sequence[Person]:
        """Everybody with a role at one of these schools, or at one that shares its place."""
        schools = {one.school_id for one in wanted}
        schools |= {other for school in schools for other in places.get(school, ())}
        if len(schools) > ONE_BY_ONE:
            return await self._people.of_programme(programme_id)
        found = await asyncio.gather(*(self._people.at_school(programme_id, one) for one in sorted(schools)))
        return list({person.person_id: person for each in found for person in each}.values())

    async def _places(self, programme_id: str) -> dict[str, tuple[str, ...]]:
        """School -> the others that share its place."""
        found = [one for one in await self._parties.parties(programme_id) if one.kind == SHARED_PLACE]
        return {
            school: tuple(other for other in one.school_ids if other != school)
            for one in found
            for school in one.school_ids
        }

    async def show(self, query: asks.ShowParticipation) -> asks.ParticipationShown:
        """One school's part, for somebody at the school. Raises Rejected: unknown-school."""
        programme = await self._programmes.get(query.programme_id)
        template = template_of(programme)
        record = await self._participations.participation(participation_id(query.programme_id, query.school_id))
        known = await self._enrolled.of_schools([query.school_id])
        enrolment = next((one for one in known if one.programme_id == query.programme_id), None)
        inside = enrolment.inside if enrolment else frozenset()
        record = record or blank(query.programme_id, query.school_id, enrolment.urn if enrolment else 0)
        urn = record.urn
        if not may_answer(query.person_id, record, inside):
            raise Rejected("unknown-school", "There is no such school in this programme.")
        counts = await self._entries.counts(query.programme_id, [query.school_id])
        entry = (await self._schools.entries([urn])).get(urn)
        places = await self._places(query.programme_id)
        sharing = places.get(query.school_id, ())
        there = (query.school_id, *sharing)
        people = [person for one in there for person in await self._people.at_school(query.programme_id, one)]
        rules = rules_of(template, record, counts.get(query.school_id, {}), people, sharing)
        return asks.ParticipationShown(
            programme=programme.name,
            summary=template.summary,
            urn=urn,
            school=entry.school.name if entry else "",
            enrolled=bool(inside),
            answers=template.participation.answers,
            answer="yes" if inside and record.answer != "maybe" else record.answer or "",
            reason=record.reason,
            until=maybe_until(programme, template),
            asked_again=bool(template.participation.ask_again),
            ask_again=record.ask_again,
            later=_later(template),
            missing=tuple(one.sentence for one in rules if not one.settled) if inside else (),
            outcome=record.outcome or "",
        )


def _later(template: Template) -> tuple[str, ...]:
    """Roles at a school for which people are named after it has joined."""
    return tuple(role.title or role.key for role in template.roles if role.later and role.at == "school")


def _row(record: Participation, name: str, rules: tuple[RuleStands, ...], *, enrolled: bool) -> asks.ParticipationRow:
    """Who is enrolled takes part, unless they have said maybe."""
    answer = "yes" if enrolled and record.answer != "maybe" else record.answer or ""
    kept = {"on", "reason", "ask_again", "provisional_until", "outcome_rule", "outcome_reason", "decided_on"}
    return asks.ParticipationRow(
        urn=record.urn,
        school_id=record.school_id,
        school=name,
        enrolled=enrolled,
        answer=answer,
        outcome=record.outcome or "",
        rules=tuple(map(_rule, rules)) if enrolled else (),
        **record.model_dump(include=kept),
    )


def _rule(one: RuleStands) -> asks.RuleStanding:
    why = one.excepted
    return asks.RuleStanding(
        rule=one.rule.rule,
        of=one.rule.of,
        kept=one.kept,
        excepted=why.how if why else "",
        reason=why.reason if why else "",
        sentence=one.sentence,
    )
