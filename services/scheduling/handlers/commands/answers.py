"""Answers to invitations, from a page or from somebody's calendar; a decline of a required person moves the visit."""

from services.scheduling.domain.calendars.common_days import days_named
from services.scheduling.domain.visits.answers import Target, given, may_answer, target_id
from services.scheduling.domain.visits.records import AnswerRecord, VisitRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.ports.stores import Stores
from shared import telemetry
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import AnswerInvitation
from shared.errors import Rejected
from shared.events.notifications import CalendarReplyReceived
from shared.events.scheduling import Answer, InvitationAnswered, TargetKind

__all__ = ["Answering"]

_log = telemetry.logger("kindred.scheduling.answers")


class Answering:
    """Records answers and draws the consequences."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def answer(self, command: AnswerInvitation, work: UnitOfWork) -> Done:
        """Somebody answers on their page, or the coordinator for them."""
        target = await self._target(command.target_id, command.target_kind)
        may_answer(target, command.person_id, command.sequence)
        via = "page" if work.actor in {"", command.person_id} or "portal" in work.actor else "coordinator"
        kept = await self._keep(target, command.person_id, command.answer, via, work)
        await self._stores.calendars.rule_out(command.person_id, days_named(command.dates_not_possible))
        sentence = await self._consequences(target, kept, work) if kept else "This is the answer we already had."
        return Done(id=command.target_id, version=kept.version if kept else 1, sentence=sentence)

    async def replied(self, event: CalendarReplyReceived, work: UnitOfWork) -> None:
        """Somebody's calendar has answered; a reply to an older invitation or of somebody uninvited changes nothing."""
        try:
            target = await self._target(event.target_id, event.target_kind)
            may_answer(target, event.person_id, event.sequence)
        except Rejected as refusal:
            _log.info("calendar_reply_ignored", rule=refusal.rule)
            return
        kept = await self._keep(target, event.person_id, event.answer, "calendar", work)
        if kept:
            await self._consequences(target, kept, work)

    async def _target(self, target: str, kind: TargetKind) -> Target:
        return await (self._stores.visits.visit(target) if kind == "visit" else self._stores.visits.event(target))

    async def _keep(
        self, target: Target, person: str, answer: Answer, via: str, work: UnitOfWork
    ) -> AnswerRecord | None:
        """Save and tell an answer, and the target too, so that no two pass each other; None if it stands."""
        latest = await self._stores.answers.latest(target_id(target))
        kept = given(target, latest.get(person), person, answer=answer, via=via, at=work.now)
        if kept is None:
            return None
        await self._stores.answers.add(kept)
        await self._stores.visits.count_answer(target_id(target))
        work.publish(
            InvitationAnswered(
                version=kept.version,
                target_id=kept.target_id,
                target_kind="visit" if isinstance(target, VisitRecord) else "cohort-event",
                programme_id=target.visit.programme_id
                if isinstance(target, VisitRecord)
                else target.event.programme_id,
                person_id=person,
                answer=kept.answer,
                via=kept.via,
                sequence=kept.sequence,
            )
        )
        return kept

    async def _consequences(self, target: Target, kept: AnswerRecord, work: UnitOfWork) -> str:
        """What an answer leads to, as a sentence for whoever gave it."""
        if kept.answer != "declined":
            return "Thank you, your answer is saved."
        if not isinstance(target, VisitRecord) or kept.person_id not in target.required:
            return "Thank you for telling us. The date stays as it is."
        return await self._moved(target, kept.person_id, work)

    async def _moved(self, record: VisitRecord, person: str, work: UnitOfWork) -> str:
        await self._stores.calendars.rule_out(person, [record.visit.on])
        current = await self._stores.visits.visit(record.visit.visit_id)
        reason = "illness" if person == record.visit.facilitator_id else "decline"
        changes = await self._changes.repair(current, reason, person, work)
        if not changes:
            return "Thank you for telling us. The coordinator will be in touch about the date."
        return (
            changes[0].sentence
            if len(changes) == 1
            else next(change.sentence for change in changes if change.before.visit.visit_id == record.visit.visit_id)
        )
