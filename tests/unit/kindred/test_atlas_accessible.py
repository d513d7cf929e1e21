"""The page for whoever sees no colours, little contrast, or nothing: names, marks, contrast and the table by region."""

import re

import pytest

from kindred.atlas.cohort import Cohort, Group, Waiting
from kindred.atlas.marks import CLASSES, legend, mark
from kindred.atlas.page import STYLE, page
from kindred.atlas.regions import Region, regions
from tests.unit.kindred.test_atlas import WHOLE, words
from tests.unit.kindred.test_atlas_crowded import TWO

LIGHT, DARK = (
    dict(re.findall(r"--(\w+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_stand_out_as_wcag_aa_asks(colours: dict[str, str]) -> None:
    text = {name: contrast(colours[name], colours["paper"]) for name in ("ink", "soft")}
    drawn = {name: contrast(colours[name], colours["paper"]) for name in ("k0", "k1", "k2", "k3", "k4", "cross", "bar")}
    assert {name: ratio for name, ratio in text.items() if ratio < 4.5} == {}
    assert {name: ratio for name, ratio in drawn.items() if ratio < 3} == {}


def test_every_class_has_a_form_of_its_own_which_the_legend_shows() -> None:
    forms = [mark(nth, (0, 0), 70) for nth in range(len(CLASSES) + 1)]
    assert len(set(forms)) == 5
    assert re.findall(r'<path class="k\d" d="([^"]+)"', legend(WHOLE, framed=False)) == forms
    assert "a square drawn enlarged" not in legend(WHOLE, framed=False)
    assert "a square drawn enlarged" in legend(WHOLE, framed=True)


@pytest.mark.parametrize("cohort", [WHOLE, TWO], ids=["few", "crowded"])
def test_every_drawing_is_an_image_with_a_title_and_a_description(cohort: Cohort) -> None:
    text = page(cohort, "Cohort")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for tag in re.findall(r"<svg[^>]*>", text):
        if 'aria-hidden="true"' not in tag:
            assert 'role="img"' in tag
            named = re.search(r'aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', tag)
            assert named is not None
            assert f'<title id="{named[1]}">' in text
            assert f'<desc id="{named[2]}">' in text


def group(score: float, coverage: tuple[float, ...], *of: str) -> Group:
    return Group(1, score, ("a",) * len(of), (None,) * len(of), coverage, regions=of)


def test_the_regions_add_up_groups_scores_and_who_waits() -> None:
    groups = (
        group(0.2, (0.1, 0.3, 0.5), "North", "South", "South"),
        group(0.9, (0.8, 0.9, 0.7, 0.6), "South", "South", "South", "South"),
        group(0.4, (0.4, 0.4, 0.4), "", "", ""),
    )
    waiting = (Waiting("x", "too-far", "", region="East"), Waiting("y", "too-far", "", region="South"))
    assert regions(Cohort("draft", 0.5, groups, waiting)) == [
        Region("East", 0, 1, None, None),
        Region("South", 2, 1, (3 * 0.2 + 4 * 0.9) / 7, 0.1),
        Region("Region not known", 1, 0, (3 * 0.4) / 3, 0.4),
    ]


def test_the_table_says_what_the_map_shows() -> None:
    said = words(page(TWO, "Two"))
    assert "Region Groups Mean score Least covered Waiting" in said
    for row in ("North 71 0.500 40 % 0", "South 90 0.500 40 % 0", "All 161 0.500 40 % 0"):
        assert row in said
