"""A round of placements, from what people say on forms to what stands, told and asked as others do."""

import pytest

from services.matching.domain.rounds import wording
from shared.commands import rounds as asks
from shared.errors import Rejected
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import PlaceOffered, RoundClosed, RoundDrafted, RoundPublished
from tests.fakes.matching import exchange

P = exchange.PROGRAMME
SMALL = [
    exchange.opened(),
    *(exchange.enrolled(letter) for letter in "abc"),
    *(exchange.puzzle(name) for name in ("a1", "b1", "c1")),
]


async def shown(world):
    return await world.client.find(asks.ShowRound(programme_id=P))


async def draft(world):
    return await world.client.ask(asks.DraftRound(programme_id=P))


async def publish(world):
    await world.client.ask(asks.PublishRound(programme_id=P, revision=(await shown(world)).round.revision))
    return await shown(world)


def placed(found):
    return {row.person_entry_id[4:]: row.thing_entry_id[4:] for row in found.placements}


def without(found):
    return {row.person_entry_id[4:]: row.rule for row in found.people_without}


@pytest.mark.parametrize("seed", range(6))
async def test_every_school_gives_and_receives_alike_and_each_who_is_without_is_named(world, seed):
    await world.tell(*exchange.year(seed, people=44))
    found = await shown(world)
    assert found.round.state == "draft"
    assert max(abs(row.gives - row.receives) for row in found.ledger) <= 1
    assert found.round.placed + found.round.people_without == 44
    assert found.round.placed >= 39
    assert all(row.rule and "To help: " in row.sentence for row in found.people_without)
    assert len(found.people_without) == found.round.people_without
    assert found.round.placed + found.round.things_without == 40
    assert all(row.rule and row.host in row.sentence for row in found.things_without)


async def test_nineteen_in_twenty_have_one_of_their_first_three_wishes_where_there_is_some_choice(world):
    """Over several years together: in a single one of thirty people, one more or less is three in a hundred."""
    shares = []
    for seed in range(10):
        year = type(world)()
        await year.tell(*exchange.year(seed, people=30))
        found = await shown(year)
        assert found.round.placed == 30
        shares.append(found.first_three)
    assert sum(shares) / len(shares) >= 0.95


async def test_a_round_drafts_itself_when_the_last_of_its_windows_is_over_and_waits_for_the_coordinator(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"), exchange.closed("posting"))
    assert world.of(RoundClosed) == []
    await world.tell(exchange.closed("naming"))
    (drafted,) = world.of(RoundDrafted)
    assert (drafted.revision, drafted.placed, drafted.people_without, drafted.things_without) == (1, 1, 0, 2)
    await world.tell(exchange.closed("naming"))
    assert len(world.of(RoundClosed)) == 1
    assert world.of(PersonPlaced) == []


async def test_what_was_drafted_is_published_once_a_placement_with_its_wish(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "c1", "b1"), *exchange.visitor("b-v", "c1", good_at=["reading"]))
    await draft(world)
    found = await publish(world)
    assert placed(found) == {"a-v": "b1", "b-v": "c1"}
    (told,) = world.of(RoundPublished)
    assert told.placed == 2
    facts = {(one.person_id, one.host_school_id, one.wish, one.round, one.role) for one in world.of(PersonPlaced)}
    assert facts == {("per-a-v", "sch-b", 2, "swap", "visitor"), ("per-b-v", "sch-c", 1, "swap", "visitor")}
    row = next(row for row in found.placements if row.person_id == "per-b-v")
    assert row.reasons == ("It is their first wish.", "They are good at Reading.")
    with pytest.raises(Rejected, match="published already"):
        await publish(world)
    with pytest.raises(Rejected, match="is published"):
        await draft(world)


@pytest.mark.parametrize(
    ("wish", "said"),
    [(1, "It is their first wish."), (4, "It is their fourth wish."), (6, "It is wish 6 of theirs."),
     (None, "It was not wished for.")],
)  # fmt: skip
def test_a_wish_is_called_by_its_place(wish, said):
    assert wording.wish_in_words(wish) == said


