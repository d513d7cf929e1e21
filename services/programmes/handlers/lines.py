"""What becomes of relations when somebody hands over a role, or leaves it."""

import datetime as dt
from collections.abc import Iterable

from services.programmes.domain.parties.lines import LineDecision, hand_over
from services.programmes.domain.records import Person, Programme
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from shared.bus import UnitOfWork
from shared.template import Template

__all__ = ["Lines", "roles_of"]


def roles_of(person: Person, programme_id: str) -> frozenset[str]:
    """The roles that somebody holds in a programme, wherever."""
    return frozenset(one.role for one in person.roles if one.programme_id == programme_id)


class Lines:
    """Relations move with the role in which somebody stands in them."""

    def __init__(self, parties: Parties, people: People) -> None:
        self._parties = parties
        self._people = people

    async def passed(
        self, programme: Programme, role: str, leaving: str, successor: str | None, *, on: dt.date, work: UnitOfWork
    ) -> tuple[str, ...]:
        """The leaver's relations in a role go to the successor, or end; returns the names of whom nobody stands to now.

        Called once the role itself has passed. Raises Rejected("circle").
        """
        template = programme.template
        if not isinstance(template, Template) or not template.relations:
            return ()
        standing = await self._parties.relations(programme.programme_id)
        people = await self._named(one for each in standing for one in (each.from_person, each.to_person))
        left = people.get(leaving)
        decision = hand_over(
            role,
            leaving,
            successor,
            template,
            standing=standing,
            still=roles_of(left, programme.programme_id) if left else frozenset(),
            names={key: one.name for key, one in people.items()},
            on=on,
        )
        await self.keep(decision, work)
        if successor is not None:
            return ()
        below = (one.from_person for one in decision.relations if one.to_person == leaving)
        return tuple(people[one].name for one in dict.fromkeys(below) if one in people)

    async def keep(self, decision: LineDecision, work: UnitOfWork) -> None:
        """Save relations and publish what was decided."""
        await self._parties.put_relations(decision.relations)
        for event in decision.events:
            work.publish(event)

    async def _named(self, person_ids: Iterable[str]) -> dict[str, Person]:
        found = await self._people.concerned((), set(person_ids))
        return {one.person_id: one for one in found}
