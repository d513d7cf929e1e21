"""From the domain's explanations to the replies of the contract."""

from services.matching.domain.decisions.publishing import STALE
from services.matching.domain.exchange import Exchange, best_swap, why_not
from services.matching.domain.explain import GroupWhy, Titles, Yardstick, explain, takers_of
from services.matching.domain.records import CohortRecord, GroupRecord, ProgrammeRecord
from services.matching.domain.rules import Rule, because, broken
from services.matching.domain.schools import Round, School, distance
from services.matching.domain.score import Parts
from shared.commands import matching as contract
from shared.commands.sharing import GroupSharing, Shared

__all__ = ["cohort_row", "curve_points", "group_reasons", "group_row", "group_sharing", "members", "why_not_reasons"]


def cohort_row(cohort: CohortRecord, progress: float | None = None, *, enrolling: bool = False) -> contract.CohortRow:
    """A cohort in short; `enrolling`: schools may still come."""
    stale = STALE if enrolling and cohort.state != "published" else ""
    late = sum(one.rule == Rule.LATE for one in cohort.waiting)
    return contract.CohortRow(
        cohort_id=cohort.cohort_id,
        programme_id=cohort.programme_id,
        revision=cohort.revision,
        state=cohort.state,
        groups=cohort.groups,
        schools=cohort.schools,
        waiting=len(cohort.waiting),
        score=cohort.score,
        sentence=" ".join(filter(None, (cohort.sentence, stale, _since(late)))),
        progress=progress,
    )


def _since(late: int) -> str:
    """What is to be said of schools that came once the groups had been published; "" of none."""
    if not late:
        return ""
    came = "1 school has come since and waits" if late == 1 else f"{late} schools have come since and wait"
    return f"{came}; `kindred cohorts rematch --least` moves as few as can be."


def members(group: GroupRecord, by_id: dict[str, School]) -> tuple[School, ...]:
    """The group's schools, as far as they are known."""
    return tuple(by_id[school] for school in group.members if school in by_id)


def group_row(group: GroupRecord, programme: ProgrammeRecord, matching: Round) -> contract.GroupRow:
    """A group with its score per school and the reasons in short; first, which rules it has come to break."""
    schools = members(group, {school.id: school for school in matching.schools})
    why = reasons_of(programme, schools)
    return contract.GroupRow(
        group_id=group.group_id,
        number=group.number,
        school_ids=group.members,
        urns=tuple(school.urn for school in schools),
        names=tuple(school.name for school in schools),
        score=why.parts.total,
        parts={
            "coverage": why.parts.coverage,
            "weakest": why.parts.weakest,
            "diversity": why.parts.diversity,
            "travel": why.parts.travel,
        },
        reasons=(*now_forbidden(matching, schools), *why.reasons),
        coverage=tuple(one.coverage for one in why.schools),
        places=tuple(school.place for school in schools),
        authorities=tuple(school.area for school in schools),
        regions=tuple(school.region for school in schools),
        frozen=group.frozen,
    )


def now_forbidden(matching: Round, schools: tuple[School, ...]) -> tuple[str, ...]:
    """Why schools of a group may not be in one any more, as things have changed since it was formed."""
    found = ((a, b, broken(matching.rules, matching.pins, a, b)) for at, b in enumerate(schools) for a in schools[:at])
    return tuple(
        f"{a.name} and {b.name} may not be in one group any more: {because(rules[0], a, b)}. Match again to part them."
        for a, b, rules in found
        if rules
    )


def reasons_of(programme: ProgrammeRecord, schools: tuple[School, ...], yardstick: Yardstick | None = None) -> GroupWhy:
    """The explanation of a group; one that has shrunk to a single school has none."""
    if len(schools) < 2:
        return GroupWhy(Parts(0.0, 0.0, 0.0, 0.0), ("The group has lost its other schools.",), ())
    return explain(programme.terms.rules().weights, schools, programme.terms.titles, yardstick)


def group_reasons(
    group: GroupRecord, cohort: CohortRecord, programme: ProgrammeRecord, matching: Round, near: list[GroupRecord]
) -> contract.GroupReasons:
    """The reasons for a group, and the best exchange with one of those near."""
    by_id = {school.id: school for school in matching.schools}
    schools = members(group, by_id)
    why = reasons_of(programme, schools, Yardstick(cohort.median, group.scarcity, cohort.middle_price))
    others = [members(one, by_id) for one in near]
    swap = best_swap(matching, schools, others) if len(schools) > 1 else None
    return contract.GroupReasons(
        programme_id=programme.programme_id,
        group=group_row(group, programme, matching),
        schools=tuple(
            contract.SchoolReasons(
                school_id=one.school.id,
                urn=one.school.urn,
                name=one.school.name,
                coverage=one.coverage,
                gets=one.gets,
                gives=one.gives,
                context=one.context,
                standing=one.standing,
                scarcity=one.scarcity,
            )
            for one in why.schools
        ),
        median_coverage=cohort.median,
        best_swap=swap_sentence(swap),
    )


def group_sharing(group: GroupRecord, schools: tuple[School, ...], titles: Titles) -> GroupSharing:
    """Who shares what with whom, each school's strongest topic first."""
    shared = [
        Shared(topic=topic, title=titles.get(topic, topic), from_school=school.id, to_schools=takers)
        for school in schools
        for topic, takers in takers_of(school, schools)
    ]
    ways = [way for at, a in enumerate(schools) for b in schools[:at] if (way := distance(a, b)) is not None]
    near, far = (min(ways), max(ways)) if ways else (None, None)
    return GroupSharing(group_id=group.group_id, shared=tuple(shared), nearest_km=near, farthest_km=far)


def curve_points(cohort: CohortRecord) -> tuple[contract.CurvePoint, ...]:
    """The curve, numbered from 1."""
    return tuple(
        contract.CurvePoint(number=number, chosen=number == cohort.chosen, **point.model_dump())
        for number, point in enumerate(cohort.curve, start=1)
    )


def swap_sentence(swap: Exchange | None) -> str:
    """The best exchange in words."""
    if swap is None:
        return "No exchange with a group nearby keeps every rule."
    how = f"{swap.school.name} for {swap.back.name}" if swap.back else f"{swap.school.name} to another group"
    effect = f"lose {-swap.change:.3f}" if swap.change < 0 else f"gain {swap.change:.3f}"
    return f"The best exchange with a group nearby ({how}) would {effect} points."


def why_not_reasons(
    matching: Round,
    pair: tuple[School, School],
    groups: tuple[tuple[School, ...], tuple[School, ...]],
    waiting: dict[str, str],
) -> contract.WhyNotReasons:
    """Why the two are apart; `waiting`: school id -> sentence of those without a group."""
    a, b = pair
    lone = [school for school in pair if school.id in waiting]
    rules = broken(matching.rules, matching.pins, a, b)
    if lone and not rules:
        return contract.WhyNotReasons(sentence=waiting[lone[0].id])
    found = why_not(matching, a, b, *groups)
    if found.rules:
        return contract.WhyNotReasons(rule=found.rules[0], sentence=found.sentence)
    return contract.WhyNotReasons(difference=found.best.change if found.best else None, sentence=found.sentence)
