"""A coordinator publishes a draft."""

from services.matching.domain.events import cohort_formed, cohort_rematched
from services.matching.domain.group_changes import overtaken
from services.matching.domain.records import CohortRecord
from services.matching.handlers.workers.groups import GroupPublisher
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PublishCohort
from shared.errors import Rejected
from shared.events.matching import CohortRematched

__all__ = ["PublishCommands"]


class PublishCommands:
    """Makes a draft the cohort."""

    def __init__(self, stores: Stores, publisher: GroupPublisher) -> None:
        self._stores = stores
        self._publisher = publisher

    async def publish(self, command: PublishCohort, work: UnitOfWork) -> Done:
        """Make the draft the cohort and tell it: `CohortFormed`, then `GroupFormed` a group."""
        cohort = await self._stores.cohorts.cohort(command.cohort_id)
        if cohort is None:
            raise Rejected("unknown-cohort", f"There is no cohort '{command.cohort_id[:60]}'.")
        _publishable(cohort, command.revision)
        update = {"state": "published", "published": cohort.revision, "before": None, "curve": ()}
        formed = cohort.model_copy(update={**update, "version": cohort.version + 1})
        if cohort.published:
            work.publish(await self._rematched(formed))
        else:
            work.publish(cohort_formed(formed))
        await self._stores.cohorts.put_cohort(formed)
        await self._stores.drafts.put_options(cohort.cohort_id, [])
        await self._stores.cohorts.publish_groups(cohort.cohort_id)
        await self._publisher.publish_next(work)
        sentence = f"{formed.groups} groups with {formed.schools} schools are published; {len(formed.waiting)} wait."
        return Done(id=formed.cohort_id, version=formed.version, sentence=sentence)

    async def _rematched(self, cohort: CohortRecord) -> CohortRematched:
        """What a re-match comes to. Raises Rejected when a group that is to change has met meanwhile."""
        groups = await self._stores.cohorts.changing(cohort.cohort_id)
        met = [group.number for group in groups if overtaken(group)]
        if met:
            numbers = ", ".join(str(number) for number in met)
            raise Rejected("stale-draft", f"Groups that would change have met meanwhile ({numbers}); match again.")
        changed = sum(group.state == "published" for group in groups)
        return cohort_rematched(cohort, changed, len(groups) - changed)


def _publishable(cohort: CohortRecord, revision: int) -> None:
    """Raises Rejected when this draft cannot be published."""
    if cohort.state == "published":
        raise Rejected("already-published", "The cohort is published already.")
    if cohort.state == "matching":
        raise Rejected("not-ready", "A new draft is being worked out; look at it before you publish.")
    if cohort.state == "failed":
        raise Rejected("no-draft", f"There is no draft to publish: {cohort.sentence}")
    if cohort.revision != revision:
        raise Rejected("stale-draft", f"The latest draft is number {cohort.revision}, not {revision}.")
