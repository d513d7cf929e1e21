"""Why a group is as it is, in plain English: who covers whose need and how well, how near, how different.

All of it is worked out from the group when somebody asks; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.matching.domain.schools import School, Weights, accepted, distance
from services.matching.domain.score import Parts, band, coverages, group_parts, nobody_gives

Titles = Mapping[str, str]

HOW_WELL = ((0.95, "fully"), (0.7, "well"), (0.45, "partly"), (0.01, "a little"))
NAMED = 3
"""So many groups are named by their schools."""
BAND_NAMES = ("very small", "small", "medium-sized", "large", "very large")


@dataclass(frozen=True, slots=True)
class SchoolWhy:
    """What one school gets and gives, and what its surroundings are, in sentences."""

    school: School
    coverage: float
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    context: tuple[str, ...]
    standing: str = ""
    scarcity: str = ""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a group is compared with: the programme's median coverage, and prices of its schools where known.

    A price (dual of the set-partitioning bound) is what one more school like this would add to the summed score.
    """

    median: float | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    middle_price: float | None = None


@dataclass(frozen=True, slots=True)
class GroupWhy:
    """The score of a group per school, its parts, the reasons in short, and each school's."""

    parts: Parts
    reasons: tuple[str, ...]
    schools: tuple[SchoolWhy, ...]


def explain(
    weights: Weights, group: tuple[School, ...], titles: Titles, yardstick: Yardstick | None = None
) -> GroupWhy:
    """Everything there is to say about a group without looking at others."""
    covered, measure = coverages(group), yardstick or Yardstick()
    weakest = min(range(len(group)), key=lambda at: covered[at])
    schools = tuple(
        SchoolWhy(
            school,
            covered[at],
            gets(school, group, titles),
            gives(school, group, titles),
            context(school, group),
            standing(covered[at], measure.median) if at == weakest else "",
            scarcity(measure.prices.get(school.id), measure.middle_price),
        )
        for at, school in enumerate(group)
    )
    return GroupWhy(group_parts(weights, group).per(len(group)), reasons(group, titles), schools)


def reasons(group: tuple[School, ...], titles: Titles) -> tuple[str, ...]:
    """The group in three or four sentences."""
    covered = coverages(group)
    weakest = min(range(len(group)), key=lambda at: covered[at])
    given = {school.id: gives(school, group, titles) for school in group}
    givers = [school for school in group if given[school.id]]
    said = [_best_match(group, titles)]
    if nobody_gives(group):
        said.append("Nobody gives or receives here; look at this group before you publish it.")
    else:
        said += [
            _givers(group, givers),
            f"{group[weakest].name} is covered least: {_percent(covered[weakest])} of its needs.",
        ]
    ways = [way for a in group for b in group if a.id < b.id and (way := distance(a, b)) is not None]
    if ways:
        said.append(f"The schools lie {min(ways):.0f} to {max(ways):.0f} km apart.")
    areas = sorted({school.area for school in group if school.area})
    if len(areas) > 1:
        said.append(f"They come from {len(areas)} authorities: {', '.join(areas)}.")
    return tuple(sentence for sentence in said if sentence)


def _givers(group: tuple[School, ...], givers: list[School]) -> str:
    if len(givers) == len(group):
        return "Every school has something the others are looking for."
    idle = listed([school.name for school in group if school not in givers])
    return f"{idle} {'comes' if len(givers) + 1 == len(group) else 'come'} above all to learn here."


def without_givers(groups: Sequence[tuple[School, ...]]) -> str:
    """The groups in which nobody gives, by their schools, in a sentence; "" without any."""
    idle = [group for group in groups if len(group) > 1 and nobody_gives(group)]
    if not idle:
        return ""
    if len(idle) == len(groups) > 1:
        return "In none of the groups does anybody have what another looks for."
    named = "; ".join(listed([school.called for school in group]) for group in idle[:NAMED])
    if len(idle) == 1:
        return f"In the group of {named} nobody has what another looks for."
    more = f"; and {len(idle) - NAMED} more" if len(idle) > NAMED else ""
    return f"In {len(idle)} groups nobody has what another looks for: {named}{more}."


