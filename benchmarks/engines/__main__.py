"""Measure the engines beside their peers in one run and write docs/benchmarks.md with its pictures.

python -m benchmarks.engines [--quick] [--only groups ...]
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from pathlib import Path

from benchmarks.engines import sections
from benchmarks.engines.table import markdown

DOCS = Path(__file__).parent.parent.parent / "docs"
HEAD = """# Engines beside their peers

Written by `make bench-engines`; run it again and this page is written anew (`ARGS="--only groups"`: that section). All
figures of a section come from one run on one machine ({cores} cores, Python {python}), each engine in a process of its
own; `CPU s` adds up all its threads and `MB` is the most memory it had. Machines differ and are busy: compare rows with
rows, not with other pages.

Peers that have to be fetched are run from a folder that a setting names, and are named as absent where it names none:
`KINDRED_TPSDP` (a checkout of m-Py/anticlust; its C source is compiled to a temporary file) and `KINDRED_GROUPENG`
(a checkout of tdimiduk/groupeng).
"""


def main() -> None:
    """Measure what is asked for; write the page anew, or those of its sections that were measured."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true", help="small sizes only, to see that it runs; writes nothing")
    arguments.add_argument("--only", nargs="*", choices=list(sections.ALL), default=list(sections.ALL))
    chosen = arguments.parse_args()
    measured: dict[str, str] = {}
    for name in chosen.only:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        section = sections.ALL[name](chosen.quick)
        table = markdown(section.rows, without=("partition",))
        print(f"{table}\n{section.after}\n== {name}: {time.monotonic() - began:.0f} s\n", flush=True)
        if not chosen.quick:
            section.draw(DOCS / "benchmarks")
        pictures = "\n".join(f"![{title}](benchmarks/{file})" for file, title in section.pictures)
        measured[section.title] = f"{section.before}\n\n{table}\n\n{section.after}\n\n{pictures}".strip()
    if not chosen.quick:
        page = DOCS / "benchmarks.md"
        before = {} if chosen.only == list(sections.ALL) else sections_of(page.read_text(encoding="utf-8"))
        head = HEAD.format(cores=os.cpu_count(), python=platform.python_version())
        parts = [head, *(f"## {title}\n\n{text}" for title, text in {**before, **measured}.items())]
        page.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def sections_of(page: str) -> dict[str, str]:
    """The sections of the page as it stands, by title."""
    parts = (part.partition("\n") for part in page.split("\n## ")[1:])
    return {title: text.strip() for title, _, text in parts}


if __name__ == "__main__":
    main()
