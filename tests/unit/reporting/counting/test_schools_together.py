"""Schools of one trust that train together: from totals over them and what each reads no answer is worked out."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.counting.showing import brought_up_to_date
from services.reporting.domain.counting.tables import shown_of
from tests.unit.reporting.counting.test_showing import answered, people_of, sheet

SCHOOLS = ("sch-1", "sch-2", "sch-3")
ALL = "all of them"
REPORTS = {f"report of {one}": (one,) for one in SCHOOLS} | {ALL: SCHOOLS}
STEPS = st.lists(st.sampled_from([*SCHOOLS, *SCHOOLS, *REPORTS]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, least=st.integers(2, 5))
def test_totals_and_what_each_school_reads_cannot_be_subtracted_down_to_one_person(steps, least):
    now = {one: sheet(least).model_copy(update={"sheet_id": one, "about_id": one, "groups": {}}) for one in SCHOOLS}
    numbers, shown = count(), set()
    for step in [*steps, ALL]:
        if step in SCHOOLS:
            now[step] = answered(now[step], "", f"p{next(numbers)}")
            continue
        asked = REPORTS[step]
        now |= {one: brought_up_to_date(now[one]) for one in asked}
        read = shown_of([now[one] for one in asked], {})
        shown |= {people_of(cell) for cell in read.cells.values()}
    everybody = frozenset().union(*shown) if shown else frozenset()
    alike: dict[frozenset[frozenset[str]], set[str]] = {}
    for person in everybody:
        alike.setdefault(frozenset(one for one in shown if person in one), set()).add(person)
    assert all(len(people) >= least for people in alike.values())


def test_a_school_of_which_too_few_answered_is_in_no_total():
    few, many = sheet(3), sheet(3).model_copy(update={"sheet_id": "sht-2"})
    for number in range(2):
        few = answered(few, "", f"few{number}")
    for number in range(4):
        many = answered(many, "", f"many{number}")
    read = shown_of([brought_up_to_date(one) for one in (few, many)], {})
    (cell,) = read.cells.values()
    assert people_of(cell) == {f"many{number}" for number in range(4)}
    assert read.withheld == 1
