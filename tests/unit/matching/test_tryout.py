from tests.fakes.matching import facts
from shared.events.matching import CohortDrafted, CohortFormationFailed
from shared.events.matching import *
async def run(world, what, schools, *more):
    await world.tell(facts.opened(), *schools, facts.closed(len(schools)), *more)
    for e in world.heard if hasattr(world,'heard') else []: pass
    f = world.of(CohortFormationFailed)
    print("\n##", what)
    for e in f: print("  FAILED", e.sentence, [(b.rule, b.sentence[:200], len(b.school_ids)) for b in e.blocking][:4])
    if world.of(CohortDrafted):
        s = await world.shown()
        print("  DRAFT", s.cohort.sentence, s.groups_total, s.cohort.waiting)
        for w in s.waiting[:3]: print("     ", w.rule, w.sentence)
        for g in s.groups[:2]: print("      group", g.urns, g.reasons[:2])
def E(n, **k): return facts.enrolled(n, **k)
async def test_0(world): await run(world, "none", [])
async def test_1(world): await run(world, "one", [E(0)])
async def test_2(world): await run(world, "two", [E(0),E(1)])
async def test_5(world): await run(world, "five", [E(n) for n in range(5)])
async def test_3w(world): await run(world, "three of which one leaves", [E(n) for n in range(3)], facts.withdrawn(2))
async def test_trust(world): await run(world, "six of one trust", [E(n, trust="T") for n in range(6)])
async def test_trust2(world): await run(world, "three of one trust, one other", [E(n, trust="T") for n in range(3)]+[E(3)])
async def test_nw(world): await run(world, "everybody not with everybody", [E(n, not_with=tuple(m for m in range(6) if m!=n)) for n in range(6)])
async def test_same_needs(world): await run(world, "nobody gives", [E(n, strengths=()) for n in range(6)])
async def test_no_needs(world): await run(world, "nobody needs", [E(n, needs=()) for n in range(6)])