async def test_each_who_cannot_be_placed_is_named_with_the_rule(world):
    await world.tell(
        *SMALL,
        exchange.took("per-hana", "lead", "b"),
        *exchange.visitor("a-silent", "b1", word=None),
        *exchange.visitor("a-refused", "b1", manager=False),
        *exchange.visitor("a-own", "a1"),
        *exchange.visitor("a-boss", "b1", boss="per-hana"),
        *exchange.visitor("a-conflict", "c1", not_there=["c1"]),
        *exchange.visitor("a-blank"),
        *exchange.visitor("b-first", "c1"),
        *exchange.visitor("b-second", "c1"),
        exchange.puzzle("c2"),
        *exchange.visitor("b-late", "c2"),
        exchange.withdrawn("c2"),
    )
    await draft(world)
    found = await shown(world)
    assert without(found) == {
        "a-silent": "not-agreed", "a-refused": "not-agreed", "a-own": "same-school", "a-boss": "own-manager",
        "a-conflict": "declared-conflict", "a-blank": "no-wishes", "b-second": "wishes-taken",
        "b-late": "wishes-withdrawn",
    }  # fmt: skip
    sentences = {row.person_entry_id[4:]: row.sentence for row in found.people_without}
    assert "'Your own word' has not been answered with yes" in sentences["a-silent"]
    assert sentences["a-boss"].startswith("The visitor of School A is not placed: their manager answers for it")
    assert found.round.sentence == "2 people have not been agreed to yet; draft again once that is done."
    assert {row.thing_entry_id[4:]: row.rule for row in found.things_without} == {
        "a1": "wished-by-barred", "b1": "wished-by-barred",
    }  # fmt: skip


async def test_somebody_who_agrees_later_is_in_the_next_draft(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1", word=None))
    await draft(world)
    assert placed(await shown(world)) == {}
    await world.tell(exchange.agreed("a-v", version=1))
    await draft(world)
    assert placed(await shown(world)) == {"a-v": "b1"}


async def test_somebody_named_twice_counts_once_wherever(world):
    await world.tell(
        *SMALL, *exchange.visitor("a-v", "b1"), *exchange.visitor("c-v", "b1", person="per-a-v"),
    )  # fmt: skip
    await draft(world)
    found = await shown(world)
    assert placed(found) == {"a-v": "b1"}
    assert without(found) == {"c-v": "named-twice"}


async def test_a_pin_is_kept_against_the_wishes_and_a_rule_is_kept_against_a_pin(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "c1", not_there=["a1"]))
    say = {"programme_id": P, "person_entry_id": "ent-a-v"}
    await world.client.ask(asks.PinPlacement(**say, thing_entry_id="ent-c1"))
    await draft(world)
    found = await shown(world)
    assert placed(found) == {"a-v": "c1"}
    assert found.placements[0].reasons[:2] == ("It is pinned.", "It was not wished for.")
    with pytest.raises(Rejected, match="School A cannot be placed to 'Reading' at School A: it is at their own"):
        await world.client.ask(asks.PinPlacement(**say, thing_entry_id="ent-a1"))
    with pytest.raises(Rejected, match="must not go to that school"):
        await world.client.ask(asks.PinPlacement(programme_id=P, person_entry_id="ent-b-v", thing_entry_id="ent-a1"))
    await world.client.ask(asks.FreePlacement(**say, thing_entry_id="ent-c1"))
    await world.client.ask(asks.ForbidPlacement(**say, thing_entry_id="ent-b1"))
    await draft(world)
    found = await shown(world)
    assert (placed(found), without(found)) == ({"b-v": "c1"}, {"a-v": "forbidden"})
    assert [(pin.how, pin.host) for pin in found.pins] == [("forbidden", "School B")]
    with pytest.raises(Rejected, match="Nothing is pinned"):
        await world.client.ask(asks.FreePlacement(**say, thing_entry_id="ent-c1"))


async def test_a_draft_that_cannot_be_any_more_is_not_published(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"))
    with pytest.raises(Rejected, match="no draft"):
        await world.client.ask(asks.PublishRound(programme_id=P, revision=1))
    await draft(world)
    with pytest.raises(Rejected, match="latest draft is number 1"):
        await world.client.ask(asks.PublishRound(programme_id=P, revision=2))
    await world.tell(exchange.withdrawn("b1"))
    with pytest.raises(Rejected, match="'Reading' at School B was withdrawn"):
        await publish(world)
    await draft(world)
    assert (await publish(world)).round.placed == 0


async def test_a_school_that_leaves_takes_its_people_and_things_with_it(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "c1"))
    await draft(world)
    await publish(world)
    await world.tell(exchange.left("b"))
    assert placed(await shown(world)) == {}
    reasons = {(one.person_id, one.reason, one.version) for one in world.of(PlacementEnded)}
    assert reasons == {("per-a-v", "school-withdrawn", 2), ("per-b-v", "school-withdrawn", 2)}


