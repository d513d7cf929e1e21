"""Rounds of pairs and rings: who is with whom, time after time, and what happens when somebody leaves."""

import datetime as dt
from itertools import combinations

import pytest

from shared.commands import pairs as asks
from shared.commands.rounds import DraftRound, PublishRound
from shared.errors import Rejected
from shared.events.pairs import PairEnded, PairFormed
from shared.events.rounds import RoundDrafted, RoundPublished
from tests.fakes.matching import coaching

P = coaching.PROGRAMME


async def shown(world, **how):
    return await world.client.find(asks.ShowPairs(programme_id=P, **how))


async def draft(world, *, keep=False):
    await world.client.ask(DraftRound(programme_id=P, keep=keep))
    return await shown(world)


async def publish(world):
    await world.client.ask(PublishRound(programme_id=P, revision=(await shown(world)).revision))
    return await shown(world)


async def another(world):
    await draft(world)
    world.client.clock.at += dt.timedelta(days=90)
    return await publish(world)


def who(found):
    return sorted(sorted(one.person_id[4:] for one in row.people) for row in found.pairs)


def meetings(found):
    return {frozenset(both) for group in who(found) for both in combinations(group, 2)}


async def test_thirteen_in_three_rounds_meet_nobody_twice_and_three_form_a_ring(world):
    await world.tell(*coaching.year(13))
    seen: set[frozenset[str]] = set()
    for run in range(1, 4):
        found = await another(world)
        assert (found.run, found.placed, found.alone) == (run, 13, ())
        assert sorted(len(group) for group in who(found)) == [2, 2, 2, 2, 2, 3]
        assert not seen & meetings(found)
        seen |= meetings(found)


async def test_sixteen_meet_everybody_once_in_fifteen_rounds_and_then_it_is_told_that_fresh_pairs_have_run_out(world):
    await world.tell(*coaching.year(16))
    seen: set[frozenset[str]] = set()
    for _ in range(15):
        found = await another(world)
        assert not seen & meetings(found)
        seen |= meetings(found)
    assert len(seen) == 16 * 15 // 2
    found = await draft(world)
    assert found.sentence == "Fresh pairs have run out: 8 pairs are of people who were together before."
    assert found.placed == 16
    assert all("They were together before: no fresh pair was left." in row.reasons for row in found.pairs)


async def test_nobody_is_with_somebody_of_the_same_line(world):
    await world.tell(*coaching.year(8), *coaching.under("per-boss", 0, 1, 2, 3))
    for _ in range(4):
        found = await another(world)
        assert found.placed == 8
        assert not meetings(found) & {frozenset(both) for both in combinations(("00", "01", "02", "03"), 2)}


async def test_where_all_are_of_one_line_each_is_told_why_and_what_would_help(world):
    await world.tell(*coaching.year(3), *coaching.under("per-boss", 0, 1, 2))
    found = await draft(world)
    assert found.pairs == ()
    assert {one.rule for one in found.alone} == {"same-line"}
    assert found.alone[0].sentence.endswith("To help: bring in a head of another school group.")


async def test_not_this_time_is_for_one_round_and_can_be_taken_back(world):
    await world.tell(*coaching.year(5), coaching.not_now(0), coaching.not_now(1))
    await world.tell(coaching.not_now(1, yes=False, version=2))
    found = await another(world)
    assert [one.person_id for one in found.skipping] == []
    assert who(found) == [["01", "02"], ["03", "04"]]
    assert (await another(world)).placed == 5


async def test_a_round_drafts_itself_at_its_moments_and_nobody_is_told_before_it_is_published(world):
    await world.tell(*coaching.year(4), coaching.came("autumn"), coaching.came("autumn"))
    (first,) = world.of(RoundDrafted)
    assert (first.placed, first.people_without, world.of(PairFormed)) == (4, 0, [])
    assert {row.change for row in (await shown(world)).pairs} == {"new"}
    await publish(world)
    assert sorted(len(one.person_ids) for one in world.of(PairFormed)) == [2, 2]
    (told,) = world.of(RoundPublished)
    assert told.placed == 4
    await world.tell(coaching.came("spring", "closes"))
    assert len(world.of(RoundDrafted)) == 1
    await world.tell(coaching.came("spring", "opens"))
    assert len(world.of(RoundDrafted)) == 2
    assert (await shown(world)).ends == 2
    assert (await shown(world, standing=True)).pairs[0].change == ""
    await publish(world)
    assert [one.reason for one in world.of(PairEnded)] == ["next-round"] * 2
    assert len(world.of(PairFormed)) == 4


async def test_a_successor_takes_the_place_and_not_the_pair_and_nobody_else_moves(world):
    await world.tell(*coaching.year(6))
    await another(world)
    before = who(await shown(world))
    await world.tell(coaching.took("per-new", 0), coaching.gone("per-00", 0, successor="per-new"))
    (ended,) = world.of(PairEnded)
    assert (ended.reason, "per-00" in ended.person_ids) == ("person-left", True)
    stay = next(one for one in ended.person_ids if one != "per-00")
    found = await draft(world, keep=True)
    assert found.ends == 0
    changes = {tuple(sorted(one.person_id for one in row.people)): row.change for row in found.pairs}
    assert changes.pop(tuple(sorted(("per-new", stay)))) == "new"
    assert set(changes.values()) == {"goes-on"}
    told = len(world.of(PairFormed))
    after = who(await publish(world))
    assert [group for group in after if "new" not in group] == [group for group in before if "00" not in group]
    assert len(world.of(PairFormed)) == told + 1


