"""What MongoDB looks up by."""

from shared.mongo import ASCENDING, Database
from shared.roster.mongo import MongoRoster

__all__ = ["create_indexes"]


async def create_indexes(database: Database) -> None:
    """Create the indexes that are missing. None keeps cohorts unique: their ids are derived from their programmes."""
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school.school_id", ASCENDING)])
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school.urn", ASCENDING)])
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("people.person_id", ASCENDING)])
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
    await _create_round_indexes(database)


async def _create_round_indexes(database: Database) -> None:
    await MongoRoster(database).prepare()
    await database["round_schools"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await database["entries"].create_index([("programme_id", ASCENDING), ("form", ASCENDING)])
    await database["matches"].create_index([("round_id", ASCENDING)])
    await database["matches"].create_index([("programme_id", ASCENDING), ("person_id", ASCENDING)])
    for school in ("school_id", "host_school_id"):
        await database["matches"].create_index([(school, ASCENDING), ("ended", ASCENDING)])
    await database["matches"].create_index(
        [("told", ASCENDING)], name="untold", partialFilterExpression={"told": False}
    )
    await database["offers"].create_index([("round_id", ASCENDING)])
    for field in ("round_id", "person_ids"):
        await database["pairs"].create_index([(field, ASCENDING)])
    await database["pairs"].create_index([("told", ASCENDING)], name="untold", partialFilterExpression={"told": False})
