"""While a programme is postponed its rounds stand still; when it goes on, what happened meanwhile is acted on."""

import datetime as dt

import pytest

from shared.commands import rounds as asks
from shared.errors import Rejected
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOffered, PlaceOfferPassed
from tests.fakes.matching import exchange
from tests.unit.matching.test_placement_rounds import P, placed, shown
from tests.unit.matching.test_waiting_list import stands, withdraw

__all__ = ["stands"]
LATER = dt.datetime(2027, 11, 1, 9, tzinfo=dt.UTC)


async def test_offers_fall_away_and_are_made_again_when_it_goes_on(stands):
    await withdraw(stands, "a-v")
    await stands.tell(exchange.postponed())
    (passed,) = stands.of(PlaceOfferPassed)
    assert (passed.person_id, passed.reason, passed.version) == ("per-c-dear", "withdrawn", 2)
    await stands.client.to(LATER)
    assert len(stands.of(PlaceOffered)) == len(stands.of(PlaceOfferPassed)) == 1

    await stands.tell(exchange.resumed())

    again = stands.of(PlaceOffered)[-1]
    assert (again.offer_id, again.version, again.until) == (passed.offer_id, 3, dt.date(2027, 11, 8))
    await stands.client.ask(asks.AcceptOffer(offer_id=again.offer_id, person_id="per-c-dear"))
    assert placed(await shown(stands))["c-dear"] == "b1"


async def test_counts_before_are_counts_after(stands):
    before = placed(await shown(stands))
    await stands.tell(exchange.postponed())
    await stands.client.to(LATER)
    await stands.tell(exchange.resumed())

    assert placed(await shown(stands)) == before
    assert stands.of(PlacementEnded) == stands.of(PlaceOffered) == []


async def test_nobody_decides_anything_meanwhile_but_may_look(stands):
    await stands.tell(exchange.postponed())

    for command in (
        asks.DraftRound(programme_id=P),
        asks.PublishRound(programme_id=P, revision=1),
        asks.PinPlacement(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-c1"),
    ):
        with pytest.raises(Rejected, match=r"^postponed: The programme is postponed; its rounds stand still"):
            await stands.client.ask(command)
    assert len((await shown(stands)).placements) == 4


async def test_a_leavers_place_is_handed_over_when_it_goes_on(stands):
    await stands.tell(exchange.postponed())
    told = len(stands.of(PersonPlaced))
    successor = exchange.took("per-second", "visitor", "a")
    third = exchange.took("per-third", "visitor", "a").model_copy(update={"replaces": "per-second"})
    await stands.tell(
        successor.model_copy(update={"replaces": "per-a-v"}),
        exchange.gone("per-a-v", "visitor", "a", successor="per-second"),
        third,
        exchange.gone("per-second", "visitor", "a", successor="per-third"),
        exchange.gone("per-b-v", "visitor", "b"),
    )
    assert (len(stands.of(PersonPlaced)), stands.of(PlacementEnded)) == (told, [])
    await stands.client.to(LATER)

    await stands.tell(exchange.resumed())

    (handed,) = stands.of(PersonPlaced)[told:]
    assert (handed.person_id, handed.person_entry_id, handed.version) == ("per-third", "ent-a-v", 2)
    (ended,) = stands.of(PlacementEnded)
    assert (ended.person_id, ended.reason) == ("per-b-v", "person-left")
    assert [one.person_id for one in stands.of(PlaceOffered)] == ["per-d-less"]


async def test_a_school_that_left_meanwhile_ends_its_placements_when_it_goes_on(stands):
    await stands.tell(exchange.postponed(), exchange.left("b"))
    assert stands.of(PlacementEnded) == []

    await stands.tell(exchange.resumed())

    assert sorted(one.person_id for one in stands.of(PlacementEnded)) == ["per-a-v", "per-b-v"]
