"""The whole scheduling problem in one CP-SAT model, as a peer at sizes at which it still answers.

Every facilitator may lead every group. Half-terms are read off the first host's authority, which is exact for groups of
one authority.
"""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.planner.model import Group, Plan, Problem, Visit
from services.scheduling.planner.placement import new_board


class Whole:
    """The model of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.board, self.model = problem, new_board(problem), cp_model.CpModel()
        self.days = self.board.diaries.horizon.days
        self.dates: dict[tuple[str, str], dict[int, Any]] = {}
        self.leads: dict[tuple[str, str], Any] = {}
        self.taken: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self.costs: list[Any] = []
        for group in problem.groups:
            self._group(group)
        for booked in self.taken.values():
            self.model.add(sum(booked) <= 1)
        for one in problem.facilitators.values():
            self.model.add(sum(len(g.schools) * self.leads[g.id, one.id] for g in problem.groups) <= one.capacity)
        self.model.minimize(sum(self.costs))

    def _group(self, group: Group) -> None:
        for leader in self.problem.facilitators:
            self.leads[group.id, leader] = self.model.new_bool_var("")
        self.model.add_exactly_one(self.leads[group.id, leader] for leader in self.problem.facilitators)
        numbers = [self._host(group, host) for host in group.schools]
        spacing = max(1, self.problem.rules.spacing)
        self.model.add_no_overlap([self.model.new_fixed_size_interval_var(each, spacing, "") for each in numbers])
        self._order(group, numbers)

    def _host(self, group: Group, host: str) -> Any:
        able = self.board.host_days(group, host)
        chosen = {n: self.model.new_bool_var("") for n in range(len(self.days)) if able >> n & 1}
        self.dates[group.id, host] = chosen
        self.model.add_exactly_one(chosen.values())
        number = self.model.new_int_var(0, len(self.days), "")
        self.model.add(number == sum(n * var for n, var in chosen.items()))
        weights = self.problem.rules.weights
        for n, var in chosen.items():
            if self.days[n].weekday() not in self.problem.rules.weekdays:
                self.costs.append(var * weights.other_weekday)
            for leader in self.problem.facilitators:
                self._led(leader, n, var, self.leads[group.id, leader])
        for leader in self.problem.facilitators:
            way = self.board.kilometres(leader, host) * weights.travel_km
            self.costs.append(self.leads[group.id, leader] * way)
        return number

    def _led(self, leader: str, number: int, chosen: Any, leads: Any) -> None:
        if not self.board.free(leader) >> number & 1:
            self.model.add_bool_or([~chosen, ~leads])
            return
        both = self.model.new_bool_var("")
        self.model.add_bool_or([both, ~chosen, ~leads])
        self.taken[leader, number].append(both)

    def _order(self, group: Group, numbers: list[Any]) -> None:
        """Evenness of the n-th visit, and the price of two visits in one half-term."""
        model, count, size = self.model, len(numbers), len(self.days)
        ordered = [model.new_int_var(0, size - 1, "") for _ in numbers]
        for one, later in pairwise(ordered):
            model.add(later >= one + 1)
        ranks = [[model.new_bool_var("") for _ in range(count)] for _ in numbers]
        for number, rank in zip(numbers, ranks, strict=True):
            model.add_exactly_one(rank)
            for place, is_it in enumerate(rank):
                model.add(ordered[place] == number).only_enforce_if(is_it)
        for place in range(count):
            model.add_exactly_one(rank[place] for rank in ranks)
        begins = []
        half = self.board.diaries.half_term_starts(group.schools[0]).tolist()
        for number, row in zip(ordered, self.board.places(count), strict=True):
            cost, begin = model.new_int_var(0, 10_000, ""), model.new_int_var(0, size, "")
            model.add_element(number, row.tolist(), cost)
            model.add_element(number, half, begin)
            self.costs.append(cost)
            begins.append(begin)
        for one, later in pairwise(begins):
            same = model.new_bool_var("")
            model.add(one != later).only_enforce_if(~same)
            self.costs.append(same * self.problem.rules.weights.same_half_term)

    def plan(self, solver: Any) -> Plan:
        """The calendar that a solver found."""
        visits = []
        for group in self.problem.groups:
            leader = next(one for one in self.problem.facilitators if solver.value(self.leads[group.id, one]))
            for host in group.schools:
                number = next(n for n, var in self.dates[group.id, host].items() if solver.value(var))
                on = self.days[number]
                visits.append(Visit(f"{group.id}/{host}", group.id, host, on, leader, group.people))
        return Plan(tuple(visits), self.board.events)


def cp_sat(problem: Problem, seconds: float) -> tuple[Plan | None, str]:
    """The calendar CP-SAT finds in time, or None, and what it says about it."""
    whole, solver = Whole(problem), cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    status = solver.solve(whole.model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, f"{solver.status_name(status).lower()} after {seconds:.0f} s"
    gap = (solver.objective_value - solver.best_objective_bound) / max(1.0, solver.objective_value)
    return whole.plan(solver), f"{solver.status_name(status).lower()}, gap {gap:.1%}"
