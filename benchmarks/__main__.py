"""``make bench``: every benchmark, one after the other, each in a process of its own; or those that are named.

python -m benchmarks [--small] [register matching rematch ...]
"""

import argparse
import subprocess
import sys
import time

EACH = {
    "register": (),
    "matching": ("60", "300", "1000"),
    "rematch": ("3000", "--curve"),
    "assignments": (),
    "pairs": ("5000",),
    "national": ("--steps", "400"),
    "atlas": (),
    "scheduling": ("60", "1000"),
    "scheduling_declines": ("1000",),
    "scheduling_service": ("1000",),
    "duties": ("1000",),
    "bus": (),
    "mail": (),
    "reports": (),
    "round": ("60", "300"),
    "pages": ("60", "2000"),
}
"""Benchmark -> its arguments: sizes that a region and a large programme have."""
SMALL = {
    "register": ("schools-two-regions.csv", "--rows", "200"),
    "matching": ("30", "--climb", "0.1", "--moves", "500"),
    "rematch": ("100", "--curve", "--steps", "10"),
    "assignments": ("--practitioners", "30", "--heads", "40"),
    "pairs": ("60",),
    "national": ("--schools", "60", "--steps", "10"),
    "atlas": ("--schools", "60"),
    "scheduling": ("4", "--declines", "3", "--cp-sat-seconds", "1"),
    "scheduling_declines": ("4", "--declines", "3"),
    "scheduling_service": ("4",),
    "duties": ("20",),
    "bus": ("20",),
    "mail": ("8", "2"),
    "reports": ("1", "1"),
    "round": ("6",),
    "pages": ("6", "--people", "2", "--each", "1", "--reads", "0"),
}
"""The same in seconds: its figures say nothing, its rows say that it runs and is right."""


def main(arguments: list[str]) -> int:
    """Run them; return 1 when one did not end well, after all have run."""
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(EACH)}; all where none is named")
    asked.add_argument("--small", action="store_true", help="in seconds, to see that each runs")
    chosen = asked.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in EACH]
    if unknown:
        asked.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(EACH)}")
    sizes = SMALL if chosen.small else EACH
    failed = []
    for name in chosen.names or EACH:
        print(f"\n== {name} {' '.join(sizes[name])}", flush=True)
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *sizes[name]], check=False)
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\nNot as it should be: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
