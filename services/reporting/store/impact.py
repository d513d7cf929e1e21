"""Survey answers and the blocks they were told in, as documents."""

from collections.abc import Sequence

from services.reporting.domain.ids import derived
from services.reporting.domain.impact import Answer, Block
from shared.mongo import ASCENDING, Database


class MongoImpact:
    """The port `Impact` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._answers = database["survey_answers"]
        self._blocks = database["impact_blocks"]
        self._releases = database["impact_releases"]

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._blocks.create_index([("cohort_id", ASCENDING), ("release", ASCENDING)])

    async def waiting(self, cohort_id: str) -> list[Answer]:
        """Answers not yet told, without the people."""
        only = {"response_id": 1, "target_id": 1, "answers": 1}
        found = await self._answers.find({"cohort_id": cohort_id, "block_id": None}, projection=only).to_list()
        return [Answer(each["response_id"], each["target_id"], each["answers"]) for each in found]

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        """All blocks of a cohort, or those told up to a release."""
        where = {"cohort_id": cohort_id, **({"release": {"$lte": release}} if release is not None else {})}
        found = await self._blocks.find(where, sort=[("_id", ASCENDING)]).to_list()
        return [Block.model_validate(each["block"]) for each in found]

    async def release(self, cohort_id: str) -> int:
        """Number of the last release, 0 before the first."""
        found = await self._releases.find_one({"_id": cohort_id})
        return int(found["release"]) if found else 0

    async def put_release(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        """Keep a release with its new blocks, and note with each answer in which it was told."""
        await self._releases.replace_one({"_id": cohort_id}, {"_id": cohort_id, "release": release}, upsert=True)
        for number, block in enumerate(blocks):
            block_id = derived("blk", cohort_id, str(release), str(number))
            kept = block.model_dump(mode="json", exclude={"response_ids"})
            document = {"_id": block_id, "cohort_id": cohort_id, "release": release, "block": kept}
            await self._blocks.insert_one(document)
            told = {"_id": {"$in": list(block.response_ids)}}
            await self._answers.update_many(told, {"$set": {"block_id": block_id}})
