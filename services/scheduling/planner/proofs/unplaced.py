"""Groups without dates: why, whether it is proven that some group must go without, and what would help.

There are three proofs: the group has no calendar even alone (`blocking`); Hall's theorem gives as many groups without
dates as the plan leaves (`shortages`); exhaustive search found no better plan (`exhaustive`). Otherwise the explanation
says that it is unproven.
"""

from collections.abc import Sequence

from services.scheduling.planner.model import Blocker, Group, Rule, Unplaced
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.proofs import blocking
from services.scheduling.planner.proofs.shortages import Shortage, shortages, still_missing

LIFTED = {
    Rule.FACILITATOR_CAPACITY: "With more visit days for each facilitator",
    Rule.FACILITATOR_DATES: "Without the dates on which facilitators cannot lead",
    Rule.FACILITATOR_REGION: "If facilitators of other regions travelled here",
}


UNPROVEN = " That this group must, too, is not proven: other dates for other groups may make room for it."


def explain_all(planner: Planner, left: Sequence[Group], *, all_tried: bool) -> tuple[Unplaced, ...]:
    """Why each of these groups is left over, in order of their ids; `all_tried`: a search found no better plan."""
    alone = [group for group in left if blocking.impossible_alone(planner.board, group)]
    crowded = [group for group in left if group not in alone]
    found = [Unplaced(group.id, proven=True, blocking=blocking.explain(planner.board, group)) for group in alone]
    for short in shortages(planner.board, planner.candidates, crowded):
        found += _short(planner, [group for group in crowded if group.id in short.groups], short, all_tried=all_tried)
    explained = {each.group for each in found}
    found += [_tried(planner, group, all_tried=all_tried) for group in crowded if group.id not in explained]
    return tuple(sorted(found, key=lambda each: each.group))


def _short(planner: Planner, left: Sequence[Group], short: Shortage, *, all_tried: bool) -> list[Unplaced]:
    sentence = (
        f"{len(short.groups)} groups compete for facilitators: {short.visits} visits for {short.days} days. "
        f"At least {short.fewest} of them must go without dates."
        if len(short.groups) > 1
        else f"Facilitators have {short.days} days for the {short.visits} visits of this group."
    )
    helps = [(rule, text) for rule, what in LIFTED.items() if (text := _gain(planner, left, short, rule, what))]
    largest = sorted(left, key=lambda group: (-len(group.hosts), group.id))
    helps = helps or [(Rule.FACILITATOR_DAY, _days_needed(short.missing))]
    found = []
    for number, group in enumerate(largest):
        proven = all_tried or number < short.fewest
        said = sentence if proven else sentence + UNPROVEN
        causes = tuple(Blocker(rule, group.schools, sentence=said, relaxing=text) for rule, text in helps)
        found.append(Unplaced(group.id, proven=proven, blocking=causes))
    return found


def _gain(planner: Planner, left: Sequence[Group], short: Shortage, rule: Rule, what: str) -> str:
    """What doing without a rule would give; empty where it gives nothing."""
    missing = still_missing(planner.board, planner.candidates, left, rule)
    if missing >= short.missing:
        return ""
    if missing:
        return f"{what}: {short.missing - missing} of {short.missing} missing days, not enough alone."
    return f"{what}: all {short.missing} missing days."


def _days_needed(missing: int) -> str:
    days = f"{missing} more days" if missing != 1 else "1 more day"
    return f"At least {days} of facilitators, or as many visits fewer, would be needed."


def _tried(planner: Planner, group: Group, *, all_tried: bool) -> Unplaced:
    """Days exist for each visit by itself, but not beside the others."""
    busy = Blocker(
        Rule.FACILITATOR_DAY,
        group.schools,
        sentence="Days exist, but no facilitator is free on enough of them beside the other groups.",
        relaxing="One more facilitator, or other dates for other groups, gives a date for every visit.",
    )
    causes = blocking.explain(planner.board, group) or (busy,)
    return Unplaced(group.id, proven=all_tried, blocking=causes)
