"""Labels of the page's drawings: none lies on another, whatever the values are."""

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from kindred.atlas.drawing import LABEL
from kindred.atlas.histogram import LANE, SIZE, WIDE, histogram, labels
from kindred.atlas.labels import Box, beside, width

NAMES = ("least", "5th percentile", "median")
VALUES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)
CORNERS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=8)


@given(VALUES)
@example([0.48, 0.5, 0.52])
@example([0.97, 0.98, 0.99])
@example([0.0, 0.01, 0.02])
@example([0.0, 0.5, 1.0])
def test_labels_of_the_histogram_never_overlap_and_stay_inside(values: list[float]) -> None:
    found = labels(list(zip(NAMES, values, strict=True)))
    inside = Box(0, -LANE * len(found), WIDE, 0)
    assert all(label.box.within(inside) for label in found)
    assert not any(a.box.meets(b.box) for a, b in combinations(found, 2))


@given(VALUES)
def test_no_line_of_the_histogram_runs_through_anothers_label(values: list[float]) -> None:
    found = labels(list(zip(NAMES, values, strict=True)))
    assert not any(a.crossed_by(b) for a in found for b in found if a is not b)


def test_values_that_read_the_same_share_a_label() -> None:
    found = labels([("least", 0.978), ("5th percentile", 0.981), ("median", 0.99)])
    assert [label.text for label in found] == ["least, 5th percentile 98 %", "median 99 %"]


def test_every_value_is_said_once_in_the_drawing() -> None:
    drawn = histogram([0.5, 0.52], [("least", 0.5), ("median", 0.52)])
    assert drawn.count(">least 50 %</text>") == drawn.count(">median 52 %</text>") == 1
    assert drawn.count("<line") == 2
    assert '<desc id="coverage-said">50 to 55 %: 2</desc>' in drawn


def test_boxes_that_touch_do_not_overlap() -> None:
    box = Box(0, 0, 10, 10)
    for other in (Box(10, 0, 20, 10), Box(0, 10, 10, 20)):
        assert not box.meets(other)
        assert not other.meets(box)
    assert box.meets(Box(9, 9, 20, 20))
    assert width("five!", SIZE) == 0.58 * SIZE * 5


@given(CORNERS)
def test_letters_of_frames_that_are_apart_lie_on_no_other_frame_or_letter(corners: list[tuple[int, int]]) -> None:
    frames: list[Box] = []
    for x, y in corners:
        frame = Box(x, y, x + 450, y + 450)
        frames += [] if any(map(frame.meets, frames)) else [frame]
    placed: list[Box] = []
    for frame in frames:
        others = [other for other in frames if other is not frame]
        letter = beside(frame, *LABEL, Box(0, 0, 3450, 3450), [*others, *placed])
        assert not any(map(letter.meets, others))
        placed.append(letter)
    assert not any(a.meets(b) for a, b in combinations(placed, 2))


def test_a_letter_goes_where_there_is_room() -> None:
    frame, above, whole = Box(500, 500, 1000, 1000), Box(500, 0, 1000, 500), Box(0, 0, 2000, 2000)
    assert beside(frame, 330, 440, whole, []) == Box(500, 60, 830, 500)
    assert beside(frame, 330, 440, whole, [above]) == Box(500, 1000, 830, 1440)
    assert beside(frame, 330, 440, Box(500, 500, 1400, 1000), []) == Box(1000, 500, 1330, 940)
    assert beside(frame, 330, 440, frame, []) == Box(500, 500, 830, 940)