def gets(school: School, group: tuple[School, ...], titles: Titles) -> tuple[str, ...]:
    """Each need, the most important first, with who covers it and how well."""
    others = [other for other in group if other is not school]
    said = []
    for topic, weight in sorted(school.needs, key=lambda need: (-need[1], need[0])):
        best = max(others, key=lambda other: (other.offers(topic), other.id))
        well = best.offers(topic)
        how = next((word for least, word in HOW_WELL if well >= least), "")
        title = f"{titles.get(topic, topic)} (weight {weight:g})"
        said.append(f"{title}: {best.name} covers it {how}." if how else f"{title}: nobody in the group covers it.")
    return tuple(said)


def gives(school: School, group: tuple[School, ...], titles: Titles) -> tuple[str, ...]:
    """Each strength that somebody in the group needs, and who."""
    names = {other.id: other.name for other in group}
    return tuple(
        f"{titles.get(topic, topic)} to {listed([names[taker] for taker in takers])}."
        for topic, takers in takers_of(school, group)
    )


def takers_of(school: School, group: tuple[School, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each strength that others of the group need, the strongest first, with the ids of these schools."""
    strongest = sorted(school.strengths, key=lambda strength: (-strength[1], strength[0]))
    found = [
        (topic, tuple(other.id for other in group if other is not school and topic in dict(other.needs)))
        for topic, _ in strongest
    ]
    return [(topic, takers) for topic, takers in found if takers]


def context(school: School, group: tuple[School, ...]) -> tuple[str, ...]:
    """Travel and difference, in words."""
    others = [other for other in group if other is not school]
    said = [_travel(school, others)]
    own = band(school.pupils)
    if own is not None:
        differing = [other.name for other in others if band(other.pupils) not in (own, None)]
        size = f"It is a {BAND_NAMES[own]} school ({school.pupils} pupils)"
        verb = "differs" if len(differing) == 1 else "differ"
        said.append(f"{size}; {listed(differing)} {verb} in size." if differing else f"{size}, as the others are.")
    if school.fsm is not None:
        gaps = [(abs(school.fsm - other.fsm), other) for other in others if other.fsm is not None]
        if gaps:
            _, other = max(gaps, key=lambda one: (one[0], one[1].id))
            said.append(
                f"Free meals: {_percent(school.fsm)} of its pupils, {_percent(other.fsm or 0)} at {other.name}."
            )
    return tuple(sentence for sentence in said if sentence)


def standing(covered: float, median: float | None) -> str:
    """How the school that is covered least in its group compares with the programme's middle school."""
    if median is None:
        return ""
    said = f"It is covered least in this group: {_percent(covered)} of its needs; the programme's median is "
    return f"{said}{_percent(median)}."


def scarcity(price: float | None, middle: float | None) -> str:
    """What one more school like it would add, next to the middle school; nothing where that is not known."""
    if price is None or middle is None:
        return ""
    how = "scarcer than most" if price > middle else "no scarcer than most"
    return f"Schools like it are {how}: one more would add {price:.2f} points to the programme (median {middle:.2f})."


def _travel(school: School, others: list[School]) -> str:
    ways = [(way, other) for other in others if (way := distance(school, other)) is not None]
    if not ways:
        return "Its place is not known, so travel does not count."
    way, other = max(ways, key=lambda one: (one[0], one[1].id))
    guess = " (its place is estimated from its area)" if school.estimated or other.estimated else ""
    return f"The farthest way is {way:.0f} km to {other.name}; both accept {accepted(school, other):.0f} km{guess}."


def _best_match(group: tuple[School, ...], titles: Titles) -> str:
    found = [
        (share * other.offers(topic), school.name, other.name, titles.get(topic, topic))
        for school in group
        for topic, share in school.shares()
        for other in group
        if other is not school
    ]
    best = max(found, default=None)
    if best is None or best[0] == 0:
        return "Nobody in the group covers another's need."
    return f"{best[2]} can show {best[1]} what it most wants to see: {best[3]}."


def listed(names: Sequence[str]) -> str:
    """Names with commas and "and"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
