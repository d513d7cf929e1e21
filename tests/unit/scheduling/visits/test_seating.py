"""Who sits with whom: schools with needs in common together, tables of about one size, everybody once."""

import random

import pytest

from services.scheduling.domain.visits.seating import MOST_WEIGHED, Seated, seated


def school(number, people=2, **needs):
    ids = tuple(f"per-{number:03}-{one}" for one in range(people))
    return Seated(f"sch-{number:03}", ids, needs)


def tables(found):
    return [sorted({person.rsplit("-", 1)[0][4:] for person in one.person_ids}) for one in found]


def test_schools_that_want_the_same_sit_together():
    schools = [school(number, reading=5) for number in range(4)] + [school(number, maths=5) for number in range(4, 8)]
    random.Random(1).shuffle(schools)
    found = seated(schools, 8)
    assert sorted(tables(found)) == [["000", "001", "002", "003"], ["004", "005", "006", "007"]]
    assert sorted(one.topics for one in found) == [("maths",), ("reading",)]
    assert [one.number for one in found] == [1, 2]


def test_what_is_shared_is_what_two_schools_want_the_most_wanted_first():
    (one,) = seated([school(1, reading=2, maths=1), school(2, reading=2, maths=5), school(3, music=5)], 8)
    assert one.topics == ("maths", "reading")


def test_tables_are_of_about_one_size_and_nobody_is_left_out():
    found = seated([school(number, reading=1) for number in range(5)], 8)
    assert sorted(len(one.person_ids) for one in found) == [4, 6]
    assert len({person for one in found for person in one.person_ids}) == 10


def test_of_a_school_with_more_people_than_a_table_the_rest_sit_elsewhere():
    found = seated([school(1, people=5, reading=1)], 4)
    assert sorted(len(one.person_ids) for one in found) == [1, 4] or all(len(one.person_ids) <= 4 for one in found)
    assert sum(len(one.person_ids) for one in found) == 5


@pytest.mark.parametrize("count", [7, 60, MOST_WEIGHED + 50])
def test_the_order_in_which_schools_are_named_changes_nothing(count):
    draw = random.Random(count)
    topics = [f"topic-{number}" for number in range(12)]
    schools = [
        Seated(
            f"sch-{number:03}",
            (f"a-{number}", f"b-{number}"),
            {topic: draw.randint(1, 5) for topic in draw.sample(topics, 3)},
        )
        for number in range(count)
    ]
    first = seated(schools, 8)
    draw.shuffle(schools)
    assert seated(schools, 8) == first
    assert all(len(one.person_ids) <= 8 for one in first)
    assert len({person for one in first for person in one.person_ids}) == 2 * count


def test_at_random_tables_less_is_shared():
    draw = random.Random(3)
    topics = [f"topic-{number}" for number in range(12)]
    schools = {
        f"sch-{number:03}": Seated(
            f"sch-{number:03}", (f"sch-{number:03}",), {topic: draw.randint(1, 5) for topic in draw.sample(topics, 3)}
        )
        for number in range(60)
    }
    found = [[schools[person] for person in one.person_ids] for one in seated(list(schools.values()), 4)]
    by_chance = [list(schools.values())[first : first + 4] for first in range(0, 60, 4)]
    assert sum(map(_alike, found)) > 1.5 * sum(map(_alike, by_chance))


def _alike(table):
    """How much all pairs at a table want the same."""
    pairs = [(one, other) for place, one in enumerate(table) for other in table[place + 1 :]]
    return sum(min(weight, other.needs.get(topic, 0)) for one, other in pairs for topic, weight in one.needs.items())


def test_nobody_comes():
    assert seated([], 8) == []
