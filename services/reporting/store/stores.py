"""All stores on one database, and the indexes they read by."""

from services.reporting.ports.stores import Stores
from services.reporting.store.audit import MongoAudit
from services.reporting.store.counting import MongoPolls, MongoSharedLinks, MongoSheets
from services.reporting.store.entries import MongoEngineProgrammes, MongoEntries, MongoPairs, MongoPlacements
from services.reporting.store.erasure import MongoErasure
from services.reporting.store.facts import MongoGroups, MongoMeetings, MongoMembers, MongoProgrammes
from services.reporting.store.forms import (
    MongoActions,
    MongoAppraisals,
    MongoFindings,
    MongoSurveyAnswers,
    MongoTakeHomes,
)
from services.reporting.store.impact import MongoReleases
from services.reporting.store.reports import MongoReports
from shared.mongo import ASCENDING, DESCENDING, Database
from shared.roster.mongo import MongoRoster


def mongo_stores(database: Database) -> Stores:
    """Return the stores of the service."""
    return Stores(
        programmes=MongoProgrammes(database),
        members=MongoMembers(database),
        groups=MongoGroups(database),
        meetings=MongoMeetings(database),
        appraisals=MongoAppraisals(database),
        take_homes=MongoTakeHomes(database),
        survey_answers=MongoSurveyAnswers(database),
        findings=MongoFindings(database),
        actions=MongoActions(database),
        releases=MongoReleases(database),
        reports=MongoReports(database),
        files=database.files("report_files"),
        erasure=MongoErasure(database),
        engine_programmes=MongoEngineProgrammes(database),
        entries=MongoEntries(database),
        sheets=MongoSheets(database),
        shared_links=MongoSharedLinks(database),
        polls=MongoPolls(database),
        placements=MongoPlacements(database),
        pairs=MongoPairs(database),
        roster=MongoRoster(database),
        audit=MongoAudit(database),
    )


async def prepare(database: Database) -> None:
    """Create the indexes; one of them allows a person one answer a visit or event."""
    await database["members"].create_index([("programme_id", ASCENDING), ("school_id", ASCENDING)])
    await database["groups"].create_index("cohort_id")
    await database["groups"].create_index([("school_ids", ASCENDING), ("programme_id", ASCENDING)])
    await database["meetings"].create_index([("cohort_id", ASCENDING), ("on", ASCENDING)])
    await database["meetings"].create_index([("programme_id", ASCENDING), ("host_school_id", ASCENDING)])
    one = [("target_id", ASCENDING), ("person_id", ASCENDING)]
    await database["survey_answers"].create_index(one, unique=True)
    await database["survey_answers"].create_index([("cohort_id", ASCENDING), ("block_id", ASCENDING)])
    await database["actions"].create_index("findings_id")
    await database["take_homes"].create_index("person_id")
    await database["impact_blocks"].create_index([("cohort_id", ASCENDING), ("release", ASCENDING)])
    for about in ("programme_id", "cohort_id", "school_id"):
        await database["reports"].create_index([(about, ASCENDING), ("changed_at", DESCENDING)])
    await database["reports"].create_index("published", partialFilterExpression={"published": {"$gt": 0}})
    await database["engine_programmes"].create_index("template.key")
    for about in ("programme_id", "about_id", "school_id", "author_ids"):
        await database["entries"].create_index([(about, ASCENDING), ("form", ASCENDING), ("changed_at", DESCENDING)])
    await database["polls"].create_index("template")
    for counted in ("count_sheets", "shared_links"):
        await database[counted].create_index([("programme_id", ASCENDING), ("form", ASCENDING)])
    for field in ("plan.line_id", "plan.owner_id", "reader_ids"):
        await database["entries"].create_index(field)
    await database["entry_versions"].create_index([("entry_id", ASCENDING), ("number", ASCENDING)])
    for field in ("person_id", "earlier.person_id", "host_school_id"):
        await database["placements"].create_index([("programme_id", ASCENDING), (field, ASCENDING)])
    await database["pairs"].create_index([("programme_id", ASCENDING), ("person_ids", ASCENDING)])
    for part in ("invited", "present"):
        await database["meetings"].create_index([("programme_id", ASCENDING), (f"{part}.person_id", ASCENDING)])
    for field in ("entry_id", "person_id"):
        await database["audit"].create_index([(field, ASCENDING), ("_id", DESCENDING)])
    await MongoRoster(database).prepare()
