"""Practitioners to projects: the cheapest and the stable way, against brute force and independent checks."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.assigning.placing import place, place_stably
from services.matching.assigning.projects import (
    Match,
    Nominations,
    Practitioner,
    Project,
    Reason,
    cost,
    host_orders,
    outcome,
)
from tests.unit.matching.assignment_checker import refusals

SCHOOLS = ("ash", "beech", "cedar")
SKILLS = ("data", "reading", "send")


@st.composite
def rounds(draw, people=4, posts=4):
    some_skills = st.frozensets(st.sampled_from(SKILLS), max_size=2)
    projects = tuple(
        Project(f"prj-{n}", draw(st.sampled_from(SCHOOLS)), draw(some_skills))
        for n in range(draw(st.integers(0, posts)))
    )
    ids = [*(project.id for project in projects), "prj-gone"]
    practitioners = tuple(
        Practitioner(
            f"per-{n}",
            draw(st.sampled_from(SCHOOLS)),
            tuple(draw(st.lists(st.sampled_from(ids), max_size=4))),
            draw(some_skills),
        )
        for n in range(draw(st.integers(0, people)))
    )
    caps = st.dictionaries(st.sampled_from(SCHOOLS), st.integers(0, 2), max_size=3)
    ledger = st.dictionaries(st.sampled_from(SCHOOLS), st.integers(-3, 3), max_size=3)
    return Nominations(practitioners, projects, draw(caps), draw(caps), draw(ledger))


def cheapest(nominations):
    """The least cost of all sets of matches that break no rule."""
    choices = [
        [None, *(Match(one, project, rank) for rank, project in enumerate(nominations.wishes(one), start=1))]
        for one in nominations.practitioners
    ]
    sets = ([match for match in chosen if match] for chosen in product(*choices))
    return min(cost(nominations, matches) for matches in sets if not refusals(nominations, matches))


def blocking(nominations, matched):
    """(practitioner, project) pairs that would both rather be together; independent of the engine."""
    mine = {match.practitioner.id: match for match in matched.matches}
    orders = host_orders(nominations)
    schools = {one.school for one in nominations.practitioners}
    full = {school for school in schools if _sent(matched, school) >= nominations.may_send(school)}
    found = []
    for one in nominations.practitioners:
        match = mine.get(one.id)
        if match is None and one.school in full:
            continue
        wished = nominations.wishes(one)
        for project in wished[: match.rank - 1] if match else wished:
            order, host = orders[project.school], project.school
            here = [each for each in matched.matches if each.project.school == host]
            holder = next((each for each in here if each.project.id == project.id), None)
            worst = max((order[each.practitioner.id] for each in here), default=-1)
            if holder is not None:
                wanted = order[one.id] < order[holder.practitioner.id]
            elif len(here) < nominations.may_receive(host):
                wanted = True
            else:
                wanted = bool(here) and (one.id in {each.practitioner.id for each in here} or order[one.id] < worst)
            if wanted:
                found.append((one.id, project.id))
    return found


def _sent(matched, school):
    return sum(match.practitioner.school == school for match in matched.matches)


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_no_set_of_matches_is_cheaper_and_no_rule_is_broken(nominations):
    matched = place(nominations)
    assert refusals(nominations, matched.matches) == []
    assert matched.cost == cheapest(nominations)
    placed = [match.practitioner.id for match in matched.matches]
    everybody = sorted(placed + [one.practitioner.id for one in matched.unmatched])
    assert everybody == [one.id for one in nominations.practitioners]


@settings(max_examples=200, deadline=None)
@given(rounds(people=6, posts=5))
def test_in_stable_mode_nobody_and_no_host_would_rather_be_with_each_other(nominations):
    matched = place_stably(nominations)
    assert refusals(nominations, matched.matches) == []
    assert blocking(nominations, matched) == []


@settings(max_examples=60, deadline=None)
@given(rounds(), st.sampled_from(SCHOOLS))
def test_a_higher_limit_never_leaves_more_without_a_project(nominations, school):
    wider = Nominations(
        nominations.practitioners,
        nominations.projects,
        {**nominations.sends, school: 10},
        {**nominations.receives, school: 10},
        nominations.ledger,
    )
    assert len(place(wider).matches) >= len(place(nominations).matches)


def test_the_blocking_check_finds_a_planted_pair():
    ann, bob = Practitioner("ann", "ash", ("p", "q"), frozenset({"data"})), Practitioner("bob", "beech", ("p", "q"))
    nominations = Nominations((ann, bob), (Project("p", "cedar", frozenset({"data"})), Project("q", "cedar")))
    p, q = nominations.projects
    wrong = outcome(nominations, [Match(ann, q, 2), Match(bob, p, 1)])
    assert blocking(nominations, wrong) == [("ann", "p")]
    assert [match.project.id for match in place_stably(nominations).matches] == ["p", "q"]


def test_each_who_goes_without_is_told_why():
    practitioners = (
        Practitioner("a0", "ash", ("c2",)),
        Practitioner("a1", "ash", ("b",)),
        Practitioner("a2", "ash", ("a",)),
        Practitioner("a3", "ash", ()),
        Practitioner("b1", "beech", ("a",)),
        Practitioner("b2", "beech", ("c",)),
        Practitioner("c1", "cedar", ("b",)),
    )
    projects = (Project("a", "ash"), Project("b", "beech"), Project("c", "cedar"), Project("c2", "cedar"))
    nominations = Nominations(practitioners, projects, {"beech": 1}, {"cedar": 1}, {"cedar": 4})
    matched = place(nominations)
    assert {one.practitioner.id: one.reason for one in matched.unmatched} == {
        "a1": Reason.TAKEN,  # the second of its school goes after the first of another
        "a2": Reason.OWN_SCHOOL,
        "a3": Reason.NO_WISHES,
        "b2": Reason.SENDS_ENOUGH,
    }
    assert [project.id for project in matched.open_projects] == ["c"]
    assert matched.unmatched[1].sentence == (
        "a2 has no project: all wishes are projects of the practitioner's own school. "
        "To help: wish for another school's."
    )


def test_a_host_that_is_full_is_named_as_the_reason():
    people = (Practitioner("a", "ash", ("p",)), Practitioner("b", "beech", ("q",)))
    nominations = Nominations(people, (Project("p", "cedar"), Project("q", "cedar")), receives={"cedar": 1})
    for matched in (place(nominations), place_stably(nominations)):
        assert [one.reason for one in matched.unmatched] == [Reason.HOSTS_FULL]


def test_a_school_that_gave_is_served_before_one_that_only_received():
    people = (Practitioner("a", "ash", ("owes", "gave")),)
    projects = (Project("owes", "beech"), Project("gave", "cedar"))
    nominations = Nominations(people, projects, ledger={"beech": 3, "cedar": -2})
    assert [match.project.id for match in place(nominations).matches] == ["gave"]


def test_a_match_says_which_wish_it_is_and_what_skills_fit():
    one = Practitioner("a", "ash", ("p",), frozenset({"data", "send"}))
    nominations = Nominations((one,), (Project("p", "beech", frozenset({"data"})),))
    assert place(nominations).matches[0].sentence == "It is the first wish; brings data."


@pytest.mark.parametrize("way", [place, place_stably])
def test_nobody_and_nothing_make_an_empty_round(way):
    matched = way(Nominations((), ()))
    assert (matched.matches, matched.unmatched, matched.open_projects, matched.cost) == ((), (), (), 0)


@pytest.mark.parametrize("way", [place, place_stably])
@pytest.mark.parametrize("caps", [{"sends": {"s": -1}}, {"receives": {"t": -1}}])
def test_a_limit_below_nothing_is_nothing(way, caps):
    nominations = Nominations((Practitioner("a", "s", ("x",)),), (Project("x", "t"),), **caps)
    assert way(nominations).matches == ()


@pytest.mark.parametrize("twice", [((Practitioner("a", "s"),) * 2, ()), ((), (Project("x", "s"), Project("x", "t")))])
def test_an_id_that_is_not_its_owners_alone_is_refused(twice):
    with pytest.raises(ValueError, match="an id of its own"):
        Nominations(*twice)


def test_everybody_gets_one_of_the_first_three_wishes_where_that_leaves_nobody_out():
    projects = tuple(Project(place, f"school-{place}") for place in ("full-1", "full-2", "near", "far", "other"))
    ash = Practitioner("per-ash", "ash", ("full-1", "full-2", "near", "far"))
    beech = Practitioner("per-beech", "beech", ("near", "full-1", "other"))
    shut = {"school-full-1": 0, "school-full-2": 0}
    matched = place(Nominations((ash, beech), projects, receives=shut))
    assert {(match.practitioner.id, match.rank) for match in matched.matches} == {("per-ash", 3), ("per-beech", 3)}


def test_a_fourth_wish_is_better_than_none():
    projects = tuple(Project(place, f"school-{place}") for place in ("full-1", "full-2", "near", "far"))
    ash = Practitioner("per-ash", "ash", ("full-1", "full-2", "near", "far"))
    beech = Practitioner("per-beech", "beech", ("near",))
    shut = {"school-full-1": 0, "school-full-2": 0}
    matched = place(Nominations((ash, beech), projects, receives=shut))
    assert {(match.practitioner.id, match.rank) for match in matched.matches} == {("per-ash", 4), ("per-beech", 1)}
