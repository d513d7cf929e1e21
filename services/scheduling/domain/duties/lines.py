"""Which duties there are: what the template declares, for the schools, people and relations that there are today.

Duties between people are one for each of those with whom somebody stands in the relation; duties at a school are done
together by all whom the template names; what is declared for one role is everybody's own. Nobody has a duty with
themselves: where all its people are one and the same, there is none.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.duties.records import TRUST, Rhythm
from services.scheduling.domain.ids import duty_id
from shared.roster import Membership, RoleDirectory
from shared.template import Activity
from shared.template.cadences import CATEGORY, ROLE, by, cadence_for, cases
from shared.template.references import parse_reference
from shared.template.resolving import Situation, people_for

DUTY = "duty"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A duty that there should be from `since` on."""

    duty_id: str
    programme_id: str
    activity: Activity
    school_id: str
    person_ids: tuple[str, ...]
    rhythms: tuple[Rhythm, ...]
    since: dt.date


@dataclass(frozen=True, kw_only=True)
class Categorised:
    """That a school is of a category of the template's list from a day on; who decided that, and why."""

    since: dt.date
    category: str
    decided_by: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Around:
    """A programme with people: who holds which role, and did; `categories`: school -> its categories over time."""

    programme: EngineProgramme
    members: Sequence[Membership]
    known: RoleDirectory
    today: dt.date
    categories: Mapping[str, Sequence[Categorised]] = field(default_factory=dict)

    @cached_property
    def _held(self) -> Mapping[str, Sequence[Membership]]:
        """Person -> their roles."""
        found = defaultdict[str, list[Membership]](list)
        for one in self.members:
            found[one.person_id].append(one)
        return found

    @cached_property
    def _before(self) -> Mapping[str, str]:
        """Person -> whose place they took."""
        return {one.person_id: one.replaces for one in self.members if one.replaces}

    @property
    def duties(self) -> list[Activity]:
        """The duties that the template declares."""
        return [one for one in self.programme.template.activities if one.kind == DUTY]

    def line(
        self, activity: Activity, year: int, school_id: str, people: Sequence[str], *, slot: str = "", role: str = ""
    ) -> Line:
        """A duty of these people; `slot` tells it from others of the same kind at the school."""
        since = max(self.since(person, school_id) for person in people)
        return Line(
            duty_id=duty_id(self.programme.programme_id, year, activity.key, school_id, slot),
            programme_id=self.programme.programme_id,
            activity=activity,
            school_id=school_id,
            person_ids=tuple(people),
            rhythms=tuple(self._rhythms(activity, school_id, role, since)),
            since=since,
        )

    def since(self, person: str, school_id: str) -> dt.date:
        """Since when the person's place is held, by them or by whom they followed: at the school, or anywhere."""
        held = self._held[self.first_of(person)]
        here = [one for one in held if one.school_id == school_id] or held
        return min((one.since for one in here), default=self.today)

    def first_of(self, person: str) -> str:
        """Who had somebody's place first, of all who followed one another in it."""
        seen = {person}
        while (earlier := self._before.get(person)) and earlier not in seen:
            seen.add(earlier)
            person = earlier
        return person

    def _rhythms(self, activity: Activity, school_id: str, role: str, since: dt.date) -> Iterator[Rhythm]:
        depends = by(activity.cadence)
        if depends != CATEGORY:
            yield Rhythm(since=since, cadence=cadence_for(activity.cadence, role), case=role if depends else "")
            return
        usual = next(iter(cases(activity.cadence)))
        dated = sorted(self.categories.get(school_id, ()), key=lambda one: one.since)
        before = [one for one in dated if one.since <= since]
        first = before[-1] if before else Categorised(since=since, category=usual)
        for one in (first, *(one for one in dated if one.since > since)):
            yield Rhythm(
                since=max(one.since, since),
                cadence=cadence_for(activity.cadence, one.category),
                case=one.category,
                decided_by=one.decided_by,
                why=one.why,
            )


def lines(around: Around, year: int, school_ids: Iterable[str]) -> list[Line]:
    """The duties of a school year at these schools; `TRUST` stands for those that belong to no school."""
    found = [line for school in school_ids for one in around.duties for line in _lines(around, one, year, school)]
    return list({line.duty_id: line for line in found}.values())


def _lines(around: Around, activity: Activity, year: int, school_id: str) -> Iterator[Line]:
    if activity.over:
        yield from _over(around, activity, year, school_id)
        return
    if bool(school_id) != _at_schools(around, activity):
        return
    template = around.programme.template
    about = Situation(school_id=school_id or None, coordinator_id=around.programme.coordinator_id)
    named = {who: people_for([who], template, about, around.known) for who in activity.who}
    if len(named) == 1 or by(activity.cadence) == ROLE:
        for who, people in named.items():
            role = parse_reference(who).role
            for person in people:
                yield around.line(activity, year, school_id, [person], slot=around.first_of(person), role=role)
        return
    everybody = tuple(dict.fromkeys(person for people in named.values() for person in people))
    if all(named.values()) and len(everybody) > 1:
        yield around.line(activity, year, school_id, everybody)


def _over(around: Around, activity: Activity, year: int, school_id: str) -> Iterator[Line]:
    """One for each person at that school, or at none, whom somebody of the other role leads by the relation."""
    named = {parse_reference(who).role for who in activity.who}
    relations = [one for one in around.programme.template.relations if one.key == activity.over]
    relation = next(one for one in relations if {one.from_role, one.to_role} == named)
    led, leader = relation.from_role, relation.to_role
    if not relation.upward:
        led, leader = leader, led
    known = around.known
    leaders = set(known.holding(leader, None))
    for member in around.known.members:
        if member.role != led or (member.school_id or TRUST) != school_id:
            continue
        above = known.stood_to if relation.upward else known.standing
        found = above(relation.key, member.person_id)
        leading = [one for one in found if one in leaders and one != member.person_id]
        if leading:
            people = (*leading, member.person_id)
            yield around.line(activity, year, school_id, people, slot=around.first_of(member.person_id))


def _at_schools(around: Around, activity: Activity) -> bool:
    """Whether it is once for each school, not once for the trust or programme."""
    at = {role.key: role.at for role in around.programme.template.roles}
    return activity.at == "school" or any(at.get(parse_reference(who).role) == "school" for who in activity.who)
