"""A round of pairs as the service makes it: loaded from MongoDB, drafted, saved, published, and told batch by batch.

`python -m benchmarks.pairs [HEADS]`: heads around towns, a third of them in lines of ten, paired a second time after a
first round. On an embedded MongoDB; nothing is sent over NATS. Ends with 1 where a round takes longer than it may.
"""

import asyncio
import datetime as dt
import random
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.scheduling_declines import with_mongo
from services.matching.app import build
from services.matching.domain.rounds.records import EngineProgramme, SchoolRecord, round_id
from services.matching.handlers.pairs import PairLoader
from services.matching.handlers.workers.pairs import PairPublisher, PairWorker
from services.matching.settings import MatchingSettings
from services.matching.store import MongoStores, create_indexes
from shared.bus import UnitOfWork
from shared.bus.outbox import Cause, save
from shared.clock import SystemClock
from shared.commands.rounds import DraftRound, PublishRound
from shared.mongo import Mongo
from shared.roster import Membership, Relationship
from shared.template import Template

DATABASE, PROGRAMME, TARGET = "bench_pairs", "prg-1", 8.0
BEGUN = dt.date(2026, 9, 1)
RULES = ("same-school", "same-line", "earlier-together")
TEMPLATE = Template.model_validate(
    {
        "key": "bench", "version": 1, "title": "Bench", "summary": "For measuring.", "clock": {},
        "roles": [{"key": "head"}, {"key": "leader"}],
        "relations": [{"key": "reports-to", "from_role": "head", "to_role": "leader", "upward": True}],
        "matching": [{"key": "coaching", "kind": "pairs", "who": ["head"], "rules": [{"rule": one} for one in RULES]}],
    }
)  # fmt: skip
Effect = Callable[[UnitOfWork], Awaitable[Any]]


async def stored(stores: MongoStores, heads: int) -> None:
    """A programme with a head at each school."""
    draw, common = random.Random(1), dict[str, Any](programme_id=PROGRAMME, version=1)
    towns = [(draw.random() * 400_000, draw.random() * 400_000) for _ in range(max(3, heads // 60))]
    await stores.rounds.programmes.put(EngineProgramme(programme_id=PROGRAMME, version=1, template=TEMPLATE))
    for number in range(heads):
        x, y = draw.choice(towns)
        place = (x + draw.gauss(0, 9_000), y + draw.gauss(0, 9_000))
        school, person = f"sch-{number:05}", f"per-{number:05}"
        await stores.rounds.schools.put(
            SchoolRecord(enrolment_id=f"enr-{number}", school_id=school, name=school, place=place, **common)
        )
        await stores.rounds.roster.put_membership(
            Membership(membership_id=person, person_id=person, role="head", school_id=school, since=BEGUN, **common)
        )
        if number % 3 == 0:
            line = {"relation_id": f"rel-{number}", "relation": "reports-to", "to_person": f"lead-{number // 30}"}
            await stores.rounds.roster.put_relationship(
                Relationship.model_validate({**line, "from_person": person, "since": BEGUN, **common})
            )


async def round_of(mongo: Mongo, stores: MongoStores, run: int) -> float:
    """Draft and publish one round, until everybody is told; seconds."""
    transactions = 0

    async def transact(effect: Effect) -> Any:
        nonlocal transactions
        transactions += 1
        number = f"{run}-{transactions}"
        found = None

        async def body() -> None:
            nonlocal found
            work = UnitOfWork(now=SystemClock().now(), actor="bench", event_id=number, correlation_id="bench")
            found = await effect(work)
            await save(mongo.database(DATABASE), work, Cause("matching", number, "bench", number))

        await mongo.in_transaction(body)
        return found

    publish = build(MatchingSettings(), stores=stores).declaration.commands[PublishRound]
    worker, publisher = PairWorker(PairLoader(stores.rounds), SystemClock()), PairPublisher(stores.rounds)
    began = time.perf_counter()
    await transact(await worker.draft(DraftRound(programme_id=PROGRAMME)))
    drafted = time.perf_counter()
    await transact(lambda work: publish(PublishRound(programme_id=PROGRAMME, revision=run), work))
    while await transact(publisher.publish_next):
        pass
    ended = time.perf_counter()
    pairs = await stores.rounds.pairs.of_round(round_id(PROGRAMME, "coaching"))
    stand = [one for one in pairs if not one.ended]
    print(
        f"round {run}: {len(stand):,} pairs, {sum(one.again for one in stand)} again, drafted {drafted - began:.1f} s, "
        f"published {ended - drafted:.1f} s, {transactions} transactions (at most {TARGET:.0f} s in all)",
        flush=True,
    )
    return ended - began


async def measured(mongo: Mongo, heads: int) -> float:
    """The longest of two rounds; seconds."""
    database = mongo.database(DATABASE)
    await create_indexes(database)
    stores = MongoStores.of(database)
    await stored(stores, heads)
    return max([await round_of(mongo, stores, run) for run in (1, 2)])


def main(heads: int) -> int:
    """Print a line a round; 1 where one takes longer than it may."""
    return int(asyncio.run(with_mongo(lambda mongo, _: measured(mongo, heads))) > TARGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
