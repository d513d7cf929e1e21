"""Commands about whether schools take part."""

from services.programmes.domain.enrolment.people_rules import refuse_bad_address, refuse_other_name
from services.programmes.domain.participation import decide as decisions
from services.programmes.domain.participation.records import ParticipationDecision
from services.programmes.domain.records import ASKED, RoleOf
from services.programmes.handlers.participation import Part, Parts
from shared.bus import UnitOfWork
from shared.commands import participation as asks
from shared.commands.base import Done

__all__ = ["ParticipationCommands"]

_SAID = {"yes": "takes part", "maybe": "may take part", "no": "does not take part"}


class ParticipationCommands:
    """One method a command."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def ask(self, command: asks.AskSchool, work: UnitOfWork) -> Done:
        """Ask somebody at a school."""
        refuse_bad_address(command.person)
        part = await self._parts.of_urn(command.programme_id, command.urn, work)
        contacts = self._parts.situations.contacts
        known = await contacts.known([command.person.email], ())
        refuse_other_name(command.person, known, part.record.school_id)
        place = {"school_id": part.record.school_id, "programme_id": command.programme_id}
        person = known.add_role(
            command.person, RoleOf(role=command.person.role, through=ASKED, **place), contacts.new_id
        )
        await contacts.keep(known.changed.values(), work)
        decided = decisions.ask(part.record, person.person_id, "invited")
        return await self._done(part, decided, work, "is asked")

    async def answer(self, command: asks.AnswerParticipation, work: UnitOfWork) -> Done:
        """A school has answered."""
        part = await self._parts.of_urn(command.programme_id, command.urn, work)
        decided = decisions.answer(
            part.record,
            part.programme,
            command.answer,
            reason=command.reason,
            person_id=command.person_id,
            inside=part.inside,
            today=part.today,
            ask_again=command.ask_again,
        )
        return await self._done(part, decided, work, _SAID[command.answer])

    async def except_from(self, command: asks.ExceptFromRule, work: UnitOfWork) -> Done:
        """A school need not keep to a rule."""
        part = await self._parts.of_urn(command.programme_id, command.urn, work)
        decided = decisions.except_from(
            part.record,
            part.programme,
            command.rule,
            command.of,
            reason=command.reason,
            arranged=command.by_arrangement,
            today=part.today,
        )
        return await self._done(part, decided, work, f"need not keep to '{command.rule}'")

    async def decide(self, command: asks.DecideParticipation, work: UnitOfWork) -> Done:
        """The coordinator admits a school, or refuses it."""
        part = await self._parts.of_urn(command.programme_id, command.urn, work)
        rule, reason = command.rule, command.reason
        decided = decisions.decide(part.record, admitted=command.admitted, rule=rule, reason=reason, today=part.today)
        return await self._done(part, decided, work, "is admitted" if command.admitted else "is refused")

    async def _done(self, part: Part, decided: ParticipationDecision, work: UnitOfWork, what: str) -> Done:
        kept = await self._parts.keep(part, decided, work)
        sentence = f"The school with URN {part.record.urn} {what}."
        return Done(id=kept.record.participation_id, version=max(kept.record.version, 1), sentence=sentence)
