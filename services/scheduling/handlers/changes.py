"""Changes of published visits: saved together, told to those affected and nobody else, with everything due anew."""

from collections.abc import Sequence

from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import ProgrammeRecord, VisitRecord
from services.scheduling.domain.visits.repair import Moved, carried_out, moved
from services.scheduling.handlers.loading.nearby import least_change
from services.scheduling.handlers.timers import reminders
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import check_change
from services.scheduling.planner.replan import Change, Tier
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import Permanent
from shared.events.scheduling import CoordinatorAsked, VisitCancelled, VisitChanged, VisitMoved

__all__ = ["Changes"]


class Changes:
    """Saves and tells changes of visits."""

    def __init__(self, stores: Stores) -> None:
        self._stores, self._visits = stores, stores.visits

    async def repair(self, record: VisitRecord, reason: str, asked_by: str | None, work: UnitOfWork) -> list[Moved]:
        """Give a visit whose date has become impossible another one by the least change, or ask the coordinator."""
        found = await least_change(self._stores, record, work.now)
        repair, sources = found.repair, found.near.sources
        if repair.tier is Tier.COORDINATOR:
            inside = record.visit.on <= found.frozen
            self.ask(record, "decline-inside-notice" if inside else "no-other-date", asked_by, work)
            return []
        before, after = [one.before for one in repair.changes], [one.after for one in repair.changes]
        if check_change(found.board.problem, before, after, sources.today):
            raise Permanent("The least change would move a date that is frozen.")
        records = {each.visit.visit_id: each for each in found.near.visits}
        changes = carried_out(found.board, records, repair, record.visit.visit_id, reason)
        await self.tell(changes, reason, asked_by, sources.programme, work)
        return changes

    def ask(self, record: VisitRecord, question: str, person_id: str | None, work: UnitOfWork) -> None:
        """Leave a decision about a visit to the coordinator."""
        visit = record.visit
        sentences = {
            "decline-inside-notice": f"The visit on {in_words(visit.on)} is too near to be moved without you.",
            "no-other-date": f"No other date for the visit on {in_words(visit.on)} keeps the rules.",
            "date-chosen": f"You chose {in_words(visit.on)} for this visit, so it is not moved without you.",
            "calendar-clash": f"The visit on {in_words(visit.on)} now lies on a day without school.",
        }
        work.publish(
            CoordinatorAsked(
                version=max(1, record.version),
                target_id=visit.visit_id,
                target_kind="visit",
                programme_id=visit.programme_id,
                cohort_id=visit.cohort_id,
                question=question,
                person_id=person_id,
                sentence=sentences.get(question, ""),
            )
        )

    async def tell(
        self, changes: Sequence[Moved], reason: str, asked_by: str | None, programme: ProgrammeRecord, work: UnitOfWork
    ) -> None:
        """Save changed visits; a published one is told to those concerned."""
        after = [change.after for change in changes]
        await self._visits.take_days(each for each in after if each.state == "published")
        await self._visits.put(after)
        for change in changes:
            if change.after.state == "published":
                work.publish(_told(change, reason, asked_by))
                reminders.visit_published(change.after, programme, work)

    async def carry_out_proposals(
        self, board: Board, proposed: Sequence[VisitRecord], programme: ProgrammeRecord, work: UnitOfWork
    ) -> list[VisitRecord]:
        """Make the changes that the reviewed draft proposes; `board`: that of the calendar as it stands."""
        changes = []
        groups = {group.id: group for group in board.problem.groups}
        for record in proposed:
            proposal = record.proposal
            if proposal is None or not proposal.why:
                continue
            before, after = planned(record), planned(record.as_proposed)
            why = explanations.why(board, groups[after.group], after)
            changes.append(moved(record, Change(before, after), proposal.sentence, why))
        if changes:
            await self.tell(changes, "calendar-change", None, programme, work)
        return [change.after for change in changes]

    async def cancel(
        self, record: VisitRecord, why: str, programme: ProgrammeRecord, work: UnitOfWork, *, said: str = ""
    ) -> VisitRecord:
        """A visit does not take place. `why`: a code, which is told; `said`: somebody's words, which stay here."""
        visit = record.visit.model_copy(update={"sequence": record.visit.sequence + 1})
        after = record.model_copy(
            update={
                "visit": visit,
                "state": "cancelled",
                "version": record.version + 1,
                "proposal": None,
                "history": (*record.history, f"Cancelled: {said or why}"),
            }
        )
        await self._visits.put([after])
        if record.state == "published":
            work.publish(VisitCancelled(version=after.version, why=why, **visit.model_dump()))
            reminders.visit_over(after, programme, work)
        return after


def _told(change: Moved, reason: str, asked_by: str | None) -> VisitMoved | VisitChanged:
    before, visit, version = change.before.visit, change.after.visit, change.after.version
    if not change.same_day:
        return VisitMoved(version=version, moved_from=before.on, why=reason, asked_by=asked_by, **visit.model_dump())
    joined = (visit.facilitator_id,) if visit.facilitator_id else ()
    left = (before.facilitator_id,) if before.facilitator_id else ()
    return VisitChanged(version=version, joined=joined, left=left, why=reason, **visit.model_dump())
