"""What the database has before anything is kept in it: the indexes behind the queries, and a key."""

from services.notifications.store.ledger import COUNTED
from services.notifications.store.seals import MongoSealKey
from shared.mongo import ASCENDING, DESCENDING, Database
from shared.roster.mongo import MongoRoster

_TRIAGE_SECONDS = 90 * 24 * 3600


async def prepare(database: Database) -> None:
    """Create missing indexes, and the key of seals, so that every backup has it.

    A mail's id is derived from its key, so the primary key keeps out a second one.
    """
    mails = database["mails"]
    await mails.create_index([("state", ASCENDING), ("rank", ASCENDING), ("try_at", ASCENDING)])
    await mails.create_index("claim", sparse=True)
    await mails.create_index("untold", sparse=True)
    await mails.create_index("links_due", sparse=True)
    await mails.create_index([("refs.target", ASCENDING), ("person_id", ASCENDING)])
    await mails.create_index([("person_id", ASCENDING), ("queued_at", DESCENDING)])
    await mails.create_index([("programme_id", ASCENDING), ("queued_at", DESCENDING)])
    await mails.create_index([(field, ASCENDING) for field in COUNTED])
    await mails.create_index("mentions")
    await mails.create_index([("queued_at", DESCENDING)])
    await database["texts"].create_index("mentions")
    await database["people"].create_index("address")
    await database["schools"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)], unique=True)
    await database["schools"].create_index("people.person_id")
    await database["aliases"].create_index("address")
    await database["targets"].create_index([("attendees.person_id", ASCENDING), ("on", ASCENDING)])
    await database["targets"].create_index([("facilitator_id", ASCENDING), ("on", ASCENDING)])
    await database["triage"].create_index("untold", sparse=True)
    await database["triage"].create_index("concern.target_id")
    await database["triage"].create_index("forwarded_on", sparse=True)
    await database["triage"].create_index("received_at", expireAfterSeconds=_TRIAGE_SECONDS)
    await database["owed_tasks"].create_index([("person_ids", ASCENDING), ("state", ASCENDING)])
    await database["form_entries"].create_index([("programme_id", ASCENDING), ("form", ASCENDING)])
    await database["passages"].create_index("mail_id")
    await MongoRoster(database).prepare()
    await MongoSealKey(database).get()
