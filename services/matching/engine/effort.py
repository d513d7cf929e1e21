"""How long a search may take, and into how many groups so many schools are cut."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NORMAL", "Effort", "split"]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: `base` moves and `steps` more a school. After `ceiling` seconds it ends early and says so.

    Up to `refined` schools, refining towards the bound takes the place of more moves. A bound takes `rounds` of pricing
    at most. For rounds that are too large to be bounded whole it is worked out for so many `windows` of the map.
    """

    steps: int = 40_000
    base: int = 4_000_000
    most: int = 640_000_000
    assignments: float = 1.0
    refined: int = 300
    rounds: int = 150
    windows: int = 4
    ceiling: float = 600.0

    def moves(self, schools: int) -> int:
        """Proposals of the annealing for so many schools."""
        return self.base if schools <= self.refined else min(self.base + self.steps * schools, self.most)


NORMAL = Effort()


def split(n: int, sizes: tuple[int, ...]) -> tuple[int, int, int]:
    """(trios, quads, left over) for n schools: round(n / 3.5) groups where both sizes are allowed."""
    if 3 not in sizes:
        return 0, n // 4, n % 4
    if 4 not in sizes:
        return n // 3, 0, n % 3
    if n in (1, 2, 5):
        return 0, n // 4, n % 4
    groups = max(round(n / 3.5), 1) if n else 0
    return 4 * groups - n, n - 3 * groups, 0
