"""A coordinator publishes a draft."""

from services.matching.domain.decisions.publishing import publish
from services.matching.handlers.loading import programme_of
from services.matching.handlers.saving import save
from services.matching.handlers.workers.groups import GroupPublisher
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PublishCohort
from shared.errors import Rejected

__all__ = ["PublishCommands"]


class PublishCommands:
    """Makes a draft the cohort."""

    def __init__(self, stores: Stores, publisher: GroupPublisher) -> None:
        self._stores = stores
        self._publisher = publisher

    async def publish(self, command: PublishCohort, work: UnitOfWork) -> Done:
        """Make the draft the cohort, then publish its first groups; the others follow in the background."""
        cohort = await self._stores.cohorts.cohort(command.cohort_id)
        if cohort is None:
            raise Rejected("unknown-cohort", "There is no such cohort; it is drafted when enrolment closes.")
        changing = await self._stores.groups.changing(cohort.cohort_id)
        formed = await self._stores.groups.drafted(cohort.cohort_id)
        programme = await programme_of(self._stores, cohort.programme_id)
        enrolling = programme.enrolling_again
        decision = publish(cohort, command.revision, changing, formed, enrolling=enrolling)
        await save(self._stores, decision, work)
        await self._publisher.publish_next(work)
        return Done(id=cohort.cohort_id, version=cohort.version + 1, sentence=decision.sentence)
