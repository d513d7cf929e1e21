"""``make bench``: every benchmark, one after the other, each in a process of its own; or those that are named.

python -m benchmarks [register matching rematch scheduling bus mail reports round]
"""

import subprocess
import sys
import time

EACH = {
    "register": (),
    "matching": ("60", "300", "1000"),
    "rematch": ("3000", "--curve"),
    "scheduling": ("60", "1000"),
    "bus": (),
    "mail": (),
    "reports": (),
    "round": ("60", "300"),
}
"""Benchmark -> its arguments: sizes that a region and a large programme have."""


def main(names: list[str]) -> int:
    """Run them; return 1 when one did not end well, after all have run."""
    unknown = [name for name in names if name not in EACH]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(EACH)}.", file=sys.stderr)
        return 2
    failed = []
    for name in names or EACH:
        print(f"\n== {name} {' '.join(EACH[name])}", flush=True)
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *EACH[name]], check=False)
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\nNot as it should be: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
