"""How far people agree, in words: a mean of three stages would hide what they should talk about."""

from collections.abc import Mapping

from services.reporting.domain.words import listed

_MOST = 0.75


def in_words(chosen: Mapping[str, int], stages: Mapping[str, str]) -> str:
    """`chosen`: stage -> how many; `stages`: key -> title, the lowest first. Somebody must have answered."""
    order = list(stages)
    used = [place for place, key in enumerate(order) if chosen.get(key)]
    titles = [stages[order[place]] for place in used]
    if not used:
        return "Nobody has answered this."
    if len(used) == 1:
        return f"Everybody sees it at the same stage: {titles[0]}."
    total = sum(chosen[order[place]] for place in used)
    most = max(used, key=lambda place: chosen[order[place]])
    agreed = chosen[order[most]] >= _MOST * total
    apart = used[-1] - used[0]
    if agreed and apart == 1:
        return f"Nearly everybody says {stages[order[most]]}; the others are one stage away."
    if agreed:
        return f"Most say {stages[order[most]]}, but answers reach from {titles[0]} to {titles[-1]}."
    if apart == 1:
        return f"People are divided between two neighbouring stages, {listed(titles)}."
    return f"Answers lie far apart, from {titles[0]} to {titles[-1]}: ask what each of you has seen."
