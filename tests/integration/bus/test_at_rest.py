"""The wait that tells a test that nothing more will happen."""

import pytest

from shared.bus import Service
from shared.errors import NotYet
from tests import waiting
from tests.integration.bus.samples import Heard, Rang, belfry, village


async def test_a_chain_of_events_is_over_once_the_bus_is_at_rest(running, settings, at_rest):
    """Each ringing is answered by one less, through two services: 20 times over outbox, relay, stream and handler."""
    hill, valley = Service("hill", settings), Service("valley", settings)
    heard = []

    def echo(answer):
        async def sound(event, work):
            heard.append(event.times)
            if event.times > 1:
                work.publish(answer(bell_id="tom", times=event.times - 1, version=1))

        return sound

    hill.subscribe(Rang, "hill-rang", echo(Heard))
    valley.subscribe(Heard, "valley-heard", echo(Rang))
    await running(hill, valley)

    async def ring(work):
        work.publish(Rang(bell_id="tom", times=20, version=1))

    await hill.transact(ring)
    await at_rest()
    assert sorted(heard) == list(range(1, 21))


async def test_what_is_deferred_is_on_its_way_unless_it_is_expected(running, settings, jetstream, at_rest):
    async def not_yet(_event, _work):
        raise NotYet("tom was not hung yet")

    bells, people = belfry(settings), village(settings, not_yet)
    await running(bells, people)

    async def ring(work):
        work.publish(Rang(bell_id="tom", version=1))

    await bells.transact(ring)
    await at_rest(held=1)
    with pytest.raises(AssertionError, match=r"the bus is at rest: not within 0.2 seconds"):
        await waiting.at_rest(jetstream, [bells.database, people.database], seconds=0.2)
