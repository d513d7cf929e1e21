"""Drafts a cohort's calendar: plans what has no date, keeps what is published, proposes repairs."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from services.scheduling.domain import ids
from services.scheduling.domain.calendars.in_force import covers
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.record import Keep, as_it_is
from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.chosen import Kept, as_chosen, chosen_in, event_as_chosen, keep_chosen
from services.scheduling.domain.visits.invitations import dated_event, dated_visits
from services.scheduling.domain.visits.problem import (
    Sources,
    passed_events,
    planned,
    planning_rules,
    problem_of,
    rules_around,
    standing_rules,
)
from services.scheduling.domain.visits.records import EventRecord, Proposal, VisitRecord
from services.scheduling.domain.visits.standing import standing_dates
from services.scheduling.planner import model
from services.scheduling.planner.board import Board
from services.scheduling.planner.partition import PlanParts
from services.scheduling.planner.placement import new_board
from services.scheduling.planner.plan import one_after_another, plan
from services.scheduling.planner.replan import Replanner, Tier, fill
from shared.events.scheduling import Clash

_NOBODY_LEADS = Clash(
    rule="no-facilitator",
    sentence="The programme has no facilitator, and somebody must lead each visit: no group gets dates.",
    relaxing_gives="Appoint facilitators (`kindred facilitators add`), then plan again (`kindred visits draft`).",
    proven=True,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A calendar to be reviewed: `visits` and `events` are the new ones and those with a proposal.

    `kept` and `let_go`: the dates that the coordinator had chosen in the draft before, in words: those that it keeps,
    and those that cannot hold any longer, with the reason.
    """

    visits: tuple[VisitRecord, ...]
    events: tuple[EventRecord, ...]
    unplaced: tuple[str, ...]
    blocking: tuple[Clash, ...]
    calendars: tuple[str, ...]
    soft: dict[str, float]
    kept: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()


def draft(
    sources: Sources,
    visits: Sequence[VisitRecord],
    events: Sequence[EventRecord],
    plan_parts: PlanParts = one_after_another,
    keep: Keep = as_it_is,
) -> Draft:
    """Plan a cohort around what is published, held or chosen; what the coordinator cancelled is not dated again."""
    off = (one.event.activity for one in events if one.takes_place_on is None and not one.paused)
    sources = replace(sources, called_off=frozenset(off))
    visit_id = partial(ids.visit_id, again=len(sources.programme.pauses))
    standing = [record for record in visits if record.state in {"published", "held"}]
    told = standing_dates([record for record in events if record.state in {"published", "held"}])
    if not _covered(sources):
        return _uncovered(sources)
    by_hand = chosen_in(visits, events)
    problem = _problem(sources, standing, told, by_hand=by_hand)
    kept = keep_chosen(sources, problem, visits, events, visit_id) if by_hand else Kept(told or None)
    groups = {visit.group for visit in kept.visits}
    stay = [visit for record in standing if (visit := planned(record)).group not in groups] + list(kept.visits)
    found = plan(problem, visit_id, kept.events, stay, sources.first_movable_day, plan_parts=plan_parts)
    board = new_board(problem, found.events)
    board.put_all(found.visits)
    joined = fill(board, sources.today, visit_id)
    known = {record.visit.visit_id for record in standing}
    fresh = dated_visits(sources, board, [visit for visit in (*found.visits, *joined) if visit.id not in known], keep)
    announced = [] if told else [part for event in found.events for part in dated_event(sources, event, keep)]
    proposed = proposals(board, standing, sources.today)
    settled = _without_proposal(standing, {record.visit.visit_id for record in proposed})
    unplaced = [replace(each, proven=each.proven and not kept.visits) for each in found.unplaced]
    return Draft(
        visits=(*(as_chosen(record, kept) for record in fresh), *proposed, *settled),
        events=tuple(event_as_chosen(part, kept) for part in announced),
        unplaced=tuple(each.group for each in unplaced),
        blocking=(*_clashes(unplaced, sources), *([] if told else _passed(sources))),
        calendars=calendars_used(sources),
        soft=soft_terms(board, found.visits),
        kept=kept.named(sources),
        let_go=tuple(each.sentence for each in kept.let_go),
    )


def _problem(
    sources: Sources, standing: Sequence[VisitRecord], told: Sequence[model.CohortEvent], *, by_hand: bool
) -> model.Problem:
    if told or standing:
        return problem_of(sources, standing_rules(sources, [each.key for each in told]))
    return problem_of(sources, rules_around(sources)) if by_hand else problem_of(sources)


