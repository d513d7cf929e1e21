"""The indexes. The unique ones guard what two replicas could race on."""

from services.scheduling.store.duties import duty_indexes
from shared.mongo import ASCENDING, Database
from shared.roster.mongo import MongoRoster

__all__ = ["create_indexes"]


async def create_indexes(database: Database) -> None:
    """Create what is missing. An answer's key names person and version, so that is unique already."""
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await database["enrolments"].create_index([("people.person_id", ASCENDING)])
    await database["facilitators"].create_index([("programme_id", ASCENDING), ("person_id", ASCENDING)])
    await database["facilitators"].create_index([("programme_id", ASCENDING), ("regions", ASCENDING)])
    await database["groups"].create_index([("cohort_id", ASCENDING)])
    await database["groups"].create_index([("programme_id", ASCENDING), ("school_ids", ASCENDING)])
    for name in ("visits", "cohort_events"):
        await database[name].create_index([("cohort_id", ASCENDING), ("on", ASCENDING)])
        await database[name].create_index([("people", ASCENDING), ("on", ASCENDING)])
        await database[name].create_index([("schools", ASCENDING), ("on", ASCENDING)])
    await database["visits"].create_index([("group_id", ASCENDING)])
    led = ("visit.facilitator_id", "cohort_id", "state", "on", "group_id")
    await database["visits"].create_index([(field, ASCENDING) for field in led])
    only_booked = {"booked": {"$exists": True}}
    await database["visits"].create_index(
        [("booked", ASCENDING)], unique=True, name="one-a-day", partialFilterExpression=only_booked
    )
    await database["invitation_answers"].create_index([("target_id", ASCENDING), ("version", ASCENDING)])
    await database["enrolments"].create_index([("school_id", ASCENDING)])
    await database["facilitators"].create_index([("person_id", ASCENDING)])
    await database["held_days"].create_index(
        [("person_id", ASCENDING), ("on", ASCENDING)], unique=True, name="held-once"
    )
    await database["held_days"].create_index([("agreement_id", ASCENDING)])
    for field in ("person_id", "host_id"):
        await database["call_offers"].create_index([(field, ASCENDING)])
    for name in ("agreements", "calls"):
        await database[name].create_index([("people", ASCENDING)])
    await database["call_cells"].create_index(
        [("person_id", ASCENDING), ("cell", ASCENDING)], unique=True, name="called-once"
    )
    await database["call_cells"].create_index([("call_id", ASCENDING)])
    await _of_events(database)
    await _of_arrangements(database)
    await duty_indexes(database)
    for field in ("programme_id", "places.place_id", "places.person_id", "publishing"):
        await database["courses"].create_index([(field, ASCENDING)])


async def _of_events(database: Database) -> None:
    for name, of in (("visits", "visit"), ("cohort_events", "event")):
        await database[name].create_index([(f"{of}.programme_id", ASCENDING)])
        await database[name].create_index([("on", ASCENDING), ("state", ASCENDING)])
    await database["event_details"].create_index("cohort_id")
    await database["cohort_events"].create_index(
        [("duty", ASCENDING), ("on", ASCENDING)], partialFilterExpression={"duty": {"$gt": ""}}
    )
    await database["cohort_events"].create_index([("course", ASCENDING)])
    only_decided = {"decided.why": {"$exists": True}}
    await database["cohort_events"].create_index(
        [("decided.why", ASCENDING)], name="yet-to-tell", partialFilterExpression=only_decided
    )


async def _of_arrangements(database: Database) -> None:
    await MongoRoster(database).prepare()
    for field in ("host_school_id", "school_id", "person_id", "visits.attendees.person_id"):
        await database["arrangements"].create_index([("programme_id", ASCENDING), (field, ASCENDING)])
    for field in ("match_id", "visits.visit_id", "suits.person_id", "declined.person_id"):
        await database["arrangements"].create_index([(field, ASCENDING)])
    for field in ("person_id", "arrangement_id"):
        await database["taken_days"].create_index([(field, ASCENDING)])
    await database["engine_schools"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    for field in ("person_entry_id", "thing_entry_id"):
        await database["placements"].create_index([(field, ASCENDING)])
