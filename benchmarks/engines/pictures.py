"""The pictures of docs/benchmarks.md: SVG with fixed ids and no date: the same figures give the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

Lines = Mapping[str, Sequence[tuple[float, float]]]
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (6, 2)), (0, (3, 1, 1, 1)))
mpl.rcParams.update({"svg.hashsalt": "kindred", "svg.fonttype": "none", "font.size": 11})


def draw(path: Path, title: str, axes: tuple[str, str], lines: Lines, *, logs: str = "x") -> None:
    """Lines with a marker and a dash of their own each, so that colour is never the only difference.

    What took no time that could be measured has no place on a logarithmic axis and is left out.
    """
    figure, plot = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    for (name, points), marker, dash in zip(lines.items(), MARKERS, DASHES, strict=False):
        shown = [point for point in sorted(points) if "y" not in logs or point[1] > 0]
        xs, ys = zip(*shown, strict=True)
        plot.plot(xs, ys, marker=marker, linestyle=dash, label=name)
    if "x" in logs:
        plot.set_xscale("log")
        _in_numbers(plot.xaxis)
    if "y" in logs:
        plot.set_yscale("log")
        _in_numbers(plot.yaxis)
    plot.set(title=title, xlabel=axes[0], ylabel=axes[1])
    plot.grid(visible=True, alpha=0.3)
    figure.legend(loc="outside lower center", ncols=3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _in_numbers(axis: Axis) -> None:
    """Label a logarithmic axis in plain numbers: every decade, and 2 and 5 where it spans less than two."""
    low, high = axis.get_view_interval()
    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if high < 100 * low else (1.0,)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())
