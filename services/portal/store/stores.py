"""All stores on one database, the indexes they read by, and the key that signs sessions."""

from services.portal.ports.stores import ReadModels, Stores
from services.portal.store.feeds import MongoFeeds
from services.portal.store.happened import MongoHappened
from services.portal.store.happened import prepare as prepare_happened
from services.portal.store.links import MongoErasure, MongoLinks
from services.portal.store.models import MongoModels
from services.portal.store.read_models import (
    MongoAnswers,
    MongoDates,
    MongoForms,
    MongoGroups,
    MongoMeetings,
    MongoPeople,
    MongoProgrammes,
    MongoReports,
    MongoSchools,
)
from services.portal.store.sign_in import prepare as prepare_sign_in
from services.portal.store.sign_in import sign_in_stores
from services.portal.store.tokens import MongoTokens
from services.portal.store.tokens import prepare as prepare_tokens
from services.portal.store.whole_models import MongoEntries, MongoPlaces, MongoTasks, MongoWholeProgrammes
from shared.mongo import ASCENDING, Database, DuplicateKey
from shared.roster.mongo import MongoRoster


def mongo_stores(database: Database) -> Stores:
    """Return the stores of the service."""
    links, forms = MongoLinks(database), MongoForms(database)
    read = ReadModels(
        links=links,
        people=MongoPeople(database),
        programmes=MongoProgrammes(database),
        schools=MongoSchools(database),
        groups=MongoGroups(database),
        meetings=MongoMeetings(database),
        answers=MongoAnswers(database),
        dates=MongoDates(database),
        forms=forms,
        reports=MongoReports(database),
        whole=MongoWholeProgrammes(database),
        roster=MongoRoster(database),
        tasks=MongoTasks(database),
        entries=MongoEntries(database),
        places=MongoPlaces(database),
        happened=MongoHappened(database),
    )
    return Stores(
        read=read, models=MongoModels(database), links=links, forms=forms, erasure=MongoErasure(database),
        sign_in=sign_in_stores(database), tokens=MongoTokens(database), feeds=MongoFeeds(database),
    )  # fmt: skip


async def signing_key(database: Database, fresh: str) -> str:
    """Return the key that signs sessions, the same for every replica; `fresh` becomes it where there is none."""
    kept = await database["keys"].find_one({"_id": "sessions"})
    if kept is None:
        try:
            await database["keys"].insert_one({"_id": "sessions", "key": fresh})
        except DuplicateKey:
            kept = await database["keys"].find_one({"_id": "sessions"})
    return str(kept["key"]) if kept else fresh


async def prepare(database: Database) -> None:
    """Create the indexes the pages read by."""
    wanted = {
        "links": ("person_id",),
        "schools": ("members.person_id",),
        "dated": ("attendees.person_id", "facilitator_id", "host_school_id"),
        "groups": ("school_ids",),
        "answers": ("person_id",),
        "agreements": ("person_ids",),
        "agreed_visits": ("person_ids",),
        "call_offers": ("person_id", "host_id"),
        "calls": ("person_ids",),
        "findings_asked": ("person_ids", "school_id"),
        "reports": ("school_id",),
        "submitted": ("person_id",),
        "tasks": ("person_ids",),
        "entries": ("author_ids",),
        "placements": ("thing_entry_id", "person_entry_id"),
        "pairs": ("person_ids",),
        "feeds": ("feed_id",),
        "offers": ("person_id", "person_entry_id", "thing_entry_id"),
    }
    for collection, keys in wanted.items():
        for key in keys:
            await database[collection].create_index(key)
    await database["schools"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await MongoRoster(database).prepare()
    await prepare_sign_in(database)
    await prepare_tokens(database)
    await prepare_happened(database)
