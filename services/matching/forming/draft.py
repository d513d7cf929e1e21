"""One draft: the search that was asked for, and the decision that its result leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.domain.decisions.decision import Decision, DraftGroups
from services.matching.domain.decisions.drafts import Wish
from services.matching.domain.draft_groups import changed_and_new
from services.matching.domain.events import cohort_drafted, cohort_failed
from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.domain.schools import Round
from services.matching.engine.effort import Effort
from services.matching.engine.progress import Progress
from services.matching.forming import outcomes
from services.matching.forming.formation import Formed, form
from services.matching.forming.rematch import KEEPING, Option, Standing, curve, rematch, repaired
from shared.errors import Retryable

__all__ = ["Found", "decide", "search"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: the draft, and the points of the curve, of which it is number `chosen`."""

    formed: Formed
    options: tuple[Option, ...] = ()
    chosen: int = 0


def search(
    matching: Round, groups: Sequence[GroupRecord], wish: Wish, progress: Progress | None = None, *, effort: Effort
) -> Found:
    """The draft of a round with these groups. With a curve, the point nearest to the wished weight is the draft."""
    stands = Standing(
        groups=tuple(group.members for group in groups if not group.held),
        frozen=tuple(group.members for group in groups if group.held),
    )
    if not groups:
        return Found(form(matching, wish.seed, effort, progress))
    if wish.least:
        return Found(repaired(matching, stands, wish.seed))
    keeping = KEEPING if wish.keeping is None else wish.keeping
    if not wish.curve:
        return Found(rematch(matching, stands, wish.seed, effort, keeping=keeping, progress=progress))
    found = curve(matching, stands, wish.seed, effort, progress=progress)
    away = [abs((1.0 if option.point.keeping is None else option.point.keeping) - keeping) for option in found]
    at = away.index(min(away))
    return Found(found[at].formed, tuple(found), at + 1)


def decide(
    cohort: CohortRecord,
    searched: Sequence[GroupRecord],
    now: Sequence[GroupRecord],
    published: Sequence[GroupRecord],
    found: Found,
) -> Decision:
    """The draft, or why there is none; a published cohort then stays as it is.

    `searched`: the groups that the search began from; `now`: those of now; `published`: those that are published.
    Raises Retryable when a visit was held meanwhile.
    """
    met = [group.members for group in searched if group.held]
    if [group.members for group in now if group.held] != met:
        raise Retryable("A visit was held while the draft was worked out; it is worked out anew.")
    after = outcomes.outcome(cohort.model_copy(update={"version": cohort.version + 1}), found.formed)
    if after.state != "draft":
        failed = cohort_failed(after, outcomes.blocks(found.formed))
        drafts = None if after.state == "published" else DraftGroups(after.cohort_id)
        return Decision(cohort=after, drafts=drafts, options=(), events=(failed,))
    if found.options:
        after = after.model_copy(update={"curve": outcomes.points(found.options), "chosen": found.chosen})
    stays = [group.members for group in searched if group.frozen]
    changed, new = changed_and_new(after, published, outcomes.proposals(found.formed, stays))
    return Decision(
        cohort=after,
        drafts=DraftGroups(after.cohort_id, new),
        groups=changed,
        options=tuple(outcomes.options(after, found.options, stays)),
        events=(cohort_drafted(after),),
    )
