"""Two schools agree between themselves: each says so for itself, and then it is a pin that rules still bind."""

import pytest

from shared.commands import rounds as asks
from shared.errors import Rejected
from tests.fakes.matching import exchange
from tests.unit.matching.test_placement_rounds import P, draft, placed, publish, shown

WORLD = [
    exchange.opened(agreed_outside=True),
    *(exchange.enrolled(letter) for letter in "abc"),
    *(exchange.puzzle(name) for name in ("a1", "b1", "c1")),
]


def lead(letter):
    return exchange.puzzle(f"{letter}1").author_ids[0]


def say(person, thing, by):
    return asks.AgreeOutside(
        programme_id=P, person_entry_id=f"ent-{person}", thing_entry_id=f"ent-{thing}", person_id=by
    )


async def refused(world, command):
    with pytest.raises(Rejected) as caught:
        await world.client.ask(command)
    return caught.value.rule


async def test_it_counts_once_both_schools_have_said_so(world):
    await world.tell(*WORLD, *exchange.visitor("a-v", "b1"))
    first = await world.client.ask(say("a-v", "c1", lead("a")))
    assert first.sentence == "Noted. It counts once School C says so, too."
    again = await world.client.ask(say("a-v", "c1", lead("a")))
    assert again.sentence == first.sentence
    await draft(world)
    found = await shown(world)
    assert placed(found) == {"a-v": "b1"}
    assert [(one.school, one.host, one.waits_for) for one in found.agreed] == [("School A", "School C", "School C")]
    both = await world.client.ask(say("a-v", "c1", lead("c")))
    assert both.sentence.startswith("Both schools have agreed: the visitor of School A goes to ")
    await draft(world)
    found = await shown(world)
    assert placed(found) == {"a-v": "c1"}
    assert found.placements[0].reasons[0] == "The two schools agreed on it between themselves."
    assert [(pin.how, pin.host) for pin in found.pins] == [("pinned", "School C")]
    assert [one.waits_for for one in found.agreed] == [""]


async def test_the_coordinator_takes_it_back(world):
    await world.tell(*WORLD, *exchange.visitor("a-v", "b1"))
    for by in (lead("a"), lead("c")):
        await world.client.ask(say("a-v", "c1", by))
    free = asks.FreePlacement(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-c1")
    await world.client.ask(free)
    found = await shown(world)
    assert (found.pins, found.agreed) == ((), ())
    await world.client.ask(say("a-v", "c1", lead("a")))
    await world.client.ask(free)  # also where only one has said so
    assert await refused(world, free) == "no-pin"


async def test_who_speaks_for_neither_and_what_no_rule_allows_is_refused(world):
    await world.tell(*WORLD, *exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "c1", not_there=["a1"]))
    assert await refused(world, say("a-v", "c1", lead("b"))) == "not-theirs"
    assert await refused(world, say("a-v", "c1", "per-nobody")) == "not-theirs"
    assert await refused(world, say("a-v", "a1", lead("a"))) == "same-school"
    assert await refused(world, say("b-v", "a1", lead("a"))) == "declared-conflict"
    assert await refused(world, say("a-v", "x9", lead("a"))) == "unknown-entry"
    forbid = asks.ForbidPlacement(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-c1")
    await world.client.ask(forbid)
    assert await refused(world, say("a-v", "c1", lead("a"))) == "forbidden"


async def test_what_is_pinned_elsewhere_stays_there(world):
    await world.tell(*WORLD, *exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "c1"))
    pin = asks.PinPlacement(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-b1")
    await world.client.ask(pin)
    assert await refused(world, say("a-v", "c1", lead("a"))) == "pinned-elsewhere"
    await world.client.ask(asks.PinPlacement(programme_id=P, person_entry_id="ent-b-v", thing_entry_id="ent-c1"))
    await world.client.ask(asks.FreePlacement(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-b1"))
    assert await refused(world, say("a-v", "c1", lead("c"))) == "pinned-elsewhere"


async def test_in_a_published_round_it_places_at_once_or_says_who_is_there(world):
    await world.tell(*WORLD, *exchange.visitor("a-v", "b1"), *exchange.visitor("b-v"))
    await draft(world)
    await publish(world)
    await world.client.ask(say("b-v", "c1", lead("b")))
    done = await world.client.ask(say("b-v", "c1", lead("c")))
    assert done.sentence.endswith("Placed.")
    assert placed(await shown(world)) == {"a-v": "b1", "b-v": "c1"}
    assert await refused(world, say("a-v", "c1", lead("a"))) == "pinned-elsewhere"


async def test_where_the_template_does_not_say_so_it_is_refused(world):
    await world.tell(
        exchange.opened(), *(exchange.enrolled(letter) for letter in "ac"), exchange.puzzle("c1"),
        *exchange.visitor("a-v"),
    )  # fmt: skip
    assert await refused(world, say("a-v", "c1", lead("a"))) == "no-agreements"
