"""A page about one group must not wait for the whole country: 24,000 schools, and only those concerned are read."""

import time
from statistics import median

from services.matching.app import build
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, EnrolmentRecord, GroupRecord, ProgrammeRecord
from services.matching.store import MongoStores
from shared.commands.matching import WhatIf, WhyGroup, WhyNot
from shared.mongo import connect
from tests.integration.matching import facts

SCHOOLS = 24_000
GROUP = 4
ACROSS = 400
"""Schools along a row of the map."""
WHY, WONDER = 0.25, 5.0
"""Seconds allowed: five times what is aimed at, for a busy machine."""


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


async def filled(own):
    """A drafted cohort of the whole country, put where the service keeps it."""
    mongo = connect(own.mongo_url, own.mongo_driver)
    database = mongo.database(f"{own.database_prefix}matching")
    stores, cohort = MongoStores.of(database), cohort_id("prg-1")
    await stores.enrolments.put_programme(ProgrammeRecord.model_validate(facts.opened().model_dump()))
    await stores.cohorts.put_cohort(
        CohortRecord(
            cohort_id=cohort,
            programme_id="prg-1",
            revision=1,
            version=2,
            state="draft",
            groups=SCHOOLS // GROUP,
            schools=SCHOOLS,
            score=0.5,
            median=0.7,
        )
    )
    records = map(enrolment, range(SCHOOLS))
    await database["enrolments"].insert_many(
        [{"_id": one.enrolment_id, **one.model_dump(mode="json")} for one in records]
    )
    await stores.cohorts.replace_drafts(cohort, [group(n, cohort) for n in range(SCHOOLS // GROUP)])
    await mongo.close()


async def timed(client, queries):
    seconds, answers = [], []
    for query in queries:
        began = time.perf_counter()
        answers.append(await client.find(query))
        seconds.append(time.perf_counter() - began)
    return median(seconds), answers


async def test_reasons_and_what_ifs_are_quick_for_twenty_four_thousand(own, around, running, record_property):
    matching = build(own)
    await filled(own)
    await running(matching)
    some = range(0, SCHOOLS // GROUP, 211)
    why, reasons = await timed(around.client, [WhyGroup(group_id=f"grp-{n:05}") for n in some])
    assert all(len(one.schools) == GROUP and "exchange with a group nearby" in one.best_swap for one in reasons)
    urns = [(200_000 + GROUP * n, 200_000 + GROUP * n + GROUP) for n in some]
    not_, _ = await timed(around.client, [WhyNot(programme_id="prg-1", urn=a, other_urn=b) for a, b in urns])
    asked = [WhatIf(programme_id="prg-1", urns=pair, how="together") for pair in urns[:5]]
    wonder, effects = await timed(around.client, asked)
    assert all(one.moves or one.rule for one in effects)
    record_property("seconds", {"why": why, "why not": not_, "what if": wonder})
    assert why < WHY
    assert not_ < WHY
    assert wonder < WONDER
