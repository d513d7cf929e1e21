"""A round of pairs as decisions see it: who takes part, who is left out and why, who must not be together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from services.matching.domain.pairs.records import DraftedPair, PairRecord, PairRoundRecord
from services.matching.domain.rounds.records import EntryRecord, SchoolRecord
from shared.roster import Membership, Relationship
from shared.template import Template
from shared.template.kinds import NEIGHBOURS
from shared.template.resolving import roles_named
from shared.template.rounds import Round

__all__ = ["Able", "Known", "Member", "PairFacts", "pair_facts"]

SAME_SCHOOL, SAME_LINE, EARLIER = "same-school", "same-line", "earlier-together"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a programme: who takes part today, who stands under whom, what was said, who was together."""

    template: Template
    of: Round
    entries: Sequence[EntryRecord]
    schools: Mapping[str, SchoolRecord]
    members: Sequence[Membership]
    relations: Sequence[Relationship]
    earlier: Sequence[PairRecord]
    today: dt.date


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part in the round. `skips`: whether they have said "not this time"."""

    person_id: str
    school_id: str
    role: str
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who could be with others now.

    `lines`: under whom they stand; `place` in metres; `met`: with whom they should not be again while there are others;
    `apart`: with whom they must not be. `pupils`: of their school; `phase`: of it, as in the register.
    """

    person_id: str
    school_id: str = ""
    pupils: int | None = None
    phase: str = "not-applicable"
    lines: frozenset[str] = frozenset()
    place: tuple[float, float] | None = None
    met: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PairFacts:
    """`members` by person; `able`: those who could be together now, too; `met`: with whom each was together before."""

    of: Round
    record: PairRoundRecord
    members: Mapping[str, Member]
    able: Mapping[str, Able]
    standing: Sequence[PairRecord]
    names: Mapping[str, str]
    met: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def school(self, person_id: str) -> str:
        """What somebody's school is called."""
        member = self.members.get(person_id)
        return self.names.get(member.school_id, "") if member else ""

    @cached_property
    def in_force(self) -> tuple[PairRecord, ...]:
        """The pairs that stand."""
        return tuple(one for one in self.standing if not one.ended)

    @property
    def groups(self) -> tuple[DraftedPair, ...] | tuple[PairRecord, ...]:
        """The lines of the draft, or, where there is none, the pairs that stand."""
        return self.record.draft if self.record.state == "draft" else self.in_force

    def skipping(self) -> list[Member]:
        """Who is left out this time because they said so."""
        return [one for one in self.members.values() if one.skips]

    def again(self, person_ids: Sequence[str]) -> bool:
        """Whether two of these were together before."""
        return any(other in self.met.get(one, ()) for one in person_ids for other in person_ids if other != one)

    def with_record(self, record: PairRoundRecord) -> PairFacts:
        """The same with another state of the round."""
        return replace(self, record=record)


def pair_facts(known: Known, record: PairRoundRecord, standing: Sequence[PairRecord]) -> PairFacts:
    """The round from what is known of its programme. `standing`: its pairs, ended ones too."""
    members = {one.person_id: one for one in _members(known, record)}
    met = _met(known.earlier)
    rules = {rule.rule for rule in known.of.rules}
    placed = {school for one in standing if not one.ended and one.shared for school in one.school_ids}
    able = [one for one in members.values() if not one.skips and _fits(known, one, placed)]
    lines = _lines(known.relations, known.today) if SAME_LINE in rules else {}
    apart = _apart(record, able, same_school=SAME_SCHOOL in rules)
    heads = {
        one.person_id: Able(
            person_id=one.person_id,
            school_id=one.school_id,
            pupils=known.schools[one.school_id].pupils,
            phase=known.schools[one.school_id].phase,
            lines=frozenset(lines.get(one.person_id, ())),
            place=known.schools[one.school_id].place,
            met=met.get(one.person_id, frozenset()) if EARLIER in rules else frozenset(),
            apart=frozenset(apart[one.person_id]),
        )
        for one in able
    }
    names = {school_id: school.name for school_id, school in known.schools.items()}
    return PairFacts(known.of, record, members, heads, standing, names, met)


def _fits(known: Known, member: Member, placed: Collection[str]) -> bool:
    """Whether somebody comes into question: of neighbours the head of a small school that shares no place yet."""
    if known.of.kind != NEIGHBOURS:
        return True
    pupils = known.schools[member.school_id].pupils
    return 0 < (pupils or 0) <= (known.of.pupils or 0) and member.school_id not in placed


def _members(known: Known, record: PairRoundRecord) -> Iterable[Member]:
    """Who holds one of the round's roles today at a school that takes part, each once."""
    roles = roles_named(known.of.who, known.template)
    skipping = _skipping(known, record)
    seen = set[str]()
    for one in sorted(known.members, key=lambda one: (one.since, one.person_id)):
        school = known.schools.get(one.school_id or "")
        here = one.role in roles and one.holds_on(known.today) and one.person_id not in seen
        if here and school and not school.withdrawn:
            seen.add(one.person_id)
            yield Member(one.person_id, school.school_id, one.role, one.person_id in skipping)


def _skipping(known: Known, record: PairRoundRecord) -> set[str]:
    """Who has said "not this time" since the round was last published; a later no takes it back."""
    form, _, key = known.of.skip.rpartition(".")
    found = set[str]()
    for one in sorted(known.entries, key=lambda one: one.said or one.since):
        if one.form == form and not one.withdrawn and (one.said or one.since) > record.since:
            said = found.update if one.answers.get(key) is True else found.difference_update
            said(one.author_ids)
    return found


def _met(earlier: Iterable[PairRecord]) -> dict[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for pair in earlier:
        for one in pair.person_ids:
            found[one].update(other for other in pair.person_ids if other != one)
    return {person: frozenset(others) for person, others in found.items()}


def _lines(relations: Iterable[Relationship], today: dt.date) -> dict[str, set[str]]:
    """Person -> themselves and whoever stands above or below them: two who share one of these are of one line."""
    found = defaultdict[str, set[str]](set)
    for one in relations:
        if one.holds_on(today):
            for person in (one.from_person, one.to_person):
                found[person].update((one.from_person, one.to_person))
    return found


def _apart(record: PairRoundRecord, able: Sequence[Member], *, same_school: bool) -> defaultdict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    by_school = defaultdict[str, list[str]](list)
    for member in able if same_school else ():
        by_school[member.school_id].append(member.person_id)
    for people in (*by_school.values(), *record.said("apart")):
        for one in people:
            found[one].update(other for other in people if other != one)
    return found