async def test_whoever_follows_somebody_goes_on_with_their_placement(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"))
    await draft(world)
    await publish(world)
    await world.tell(exchange.gone("per-a-v", "visitor", "a", successor="per-next"))
    before, after = world.of(PersonPlaced)
    assert (before.match_id, before.person_id) == (after.match_id, "per-a-v")
    assert (after.person_id, after.version) == ("per-next", 2)
    assert [row.person_id for row in (await shown(world)).placements] == ["per-next"]
    assert world.of(PlacementEnded) == []


async def test_a_programme_without_such_rounds_says_so(world):
    with pytest.raises(Rejected, match="places nobody"):
        await shown(world)
    await world.tell(exchange.opened())
    with pytest.raises(Rejected, match="rounds of this programme: swap"):
        await world.client.find(asks.ShowRound(programme_id=P, round="other"))


async def test_a_round_is_shown_by_the_page(world):
    await world.tell(*exchange.year(1))
    ask = {"programme_id": P, "limit": 30}
    first, second = [await world.client.find(asks.ShowRound(**ask, offset=offset)) for offset in (0, 30)]
    assert (len(first.placements), first.round.placed, first.schools) == (30, 38, 12)
    whole = await shown(world)
    assert first.placements + second.placements == whole.placements
    assert (second.ledger, len(whole.ledger)) == ((), 12)


async def test_schools_pick_themselves_first_come_by_the_same_rules_and_with_the_same_list(world):
    opened, *rest = SMALL
    assert opened == exchange.opened()
    people = [*exchange.visitor("a-v", "b1"), *exchange.visitor("b-v", "c1"), *exchange.visitor("c-v", "b1")]
    people += exchange.visitor("c-w", "a1")
    await world.tell(exchange.opened(choose="school-picks"), *rest, *people)
    await world.tell(exchange.closed("posting"), exchange.closed("naming"))
    assert (await shown(world)).round.sentence == "Schools pick for themselves, first come; none has yet."
    with pytest.raises(Rejected, match="schools pick themselves"):
        await draft(world)
    pick = {"programme_id": P, "person_entry_id": "ent-a-v"}
    with pytest.raises(Rejected, match="their own school"):
        await world.client.ask(asks.PickThing(**pick, thing_entry_id="ent-a1"))
    with pytest.raises(Rejected, match="Only who named somebody"):
        await world.client.ask(asks.PickThing(**pick, thing_entry_id="ent-b1", person_id="per-lead-b"))
    await world.client.ask(asks.PickThing(**pick, thing_entry_id="ent-b1", person_id="per-lead-a"))
    with pytest.raises(Rejected, match="Somebody is placed to 'Reading' at School B"):
        await world.client.ask(asks.PickThing(programme_id=P, person_entry_id="ent-c-v", thing_entry_id="ent-b1"))
    found = await shown(world)
    assert (placed(found), found.round.state, len(world.of(RoundPublished))) == ({"a-v": "b1"}, "published", 1)
    await world.client.ask(asks.WithdrawPlacement(match_id=found.placements[0].match_id))
    assert [(one.person_id, one.host_school_id) for one in world.of(PlaceOffered)] == [("per-c-v", "sch-b")]
    with pytest.raises(Rejected, match="'Reading' at School B is kept for somebody who waits"):
        await world.client.ask(asks.PickThing(programme_id=P, person_entry_id="ent-c-w", thing_entry_id="ent-b1"))
    await world.client.ask(asks.PickThing(programme_id=P, person_entry_id="ent-b-v", thing_entry_id="ent-c1"))
    assert placed(await shown(world)) == {"b-v": "c1"}


async def test_nobody_picks_where_the_coordinator_places(world):
    await world.tell(*SMALL, *exchange.visitor("a-v", "b1"))
    with pytest.raises(Rejected, match="the coordinator places people"):
        await world.client.ask(asks.PickThing(programme_id=P, person_entry_id="ent-a-v", thing_entry_id="ent-b1"))


async def test_a_round_is_searched_by_place_school_person_and_entry(world):
    await world.tell(*exchange.year(40))
    await draft(world)
    every = await shown(world)
    one = every.placements[2]

    async def narrowed(**how):
        return await world.client.find(asks.ShowRound(programme_id=P, **how))

    for how in ({"concerning": (one.person_id,)}, {"concerning": (one.thing_entry_id,)}):
        assert (await narrowed(**how)).placements == (one,)
    hosted = await narrowed(search=one.host.upper())
    assert one in hosted.placements
    assert all(hosted_by(row, one.host) for row in (*hosted.placements, *hosted.things_without))
    nothing = await narrowed(search="no such place", concerning=("-",))
    assert (nothing.placements, nothing.people_without, nothing.things_without, nothing.fitting) == ((), (), (), 0)
    assert nothing.round == every.round


def hosted_by(row, host):
    return host in {row.host, getattr(row, "school", "")} or host in row.thing
