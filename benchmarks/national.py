"""All schools of England from the register, matched in one round: figures, the waiting list by rule, and a page to see.

    python -m benchmarks.national --steps 400 --page national.html

Phase, region, place, size, free meals and trust are the register's; strengths, needs and the way each accepts are made
up from the seed. Any other number of schools is an evenly spread part of the register.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import time
from collections import Counter
from functools import cache
from pathlib import Path

from benchmarks.national_page import cohort_of
from kindred.atlas.page import page
from services.matching.domain.records import EnrolmentRecord
from services.matching.domain.schools import Round, Rules, School
from services.matching.engine.effort import Effort
from services.matching.forming.formation import Formed, form
from services.programmes.domain.register.entry import RegisterEntry, facts_of
from services.programmes.domain.register.reader import open_register
from services.programmes.domain.templates.reader import read_template
from shared.events.programmes import SchoolFacts, TopicWeight

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "data" / "schools-england.csv.gz"
RELEASED = ROOT / "tests" / "released"
ISLANDS = frozenset({"921", "420"})
"""As in the template: Isle of Wight, Isles of Scilly."""
WAYS = (25.0, 40.0, 60.0)


@cache
def register() -> list[SchoolFacts]:
    """Every school of the register file, as events tell of it, by URN."""
    entries = open_register(gzip.decompress(REGISTER.read_bytes())).entries
    found = [facts_of(RegisterEntry(f"sch-{entry.school.urn}", entry.school)) for entry in entries if entry.school]
    return sorted(found, key=lambda school: school.urn)


def wishes(draw: random.Random, topics: list[str]) -> tuple[tuple[TopicWeight, ...], tuple[TopicWeight, ...]]:
    """(strengths, needs): two to five and three to five topics, none both."""
    chosen = draw.sample(topics, 10)
    strengths = [TopicWeight(topic=topic, weight=draw.randint(2, 5)) for topic in chosen[: draw.randint(2, 5)]]
    needs = [TopicWeight(topic=topic, weight=draw.randint(1, 5)) for topic in chosen[5 : 5 + draw.randint(3, 5)]]
    return tuple(strengths), tuple(needs)


def enrolled(facts: list[SchoolFacts], seed: int) -> tuple[School, ...]:
    """The schools as matching sees them; what one of them wants does not depend on the others."""
    template = read_template((RELEASED / "peer-visits.yaml").read_text(encoding="utf-8"), "peer-visits.yaml")
    topics = [topic.key for topic in template.enrolment.topics]
    found = []
    for school in facts:
        draw = random.Random(seed * 1_000_003 + school.urn)
        strengths, needs = wishes(draw, topics)
        record = EnrolmentRecord(
            enrolment_id=f"enr-{school.urn}",
            programme_id="prg-national",
            version=1,
            school=school,
            strengths=strengths,
            needs=needs,
            farthest_travel_km=draw.choice(WAYS),
        )
        found.append(record.as_school())
    return tuple(found)


def told(formed: Formed, schools: tuple[School, ...], seconds: float) -> None:
    """Print what came of it."""
    placed = sum(len(group) for group in formed.groups)
    sizes = Counter(len(group) for group in formed.groups)
    print(f"{len(schools)} schools: {placed} in {len(formed.groups)} groups ({sizes[3]} trios, {sizes[4]} quads)")
    print(f"score {formed.parts.total:.4f}, coverage min {formed.minimum:.2f} p5 {formed.p5:.2f} of a school")
    print(f"engine {formed.engine}, {formed.seconds:.0f} s; all {seconds:.0f} s; {_megabytes()} MB")
    print(f"without coordinates {sum(school.place is None for school in schools)}", end=", ")
    print(f"without pupils {sum(not school.pupils for school in schools)}")
    for rule, count in Counter(one.rule for one in formed.waiting).most_common():
        print(f"waiting, {rule}: {count}")
    for one in formed.waiting[:20]:
        print(f"  {one.school.phase}, {one.school.area}: {one.sentence}")


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Read the arguments, match, tell, draw."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--schools", type=int, default=0, help="an evenly spread part of the register")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--steps", type=int, default=4000, help="moves a school")
    arguments.add_argument("--page", type=Path, help="where to write the page")
    chosen = arguments.parse_args()
    facts = register()
    rules = Rules(islands=ISLANDS)
    step = max(len(facts) // chosen.schools, 1) if chosen.schools else 1
    schools = enrolled(facts[::step], chosen.seed)
    began = time.perf_counter()
    formed = form(Round(schools, rules), chosen.seed, Effort(steps=chosen.steps))
    told(formed, schools, time.perf_counter() - began)
    if chosen.page:
        chosen.page.write_text(page(cohort_of(formed), "All schools of England"), encoding="utf-8")
        print(f"{chosen.page}: {chosen.page.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
