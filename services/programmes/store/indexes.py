"""The indexes. Unique ones decide races between replicas."""

from shared.mongo import ASCENDING, Database

__all__ = ["create_indexes"]

_A_DAY = 24 * 60 * 60
"""As long as uploads are kept: rows that are sent back hold people's names and addresses."""


async def create_indexes(database: Database) -> None:
    """Create what is missing. URN, enrolment, person and import ids are `_id`, so they are unique already."""
    await database["schools"].create_index([("name_key", ASCENDING)])
    await database["schools"].create_index([("school_id", ASCENDING)])
    await database["school_changes"].create_index([("urn", ASCENDING), ("at", ASCENDING)])
    await database["school_links"].create_index([("predecessor", ASCENDING)])
    await database["school_links"].create_index([("successor", ASCENDING)])
    await database["report_cards"].create_index([("urn", ASCENDING), ("inspected", ASCENDING)], unique=True)
    await database["programmes"].create_index([("name_key", ASCENDING)], unique=True)
    await database["appointments"].create_index([("programme_id", ASCENDING), ("person_id", ASCENDING)], unique=True)
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)], unique=True)
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("urn", ASCENDING)])
    await database["enrolments"].create_index([("programme_id", ASCENDING), ("state", ASCENDING), ("urn", ASCENDING)])
    await database["enrolments"].create_index([("people.person_id", ASCENDING)])
    await database["enrolments"].create_index([("school_id", ASCENDING)])
    await database["schools"].create_index([("trust_code", ASCENDING)])
    await database["parties"].create_index([("programme_id", ASCENDING)])
    await database["parties"].create_index([("trust_id", ASCENDING)])
    await database["parties"].create_index([("schools.school_id", ASCENDING)])
    await database["relations"].create_index([("programme_id", ASCENDING)])
    await database["standings"].create_index([("programme_id", ASCENDING)])
    await database["enquiries"].create_index([("programme_id", ASCENDING), ("at", ASCENDING)])
    await database["enquiries"].create_index([("order", ASCENDING), ("at", ASCENDING)])
    await database["enquiries"].create_index([("email_key", ASCENDING)])
    await database["people"].create_index([("roles.programme_id", ASCENDING)])
    await database["people"].create_index([("roles.school_id", ASCENDING), ("roles.programme_id", ASCENDING)])
    await database["forms_begun"].create_index([("programme_id", ASCENDING)])
    await database["namings"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await database["participations"].create_index([("programme_id", ASCENDING), ("urn", ASCENDING)])
    await database["school_entries"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await database["people"].create_index([("email_key", ASCENDING)], unique=True)
    await database["imports"].create_index([("state", ASCENDING), ("asked", ASCENDING)])
    await database["import_rows"].create_index([("import_id", ASCENDING), ("line", ASCENDING)])
    await database["import_rows"].create_index([("at", ASCENDING)], expireAfterSeconds=_A_DAY)
    await database["templates_sent"].create_index([("at", ASCENDING)], expireAfterSeconds=_A_DAY)
    await database["import_taken"].create_index([("import_id", ASCENDING), ("urn", ASCENDING)])
    await database["import_taken"].create_index([("at", ASCENDING)], expireAfterSeconds=30 * _A_DAY)
