"""The crowded squares of a cohort: found in the data, named by it, framed on the map and drawn enlarged."""

import re
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kindred.atlas.cohort import Cohort, Group, Place
from kindred.atlas.crowded import LEAST, MOST, SIDE, UNNAMED, squares
from kindred.atlas.drawing import map_of, numbers
from kindred.atlas.insets import ACROSS, DIGITS, insets
from kindred.atlas.labels import Box, width
from kindred.atlas.page import page


def town(at: Place, groups: int, authority: str, region: str = "North") -> list[Group]:
    """Groups of three schools, 500 m apart in rows of ten."""
    return [
        Group(
            number=0,
            score=0.5,
            names=("Ash", "Beech & <Elm>", "Cedar"),
            places=tuple((at[0] + 500.0 * (n % 10), at[1] + 500.0 * (n // 10) + up) for up in (0.0, 90.0, 180.0)),
            coverage=(0.4, 0.5, 0.6),
            authorities=(authority, authority, "Elsewhere"),
            regions=(region, region, ""),
        )
        for n in range(groups)
    ]


def cohort(*towns: list[Group]) -> Cohort:
    groups = [group for one in towns for group in one]
    return Cohort("draft", 0.5, tuple(replace(group, number=n) for n, group in enumerate(groups, start=1)), ())


TWO = cohort(
    town((100_000.0, 100_000.0), 60, "Smallbury"),
    town((400_000.0, 500_000.0), 90, "Largeton", "South"),
    town((250_000.0, 300_000.0), LEAST - 1, "Hamlet"),
)


def test_the_densest_come_first_named_by_the_authority_of_most_schools() -> None:
    found = squares(TWO)
    assert [(one.letter, one.name, one.region, len(one.groups)) for one in found] == [
        ("A", "Largeton", "South", 90),
        ("B", "Smallbury", "North", 60),
    ]


def test_a_map_that_is_hardly_larger_than_a_square_has_none() -> None:
    near = cohort(town((0.0, 0.0), 60, "One"), town((2.5 * SIDE, 0.0), 60, "Other"))
    assert squares(near) == []
    assert squares(Cohort("draft", 0.0, (), ())) == []


def test_no_name_stands_twice() -> None:
    twice = cohort(town((0.0, 0.0), 60, "One"), town((200_000.0, 0.0), 50, "One"))
    assert [one.name for one in squares(twice)] == ["One", "Elsewhere"]


def test_a_square_of_the_only_authority_there_is_more_of_it() -> None:
    alone = [[replace(group, authorities=("One",) * 3) for group in town((x, 0.0), 50, "")] for x in (0.0, 2e5)]
    nameless = [replace(group, authorities=()) for group in town((4e5, 0.0), 50, "")]
    assert [one.name for one in squares(cohort(*alone, nameless))] == ["One", "More of One", UNNAMED]


def test_enlarged_maps_of_few_groups_have_numbers_that_keep_clear_of_each_other_and_of_the_edge() -> None:
    few = cohort(town((0.0, 0.0), 20, "One"), town((200_000.0, 0.0), 20, "Other"))
    drawn = insets(few, squares(few))
    boxes: dict[str, list[Box]] = {"A": [], "B": []}
    for letter, picture in zip(boxes, drawn.split("<figure>")[1:], strict=True):
        for x, y, number in re.findall(r'<text x="(\d+)" y="(\d+)">(\d+)</text>', picture):
            half = round(width(number, DIGITS) / 2)
            boxes[letter].append(Box(int(x) - half, int(y) - DIGITS, int(x) + half, int(y)))
        assert len(boxes[letter]) >= 2
        assert not any(a.meets(b) for a, b in combinations(boxes[letter], 2))
        assert all(box.within(Box(0, 0, ACROSS, ACROSS)) for box in boxes[letter])
    assert not re.search(r"<text x=\S+ y=\S+>\d", map_of(few, squares(few)))
    assert "<text" not in insets(TWO, squares(TWO))


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=12))
def test_no_number_leaves_its_drawing(points: list[tuple[int, int]]) -> None:
    group = TWO.groups[-1]
    drawn = numbers([(group, point) for point in points], 90, DIGITS, (5000, 5000))
    half = round(width(str(group.number), DIGITS) / 2)
    for x, y in re.findall(r'x="(\d+)" y="(\d+)"', drawn):
        assert half <= int(x) <= 5000 - half
        assert DIGITS <= int(y) <= 5000


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=9))
def test_squares_never_overlap_and_hold_the_groups_they_count(cells: list[tuple[int, int]]) -> None:
    found = squares(cohort(*(town((7000.0 * x, 7000.0 * y), 45, f"Town {n}") for n, (x, y) in enumerate(cells))))
    assert len(found) <= MOST
    assert [len(one.groups) for one in found] == sorted((len(one.groups) for one in found), reverse=True)
    for one in found:
        assert len(one.groups) >= LEAST
        assert all(group.middle is not None and one.holds(group.middle) for group in one.groups)
    for a, b in combinations(found, 2):
        assert any(abs(x - y) >= SIDE for x, y in zip(a.corner, b.corner, strict=True))


def test_each_frame_on_the_map_has_the_letter_of_its_enlarged_map() -> None:
    framed = squares(TWO)
    on_map, beside = map_of(TWO, framed), insets(TWO, framed)
    assert on_map.count('<rect class="frame"') == 2
    assert re.findall(r'class="letter"[^>]*>(\w)<', on_map) == ["A", "B"]
    assert re.findall(r"<figcaption><b>(\w)</b> (\w+)", beside) == [("A", "Largeton"), ("B", "Smallbury")]
    assert "A around Largeton, 90 groups; B around Smallbury, 60 groups" in on_map
    assert "Largeton and around (South): 90 groups, 50&nbsp;% covered on average" in beside


def test_an_enlarged_map_has_each_group_once_with_its_names_to_point_at() -> None:
    drawn = insets(TWO, squares(TWO))
    assert drawn.count('<path class="mark k2"') == 150
    assert drawn.count("% covered: Ash, Beech &amp; &lt;Elm&gt;, Cedar</title>") == 150
    assert insets(TWO, []) == ""


def test_the_page_has_them_only_where_the_map_is_crowded() -> None:
    assert page(TWO, "Two").count("<figure>") == 2
    assert "<figure>" not in page(cohort(town((0.0, 0.0), 60, "One")), "One")
