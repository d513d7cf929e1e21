"""What becomes free in a published round is offered to who waits, for five working days each; nobody else moves."""

import datetime as dt

import pytest

from services.matching.handlers.rounds import OFFER
from shared.commands import rounds as asks
from shared.errors import Rejected
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOfferAccepted, PlaceOffered, PlaceOfferPassed
from tests.fakes.matching import exchange
from tests.unit.matching.test_placement_rounds import P, draft, placed, publish, shown

ROUND = [
    exchange.opened(),
    *(exchange.enrolled(letter) for letter in "abcd"),
    *(exchange.puzzle(name) for name in ("a1", "b1", "c1", "d1")),
    *exchange.visitor("a-v", "b1"),
    *exchange.visitor("b-v", "c1"),
    *exchange.visitor("c-v", "d1"),
    *exchange.visitor("d-v", "a1"),
    *exchange.visitor("c-dear", "b1"),
    *exchange.visitor("d-less", "c1", "b1"),
]


@pytest.fixture
async def stands(world):
    """A published round: four are placed, two wait."""
    await world.tell(*ROUND)
    await draft(world)
    found = await publish(world)
    assert placed(found) == {"a-v": "b1", "b-v": "c1", "c-v": "d1", "d-v": "a1"}
    return world


async def withdraw(world, name, leaving="person"):
    row = next(row for row in (await shown(world)).placements if row.person_entry_id == f"ent-{name}")
    return await world.client.ask(asks.WithdrawPlacement(match_id=row.match_id, leaving=leaving))


async def test_one_withdraws_and_nobody_else_moves(stands):
    before = placed(await shown(stands))
    done = await withdraw(stands, "a-v")
    assert done.sentence == "The placement has ended; a place is offered to who waits."
    found = await shown(stands)
    assert placed(found) == {name: thing for name, thing in before.items() if name != "a-v"}
    (ended,) = stands.of(PlacementEnded)
    assert (ended.person_id, ended.reason) == ("per-a-v", "person-left")
    (offer,) = stands.of(PlaceOffered)
    assert (offer.person_id, offer.host_school_id, offer.wish) == ("per-c-dear", "sch-b", 1)
    assert offer.until == dt.date(2026, 9, 14), "five working days from Monday 7 September"
    assert [row.offer_id for row in found.offers] == [offer.offer_id]
    with pytest.raises(Rejected, match="has ended already"):
        await stands.client.ask(asks.WithdrawPlacement(match_id=ended.match_id))


async def test_a_bank_holiday_is_none_of_the_days_for_an_offer(stands):
    stands.bank_holidays.add(dt.date(2026, 9, 9))
    await withdraw(stands, "a-v")
    (offer,) = stands.of(PlaceOffered)
    assert offer.until == dt.date(2026, 9, 15), "tasks and silence count the same days"


async def test_the_offer_is_taken_and_everybody_else_stays(stands):
    await withdraw(stands, "a-v")
    (offer,) = stands.of(PlaceOffered)
    with pytest.raises(Rejected, match="There is no offer"):
        await stands.client.ask(asks.AcceptOffer(offer_id=offer.offer_id, person_id="per-b-v"))
    with pytest.raises(Rejected, match="There is no offer"):
        await stands.client.ask(asks.DeclineOffer(offer_id=offer.offer_id, person_id="per-b-v"))
    await stands.client.ask(asks.AcceptOffer(offer_id=offer.offer_id, person_id="per-c-dear"))
    assert placed(await shown(stands)) == {"b-v": "c1", "c-v": "d1", "c-dear": "b1", "d-v": "a1"}
    (accepted,) = stands.of(PlaceOfferAccepted)
    assert accepted.version == 2
    assert stands.of(PersonPlaced)[-1].person_id == "per-c-dear"
    with pytest.raises(Rejected, match="no longer on offer"):
        await stands.client.ask(asks.DeclineOffer(offer_id=offer.offer_id))


