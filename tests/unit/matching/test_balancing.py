"""Giving and receiving in balance: the cheapest that keeps it, against brute force."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.assigning.balancing import place_in_balance
from services.matching.assigning.projects import Match, Nominations, Practitioner, Project, cost
from tests.unit.matching.assignment_checker import refusals
from tests.unit.matching.test_projects import rounds


def in_balance(nominations, matches, differ):
    """Whether no school differs by more than `differ`, or moves away from even where it differed by more before."""
    moved = Counter(match.practitioner.school for match in matches)
    moved.subtract(match.project.school for match in matches)
    for school, gives in moved.items():
        before = -nominations.ledger.get(school, 0)
        if not min(0, -differ - before) <= gives <= max(0, differ - before):
            return False
    return True


def cheapest(nominations, differ):
    choices = [
        [None, *(Match(one, project, rank) for rank, project in enumerate(nominations.wishes(one), start=1))]
        for one in nominations.practitioners
    ]
    sets = ([match for match in chosen if match] for chosen in product(*choices))
    return min(
        cost(nominations, matches)
        for matches in sets
        if not refusals(nominations, matches) and in_balance(nominations, matches, differ)
    )


@settings(max_examples=150, deadline=None)
@given(rounds(), st.integers(0, 2))
def test_nothing_cheaper_keeps_the_balance(nominations, differ):
    matched = place_in_balance(nominations, differ)
    assert refusals(nominations, matched.matches) == []
    assert in_balance(nominations, matched.matches, differ)
    assert matched.cost == cheapest(nominations, differ)


def test_a_school_that_only_receives_receives_no_more_than_the_difference():
    people = tuple(Practitioner(f"{school}-1", school, ("c1", "c2")) for school in ("ash", "beech"))
    nominations = Nominations(people, (Project("c1", "cedar"), Project("c2", "cedar")))
    assert [len(place_in_balance(nominations, differ).matches) for differ in (0, 1, 2)] == [0, 1, 2]


def test_what_was_given_before_counts():
    people = (Practitioner("a1", "ash", ("c1",)),)
    gave = Nominations(people, (Project("c1", "cedar"),), ledger={"ash": -1})
    received = Nominations(people, (Project("c1", "cedar"),), ledger={"ash": 1})
    assert (len(place_in_balance(gave, 1).matches), len(place_in_balance(received, 1).matches)) == (0, 1)
