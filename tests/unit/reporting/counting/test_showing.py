"""No number that is ever shown, alone or taken from another, is of fewer people than was promised."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.counting.sheets import Counted, Sheet, Tally
from services.reporting.domain.counting.showing import brought_up_to_date, cells_of
from tests.unit.reporting.entries.exchange import SEPTEMBER

GROUPS = ("head", "lead", "governor", "parent")


def sheet(least=3):
    return Sheet(
        sheet_id="sht-1", programme_id="prg-1", form="pulse", about="school", about_id="sch-1", mark="m",
        begun=SEPTEMBER, least=least, groups={one: one for one in GROUPS},
    )  # fmt: skip


def answered(before, group, name):
    """One more person; what they chose is their own name, so that every sum says whom it is of."""
    tally = before.tallies.get(group, Tally())
    added = tally.plus(Tally(people=1, questions={"q": Counted(answered=1, chosen={name: 1})}))
    return before.model_copy(update={"tallies": {**before.tallies, group: added}})


def people_of(cell):
    return frozenset(cell.tally.questions["q"].chosen)


STEPS = st.lists(st.one_of(st.sampled_from(GROUPS), st.just("report")), max_size=60)


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, least=st.integers(2, 6))
def test_whatever_is_subtracted_from_whatever_leaves_enough_people_or_none(steps, least):
    now, numbers, shown = sheet(least), count(), set()
    for step in [*steps, "report"]:
        if step == "report":
            now = brought_up_to_date(now)
            shown |= {people_of(cell) for cell in now.shown}
            if now.shown:
                shown.add(frozenset().union(*(people_of(cell) for cell in now.shown)))
        else:
            now = answered(now, step, f"p{next(numbers)}")
    everybody = frozenset().union(*shown) if shown else frozenset()
    alike: dict[frozenset[frozenset[str]], set[str]] = {}
    for person in everybody:
        alike.setdefault(frozenset(one for one in shown if person in one), set()).add(person)
    assert all(len(people) >= least for people in alike.values())


@settings(max_examples=200, deadline=None)
@given(people=st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 9)), least=st.integers(2, 6))
def test_every_group_is_in_one_cell_unless_all_are_too_few(people, least):
    cells = cells_of(people, least)
    if sum(people.values()) < least:
        assert cells == ()
        return
    assert sorted(group for cell in cells for group in cell) == sorted(people)
    assert all(sum(people[group] for group in cell) >= least for cell in cells)


def test_a_small_group_takes_the_smallest_large_one_with_it():
    assert cells_of({"governor": 4, "head": 1, "lead": 6}, 3) == (("lead",), ("governor", "head"))
    assert cells_of({"head": 1, "lead": 6, "governor": 2}, 3) == (("lead",), ("head", "governor"))
    assert cells_of({"head": 3, "lead": 6}, 3) == (("head",), ("lead",))
    assert cells_of({"head": 1, "lead": 1}, 3) == ()


def test_later_answers_wait_until_there_are_enough_of_them():
    now = sheet(3)
    for number in range(3):
        now = answered(now, "lead", f"p{number}")
    now = brought_up_to_date(now)
    now = brought_up_to_date(answered(answered(now, "lead", "p3"), "lead", "p4"))
    assert now.people_shown == 3
    assert brought_up_to_date(answered(now, "lead", "p5")).people_shown == 6
