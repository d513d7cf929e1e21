"""A round of placements on the real bus and the real database: from the forms to what is told, and its first offer."""

from services.matching.app import build
from shared.bus import Service
from shared.commands import rounds as asks
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOffered, RoundDrafted, RoundPublished
from tests.fakes.matching import exchange
from tests.integration.matching.conftest import World
from tests.waiting import until

TOLD = (RoundDrafted, RoundPublished, PersonPlaced, PlacementEnded, PlaceOffered)


async def test_a_round_closes_is_published_and_offers_what_becomes_free(own, settings, running, client, at_rest):
    mouth, ear = Service("mouth", settings), Service("ear", settings)
    world = World(mouth, client, at_rest)
    ear.projection("ear-rounds", dict.fromkeys(TOLD, world.hear))
    await running(mouth, ear, build(own))
    letters = "abc"
    await world.tell(exchange.opened(), *(exchange.enrolled(letter) for letter in letters))
    await world.tell(*(exchange.puzzle(f"{letter}1") for letter in letters))
    await world.tell(*exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "a1"), *exchange.visitor("c-v", "b1"))
    await world.tell(exchange.closed("posting"), exchange.closed("naming"))
    (drafted,) = await world.until(RoundDrafted)
    assert (drafted.placed, drafted.people_without) == (2, 1)
    done = await client.ask(asks.DraftRound(programme_id=exchange.PROGRAMME))
    assert done.sentence.startswith("Draft 2: 2 placed")
    await client.ask(asks.PublishRound(programme_id=exchange.PROGRAMME, revision=2))
    placed = await world.until(PersonPlaced, 2)
    first = next(one for one in placed if one.host_school_id == "sch-b")
    await client.ask(asks.WithdrawPlacement(match_id=first.match_id))
    (offer,) = await world.until(PlaceOffered)
    assert {offer.person_id, first.person_id} == {"per-a-v", "per-c-v"}
    await client.ask(asks.AcceptOffer(offer_id=offer.offer_id))
    await until(lambda: len(world.of(PersonPlaced)) == 3, "until the place is taken")
    found = await client.find(asks.ShowRound(programme_id=exchange.PROGRAMME))
    assert (found.round.placed, found.offers) == (2, ())
