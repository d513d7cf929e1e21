"""What the page of benchmarks makes of its rows."""

import re

import pytest

from benchmarks.engines import groups
from benchmarks.engines.groups import against
from benchmarks.engines.measured import measured
from benchmarks.engines.pictures import draw
from benchmarks.engines.sections import of_groups
from benchmarks.engines.table import markdown

CERTIFIED = {"engine": "kindred", "N": 30, "score": 0.36, "bound": 0.4, "gap %": 10.0, "bound is": "certified: all"}
LOCAL = {"engine": "kindred", "N": 3_000, "score": 0.5, "bound": 0.55, "gap %": 9.1, "bound is": "by window; local"}


@pytest.mark.parametrize(("n", "found"), [(30, (0.4, 50.0)), (3_000, (None, None)), (300, (None, None))])
def test_a_peer_has_a_gap_where_the_bound_holds_for_every_partition(n, found):
    row = against({"engine": "random", "N": n, "score": 0.2}, [CERTIFIED, LOCAL])
    assert (row.get("bound"), row.get("gap %")) == found
    assert against(CERTIFIED, [CERTIFIED, LOCAL]) == CERTIFIED
    assert against({"engine": "GroupEng", "N": n, "note": "absent"}, [CERTIFIED]).keys() == {"engine", "N", "note"}


def test_the_page_says_that_the_search_compared_is_not_steered_as_the_service_is(monkeypatch):
    monkeypatch.setattr(groups, "rows", lambda sizes, _: [{**CERTIFIED, "N": n, "wall s": 1.0} for n in sizes])
    monkeypatch.setattr(groups, "over_time", lambda *_: {})
    assert "(`both_ways` 0; the service's is 0.25)" in of_groups(quick=True).before


def test_a_peer_whose_source_no_setting_names_is_named_as_absent(monkeypatch):
    monkeypatch.delenv("KINDRED_GROUPENG", raising=False)
    assert measured("GroupEng", 30)["note"] == "absent: KINDRED_GROUPENG names no folder with GroupEng.py."


def test_figures_show_no_digits_that_were_not_measured():
    assert markdown([{"a": 0.45, "b": 0.3412, "c": 86.0, "d": 0.0, "e": 24000}]).splitlines()[-1] == (
        "| 0.45 | 0.3412 | 86.00 | 0.00 | 24,000 |"
    )


def test_lines_differ_by_their_dashes_and_no_time_has_no_place_on_a_logarithmic_axis(tmp_path):
    lines = {"one": [(1.0, 0.0), (10.0, 2.0), (100.0, 3.0)], "other": [(1.0, 1.0), (10.0, 2.0)]}
    for logs, dashed in (("xy", 1), ("x", 1)):
        draw(tmp_path / f"{logs}.svg", "Seconds", ("n", "s"), lines, logs=logs)
        drawn = (tmp_path / f"{logs}.svg").read_text(encoding="utf-8")
        (first, *_) = re.findall(r'<path d="([^"]+)" clip-path[^>]*stroke: #1f77b4', drawn)
        assert first.count("\n") == (2 if logs == "xy" else 3)
        assert len(re.findall(r"clip-path[^>]*stroke-dasharray[^>]*stroke: #ff7f0e", drawn)) == dashed
