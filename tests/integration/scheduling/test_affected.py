"""A disruption reads what its repairs can touch, and comes to what the whole cohort's board comes to."""

import random

import pytest

from benchmarks.scheduling_stored import COHORT, NOW, stored
from services.scheduling.handlers.affected import affected
from services.scheduling.handlers.disruptions import _settled
from services.scheduling.handlers.nearby import Nearby
from services.scheduling.handlers.sources import standing
from shared.commands.scheduling_changes import Disruption
from shared.errors import Rejected
from shared.events.base import DateSpan
from tests.integration.scheduling.test_nearby import known, movable


@pytest.fixture
async def found(mongo, settings):
    return await stored(mongo.database(f"{settings.database_prefix}scheduling"), known())


def disruptions(rng):
    """An absence, an illness, a closure and an inspection around visits that can be moved."""
    for record in rng.sample(movable(), 6):
        visit = record.visit
        for kind, subject in (
            ("away", {"person_id": visit.attendees[0].person_id}),
            ("away", {"person_id": visit.facilitator_id}),
            ("closure", {"school_id": visit.host_school_id}),
            ("inspection", {"school_id": visit.attendees[-1].school_id}),
        ):
            yield Disruption(kind=kind, days=(DateSpan(first=visit.on, last=visit.on),), **subject)


async def test_what_is_loaded_comes_to_what_the_whole_cohort_comes_to(found):
    whole, moved = await standing(found, COHORT, NOW), 0
    for given in disruptions(random.Random(2)):
        part, what = await affected(found, COHORT, given, NOW)
        assert isinstance(part, Nearby)
        assert len(part.visits) < len(whole.visits) / 2
        near, all_of_it = _settled(part, what)[0], _settled(whole, what)[0]
        assert near == all_of_it
        moved += len(near.consequences)
    assert moved > 15


async def test_who_takes_no_part_is_refused(found):
    days = (DateSpan(first=NOW.date(), last=NOW.date()),)
    with pytest.raises(Rejected, match="unknown-person"):
        await affected(found, COHORT, Disruption(kind="away", days=days, person_id="per-nobody"), NOW)
    with pytest.raises(Rejected, match="unknown-school"):
        await affected(found, COHORT, Disruption(kind="closure", days=days, school_id="sch-nowhere"), NOW)
