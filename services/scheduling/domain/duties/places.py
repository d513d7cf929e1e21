"""Where people are on which day, as masks of days: nobody is at two places at once.

A person has one place a day where that is possible. Where it is not, one takes the morning and another the afternoon.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["Places"]


class Places:
    """The places of people in a school year. `away`: person -> days that something else takes whole."""

    def __init__(self, away: Mapping[str, int] | None = None) -> None:
        self._away = dict(away or {})
        self._at = defaultdict[str, dict[str, tuple[int, int]]](dict)
        self._visits = defaultdict[str, dict[str, int]](dict)

    def take(self, people: Iterable[str], place: str, mornings: int, afternoons: int = 0) -> None:
        """Have these people at a place on the mornings of these days, and the afternoons of those."""
        for person in people:
            morning, afternoon = self._at[person].get(place, (0, 0))
            self._at[person][place] = morning | mornings, afternoon | afternoons

    def visit(self, people: Iterable[str], place: str, days: int) -> None:
        """Have these people come to a place on these days by a duty with hours."""
        for person in people:
            self._visits[person][place] = self._visits[person].get(place, 0) | days

    def visiting(self, people: Iterable[str], place: str) -> int:
        """The days on which one of them comes to another place by a duty with hours: there is one such a day."""
        found = 0
        for person in people:
            for other, days in self._visits[person].items():
                found |= days if other != place else 0
        return found

    def elsewhere(self, people: Iterable[str], place: str) -> tuple[int, int]:
        """The days on whose morning, and on whose afternoon, one of them is at another place."""
        mornings = afternoons = 0
        for person in people:
            away = self._away.get(person, 0)
            mornings, afternoons = mornings | away, afternoons | away
            for other, (morning, afternoon) in self._at[person].items():
                if other != place:
                    mornings, afternoons = mornings | morning, afternoons | afternoon
        return mornings, afternoons
