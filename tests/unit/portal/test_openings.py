"""The first use of a link is published once, in the transaction that notes it."""

import asyncio

import pytest

from services.portal.domain.links import link_id_of
from services.portal.handlers.commands import LinkOpenings
from shared.events.portal import LinkOpened
from tests.fakes import FakeWork
from tests.unit.portal.world import NOW, VISIT


@pytest.fixture
def published():
    return []


@pytest.fixture
def openings(world, published):
    """The handler over stores in memory; every transaction's events with whom it was for."""

    async def transact(work, actor):
        unit = FakeWork(now=NOW)
        await work(unit)
        published.extend((actor, event) for event in unit.published)

    return LinkOpenings(transact, world.stores.links)


async def link_of(world):
    return await world.stores.links.get(link_id_of(await world.issue("answer")))


async def test_it_is_published_with_what_the_link_opens(world, openings, published):
    link = await link_of(world)
    await openings.opened(link)
    about = {"person_id": "per-b-head", "purpose": "answer", "target_id": VISIT}
    assert published == [("per-b-head", LinkOpened(version=1, link_id=link.link_id, **about))]


async def test_it_is_published_once_however_often_and_however_many_at_a_time(world, openings, published):
    link = await link_of(world)
    await asyncio.gather(*(openings.opened(link) for _ in range(3)))
    await openings.opened(await world.stores.links.get(link.link_id))
    assert len(published) == 1


async def test_nothing_is_published_of_a_link_that_is_gone_meanwhile(world, openings, published):
    link = await link_of(world)
    await world.stores.erasure.erase(link.person_id)
    await openings.opened(link)
    assert published == []
