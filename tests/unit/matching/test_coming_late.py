"""Schools that come, or change their mind, after enrolment has closed: drafts follow, published groups stay."""

import pytest

from shared.commands.matching import CancelMatching, PublishCohort, RematchCohort, WhyNot
from shared.errors import Rejected
from shared.events.matching import CohortDrafted, CohortRematched, GroupChanged
from tests.fakes.matching import facts

LATE = "it came after the groups were published. To help: match again; `kindred cohorts rematch --least` moves as few"
HEAD = {"headteacher": "per-marsh"}


def grouped(shown):
    return [set(group.school_ids) for group in shown.groups]


async def test_one_more_school_is_in_a_draft_that_is_worked_out_anew(world):
    await world.tell(*facts.everything(7))
    await world.tell(facts.enrolled(8))
    shown = await world.shown()
    assert (shown.cohort.revision, shown.cohort.state) == (2, "draft")
    assert any("sch-08" in group for group in grouped(shown))
    done = await world.publish()
    assert done.sentence == "2 groups with 8 schools are published; 0 wait."


async def test_while_enrolment_is_open_again_no_draft_is_published_and_closing_makes_a_new_one(world):
    await world.tell(*facts.everything(7))
    await world.tell(facts.reopened(), facts.enrolled(8))
    shown = await world.shown()
    assert shown.cohort.revision == 1
    assert shown.cohort.sentence.endswith("Enrolment is open again; when it closes, the groups are drafted anew.")
    with pytest.raises(Rejected, match="enrolment-open"):
        await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=1))
    await world.tell(facts.closed(8, version=4))
    shown = await world.shown()
    assert (shown.cohort.revision, sum(map(len, grouped(shown)))) == (2, 8)
    await world.publish()


async def test_a_school_that_comes_after_publication_waits_and_says_so(world):
    await world.tell(*facts.everything(6))
    await world.publish()
    before = grouped(await world.shown())
    await world.tell(facts.enrolled(8))
    shown = await world.shown()
    assert (shown.cohort.state, grouped(shown)) == ("published", before)
    (waits,) = shown.waiting
    assert (waits.school_id, waits.rule) == ("sch-08", "late")
    assert waits.sentence.startswith(f"School 08 waits: {LATE}")
    assert shown.cohort.sentence == (
        "6 schools in 2 groups; 0 wait. 1 school has come since and waits; "
        "`kindred cohorts rematch --least` moves as few as can be."
    )
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100008, other_urn=100000))
    assert why.sentence == waits.sentence
    await world.tell(facts.withdrawn(8))
    assert (await world.shown()).waiting == ()


async def test_the_least_re_match_finds_it_a_group_and_moves_nobody(world):
    await world.tell(*facts.everything(6))
    await world.publish()
    before = grouped(await world.shown())
    await world.tell(facts.enrolled(8))
    await world.client.ask(RematchCohort(programme_id="prg-1", least=True))
    after = grouped(await world.shown())
    assert [group - {"sch-08"} for group in after] == before
    assert any("sch-08" in group for group in after)
    done = await world.publish()
    assert done.sentence == "2 groups with 7 schools are published; 0 wait."
    assert world.of(CohortRematched)[-1].changed == 1
    (changed,) = world.of(GroupChanged)  # so only this group's people are told
    assert (changed.joined, changed.left) == (("sch-08",), ())


async def test_a_re_match_called_off_leaves_a_late_school_waiting(world):
    await world.tell(*facts.everything(6))
    await world.publish()
    await world.client.ask(RematchCohort(programme_id="prg-1"))
    await world.tell(facts.enrolled(8))
    assert any("sch-08" in group for group in grouped(await world.shown()))
    await world.client.ask(CancelMatching(programme_id="prg-1"))
    assert [row.rule for row in (await world.shown()).waiting] == ["late"]


async def test_schools_that_ask_to_be_kept_apart_after_closing_are_apart_in_the_next_draft(world):
    await world.tell(*facts.everything(8))
    one, other = sorted(grouped(await world.shown())[0])[:2]
    await world.tell(facts.amended(int(one[-2:]), not_with=(int(other[-2:]),)))
    shown = await world.shown()
    assert shown.cohort.revision == 2
    assert not any({one, other} <= group for group in grouped(shown))


async def test_a_published_group_that_has_come_to_break_a_rule_says_which_and_for_whom(world):
    await world.tell(*facts.everything(8))
    await world.publish()
    group = (await world.shown()).groups[0]
    one, other = sorted(group.school_ids)[:2]
    await world.tell(facts.amended(int(one[-2:]), not_with=(int(other[-2:]),)))
    shown = await world.shown()
    assert (shown.cohort.revision, len(world.of(CohortDrafted))) == (1, 1)
    assert shown.groups[0].reasons[0] == (
        f"School {one[-2:]} and School {other[-2:]} may not be in one group any more: one of them asked not to be "
        "matched with the other. Match again to part them."
    )


async def test_an_enrolment_that_says_nothing_new_to_matching_leaves_the_draft(world):
    await world.tell(*facts.everything(8))
    await world.tell(facts.amended(4))
    assert (await world.shown()).cohort.revision == 1


async def test_a_new_head_who_is_head_of_another_school_too_parts_the_two_in_the_draft(world):
    await world.tell(*facts.everything(8))
    group = sorted(grouped(await world.shown())[0])
    one, other, third = (int(school[-2:]) for school in group[:3])
    await world.tell(facts.replaced(third, "headteacher", "per-nobody-else"))
    assert (await world.shown()).cohort.revision == 1
    await world.tell(facts.amended(one, people=HEAD), facts.replaced(other, "headteacher", "per-marsh"))
    shown = await world.shown()
    assert not any({f"sch-{one:02}", f"sch-{other:02}"} <= pair for pair in grouped(shown))
