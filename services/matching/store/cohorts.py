"""Cohorts in MongoDB."""

from services.matching.domain.records import CohortRecord
from shared.errors import Retryable
from shared.mongo import ASCENDING, DESCENDING, Database, DuplicateKey

__all__ = ["MongoCohorts"]


class MongoCohorts:
    """Port `Cohorts`."""

    def __init__(self, database: Database) -> None:
        self._cohorts = database["cohorts"]

    async def cohort(self, cohort_id: str) -> CohortRecord | None:
        """A cohort."""
        found = await self._cohorts.find_one({"_id": cohort_id})
        return CohortRecord.model_validate(found) if found else None

    async def put_cohort(self, cohort: CohortRecord) -> None:
        """Save a cohort. Raises Retryable when another has saved this version."""
        document = {"_id": cohort.cohort_id, **cohort.model_dump(mode="json")}
        earlier = {"_id": cohort.cohort_id, "version": {"$lt": cohort.version}}
        try:
            await self._cohorts.replace_one(earlier, document, upsert=True)
        except DuplicateKey as error:
            raise Retryable(f"Cohort {cohort.cohort_id} has changed meanwhile.") from error

    async def listed(self, programme_id: str) -> list[CohortRecord]:
        """The cohorts of a programme, or all; newest first."""
        where = {"programme_id": programme_id} if programme_id else {}
        found = self._cohorts.find(where, sort=[("started", DESCENDING), ("_id", ASCENDING)])
        return [CohortRecord.model_validate(document) async for document in found]
