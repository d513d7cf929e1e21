"""MongoDB behind the ports."""

from dataclasses import dataclass

from services.matching.store.cohorts import MongoCohorts
from services.matching.store.drafts import MongoDrafts
from services.matching.store.enrolments import MongoEnrolments
from shared.mongo import ASCENDING, Database

__all__ = ["MongoStores", "create_indexes"]


@dataclass(frozen=True, slots=True)
class MongoStores:
    """Port `Stores`."""

    enrolments: MongoEnrolments
    cohorts: MongoCohorts
    drafts: MongoDrafts

    @classmethod
    def of(cls, database: Database) -> "MongoStores":
        """The stores of a database."""
        return cls(MongoEnrolments(database), MongoCohorts(database), MongoDrafts(database))


async def create_indexes(database: Database) -> None:
    """Create what is missing. A cohort's id follows from its programme, so a second one cannot be."""
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school.school_id", ASCENDING)])
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school.urn", ASCENDING)])
    await database["cohorts"].create_index([("programme_id", ASCENDING)])
    await database["groups"].create_index([("cohort_id", ASCENDING), ("number", ASCENDING)])
    await database["groups"].create_index([("cohort_id", ASCENDING), ("school_ids", ASCENDING)])
    await database["groups"].create_index([("cohort_id", ASCENDING), ("middle.0", ASCENDING)])
    await database["groups"].create_index([("cohort_id", ASCENDING), ("proposed.school_ids", ASCENDING)])
    await database["options"].create_index([("cohort_id", ASCENDING)])
    await database["groups"].create_index([("ever", ASCENDING), ("programme_id", ASCENDING)])
    untold = {"state": "published", "told": False}
    await database["groups"].create_index(
        [("cohort_id", ASCENDING), ("told", ASCENDING)], name="untold", partialFilterExpression=untold
    )
