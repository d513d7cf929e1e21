"""What is read of MongoDB: a decline reads what its repair can touch, a page reads no event whole."""

from collections import Counter

import pytest

from benchmarks.scheduling_stored import COHORT, NOW, stored
from services.scheduling.app import build
from shared.bus import UnitOfWork
from shared.commands.scheduling import AnswerInvitation, ListVisits
from tests.unit.scheduling.cohorts import known, movable, varied

READ_AT_MOST = 150
"""Documents read by a decline that a facilitator's other groups cannot help: none of it grows with the cohort."""


@pytest.fixture
def database(mongo, settings):
    return mongo.database(f"{settings.database_prefix}scheduling")


async def profiled(database, mongo, work):
    """The reads that `work` makes of the database, in a transaction like the bus's."""
    await database.raw.command("profile", 2)
    await mongo.in_transaction(work)
    await database.raw.command("profile", 0)
    where = {"op": {"$in": ["query", "getmore"]}}
    return [each async for each in database["system.profile"].find(where)]


def declining(found, record, person):
    command = AnswerInvitation(
        target_id=record.visit.visit_id, target_kind="visit", person_id=person, answer="declined"
    )
    work = UnitOfWork(now=NOW, actor=person, event_id="e", correlation_id="c")
    handler = build(stores=lambda _: found).declaration.commands[AnswerInvitation]

    async def answer():
        await handler(command, work)

    return answer, work


@pytest.mark.parametrize("who", ["attendee", "facilitator"])
async def test_a_decline_asks_for_no_cohort_whole_and_reads_few_documents(database, mongo, who):
    found = await stored(database, known())
    record = movable()[20]
    person = record.visit.facilitator_id if who == "facilitator" else record.visit.attendees[0].person_id
    answer, work = declining(found, record, person)
    reads = await profiled(database, mongo, answer)
    kinds = [type(fact).__name__ for fact in work.outgoing]
    assert kinds[0] == "InvitationAnswered"
    assert {"VisitMoved", "VisitChanged", "CoordinatorAsked"} & set(kinds)
    filters = [
        (each["ns"].rpartition(".")[2], each["command"].get("filter", {})) for each in reads if each["op"] == "query"
    ]
    narrow = {"_id", "group_id", "school_id", "school_ids", "people.person_id", "people", "visit.facilitator_id"}
    broad = [
        (name, asked)
        for name, asked in filters
        if name in {"visits", "groups", "enrolments"} and not narrow & set(asked)
    ]
    assert broad == []
    examined = Counter[str]()
    for each in reads:
        examined[each["ns"].rpartition(".")[2]] += each.get("docsExamined", 0)
    assert sum(examined.values()) - examined["facilitators"] <= READ_AT_MOST, examined
    assert examined["facilitators"] <= len(known().sources.facilitators) + 4  # its leaders, then all who serve
    assert examined["enrolments"] < len(known().sources.enrolments) / 10


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


async def test_a_page_of_a_cohort_reads_no_part_of_an_event_whole_and_all_answers_at_once(database):
    found = await stored(database, varied())
    query = ListVisits(cohort_id=COHORT, limit=200)
    shown, asked = await asked_of(
        database, lambda: build(stores=lambda _: found).declaration.queries[ListVisits](query)
    )
    events = [each.event for each in varied().published.events]
    assert [(row.event.event_id, row.event.attendees) for row in shown.events] == [
        (one.event_id, ()) for one in events if one.event_id.endswith("-0")
    ]
    assert len(events) > 2 * len(shown.events)
    assert sum(asked["cohort_events"]) < 10_000
    assert len(asked["invitation_answers"]) == 1
