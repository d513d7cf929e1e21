"""The part of a programme's roster that a thing needs, ready to resolve references."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from shared.roster.port import Roster
from shared.roster.records import Membership, Relationship
from shared.template.resolving import Situation, needed
from shared.template.template import Template

__all__ = ["RoleDirectory", "directory"]


class RoleDirectory:
    """Who holds which role on one day: the `Directory` of `shared.template.resolving`."""

    def __init__(self, members: Iterable[Membership], relations: Iterable[Relationship], on: dt.date) -> None:
        self.members = tuple(member for member in members if member.holds_on(on))
        self._by_role = defaultdict[str, list[Membership]](list)
        for member in self.members:
            self._by_role[member.role].append(member)
        self._standing = defaultdict[tuple[str, str], list[str]](list)
        for relation in relations:
            if not relation.ended:
                self._standing[relation.relation, relation.to_person].append(relation.from_person)

    def holding(self, role: str, school_ids: Iterable[str] | None) -> tuple[str, ...]:
        """The people who hold the role at one of these schools; `None`: anywhere in the programme."""
        schools = None if school_ids is None else frozenset(school_ids)
        holders = self._by_role.get(role, [])
        return tuple(dict.fromkeys(one.person_id for one in holders if schools is None or one.school_id in schools))

    def standing(self, relation: str, to_person: str) -> tuple[str, ...]:
        """The people who stand in that relation to the person."""
        return tuple(dict.fromkeys(self._standing.get((relation, to_person), ())))


async def directory(
    roster: Roster, programme_id: str, references: Iterable[str], template: Template, *, about: Situation, on: dt.date
) -> RoleDirectory:
    """Load what resolving these references about this thing takes. `on`: the day in the programme's time zone."""
    wanted = needed(references, template, about)
    members = await roster.members(programme_id, wanted)
    people = wanted.person_ids | {member.person_id for member in members}
    return RoleDirectory(members, await roster.standing_to(programme_id, people), on)
