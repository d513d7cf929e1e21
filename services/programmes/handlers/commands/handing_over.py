"""The command by which a leaver hands over every place in one act."""

from dataclasses import dataclass

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.memberships import whom
from services.programmes.domain.records import ASKED, Person, RoleOf
from services.programmes.handlers.commands.memberships import MembershipCommands
from services.programmes.handlers.commands.party_people import PartyPeopleCommands
from services.programmes.handlers.together import Together
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.parties import HandOverPlaces, ReplacePartyPerson
from shared.commands.programmes import PersonDetails, ReplacePerson
from shared.errors import Rejected

__all__ = ["HandingOver"]

_UNDER_WAY = frozenset({"draft", "recruiting", "running", "postponed"})
_BY_THEMSELVES = frozenset({"coordinator", "facilitator"})
"""Roles that are given by commands of their own."""


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Goes through somebody's roles; what cannot be handed over takes everything back."""

    together: Together
    memberships: MembershipCommands
    people: PartyPeopleCommands

    async def hand_over(self, command: HandOverPlaces, work: UnitOfWork) -> Done:
        """The successor takes over each role. Raises Rejected as replacing somebody in it does."""
        person = await self._who(command.person)
        passed, left = [], []
        by_hand = {one.place for one in person.roles if not one.through}
        for held in dict.fromkeys(one.place for one in person.roles if one.through != ASKED):
            if held.programme_id is None or command.programme_id not in {None, held.programme_id}:
                continue
            programme = await self.together.situations.programmes.get(held.programme_id)
            if programme.stands not in _UNDER_WAY:
                continue
            if held.role in _BY_THEMSELVES:
                left.append(f"{held.role} of '{programme.name}'")
                continue
            if held.school_id is None and held not in by_hand:  # whoever wrote the form names who is meant
                left.append(f"{programme.terms.title_of(held.role)} in '{programme.name}'")
                continue
            await self._pass(person, held, command, work)
            passed.append(f"{programme.terms.title_of(held.role)} in '{programme.name}'")
        if not passed:
            raise Rejected("no-such-role", f"{person.name} has no role that could be handed over.")
        rest = f" What stays theirs until you say otherwise: {', '.join(left)}." if left else ""
        places = "1 place" if len(passed) == 1 else f"{len(passed)} places"
        said = f"{command.name} has taken over {places} from {person.name}: {', '.join(dict.fromkeys(passed))}.{rest}"
        return Done(id=person.person_id, version=person.version, sentence=said)

    async def _pass(self, person: Person, held: RoleOf, command: HandOverPlaces, work: UnitOfWork) -> None:
        programme_id, leaving = held.programme_id or "", person.person_id
        details = PersonDetails(role=held.role, name=command.name, email=command.email)
        shared = {"programme_id": programme_id, "person": details, "leaving": leaving, "interim": command.interim}
        if held.school_id is None:
            await self.people.replace(ReplacePartyPerson.model_validate({**shared, "party": held.party_id or ""}), work)
            return
        enrolment = await self.together.situations.enrolment(programme_id, held.school_id)
        if enrolment is not None and enrolment.state == "enrolled":
            await self.memberships.replace(ReplacePerson.model_validate({**shared, "urn": enrolment.urn}), work)

    async def _who(self, named: str) -> Person:
        text = named.strip()
        found = await self.together.people.concerned([text] if "@" in text else [], [] if "@" in text else [text])
        known = Known.of(found)
        return known.by_id[whom(text, known) or ""]
