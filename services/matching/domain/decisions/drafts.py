"""Drafts: asked for, chosen from a curve, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.domain.decisions.decision import Decision, DraftGroups
from services.matching.domain.draft_groups import changed_and_new
from services.matching.domain.events import cohort_drafted
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, GroupRecord, OptionRecord, ProgrammeRecord
from services.matching.domain.revisions import must_be_latest
from shared.commands.matching import ChooseRematch, RematchCohort
from shared.errors import NotYet, Rejected
from shared.events import programmes_parts
from shared.events.matching import MatchingCancelled, MatchingStarted
from shared.events.programmes import EnrolmentClosed, EnrolmentReopened

__all__ = ["Closing", "Wish", "begin", "cancel", "choose", "close", "rematch", "reopen"]

FIRST_SEED = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """How a draft is to be worked out; see `MatchingStarted`."""

    seed: int
    keeping: float | None = None
    curve: bool = False
    least: bool = False


def begin(programme_id: str, known: CohortRecord | None, enrolled: int, wish: Wish, now: datetime) -> Decision:
    """The programme's next draft is worked out; what was drafted before is no longer up for publishing.

    `enrolled`: how many schools are in force.
    """
    key = cohort_id(programme_id)
    before = known or CohortRecord(
        cohort_id=key, programme_id=programme_id, revision=0, version=0, state="matching", started=now.isoformat()
    )
    cohort = before.model_copy(
        update={
            "revision": before.revision + 1,
            "version": before.version + 1,
            "state": "matching",
            "seed": wish.seed,
            "schools": enrolled,
            "sentence": "A draft is being worked out.",
            "before": before if before.state == "published" else before.before,
        }
    )
    started = MatchingStarted(
        cohort_id=key,
        programme_id=programme_id,
        revision=cohort.revision,
        schools=enrolled,
        seed=wish.seed,
        keeping=wish.keeping,
        curve=wish.curve,
        least=wish.least,
        version=cohort.version,
    )
    return Decision(
        cohort=cohort,
        drafts=DraftGroups(key) if cohort.published else None,
        events=(started,),
        sentence=f"Draft {cohort.revision} is being worked out.",
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """A programme whose enrolment closes, and its cohort.

    `arrived`: how many of the enrolments that the event counts, or names, are known; `enrolled`: how many are in force.
    """

    programme: ProgrammeRecord
    cohort: CohortRecord | None
    arrived: int
    enrolled: int


def close(known: Closing, event: EnrolmentClosed | programmes_parts.EnrolmentClosed, now: datetime) -> Decision:
    """Enrolment has closed: the first draft is worked out, or that of a programme that was opened again anew.

    A published cohort stays as it is. Raises NotYet until all enrolments have arrived.
    """
    wanted = len(event.enrolment_ids) or event.enrolments
    if known.arrived < wanted:
        raise NotYet(f"{known.arrived} of {wanted} enrolments have arrived.")
    if event.version <= known.programme.closed:
        return Decision()
    after, cohort = known.programme.model_copy(update={"closed": event.version}), known.cohort
    if cohort is not None and (cohort.state == "published" or not known.programme.enrolling_again):
        return Decision(programme=after)
    wish = Wish(cohort.seed if cohort else FIRST_SEED)
    return replace(begin(event.programme_id, cohort, known.enrolled, wish, now), programme=after)


def reopen(programme: ProgrammeRecord, event: EnrolmentReopened | programmes_parts.EnrolmentReopened) -> Decision:
    """Schools may come again; no draft is published or worked out anew until enrolment closes."""
    if event.version <= programme.reopened:
        return Decision()
    return Decision(programme=programme.model_copy(update={"reopened": event.version}))


def rematch(
    cohort: CohortRecord, groups: Sequence[GroupRecord], command: RematchCohort, now: datetime, *,
    untold: bool, enrolled: int,
) -> Decision:  # fmt: skip
    """The cohort is drafted again; of a published one, the groups without a visit held.

    `untold`: groups of it are still being published. Raises Rejected when nothing of it can be matched again.
    """
    if cohort.published and untold:
        raise Rejected("being-told", "The schools are still being informed of their groups; ask again in a moment.")
    if cohort.published and all(group.frozen for group in groups):
        raise Rejected("all-frozen", "Every group has had a visit; groups that have met stay as they are.")
    seed = cohort.seed if command.seed is None else command.seed
    return begin(cohort.programme_id, cohort, enrolled, Wish(seed, command.keeping, command.curve, command.least), now)


def choose(
    cohort: CohortRecord, option: OptionRecord | None, published: Sequence[GroupRecord], command: ChooseRematch
) -> Decision:
    """A point of the curve becomes the draft. Raises Rejected when there is no such point, or no curve."""
    if cohort.state != "draft" or not cohort.curve:
        raise Rejected("no-curve", "There is nothing to choose from; ask for a re-match with a curve first.")
    must_be_latest(command.revision, cohort.revision)
    if option is None:
        raise Rejected("unknown-point", f"The curve has the points 1 to {len(cohort.curve)}.")
    kept = {"curve": cohort.curve, "chosen": command.point}
    after = option.outcome.model_copy(update={"revision": cohort.revision + 1, "version": cohort.version + 1, **kept})
    changed, new = changed_and_new(after, published, option.groups)
    return Decision(
        cohort=after,
        drafts=DraftGroups(after.cohort_id, new),
        groups=changed,
        events=(cohort_drafted(after),),
        sentence=f"Point {command.point} is draft {after.revision}: {after.sentence}",
    )


def cancel(cohort: CohortRecord) -> Decision:
    """The search stops when it sees this, or the draft of a re-match is dropped. Raises Rejected without either."""
    redrafted = cohort.state == "draft" and cohort.published
    if cohort.state != "matching" and not redrafted:
        raise Rejected("nothing-to-cancel", "No draft is being worked out.")
    if cohort.published:
        sentence, drafts = "The draft was cancelled; the groups stay as they are.", DraftGroups(cohort.cohort_id)
        after = cohort.again().model_copy(update={"version": cohort.version + 1})
    else:
        sentence, drafts = "The draft was cancelled; ask for another with a re-match.", None
        update = {"state": "failed", "sentence": sentence, "curve": (), "version": cohort.version + 1}
        after = cohort.model_copy(update=update)
    cancelled = MatchingCancelled(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        version=after.version,
    )
    return Decision(cohort=after, drafts=drafts, options=(), events=(cancelled,), sentence=sentence)
