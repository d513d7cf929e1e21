"""No figure, and no difference between figures or editions, may rest on fewer answers than may be shown."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.impact import (
    Answer,
    Figure,
    Target,
    cohort_figure,
    group_figure,
    make_blocks,
    target_figure,
)
from shared.commands.reporting import Agreement

YES: dict[str, Agreement] = {"use": "agree"}
NO: dict[str, Agreement] = {"use": "neither"}


def answers(target, yes, no=0, start=0):
    return [Answer(f"{target}-{start + n:02d}", target, YES if n < yes else NO) for n in range(yes + no)]


def test_a_visit_with_enough_answers_is_shown_with_counts():
    blocks = make_blocks(answers("v1", 4, 1), [Target("v1", "g1", settled=False)], "c1", 5)
    assert target_figure(blocks, "v1") == Figure(5, {"use": 4})
    assert group_figure(blocks, "g1") == Figure(5, {"use": 4})
    assert cohort_figure(blocks) == Figure(5, {"use": 4})


def test_four_answers_are_shown_nowhere():
    blocks = make_blocks(answers("v1", 4), [Target("v1", "g1", settled=True)], "c1", 5)
    assert blocks == []
    assert cohort_figure(blocks) == Figure(0, {})


def test_one_small_visit_does_not_fall_out_of_the_groups_total():
    targets = [Target("v1", "g1", settled=True), Target("v2", "g1", settled=True)]
    blocks = make_blocks(answers("v1", 6) + answers("v2", 3), targets, "c1", 5)
    assert target_figure(blocks, "v1") == Figure(6, {"use": 6})
    assert target_figure(blocks, "v2") == Figure(0, {})
    assert group_figure(blocks, "g1") == Figure(6, {"use": 6})  # not 9: 9 - 6 would give the 3 away
    assert cohort_figure(blocks) == Figure(6, {"use": 6})


def test_small_visits_count_together_in_their_group_once_they_are_enough():
    targets = [Target("v1", "g1", settled=True), Target("v2", "g1", settled=True), Target("v3", "g1", settled=True)]
    blocks = make_blocks(answers("v1", 6) + answers("v2", 3) + answers("v3", 1, 1), targets, "c1", 5)
    assert group_figure(blocks, "g1") == Figure(11, {"use": 10})
    assert target_figure(blocks, "v2").answers == target_figure(blocks, "v3").answers == 0


def test_what_is_too_little_for_a_group_counts_in_the_cohort():
    targets = [Target("v1", "g1", settled=True), Target("v2", "g2", settled=True), Target("e1", None, settled=True)]
    blocks = make_blocks(answers("v1", 2) + answers("v2", 2) + answers("e1", 1), targets, "c1", 5)
    assert [(block.scope, block.answers) for block in blocks] == [("cohort", 5)]
    assert group_figure(blocks, "g1").answers == group_figure(blocks, "g2").answers == 0
    assert cohort_figure(blocks) == Figure(5, {"use": 5})


def test_few_answers_wait_while_more_are_expected():
    targets = [Target("v1", "g1", settled=False), Target("v2", "g1", settled=True)]
    assert make_blocks(answers("v1", 3) + answers("v2", 3), targets, "c1", 5) == []


def test_a_late_answer_is_not_told_by_the_difference_between_two_editions():
    target = [Target("v1", "g1", settled=True)]
    first = make_blocks(answers("v1", 5, 1), target, "c1", 5)
    second = make_blocks(answers("v1", 0, 1, start=6), target, "c1", 5)
    assert cohort_figure(first) == cohort_figure(first + second) == Figure(6, {"use": 5})


def test_blocks_do_not_depend_on_the_order_in_which_answers_are_read():
    waiting = answers("v1", 6) + answers("v2", 3) + answers("v3", 3)
    targets = [Target(f"v{n}", "g1", settled=True) for n in (1, 2, 3)]
    assert make_blocks(waiting, targets, "c1", 5) == make_blocks(waiting[::-1], targets[::-1], "c1", 5)


visits = st.lists(
    st.tuples(st.sampled_from(["g1", "g2", None]), st.integers(0, 9), st.integers(0, 6), st.booleans()), max_size=7
)


@given(visits)
@settings(max_examples=300, deadline=None)
def test_every_difference_of_all_figures_of_two_editions_rests_on_none_or_enough_answers(plan):
    """The attacker sees every figure of both editions as a set of answers, and takes any from any other."""
    now = [answer for n, (_, first, _, _) in enumerate(plan) for answer in answers(f"v{n}", first)]
    targets = [Target(f"v{n}", group, settled) for n, (group, _, _, settled) in enumerate(plan)]
    first = make_blocks(now, targets, "c1", 5)
    told = {response for block in first for response in block.response_ids}
    late = [answer for n, (_, _, more, _) in enumerate(plan) for answer in answers(f"v{n}", more, start=20)]
    rest = [answer for answer in now if answer.response_id not in told]
    second = first + make_blocks(rest + late, [target._replace(settled=True) for target in targets], "c1", 5)

    figures = [shown for blocks in (first, second) for shown in _figures(blocks, targets)]
    atoms = [frozenset(block.response_ids) for block in second]
    assert all(len(atom) >= 5 for atom in atoms)
    assert sum(map(len, atoms)) == len(frozenset().union(*atoms))
    for figure in figures:  # a sum of whole blocks: so is every sum and difference of figures
        assert all(atom <= figure or not atom & figure for atom in atoms)
    for one, other in combinations(figures, 2):
        assert len(one - other) == 0 or len(one - other) >= 5
        assert len(other - one) == 0 or len(other - one) >= 5


def _figures(blocks, targets):
    yield frozenset(response for block in blocks for response in block.response_ids)
    for group in {target.group_id for target in targets if target.group_id}:
        yield frozenset(r for block in blocks if block.group_id == group for r in block.response_ids)
    for target in targets:
        yield frozenset(
            r for b in blocks if b.scope == "target" and b.scope_id == target.target_id for r in b.response_ids
        )
