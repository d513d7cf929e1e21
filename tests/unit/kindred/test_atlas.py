"""The page of a cohort: what is drawn where, and what it says in words."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kindred.atlas.cohort import Cohort, Group, Waiting, of
from kindred.atlas.drawing import Scale, map_of, outline
from kindred.atlas.histogram import histogram
from kindred.atlas.marks import kind
from kindred.atlas.page import page
from shared.commands import programmes_queries as queries
from shared.commands.matching import CohortDetail, ShowCohort, WaitingRow
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import COHORT, GROUP, ONE, run

NEAR = Group(1, 0.5, ("Ash", "Beech", "Cedar"), ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)), (0.2, 0.6, 1.0))
LOST = Group(2, 0.6, ("Elm <1>", "Fir", "Gum"), ((0.0, 500.0), None, (1000.0, 1000.0)), (0.9, 0.95, 1.0), frozen=True)
WAITS = Waiting("Hazel", "across-water", "Hazel waits & hopes.", (1000.0, 500.0))
WHOLE = Cohort("draft", 0.55, (NEAR, LOST), (WAITS,), bound=0.6, bound_kind="all groups")


class Checked(HTMLParser):
    """Fails where an element is closed that is not open, and keeps the words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert self.open

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(text: str) -> str:
    checked = Checked()
    checked.feed(text)
    assert checked.open == []
    return " ".join(" ".join(checked.words).split())


def test_north_is_up_and_everything_lies_inside() -> None:
    scale = Scale([(100.0, 200.0), (1100.0, 1200.0)])
    assert (scale((100.0, 200.0)), scale((1100.0, 1200.0))) == ((200, 9800), (9800, 200))
    assert (scale.wide, scale.high) == (1000, 1000)
    assert Scale([])((0.0, 0.0)) == (200, 200)


def test_a_bound_by_window_is_not_said_to_hold_for_every_match() -> None:
    local = "by window: 4 of 10 windows of about 300 schools; local"
    said = words(page(replace(WHOLE, bound_kind=local), "All"))
    assert f"8.3 % below about what could be reached ({local})" in said
    assert "no match can beat" not in said


def test_an_outline_goes_round_whatever_order_the_schools_come_in() -> None:
    square = [(0, 0), (10, 10), (10, 0), (0, 10)]
    assert outline(square) == outline(square[::-1]) == "M10 10l-10 0l0 -10l10 0z"
    assert outline([(3, 4)]) == "M3 4z"


def test_a_group_is_coloured_by_its_mean_coverage() -> None:
    assert [kind(NEAR), kind(LOST)] == [2, 4]
    assert kind(replace(NEAR, coverage=(0.3, 0.3))) == 1
    assert kind(replace(NEAR, coverage=())) == 0


def test_few_groups_are_drawn_with_their_names_and_numbers() -> None:
    drawn = map_of(WHOLE, [])
    assert drawn.count('<path class="k') == 2
    assert "<title>Group 2, 95 % covered: Elm &lt;1&gt;, Fir, Gum</title>" in drawn
    assert re.findall(r'<text x="\d+" y="\d+">(\d+)</text>', drawn) == ["1", "2"]
    assert re.search(r'class="dots" d="((?:M\d+ \d+h0)*)"', drawn)[1].count("h0") == 5  # type: ignore[index]  # None fails
    assert drawn.count("l220 220m-220 0l220 -220") == 1


def test_of_many_groups_the_wide_lie_below_the_small_whatever_their_class() -> None:
    wide = replace(NEAR, places=((0.0, 0.0), (90_000.0, 0.0), (0.0, 90_000.0)), coverage=(1.0, 1.0, 1.0))
    drawn = map_of(Cohort("draft", 0.5, (NEAR,) * 120 + (wide,) * 20, ()), [])
    assert re.findall(r'class="k(\d)"', drawn)[:2] == ["4", "4"]
    assert re.findall(r'class="k(\d)"', drawn)[-1] == "2"


