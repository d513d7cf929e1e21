"""A school leaves while a large cohort is being told: nothing is lost, and every group's facts come in order."""

import asyncio

import pytest

from services.matching.app import build
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, ProgrammeRecord
from services.matching.handlers import events
from services.matching.handlers.workers import groups
from services.matching.store import MongoStores
from shared.commands.matching import PublishCohort, ShowCohort
from shared.errors import NotYet
from shared.events.matching import GroupChanged, GroupFormed
from shared.mongo import connect
from tests.fakes.matching import facts
from tests.waiting import patience

COHORT = cohort_id("prg-1")
COUNT = 2 * groups.AT_ONCE + 50
LEAVING = {0: "sch-00", COUNT - 1: "sch-01"}
"""Number of the group -> who leaves it: one of the first batch, one of the last."""


def group(number):
    named = (LEAVING.get(number, f"a{number}"), f"b{number}", f"c{number}", f"d{number}")
    return GroupRecord(
        group_id=f"grp-{number:04}", cohort_id=COHORT, programme_id="prg-1", revision=1, number=number,
        school_ids=named, ever=named,
    )  # fmt: skip


async def drafted(own):
    """A draft of many groups, put where the service keeps it."""
    mongo = connect(own.mongo_url, own.mongo_driver)
    stores = MongoStores.of(mongo.database(f"{own.database_prefix}matching"))
    await stores.programmes.put_programme(ProgrammeRecord.model_validate(facts.opened().model_dump()))
    for number in range(2):
        await stores.enrolments.put_enrolment(EnrolmentRecord.model_validate(facts.enrolled(number).model_dump()))
    cohort = CohortRecord(
        cohort_id=COHORT, programme_id="prg-1", revision=1, version=2, state="draft", groups=COUNT, schools=4 * COUNT
    )
    await stores.cohorts.put_cohort(cohort)
    await stores.groups.replace_drafts(COHORT, [group(number) for number in range(COUNT)])
    await mongo.close()


@pytest.fixture
def halfway(monkeypatch):
    """Telling stops after the first batch until a withdrawal has come and been put off."""
    begun, landed = asyncio.Event(), asyncio.Event()
    tell, leave = groups.GroupPublisher.publish_next, events.Events.school_withdrawn

    async def told(self, work):
        if begun.is_set():
            async with asyncio.timeout(patience(30)):
                await landed.wait()
        count = await tell(self, work)
        if count:
            begun.set()
        return count

    async def left(self, event, work):
        try:
            await leave(self, event, work)
        except NotYet:
            landed.set()
            raise

    monkeypatch.setattr(groups.GroupPublisher, "publish_next", told)
    monkeypatch.setattr(events.Events, "school_withdrawn", left)
    return landed


async def test_a_school_that_leaves_midway_is_told_after_its_group_and_nothing_is_lost(own, around, running, halfway):
    matching = build(own)
    await drafted(own)
    await running(matching)
    await around.client.ask(PublishCohort(cohort_id=COHORT, revision=1))
    await around.tell(facts.withdrawn(0), facts.withdrawn(1))
    async with asyncio.timeout(patience(30)):
        await halfway.wait()
    assert around.of(GroupChanged) == []
    formed = await around.until(GroupFormed, COUNT, seconds=60)
    changed = await around.until(GroupChanged, 2, seconds=60)
    assert sorted(event.number for event in formed) == list(range(COUNT))
    assert {event.group_id: event.school_ids for event in formed} == {
        group(number).group_id: group(number).school_ids for number in range(COUNT)
    }
    for number, school in LEAVING.items():
        name = group(number).group_id
        mine = [event for event in around.heard if getattr(event, "group_id", "") == name]
        assert [(type(event), event.version) for event in mine] == [(GroupFormed, 1), (GroupChanged, 2)]
        assert (mine[1].left, mine[1].joined, mine[1].needs_coordinator) == ((school,), (), False)
        assert mine[1].school_ids == group(number).school_ids[1:]
    assert len(changed) == 2
    shown = {row.group_id: row.school_ids for row in (await _shown(around, 0), await _shown(around, COUNT - 1))}
    assert shown == {group(number).group_id: group(number).school_ids[1:] for number in LEAVING}


async def _shown(around, offset):
    return (await around.client.find(ShowCohort(programme_id="prg-1", limit=1, offset=offset))).groups[0]
