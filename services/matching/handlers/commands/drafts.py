"""A coordinator has a cohort matched again: asks for it, chooses among what was found, or calls it off."""

from services.matching.domain.decisions import drafts
from services.matching.domain.decisions.decision import Decision
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord
from services.matching.handlers.loading import known_programme
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import CancelMatching, ChooseRematch, RematchCohort
from shared.errors import Rejected

__all__ = ["DraftCommands"]


class DraftCommands:
    """Answers the coordinator's commands about drafts."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def rematch(self, command: RematchCohort, work: UnitOfWork) -> Done:
        """Have the cohort drafted again; of a published one, the groups without a visit held."""
        cohort = await self._cohort(command.programme_id)
        untold = await self._stores.groups.telling(cohort.cohort_id)
        groups = await self._stores.groups.groups(cohort.cohort_id)
        enrolled = await self._stores.enrolments.in_force(command.programme_id)
        decision = drafts.rematch(cohort, groups, command, work.now, untold=untold, enrolled=enrolled)
        return await self._done(decision, work)

    async def choose(self, command: ChooseRematch, work: UnitOfWork) -> Done:
        """Make a point of the curve the draft."""
        cohort = await self._cohort(command.programme_id)
        option = await self._stores.options.option(cohort.cohort_id, command.point)
        published = await self._stores.groups.published(cohort.cohort_id)
        return await self._done(drafts.choose(cohort, option, published, command), work)

    async def cancel(self, command: CancelMatching, work: UnitOfWork) -> Done:
        """Stop the search, or drop the draft of a re-match."""
        return await self._done(drafts.cancel(await self._cohort(command.programme_id)), work)

    async def _done(self, decision: Decision, work: UnitOfWork) -> Done:
        await save(self._stores, decision, work)
        assert decision.cohort
        return Done(id=decision.cohort.cohort_id, version=decision.cohort.version, sentence=decision.sentence)

    async def _cohort(self, programme_id: str) -> CohortRecord:
        cohort = await self._stores.cohorts.cohort(cohort_id(programme_id))
        if cohort is not None:
            return cohort
        await known_programme(self._stores, programme_id)
        raise Rejected("enrolment-open", "Enrolment is still open; matching starts when it closes.")
