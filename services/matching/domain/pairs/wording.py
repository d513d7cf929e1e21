"""Why people are together, in sentences. Nobody's name is known here; schools go by theirs."""

from math import hypot

from services.matching.domain.pairs.facts import Able, PairFacts
from shared.template.kinds import NEIGHBOURS

__all__ = ["together_because"]


def together_because(facts: PairFacts, person_ids: tuple[str, ...], *, pinned: bool) -> tuple[str, ...]:
    """Why these people are together."""
    people = [facts.able[one] for one in person_ids if one in facts.able]
    found = ["You want them together."] if pinned else []
    if len(person_ids) > 2 and facts.of.kind == "pairs":
        found.append("The number is odd: three form a ring.")
    if facts.of.kind == NEIGHBOURS:
        found.append(f"Both are small: {' and '.join(map(str, sorted(one.pupils or 0 for one in people)))} pupils.")
    else:
        found.append(_before(facts, person_ids))
    if (way := _farthest(people)) is not None:
        found.append(f"{way:.0f} km apart." if way >= 1 else "Less than 1 km apart.")
    return tuple(found)


def _before(facts: PairFacts, person_ids: tuple[str, ...]) -> str:
    if facts.again(person_ids):
        return "They were together before: no fresh pair was left."
    return "They are new to each other."


def _farthest(people: list[Able]) -> float | None:
    places = [one.place for one in people if one.place is not None]
    if len(places) < 2 or len(places) < len(people):
        return None
    return max(hypot(a[0] - b[0], a[1] - b[1]) / 1000 for a in places for b in places)