async def test_of_a_ring_of_three_two_go_on_when_one_leaves_and_the_one_who_is_left_joins_a_pair(world):
    await world.tell(*coaching.year(5))
    found = await another(world)
    three = next(group for group in who(found) if len(group) == 3)
    leaver = int(three[0])
    await world.tell(coaching.gone(f"per-{leaver:02}", leaver))
    assert world.of(PairEnded) == []
    assert who(await shown(world)) == sorted([three[1:], *(one for one in who(found) if one != three)])
    two = int(three[1])
    await world.tell(coaching.gone(f"per-{two:02}", two))
    assert len(world.of(PairEnded)) == 1
    found = await draft(world, keep=True)
    assert [row.change for row in found.pairs] == ["changed"]
    await publish(world)
    assert len(world.of(PairFormed)[-1].person_ids) == 3


async def test_a_school_that_withdraws_leaves_its_pair(world):
    await world.tell(*coaching.year(4))
    await another(world)
    await world.tell(coaching.withdrew(3))
    assert [one.reason for one in world.of(PairEnded)] == ["school-withdrawn"]
    found = await draft(world, keep=True)
    assert sorted(len(group) for group in who(found)) == [3]


async def test_who_asks_for_a_change_gets_another_partner_and_nobody_else_moves(world):
    await world.tell(*coaching.year(6))
    found = await another(world)
    row = found.pairs[0]
    await world.client.ask(asks.EndPair(pair_id=row.pair_id))
    with pytest.raises(Rejected, match="no longer"):
        await world.client.ask(asks.EndPair(pair_id=row.pair_id))
    apart = frozenset(one.person_id[4:] for one in row.people)
    found = await draft(world, keep=True)
    assert not {apart} & meetings(found)
    assert sorted(len(group) for group in who(found)) == [3, 3]
    await publish(world)
    assert apart not in meetings(await another(world))


async def test_the_coordinator_holds_people_together_and_apart(world):
    await world.tell(*coaching.year(6), *coaching.under("per-boss", 4, 5))
    people = {"programme_id": P, "person_ids": ("per-00", "per-05")}
    await world.client.ask(asks.PairPeople(**people))
    found = await draft(world)
    assert ["00", "05"] in who(found)
    assert next(row for row in found.pairs if row.pinned).reasons[0] == "You want them together."
    await world.client.ask(asks.KeepApart(**people))
    assert ["00", "05"] not in who(await draft(world))
    with pytest.raises(Rejected, match="report to the same person"):
        await world.client.ask(asks.PairPeople(programme_id=P, person_ids=("per-04", "per-05")))
    await world.client.ask(asks.FreePeople(**people))
    assert (await shown(world)).pins == ()
    with pytest.raises(Rejected, match="Nothing is said"):
        await world.client.ask(asks.FreePeople(**people))
    for wrong in (("per-00",), ("per-00", "per-00"), ("per-00", "per-99")):
        with pytest.raises(Rejected):
            await world.client.ask(asks.PairPeople(programme_id=P, person_ids=wrong))


async def test_only_the_latest_draft_is_published_and_only_while_it_can_be(world):
    await world.tell(*coaching.year(4))
    await draft(world)
    await draft(world)
    with pytest.raises(Rejected, match="number 2, not 1"):
        await world.client.ask(PublishRound(programme_id=P, revision=1))
    await world.tell(coaching.not_now(2))
    with pytest.raises(Rejected, match="Somebody of School 2 has said not this time"):
        await world.client.ask(PublishRound(programme_id=P, revision=2))
    await another(world)
    with pytest.raises(Rejected, match="no draft"):
        await publish(world)


async def test_who_was_together_in_another_programme_is_not_fresh(world):
    await world.tell(*coaching.year(4))
    first = await another(world)
    other = coaching.opened().model_copy(update={"programme_id": "prg-2"})
    await world.tell(other, *(fact for n in range(4) for fact in coaching.enrolled(n, "prg-2")))
    await world.client.ask(DraftRound(programme_id="prg-2"))
    second = await world.client.find(asks.ShowPairs(programme_id="prg-2"))
    assert not meetings(first) & meetings(second)


async def test_rings_have_three_to_five_members(world):
    await world.tell(*coaching.year(11, kind="rings"))
    found = await another(world)
    assert sorted(len(group) for group in who(found)) == [3, 4, 4]
    with pytest.raises(Rejected, match="as a whole"):
        await world.client.ask(asks.PairPeople(programme_id=P, person_ids=("per-00", "per-01")))


async def test_a_programme_without_such_a_round_says_so(world):
    from tests.fakes.matching import exchange

    await world.tell(exchange.opened())
    with pytest.raises(Rejected, match="brings nobody together"):
        await shown(world)


async def test_a_round_is_narrowed_to_those_whom_somebody_looks_for(world):
    await world.tell(*coaching.year(13))
    found = await another(world)
    one = found.pairs[3].people[0]
    for whom in (one.person_id, one.school_id):
        narrowed = await shown(world, concerning=(whom, "per-nobody"))
        assert narrowed.pairs == (found.pairs[3],)
        assert (narrowed.fitting, narrowed.total, narrowed.alone) == (1, found.total, ())
    nobody = await shown(world, concerning=("-",))
    assert (nobody.pairs, nobody.alone, nobody.skipping, nobody.fitting) == ((), (), (), 0)
