"""What the port of happenings promises, for the store in memory and the one on MongoDB."""

import datetime as dt

from services.portal.domain.happened import Counts, Happening
from services.portal.handlers.projection.happened import HappenedProjection
from shared.events.forms import EntryWithdrawn
from shared.events.programmes import PersonErased
from shared.events.scheduling import InvitationAnswered, VisitHeld
from tests.fakes import FakeWork
from tests.unit.portal.world import COHORT, GROUP, NOW, PAST, PROGRAMME, VISIT, pairs

EARLIER = NOW - dt.timedelta(minutes=5)


def held(version=3, host="sch-b", visit=PAST):
    return VisitHeld(
        version=version, visit_id=visit, cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP, host_school_id=host,
        on=dt.date(2027, 3, 11), facilitator_id="per-fac", present=pairs()[:2],
    )  # fmt: skip


def answered(person_id, programme_id=PROGRAMME):
    return InvitationAnswered(
        version=1, target_id=VISIT, target_kind="visit", programme_id=programme_id, person_id=person_id,
        answer="declined", via="page", sequence=0,
    )  # fmt: skip


class HappenedContract:
    """A subclass has the fixtures `stores` and `world`, as the contract of all stores."""

    async def test_what_happened_since_is_put_together_by_programme_and_kind(self, stores):
        projection, read = HappenedProjection(stores.models), stores.read.happened
        for minute, event in enumerate(
            (
                held(),
                held(visit="vis-2", host="sch-c"),
                held(visit="vis-3"),
                answered("per-1"),
                answered("per-2", "prg-2"),
            )
        ):
            await projection.note(event, FakeWork(now=EARLIER + dt.timedelta(minutes=minute)))
        await projection.note(held(), FakeWork(now=NOW))
        found = {(one.programme_id, one.kind): one for one in await read.since(EARLIER - dt.timedelta(minutes=1))}
        assert found == {
            (PROGRAMME, "held"): Happening(PROGRAMME, "held", 3, ("sch-b", "sch-c")),
            (PROGRAMME, "declined"): Happening(PROGRAMME, "declined", 1),
            ("prg-2", "declined"): Happening("prg-2", "declined", 1),
        }
        (late,) = await read.since(EARLIER + dt.timedelta(minutes=3))
        assert late.programme_id == "prg-2"
        assert await read.since(NOW) == []

    async def test_how_far_programmes_are_is_counted_by_programme(self, world):
        read = world.stores.read.happened
        before = await read.counts([PROGRAMME, "prg-2", "prg-x"])
        assert set(before) == {PROGRAMME, "prg-2", "prg-x"}
        assert before["prg-x"] == Counts()
        await world.handle(held())
        await world.handle(answered("per-b-head"))
        await world.handle(
            EntryWithdrawn(
                version=9,
                entry_id="ent-gone",
                on=NOW.date(),
                programme_id="prg-2",
                form="project",
                about="school",
                about_id="sch-a",
                number=1,
                author_ids=("per-a-cpd",),
                person_id="per-a-cpd",
            )
        )
        assert before[PROGRAMME] == Counts(dated=3, reports=2)
        assert await read.counts([PROGRAMME]) == {PROGRAMME: Counts(dated=3, held=1, answered=1, reports=2)}
        assert (await read.counts(["prg-2"]))["prg-2"].written == before["prg-2"].written
        assert await read.counts([]) == {}

    async def test_somebody_has_seen_it_until_they_are_erased(self, world):
        read = world.stores.read.happened
        assert await read.seen("per-b-head") is None
        await read.see("per-b-head", EARLIER)
        await read.see("per-b-head", NOW)
        await read.see("per-c-head", EARLIER)
        assert (await read.seen("per-b-head"), await read.seen("per-c-head")) == (NOW, EARLIER)
        await world.handle(PersonErased(version=1, person_id="per-b-head", erased_on=NOW.date()))
        assert await read.seen("per-b-head") is None
        assert await read.seen("per-c-head") == EARLIER
