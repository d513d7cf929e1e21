"""Whatever people do in whatever order, nobody is at two schools on one day, across programmes."""

import asyncio
import datetime as dt
import random
from collections import defaultdict

import pytest

from shared.commands.agreed_visits import CancelAgreedVisit, ChosenDay, ListDays, MoveAgreedVisit
from shared.errors import Rejected
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.conftest import DECEMBER
from tests.unit.scheduling.agreed.exchange import HOST, NINE, THIRD, THREE, VISITOR, agree, lead, propose
from tests.unit.scheduling.world import World

DAYS = [dt.date(2027, 1, day) for day in (12, 13, 14)]
PLACEMENTS = {"mat-1": ("prg-x", HOST), "mat-2": ("prg-y", THIRD), "mat-3": ("prg-x", THIRD)}
STEPS = 40


async def began():
    world = World()
    await world.to(DECEMBER)
    await world.tell(*exchange.begun(programme="prg-x"), *exchange.begun(programme="prg-y"))
    for match, (programme, host) in PLACEMENTS.items():
        await world.tell(exchange.placed(match, host=host, programme=programme))
    return world


async def days(world):
    found = [row for programme in ("prg-x", "prg-y") for row in await _rows(world, programme)]
    return [(row.host_school_id, day) for row in found for day in row.visits]


async def _rows(world, programme):
    return (await world.client.find(ListDays(programme_id=programme))).arrangements


async def step(world, chance):
    """Something that somebody may do, sensible or not."""
    match = chance.choice(sorted(PLACEMENTS))
    person = chance.choice([VISITOR, lead(PLACEMENTS[match][1]), ""])
    some = chance.sample(DAYS, chance.randint(1, 2))
    known = [day for _, day in await days(world) if day.state == "published"]
    match chance.randrange(5):
        case 0:
            await propose(world, person, *some, match=match)
        case 1:
            await agree(world, person, *some, match=match)
        case 2:
            await agree(world, person, *some, match=match, outside=True)
        case 3 if known:
            await world.client.ask(CancelAgreedVisit(visit_id=chance.choice(known).visit_id, words="Snow."))
        case 4 if known:
            day = ChosenDay(on=chance.choice(DAYS), starts=NINE, ends=THREE)
            await world.client.ask(MoveAgreedVisit(visit_id=chance.choice(known).visit_id, day=day))
        case _:
            await world.to(world.clock.now() + dt.timedelta(days=1))


@pytest.mark.parametrize("seed", range(8))
async def test_nobody_is_in_two_places_on_one_day(seed):
    world, chance = await began(), random.Random(seed)
    for _ in range(STEPS):
        try:
            await step(world, chance)
        except Rejected:
            await asyncio.sleep(0)
        places = defaultdict(set)
        for host, day in await days(world):
            if day.state != "cancelled":
                for one in day.attendees:
                    places[one.person_id, day.on].add(host)
        assert all(len(hosts) == 1 for hosts in places.values())
    assert await days(world), "nothing was agreed, so nothing was shown"
