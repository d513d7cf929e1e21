"""Survey answers and the blocks in which they were released, as documents."""

from collections.abc import Sequence

from services.reporting.domain.ids import derived
from services.reporting.domain.impact import Answer, Block
from shared.mongo import ASCENDING, Database


class MongoReleases:
    """The port `Releases` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._answers = database["survey_answers"]
        self._blocks = database["impact_blocks"]
        self._releases = database["impact_releases"]

    async def waiting(self, cohort_id: str) -> list[Answer]:
        """Return the answers not yet released, without the people."""
        only = {"response_id": 1, "target_id": 1, "answers": 1}
        found = await self._answers.find({"cohort_id": cohort_id, "block_id": None}, projection=only).to_list()
        return [Answer(each["response_id"], each["target_id"], each["answers"]) for each in found]

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        """Return all blocks of a cohort, or those up to a release."""
        where = {"cohort_id": cohort_id, **({"release": {"$lte": release}} if release is not None else {})}
        found = await self._blocks.find(where, sort=[("_id", ASCENDING)]).to_list()
        return [Block.model_validate(each["block"]) for each in found]

    async def last(self, cohort_id: str) -> int:
        """Return the number of the last release, 0 before the first."""
        found = await self._releases.find_one({"_id": cohort_id})
        return int(found["release"]) if found else 0

    async def put(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        """Save a release with its new blocks, and note with each answer its block."""
        await self._releases.put({"_id": cohort_id, "release": release})
        for number, block in enumerate(blocks):
            block_id = derived("blk", cohort_id, str(release), str(number))
            kept = block.model_dump(mode="json", exclude={"response_ids"})
            document = {"_id": block_id, "cohort_id": cohort_id, "release": release, "block": kept}
            await self._blocks.insert_one(document)
            answered = {"_id": {"$in": list(block.response_ids)}}
            await self._answers.update_many(answered, {"$set": {"block_id": block_id}})
