"""How far a draft has got, and the drafts a coordinator may choose among, in MongoDB."""

from collections.abc import Sequence

from services.matching.domain.records import OptionRecord
from shared.mongo import Database

__all__ = ["MongoOptions", "MongoProgress"]


class MongoProgress:
    """Port `Progress`."""

    def __init__(self, database: Database) -> None:
        self._progress = database["progress"]

    async def progress(self, cohort_id: str, revision: int) -> float | None:
        """How far a draft has got."""
        found = await self._progress.find_one({"_id": cohort_id, "revision": revision})
        return float(found["share"]) if found else None

    async def put_progress(self, cohort_id: str, revision: int, share: float) -> None:
        """Save how far."""
        document = {"_id": cohort_id, "revision": revision, "share": share}
        await self._progress.put(document)


class MongoOptions:
    """Port `Options`."""

    def __init__(self, database: Database) -> None:
        self._options = database["options"]

    async def option(self, cohort_id: str, number: int) -> OptionRecord | None:
        """A point of the curve with its draft."""
        found = await self._options.find_one({"_id": f"{cohort_id}|{number}"})
        return OptionRecord.model_validate(found) if found else None

    async def put_options(self, cohort_id: str, options: Sequence[OptionRecord]) -> None:
        """Put these in place of the cohort's options."""
        await self._options.delete_many({"cohort_id": cohort_id})
        await self._options.insert_many(
            [{"_id": f"{cohort_id}|{option.number}", **option.model_dump(mode="json")} for option in options]
        )