async def test_an_offer_that_is_declined_or_not_answered_passes_on_and_does_not_come_back(stands):
    await withdraw(stands, "a-v")
    (first,) = stands.of(PlaceOffered)
    await stands.client.ask(asks.DeclineOffer(offer_id=first.offer_id, person_id="per-lead-c"))
    second = stands.of(PlaceOffered)[-1]
    assert (second.person_id, second.wish) == ("per-d-less", 2)
    await stands.client.to(dt.datetime(2026, 9, 14, 22, 59, tzinfo=dt.UTC))
    assert len(stands.of(PlaceOfferPassed)) == 1
    await stands.client.to(dt.datetime(2026, 9, 14, 23, tzinfo=dt.UTC))
    assert [(one.person_id, one.reason) for one in stands.of(PlaceOfferPassed)] == [
        ("per-c-dear", "declined"), ("per-d-less", "silent"),
    ]  # fmt: skip
    assert len(stands.of(PlaceOffered)) == 2
    found = await shown(stands)
    assert found.offers == ()
    assert [row.thing_entry_id for row in found.things_without] == ["ent-b1"]


async def test_a_thing_that_is_withdrawn_puts_its_person_on_the_list_and_takes_offers_back(stands):
    await withdraw(stands, "a-v")
    await stands.tell(exchange.withdrawn("b1"))
    (passed,) = stands.of(PlaceOfferPassed)
    assert passed.reason == "withdrawn"
    await stands.tell(exchange.withdrawn("c1"))
    ended = stands.of(PlacementEnded)[-1]
    assert (ended.person_id, ended.reason) == ("per-b-v", "thing-withdrawn")
    found = await shown(stands)
    assert placed(found) == {"c-v": "d1", "d-v": "a1"}
    assert {row.person_entry_id: row.rule for row in found.people_without} == {
        "ent-b-v": "wishes-withdrawn", "ent-c-dear": "wishes-withdrawn", "ent-d-less": "wishes-withdrawn",
    }  # fmt: skip


async def test_somebody_who_takes_their_word_back_leaves_and_their_place_is_offered(stands):
    await stands.tell(exchange.agreed("a-v", yes=False))
    assert stands.of(PlacementEnded)[-1].reason == "person-left"
    assert [one.person_id for one in stands.of(PlaceOffered)] == ["per-c-dear"]


async def test_somebody_without_a_successor_ends_their_placement(stands):
    await stands.tell(exchange.gone("per-a-v", "visitor", "a"))
    assert [(one.person_id, one.reason) for one in stands.of(PlacementEnded)] == [("per-a-v", "person-left")]
    assert [one.person_id for one in stands.of(PlaceOffered)] == ["per-c-dear"]
    assert "a-v" not in {row.person_entry_id[4:] for row in (await shown(stands)).people_without}


async def test_a_new_thing_is_offered_to_who_waits_without_another_round(stands):
    await stands.tell(exchange.puzzle("a2"), *exchange.visitor("d-new", "a2"))
    (offer,) = stands.of(PlaceOffered)
    assert (offer.person_id, offer.thing_entry_id) == ("per-d-new", "ent-a2")


async def test_a_pin_in_a_published_round_places_at_once_where_both_are_free(stands):
    pin = {"programme_id": P, "person_entry_id": "ent-d-less"}
    with pytest.raises(Rejected, match="Somebody is placed to 'Reading' at School C"):
        await stands.client.ask(asks.PinPlacement(**pin, thing_entry_id="ent-c1"))
    await withdraw(stands, "a-v")
    await stands.client.ask(asks.PinPlacement(**pin, thing_entry_id="ent-b1"))
    assert placed(await shown(stands))["d-less"] == "b1"
    assert [one.reason for one in stands.of(PlaceOfferPassed)] == ["withdrawn"]


async def test_the_end_of_an_offer_is_watched_until_it_is_answered(stands):
    await withdraw(stands, "a-v")
    (offer,) = stands.of(PlaceOffered)
    assert {(one.kind, one.key, one.due) for one in stands.client.reminders.values()} == {
        (OFFER, offer.offer_id, dt.datetime(2026, 9, 14, 23, tzinfo=dt.UTC))
    }
    await stands.client.ask(asks.AcceptOffer(offer_id=offer.offer_id))
    assert stands.client.reminders == {}
