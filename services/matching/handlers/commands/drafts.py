"""A coordinator has a cohort matched again: asks for it, chooses among what was found, or calls it off."""

from services.matching.domain.events import cohort_drafted
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord
from services.matching.handlers.saving import begin, put_draft
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import CancelMatching, ChooseRematch, RematchCohort
from shared.errors import Rejected
from shared.events.matching import MatchingCancelled

__all__ = ["DraftCommands"]


class DraftCommands:
    """Answers the coordinator's commands about drafts."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def rematch(self, command: RematchCohort, work: UnitOfWork) -> Done:
        """Have the cohort drafted again; of a published one, the groups without a visit held."""
        cohort = await self._cohort(command.programme_id)
        if cohort.published:
            await self._changeable(cohort)
        seed = cohort.seed if command.seed is None else command.seed
        begun = await begin(
            self._stores, command.programme_id, seed, work, keeping=command.keeping, curve=command.curve
        )
        return Done(id=begun.cohort_id, version=begun.version, sentence=f"Draft {begun.revision} is being worked out.")

    async def choose(self, command: ChooseRematch, work: UnitOfWork) -> Done:
        """Make a point of the curve the draft."""
        cohort = await self._cohort(command.programme_id)
        if cohort.state != "draft" or not cohort.curve:
            raise Rejected("no-curve", "There is nothing to choose from; ask for a re-match with a curve first.")
        if cohort.revision != command.revision:
            raise Rejected("stale-draft", f"The latest draft is number {cohort.revision}, not {command.revision}.")
        option = await self._stores.drafts.option(cohort.cohort_id, command.point)
        if option is None:
            raise Rejected("unknown-point", f"The curve has the points 1 to {len(cohort.curve)}.")
        kept = {"curve": cohort.curve, "chosen": command.point}
        after = option.outcome.model_copy(
            update={"revision": cohort.revision + 1, "version": cohort.version + 1, **kept}
        )
        await put_draft(self._stores, after, option.groups)
        await self._stores.cohorts.put_cohort(after)
        work.publish(cohort_drafted(after))
        sentence = f"Point {command.point} is draft {after.revision}: {after.sentence}"
        return Done(id=after.cohort_id, version=after.version, sentence=sentence)

    async def cancel(self, command: CancelMatching, work: UnitOfWork) -> Done:
        """Stop the search, or drop the draft of a re-match. The search stops by itself when it sees this."""
        cohort = await self._cohort(command.programme_id)
        redrafted = cohort.state == "draft" and cohort.published
        if cohort.state != "matching" and not redrafted:
            raise Rejected("nothing-to-cancel", "No draft is being worked out.")
        if cohort.published:
            sentence = "The draft was cancelled; the groups stay as they are."
            after = cohort.again().model_copy(update={"version": cohort.version + 1})
            await self._stores.cohorts.replace_drafts(cohort.cohort_id, [])
        else:
            sentence = "The draft was cancelled; ask for another with a re-match."
            update = {"state": "failed", "sentence": sentence, "curve": (), "version": cohort.version + 1}
            after = cohort.model_copy(update=update)
        await self._stores.drafts.put_options(cohort.cohort_id, [])
        await self._stores.cohorts.put_cohort(after)
        work.publish(
            MatchingCancelled(
                cohort_id=cohort.cohort_id,
                programme_id=cohort.programme_id,
                revision=cohort.revision,
                version=after.version,
            )
        )
        return Done(id=after.cohort_id, version=after.version, sentence=sentence)

    async def _changeable(self, cohort: CohortRecord) -> None:
        """Raises Rejected when nothing of a published cohort can be matched again."""
        if await self._stores.cohorts.telling(cohort.cohort_id):
            raise Rejected("being-told", "The groups are still being told; ask again in a moment.")
        groups = await self._stores.cohorts.groups(cohort.cohort_id)
        if all(group.frozen for group in groups):
            raise Rejected("all-frozen", "Every group has had a visit; groups that have met stay as they are.")

    async def _cohort(self, programme_id: str) -> CohortRecord:
        cohort = await self._stores.cohorts.cohort(cohort_id(programme_id))
        if cohort is not None:
            return cohort
        if await self._stores.enrolments.programme(programme_id) is None:
            raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
        raise Rejected("enrolment-open", "Enrolment is still open; matching starts when it closes.")
