"""Decisions about changes of visits: one is repaired, changed or cancelled, or the coordinator is asked."""

from collections.abc import Iterable

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.visits.least_change import Repaired
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.domain.visits.repair import Moved, carried_out
from services.scheduling.planner.checker import check_change
from services.scheduling.planner.replan import Tier
from services.scheduling.planner.wording import in_words
from shared.errors import Permanent
from shared.events.base import Event
from shared.events.scheduling import CoordinatorAsked
from shared.events.scheduling_parts import VisitCancelled, VisitChanged, VisitMoved


def decide_repair(found: Repaired, record: VisitRecord, reason: str, asked_by: str | None) -> list[Moved] | Event:
    """The visits that the least change moves, or the question to the coordinator where the rules allow none.

    Raises Permanent where the change would break what the independent checker holds.
    """
    repair = found.repair
    if repair.tier is Tier.COORDINATOR:
        inside = record.visit.on <= found.frozen
        return question(record, "decline-inside-notice" if inside else "no-other-date", asked_by)
    before, after = [one.before for one in repair.changes], [one.after for one in repair.changes]
    if check_change(found.board.problem, before, after, found.near.sources.today):
        raise Permanent("The least change would move a date that is frozen.")
    records = {each.visit.visit_id: each for each in found.near.visits}
    return carried_out(found.board, records, repair, record.visit.visit_id, reason)


def decide_changes(changes: Iterable[Moved], reason: str, asked_by: str | None = None) -> Decision[VisitRecord]:
    """Save changed visits; of a published one those concerned are informed."""
    made = list(changes)
    told = (_event_of(each, reason, asked_by) for each in made if each.after.state == "published")
    return Decision(tuple(each.after for each in made), tuple(told))


def decide_cancelling(record: VisitRecord, why: str, said: str = "") -> Decision[VisitRecord]:
    """Cancel a visit. `why`: a code, which is published; `said`: somebody's words, which stay in its history."""
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
    told = VisitCancelled(version=after.version, why=why, **visit.model_dump())
    return Decision((after,), (told,) if record.state == "published" else ())


def question(record: VisitRecord, about: str, person_id: str | None = None) -> CoordinatorAsked:
    """A decision about a visit that is left to the coordinator."""
    visit, day = record.visit, in_words(record.visit.on)
    sentences = {
        "decline-inside-notice": f"The visit on {day} is too near to be moved without you.",
        "no-other-date": f"No other date for the visit on {day} keeps the rules.",
        "date-chosen": f"You chose {day} for this visit, so it is not moved without you.",
        "calendar-clash": f"The visit on {day} now lies on a day without school.",
    }
    return CoordinatorAsked(
        version=max(1, record.version),
        target_id=visit.visit_id,
        target_kind="visit",
        programme_id=visit.programme_id,
        cohort_id=visit.cohort_id,
        question=about,
        person_id=person_id,
        sentence=sentences.get(about, ""),
    )


def _event_of(change: Moved, reason: str, asked_by: str | None) -> VisitMoved | VisitChanged:
    before, visit, version = change.before.visit, change.after.visit, change.after.version
    if not change.same_day:
        return VisitMoved(version=version, moved_from=before.on, why=reason, asked_by=asked_by, **visit.model_dump())
    joined = (visit.facilitator_id,) if visit.facilitator_id else ()
    left = (before.facilitator_id,) if before.facilitator_id else ()
    return VisitChanged(version=version, joined=joined, left=left, why=reason, **visit.model_dump())
