"""The pictures of docs/benchmarks.md: SVG with fixed ids and no date: the same figures give the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

Lines = Mapping[str, Sequence[tuple[float, float]]]
MARKERS = ("o", "s", "^", "D", "v", "P")
mpl.rcParams.update({"svg.hashsalt": "kindred", "svg.fonttype": "none", "font.size": 11})


def draw(path: Path, title: str, axes: tuple[str, str], lines: Lines, *, logs: str = "x") -> None:
    """Lines with a marker and a dash of their own each, so that colour is never the only difference."""
    figure, plot = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    for (name, points), marker in zip(lines.items(), MARKERS, strict=False):
        xs, ys = zip(*sorted(points), strict=True)
        plot.plot(xs, ys, marker=marker, label=name)
    if "x" in logs:
        plot.set_xscale("log")
    if "y" in logs:
        plot.set_yscale("log")
    plot.set(title=title, xlabel=axes[0], ylabel=axes[1])
    plot.grid(visible=True, alpha=0.3)
    plot.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
