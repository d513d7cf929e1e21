"""Publishes the groups of a large cohort in batches. After a crash it goes on with the groups not marked `told`.

A batch is published in the transaction that marks it.
"""

from services.matching.domain.decisions.publishing import publish_groups
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork

__all__ = ["AT_ONCE", "GroupPublisher"]

AT_ONCE = 200
"""Groups published in one transaction; the rest of a large cohort follows in batches of as many."""


class GroupPublisher:
    """Publishes groups of published cohorts."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def publish_next(self, work: UnitOfWork) -> int:
        """Publish the events of the next groups, new or changed; how many."""
        groups = await self._stores.groups.untold(AT_ONCE)
        await save(self._stores, publish_groups(groups), work)
        return len(groups)
