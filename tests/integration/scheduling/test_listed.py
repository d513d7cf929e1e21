"""What is listed of a cohort's calendar is read without the people of events that are in many parts."""

import datetime as dt

import pytest

from benchmarks.scheduling_stored import COHORT, stored
from services.scheduling.domain.visits.records import AnswerRecord
from services.scheduling.handlers.queries.visits import VisitQueries
from shared.commands.scheduling import ListVisits
from tests.integration.scheduling.whole import varied

AT = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)


@pytest.fixture
def database(mongo, settings):
    return mongo.database(f"{settings.database_prefix}scheduling")


@pytest.fixture
async def found(database):
    return await stored(database, varied())


async def asked_of(database, work):
    """What `work` asks of the database: by collection, the bytes of each answer."""
    await database.raw.command("profile", 2)
    reply = await work()
    await database.raw.command("profile", 0)
    where = {"op": {"$in": ["query", "getmore", "command"]}}
    asked: dict[str, list[int]] = {}
    async for each in database["system.profile"].find(where):
        asked.setdefault(each["ns"].rpartition(".")[2], []).append(each.get("responseLength", 0))
    return reply, asked


async def test_a_page_of_a_cohort_reads_no_part_of_an_event_whole_and_all_answers_at_once(found, database):
    query = ListVisits(cohort_id=COHORT, limit=200)
    shown, asked = await asked_of(database, lambda: VisitQueries(found).visits(query))
    events = [each.event for each in varied().published.events]
    assert [(row.event.event_id, row.event.attendees) for row in shown.events] == [
        (one.event_id, ()) for one in events if one.event_id.endswith("-0")
    ]
    assert len(events) > 2 * len(shown.events)
    assert sum(asked["cohort_events"]) < 10_000
    assert len(asked["invitation_answers"]) == 1


async def test_a_person_sees_their_part_of_an_event_whole_and_the_answers_to_each_visit(found):
    record = next(each for each in varied().published.visits if each.state == "published")
    person = record.visit.attendees[0].person_id
    said = AnswerRecord(
        target_id=record.visit.visit_id, person_id=person, version=1, answer="declined", via="page", sequence=0, at=AT
    )
    for each in (said, said.model_copy(update={"version": 2, "answer": "accepted"})):
        await found.answers.add(each)
    shown = await VisitQueries(found).visits(ListVisits(person_id=person))
    theirs = [each.event for each in varied().published.events if person in each.invited]
    assert [row.event for row in shown.events] == theirs
    answers = {row.visit.visit_id: [(one.person_id, one.answer) for one in row.answers] for row in shown.visits}
    assert answers.pop(record.visit.visit_id) == [(person, "accepted")]
    assert set(map(tuple, answers.values())) == {()}
