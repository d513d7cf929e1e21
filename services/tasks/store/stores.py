"""All stores on one database, and the indexes they read by."""

from services.tasks.ports.stores import Stores
from services.tasks.store.deeds import MongoAnswers, MongoEntries
from services.tasks.store.erasure import MongoErasure
from services.tasks.store.programmes import MongoMoments, MongoProgrammes
from services.tasks.store.tasks import MongoMornings, MongoTasks
from services.tasks.store.things import MongoThings
from shared.mongo import ASCENDING, Database
from shared.roster.mongo import MongoRoster

__all__ = ["mongo_stores", "prepare"]


def mongo_stores(database: Database) -> Stores:
    """Return the stores of the service."""
    things, entries, tasks = MongoThings(database), MongoEntries(database), MongoTasks(database)
    return Stores(
        programmes=MongoProgrammes(database),
        moments=MongoMoments(database),
        roster=MongoRoster(database),
        things=things,
        around=things,
        entries=entries,
        about=entries,
        answers=MongoAnswers(database),
        tasks=tasks,
        search=tasks,
        mornings=MongoMornings(database),
        erasure=MongoErasure(database),
    )


async def prepare(database: Database) -> None:
    """Create the indexes."""
    await MongoRoster(database).prepare()
    await database["moments"].create_index("programme_id")
    await database["things"].create_index([("programme_id", ASCENDING), ("schools", ASCENDING)])
    await database["things"].create_index([("about_id", ASCENDING), ("kind", ASCENDING)])
    await database["things"].create_index([("programme_id", ASCENDING), ("_id", ASCENDING)])
    for field in ("thing_id", "about_id", "lines.line_id"):
        await database["entries"].create_index(field)
    await database["entries"].create_index([("programme_id", ASCENDING), ("form", ASCENDING), ("school_id", ASCENDING)])
    await database["answers"].create_index("target_id")
    await database["tasks"].create_index([("thing_id", ASCENDING), ("task", ASCENDING)])
    for field in ("about_id", "person_ids", "school_id"):
        await database["tasks"].create_index(field)
    await database["tasks"].create_index([("programme_id", ASCENDING), ("due", ASCENDING)])
    await database["tasks"].create_index([("programme_id", ASCENDING), ("state", ASCENDING), ("due", ASCENDING)])
    await database["tasks"].create_index([("programme_id", ASCENDING), ("next_on", ASCENDING)])
