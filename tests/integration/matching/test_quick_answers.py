"""A page about one group must not wait for the whole cohort, however large: only the schools concerned are read."""

from statistics import median

import pytest

from services.matching.app import build
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, ProgrammeRecord
from services.matching.store import MongoStores
from shared.commands.matching import WhatIf, WhyGroup, WhyNot
from shared.mongo import connect
from tests.fakes.matching import facts
from tests.yardstick import Watch, yardstick

GROUP = 4
ACROSS = 400
"""Schools along a row of the map."""
WHY, WONDER, SLOWEST = 30, 90, 200
"""Yardsticks of the processor, service and asker: half of the answers, half of the what-ifs, any what-if."""
PATIENCE = 150
"""Yardsticks of the clock for half of the answers, the database's work in them."""


def enrolment(number):
    """A school on a grid 1 km apart, about as dense as schools lie in towns."""
    told = facts.enrolled(number % 12, farthest=25.0)
    place = {"easting": 100_000 + 1000 * (number % ACROSS), "northing": 100_000 + 1000 * (number // ACROSS)}
    school = told.school.model_copy(update={"school_id": f"sch-{number:05}", "urn": 200_000 + number, **place})
    record = EnrolmentRecord.model_validate(told.model_dump())
    return record.model_copy(update={"enrolment_id": f"enr-{number:05}", "school": school})


def group(number, cohort):
    """Four neighbours in a row."""
    first = GROUP * number
    return GroupRecord(
        group_id=f"grp-{number:05}",
        cohort_id=cohort,
        programme_id="prg-1",
        revision=1,
        number=number + 1,
        school_ids=tuple(f"sch-{first + n:05}" for n in range(GROUP)),
        middle=(101_500.0 + 1000 * (first % ACROSS), 100_000.0 + 1000 * (first // ACROSS)),
    )


async def filled(own, schools):
    """A drafted cohort of so many schools, put where the service keeps it."""
    mongo = connect(own.mongo_url, own.mongo_driver)
    database = mongo.database(f"{own.database_prefix}matching")
    stores, cohort = MongoStores.of(database), cohort_id("prg-1")
    await stores.programmes.put_programme(ProgrammeRecord.model_validate(facts.opened().model_dump()))
    await stores.cohorts.put_cohort(
        CohortRecord(
            cohort_id=cohort,
            programme_id="prg-1",
            revision=1,
            version=2,
            state="draft",
            groups=schools // GROUP,
            schools=schools,
            score=0.5,
            median=0.7,
        )
    )
    records = map(enrolment, range(schools))
    await database["enrolments"].insert_many(
        [{"_id": one.enrolment_id, **one.model_dump(mode="json")} for one in records]
    )
    await stores.groups.replace_drafts(cohort, [group(n, cohort) for n in range(schools // GROUP)])
    await mongo.close()


async def timed(client, queries):
    """(what each query took, in yardsticks of the processor; the median of the clock, likewise; the answers)."""
    spent, measure, answers = [], [], []
    for query in queries:
        with Watch() as watch:
            answers.append(await client.find(query))
        spent.append(watch.spent)
        measure.append(yardstick())
    processor, clock = (median(one[at] for one in measure) for at in (0, 1))
    return [one.processor / processor for one in spent], median(one.clock for one in spent) / clock, answers


@pytest.mark.parametrize("schools", [3_000, 8_000, pytest.param(24_000, marks=pytest.mark.acceptance)])
async def test_reasons_and_what_ifs_are_quick_in_a_large_cohort(own, around, running, record_property, schools):
    matching = build(own)
    await filled(own, schools)
    await running(matching)
    some = range(0, schools // GROUP, schools // 115)
    why, clock, reasons = await timed(around.client, [WhyGroup(group_id=f"grp-{n:05}") for n in some])
    assert all(len(one.schools) == GROUP and "exchange with a group nearby" in one.best_swap for one in reasons)
    urns = [(200_000 + GROUP * n, 200_000 + GROUP * n + GROUP) for n in some]
    asked = [WhyNot(programme_id="prg-1", urn=a, other_urn=b) for a, b in urns]
    not_, clock_not, _ = await timed(around.client, asked)
    first, *pins = [WhatIf(programme_id="prg-1", urns=pair, how="together") for pair in urns[len(urns) // 2 :][:9]]
    await around.client.find(first)  # loads the kernel, which takes as long as several answers
    wonder, clock_wonder, effects = await timed(around.client, pins)
    assert all(one.moves or one.rule for one in effects)
    record_property("yardsticks", {"why": median(why), "why not": median(not_), "what if": median(wonder)})
    assert median(why) < WHY
    assert median(not_) < WHY
    assert median(wonder) < WONDER
    assert max(wonder) < SLOWEST
    assert max(clock, clock_not, clock_wonder) < PATIENCE
