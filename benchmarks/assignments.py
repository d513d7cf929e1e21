"""Practitioners to projects and heads to coaches, beside what people use otherwise, on the same made-up rounds.

python -m benchmarks.assignments [--practitioners N ...] [--heads N ...]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import networkx as nx
from matching.games import StudentAllocation

from benchmarks.engines.table import Row, markdown
from services.matching.assigning.coaching import Head, allowed, worth
from services.matching.assigning.graph import near_pairs
from services.matching.assigning.pairing import NEAREST, pair
from services.matching.assigning.placing import place, place_stably
from services.matching.assigning.projects import Match, Nominations, Practitioner, Project, host_orders, outcome

SIDE = 400_000.0
SLOW = {"greedy": 10**9, "matching, stable": 1_000, "networkx": 1_000}


def nominations(n: int, seed: int = 1) -> Nominations:
    """N practitioners and n projects of n / 3 schools, five wishes each, popular projects wished for more often."""
    draw = random.Random(seed)
    schools = [f"sch-{number:05}" for number in range(max(2, n // 3))]
    skills = [f"skill-{number}" for number in range(12)]
    projects = tuple(
        Project(f"prj-{k:06}", schools[k % len(schools)], frozenset(draw.sample(skills, 2))) for k in range(n)
    )
    practitioners = []
    for k in range(n):
        wished = {int(n * draw.random() ** 1.3) for _ in range(5)}
        ids = tuple(projects[at].id for at in sorted(wished, key=lambda _: draw.random()))
        practitioners.append(
            Practitioner(f"per-{k:06}", schools[(k * 7) % len(schools)], ids, frozenset(draw.sample(skills, 3)))
        )
    ledger = {school: draw.randrange(-2, 3) for school in schools}
    return Nominations(tuple(practitioners), projects, dict.fromkeys(schools, 4), dict.fromkeys(schools, 4), ledger)


def heads(n: int, seed: int = 1) -> list[Head]:
    """N heads around towns, in lines of about six, with partners of two earlier years."""
    draw = random.Random(seed)
    towns = [(draw.random() * SIDE, draw.random() * SIDE) for _ in range(max(3, n // 60))]
    topics = [f"topic-{number}" for number in range(16)]
    found = []
    for number in range(n):
        x, y = draw.choice(towns)
        spot = (x + draw.gauss(0, 9_000), y + draw.gauss(0, 9_000))
        before = frozenset(f"per-{draw.randrange(n):06}" for _ in range(2))
        line = frozenset([f"line {draw.randrange(n // 6)}"] if draw.random() < 0.5 else [])
        strengths, needs = frozenset(draw.sample(topics, 4)), frozenset(draw.sample(topics, 3))
        found.append(Head(f"per-{number:06}", "", line, spot, 60.0, strengths, needs, before))
    return found


def greedily(round_: Nominations) -> list[Match]:
    """Everybody in turn takes the dearest wish that is still open."""
    sent, received, taken, found = dict[str, int](), dict[str, int](), set[str](), list[Match]()
    for one in round_.practitioners:
        for rank, project in enumerate(round_.wishes(one), start=1):
            full = received.get(project.school, 0) >= round_.may_receive(project.school)
            if project.id in taken or full or sent.get(one.school, 0) >= round_.may_send(one.school):
                continue
            taken.add(project.id)
            sent[one.school] = sent.get(one.school, 0) + 1
            received[project.school] = received.get(project.school, 0) + 1
            found.append(Match(one, project, rank))
            break
    return found


def with_matching(round_: Nominations) -> list[Match]:
    """The stable outcome of the package `matching` (students, projects, supervisors)."""
    orders = host_orders(round_)
    able = [one for one in round_.practitioners if round_.wishes(one)]
    wished = {one.id: [project.id for project in round_.wishes(one)] for one in able}
    asked = {project for projects in wished.values() for project in projects}
    projects = {project.id: project for project in round_.projects if project.id in asked}
    hosts = {project.school for project in projects.values()}
    game = StudentAllocation.create_from_dictionaries(
        wished,
        {host: sorted(orders[host], key=orders[host].__getitem__) for host in hosts},
        {one: project.school for one, project in projects.items()},
        dict.fromkeys(projects, 1),
        {host: min(round_.may_receive(host), sum(p.school == host for p in projects.values())) for host in hosts},
    )
    sys.setrecursionlimit(1_000_000)  # it copies the game deeply, player by player
    by_id = {one.id: one for one in able}
    return [
        Match(by_id[student.name], projects[project.name], wished[student.name].index(project.name) + 1)
        for project, students in game.solve().items()
        for student in students
    ]


def _timed(work: Callable[[], Any]) -> tuple[Any, Row]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, {
        "wall s": round(time.perf_counter() - wall, 4),
        "CPU s": round(time.process_time() - cpu, 4),
    }


def project_rows(sizes: Iterable[int]) -> list[Row]:
    """Practitioners to projects: least cost and stable, beside greedy and the package `matching`."""
    rows = []
    for n in sizes:
        round_ = nominations(n)
        ways: dict[str, Callable[[Nominations], Iterable[Match]]] = {
            "kindred, least cost": lambda given: place(given).matches,
            "kindred, stable": lambda given: place_stably(given).matches,
            "greedy": greedily,
            "matching, stable": with_matching,
        }
        for name, way in ways.items():
            if n <= SLOW.get(name, n):
                matches, taken = _timed(partial(way, round_))
                result = outcome(round_, matches)
                near = sum(match.rank <= 3 for match in result.matches)
                rows.append({
                    "engine": name, "N": n, "cost": result.cost, "placed": len(result.matches),
                    "in first three %": round(100 * near / n, 1), **taken,
                })  # fmt: skip
    return rows


def pair_rows(sizes: Iterable[int]) -> list[Row]:
    """Heads to coaches: the best matching, beside networkx and greedy on the same edges."""
    rows = []
    for n in sizes:
        everybody = sorted(heads(n), key=lambda head: head.id)
        edges = [
            (a, b, worth(everybody[a], everybody[b]))
            for a, b in near_pairs([head.place for head in everybody], NEAREST)
            if allowed(everybody[a], everybody[b])
            and everybody[a].id not in everybody[b].paired_before
            and everybody[b].id not in everybody[a].paired_before
        ]
        found, taken = _timed(partial(pair, everybody))
        rows.append({"engine": "kindred", "N": n, "pairs": len(found.together), "worth": found.worth, **taken})
        for name, way in (("greedy", _greedy_pairs), ("networkx", _networkx_pairs)):
            if n <= SLOW.get(name, n):
                pairs, taken = _timed(partial(way, edges))
                total = sum(worth(everybody[a], everybody[b]) for a, b in pairs)
                rows.append({"engine": name, "N": n, "pairs": len(pairs), "worth": total, **taken})
    return rows


def _greedy_pairs(edges: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    taken, found = set[int](), list[tuple[int, int]]()
    for a, b, _ in sorted(edges, key=lambda edge: -edge[2]):
        if a not in taken and b not in taken:
            taken |= {a, b}
            found.append((a, b))
    return found


def _networkx_pairs(edges: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges)
    return list(nx.max_weight_matching(graph, maxcardinality=True))


def main() -> None:
    """Read the arguments, print both tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--practitioners", nargs="*", type=int, default=[100, 1_000, 10_000])
    asked.add_argument("--heads", nargs="*", type=int, default=[200, 1_000, 5_000])
    chosen = asked.parse_args()
    print(markdown(project_rows(chosen.practitioners)), markdown(pair_rows(chosen.heads)), sep="\n\n")


if __name__ == "__main__":
    main()
