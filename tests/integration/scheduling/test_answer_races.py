"""Two answers at once: one order, one winner, and of two changes of one group the second sees the first."""

import asyncio
from itertools import pairwise

import pytest

from shared.bus import BusClient
from shared.commands.scheduling import AnswerInvitation, ShowVisit
from shared.errors import KindredError
from shared.events.scheduling import InvitationAnswered, VisitMoved
from shared.mongo import DuplicateKey


async def first_visit(world):
    return (await world.visits())[0].visit


def answer(visit, person, said, **more):
    return AnswerInvitation(target_id=visit.visit_id, target_kind="visit", person_id=person, answer=said, **more)


async def test_accept_against_decline_of_one_person_has_one_order(published, settings):
    visit = await first_visit(published)
    person = visit.attendees[0].person_id
    async with await BusClient.connect(settings.nats_url, actor="other") as other:
        results = await asyncio.gather(
            published.client.ask(answer(visit, person, "accepted", sequence=0)),
            other.ask(answer(visit, person, "declined", sequence=0)),
            return_exceptions=True,
        )
    assert all(not isinstance(result, BaseException) or isinstance(result, KindredError) for result in results)
    await published.settled()
    told = published.of(InvitationAnswered)
    assert [event.version for event in told] == list(range(1, len(told) + 1))
    detail = await published.client.find(ShowVisit(visit_id=visit.visit_id))
    last = next(row for row in detail.answers if row.person_id == person)
    assert last.answer == told[-1].answer
    assert len(published.of(VisitMoved)) == sum(event.answer == "declined" for event in told)


async def test_two_declines_in_one_group_at_a_time_keep_its_visits_apart(published, settings):
    first, second = [each.visit for each in await published.visits(group_id="grp-1")][1:]
    async with await BusClient.connect(settings.nats_url, actor="other") as other:
        await asyncio.gather(
            published.client.ask(answer(first, first.attendees[0].person_id, "declined")),
            other.ask(answer(second, second.attendees[5].person_id, "declined")),
        )
    await published.until(VisitMoved, 2)
    dates = sorted(each.visit.on for each in await published.visits(group_id="grp-1"))
    assert all((later - earlier).days >= 14 for earlier, later in pairwise(dates))


async def test_two_visits_cannot_take_one_school_day(published):
    detail = await published.visits()
    rows = published.scheduling.database["visits"]
    document = await rows.find_one({"_id": detail[0].visit.visit_id})
    with pytest.raises(DuplicateKey):
        await rows.insert_one({**document, "_id": "vis-twin"})