def test_thousands_of_groups_are_a_few_paths_and_little_text() -> None:
    places = [(1000.0 * (n % 80), 1000.0 * (n // 80)) for n in range(6800)]
    groups = tuple(
        replace(NEAR, number=n, places=tuple((x + a, y + b) for a, b in ((0.0, 0.0), (9000.0, 500.0), (400.0, 7000.0))))
        for n, (x, y) in enumerate(places)
    )
    text = page(replace(WHOLE, groups=groups), "All")
    assert text.count('<path class="k') <= 16 * 5
    assert len(text) < 600_000


def test_the_page_says_in_words_what_it_shows() -> None:
    said = words(page(WHOLE, "Peer visits <2026/27>"))
    assert "Peer visits <2026/27>" in said
    for part in (
        "Groups 2 2 of 3",
        "Schools in a group 6 1 groups have met",
        "Waiting 1 14.29 % of all",
        "Score 0.5500 8.3 % below what no match can beat (all groups)",
        "50 to 70 %: 1 group (50 %)",
        "90 to 100 %: 1 group (50 %)",
        "a school that waits: 1",
        "Region not known 2 0.550 20 % 1",
        "All 2 0.550 20 % 1",
        "1 schools are not on the map: their places are not known.",
        "The school covered least has 20 %.",
        "5th percentile 20 %",
        "median 90 %",
        "Across water 1",
        "Across water. Hazel waits & hopes.",
    ):
        assert part in said


def test_a_cohort_without_groups_has_a_page_too() -> None:
    said = words(page(Cohort("failed", 0.0, (), ()), "Nothing"))
    assert "There are no groups yet." in said
    assert "Nobody: every school has a group." in said


def test_the_bars_of_the_histogram_are_the_counts() -> None:
    drawn = histogram([0.0, 0.04, 0.5, 1.0], [])
    assert re.findall(r'class="count">(\d+)<', drawn) == ["2", "1", "1"]


def test_the_command_writes_the_page_of_all_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = GROUP.model_copy(update={"coverage": (0.4, 0.6), "places": ((0.0, 0.0), None)})
    waiting = WaitingRow(school_id="sch-3", urn=1, name="Elm", rule="too-far", sentence="Elm waits.", place=(9.0, 9.0))

    def pages(query: ShowCohort) -> CohortDetail:
        one = row.model_copy(update={"number": query.offset + 1})
        return COHORT.model_copy(update={"groups": (one,), "groups_total": 2, "waiting": (waiting,)})

    client = FakeClient({queries.ListProgrammes: ONE, ShowCohort: pages})
    file = tmp_path / "cohort.html"
    assert run(client, "cohorts", "map", str(file)) == 0
    said = words(file.read_text(encoding="utf-8"))
    assert "Groups 2 2 of 2" in said
    assert "2 schools are not on the map" in said
    assert "cohort.html: 2 groups" in capsys.readouterr().out.replace("\n", "")


def test_what_the_contract_answers_is_what_is_drawn() -> None:
    row = GROUP.model_copy(
        update={
            "coverage": (0.4, 0.6),
            "places": ((0.0, 0.0), None),
            "frozen": True,
            "authorities": ("Leeds", "York"),
            "regions": ("North", ""),
        }
    )
    waits = WaitingRow(school_id="sch-3", urn=1, name="Elm", rule="too-far", sentence="Elm waits.", region="South")
    found = of(COHORT.model_copy(update={"groups": (row,), "waiting": (waits,)}))
    assert found.groups == (
        Group(
            number=1,
            score=0.5,
            names=("Abbey", "Brook"),
            places=((0.0, 0.0), None),
            coverage=(0.4, 0.6),
            frozen=True,
            authorities=("Leeds", "York"),
            regions=("North", ""),
        ),
    )
    assert found.waiting == (Waiting("Elm", "too-far", "Elm waits.", region="South"),)
    assert (found.state, found.score, found.bound) == ("draft", 0.5, None)
