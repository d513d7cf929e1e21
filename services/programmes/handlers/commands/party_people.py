"""Commands about who has which role at a trust or partnership, or for the programme."""

from services.programmes.domain.memberships import whom
from services.programmes.domain.parties import people, schools
from services.programmes.domain.parties.records import PartyRecord
from services.programmes.domain.records import HeldRole, Programme
from services.programmes.handlers.commands.parties import party_named
from services.programmes.handlers.together import Together
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.parties import LeavePartyRole, NamePartyPerson, ReplacePartyPerson
from shared.errors import Rejected

__all__ = ["PartyPeopleCommands"]


class PartyPeopleCommands:
    """One method a command."""

    def __init__(self, together: Together) -> None:
        self._together = together

    async def name(self, command: NamePartyPerson, work: UnitOfWork) -> Done:
        """Somebody has a role there from today on."""
        programme, party = await self._of(command.programme_id, command.party)
        contacts = self._together.situations.contacts
        known = await contacts.known([command.person.email], ())
        on = programme.today(work.now)
        decision = people.name(party, programme, [command.person], known, new_id=contacts.new_id, on=on)
        await self._together.save(decision, work)
        title = programme.terms.title_of(command.person.role)
        said = "is" if decision.events else "was already"
        return self._done(decision.record, f"{command.person.name} {said} {title} of {party.name}.")

    async def replace(self, command: ReplacePartyPerson, work: UnitOfWork) -> Done:
        """Somebody takes over a role, and everybody who stood to the one before them stands to them."""
        programme, party = await self._of(command.programme_id, command.party)
        contacts, on, role = self._together.situations.contacts, programme.today(work.now), command.person.role
        named = [one for one in (command.person.email, command.leaving) if "@" in one]
        ids = [HeldRole(person_id=command.leaving, role="")] if command.leaving and "@" not in command.leaving else []
        known = await contacts.known(named, (*party.people, *ids))
        leaving = people.holder(party, programme, role, whom(command.leaving, known))
        decision = people.replace(
            party, command.person, leaving, known, new_id=contacts.new_id, on=on, interim=command.interim
        )
        await self._together.save(decision, work)
        await self._together.lines.passed(programme, role, leaving, decision.successor, on=on, work=work)
        title = programme.terms.title_of(role)
        return self._done(decision.record, f"{command.person.name} is {title} of {party.name} now.")

    async def leave(self, command: LeavePartyRole, work: UnitOfWork) -> Done:
        """Somebody leaves a role, and nobody takes it over."""
        programme, party = await self._of(command.programme_id, command.party)
        on = programme.today(work.now)
        ids = [] if "@" in command.leaving else [HeldRole(person_id=command.leaving, role="")]
        known = await self._together.situations.contacts.known([command.leaving], (*party.people, *ids))
        leaving = people.holder(party, programme, command.role, whom(command.leaving, known))
        decision = people.leave(party, programme, command.role, leaving, known=known, on=on)
        await self._together.save(decision, work)
        alone = await self._together.lines.passed(programme, command.role, leaving, None, on=on, work=work)
        more = f" Nobody has taken over from them for: {', '.join(alone)}." if alone else ""
        return self._done(decision.record, f"They have left this role at {party.name}.{more}")

    async def _of(self, programme_id: str, party: str) -> tuple[Programme, PartyRecord]:
        programme = await self._together.situations.programmes.get(programme_id)
        if not programme.in_parts:
            raise Rejected("unknown-role", f"'{programme.name}' has no people but those of its schools.")
        schools.refuse_unless_under_way(programme)
        return programme, await party_named(self._together, programme, party)

    @staticmethod
    def _done(party: PartyRecord, sentence: str) -> Done:
        return Done(id=party.party_id, version=max(party.version, 1), sentence=sentence)