def proposals(board: Board, standing: Sequence[VisitRecord], today: dt.date) -> list[VisitRecord]:
    """Published visits that no longer keep the rules, each with the date the least change would give it."""
    replanner, found = Replanner(board, today), []
    for record in standing:
        visit = planned(record)
        if record.state != "published" or visit.pinned or board.stands(visit):
            continue
        repair = replanner.repair(visit)
        for change in repair.changes:
            sentence = explanations.difference(
                change, repair.tier, "calendar-change", repaired=change.before.id == visit.id
            )
            moved = next(each for each in standing if each.visit.visit_id == change.before.id)
            proposal = Proposal(
                on=change.after.on, facilitator_id=change.after.facilitator, sentence=sentence, why="calendar-change"
            )
            found.append(moved.model_copy(update={"proposal": proposal}))
        if repair.tier is Tier.COORDINATOR:
            stuck = Proposal(
                on=visit.on, facilitator_id=visit.facilitator, sentence="No other date keeps the rules.", why=""
            )
            found.append(record.model_copy(update={"proposal": stuck}))
    return found


def _without_proposal(standing: Sequence[VisitRecord], proposed: set[str]) -> list[VisitRecord]:
    settled = [record for record in standing if record.proposal and record.visit.visit_id not in proposed]
    return [record.model_copy(update={"proposal": None}) for record in settled]


def _covered(sources: Sources) -> bool:
    rules = planning_rules(sources)
    years = {school_year(rules.first), school_year(rules.last)}
    terms = [sources.calendars.of(enrolment.authority_code) for enrolment in sources.enrolments.values()]
    return all(covers(one, year) for one in terms for year in years)


def _uncovered(sources: Sources) -> Draft:
    sentence = f"There are no term dates for the school year from September {sources.programme.year}."
    clash = Clash(
        rule=model.Rule.TERM_DATES.value, sentence=sentence, relaxing_gives="Import the term dates of the year."
    )
    groups = tuple(group.group_id for group in sources.groups)
    return Draft((), (), groups, (clash,), calendars_used(sources), {})


def _clashes(unplaced: Iterable[model.Unplaced], sources: Sources) -> list[Clash]:
    """What blocks each group; that nobody at all leads visits is said once, for all of them."""
    missing = [] if sources.facilitators else [model.Rule.FACILITATOR_REGION]
    blocked = list(unplaced)
    nobody = [_NOBODY_LEADS] if any(one.rule in missing for each in blocked for one in each.blocking) else []
    return nobody + [
        Clash(
            rule=blocker.rule.value,
            group_id=each.group,
            school_ids=blocker.schools,
            person_ids=blocker.people,
            dates=blocker.dates,
            sentence=blocker.sentence,
            relaxing_gives=blocker.relaxing,
            smallest=blocker.smallest,
            proven=each.proven,
        )
        for each in blocked
        for blocker in each.blocking
        if blocker.rule not in missing
    ]


def _passed(sources: Sources) -> list[Clash]:
    titles = {event.key: event.title for event in sources.programme.terms.events}
    return [
        Clash(rule=model.Rule.EVENT_WINDOW.value, sentence=f"The time for '{titles[key]}' has passed; it has no date.")
        for key in passed_events(sources)
    ]


def calendars_used(sources: Sources) -> tuple[str, ...]:
    """Whose term dates were used, and which are plausible defaults."""
    names = {enrolment.authority_code: enrolment.authority for enrolment in sources.enrolments.values()}
    return tuple(
        f"{name}: {'plausible default' if sources.calendars.of(code).generated else 'own term dates'}"
        for code, name in sorted(names.items(), key=lambda item: item[1])
    )


def soft_terms(board: Board, visits: Sequence[model.Visit]) -> dict[str, float]:
    """How far the soft constraints are met: shares from 0 to 1, kilometres on average."""
    if not visits:
        return {}
    preferred = sum(visit.on.weekday() in board.problem.rules.weekdays for visit in visits)
    halves = Counter((visit.group, explanations.half_term_of(board, visit)) for visit in visits)
    alone = sum(count == 1 for count in halves.values())
    ways = [board.kilometres(visit.facilitator, visit.host) for visit in visits if visit.facilitator]
    return {
        "on a preferred weekday": round(preferred / len(visits), 3),
        "only visit of the half-term": round(alone / len(visits), 3),
        "kilometres to the facilitator": round(sum(ways) / max(1, len(ways)), 1),
    }
