"""A course while its programme stands still, and afterwards."""

import datetime as dt

from shared.commands.programme_states import PostponeProgramme, ResumeProgramme
from shared.events.scheduling_parts import CohortEventCancelled, CohortEventScheduled
from tests.unit.courses.leaders import Leaders, address


async def test_a_programme_that_stands_still_cancels_its_days_and_dates_them_anew(published: Leaders) -> None:
    town = published.town
    first = (await published.shown()).sessions[0].on
    await town.day(first + dt.timedelta(days=1))
    await published.record()
    await town.ask(PostponeProgramme(programme_id=published.programme_id))
    await town.settle()
    assert len(town.of(CohortEventCancelled)) == 3
    await town.day("2027-01-04")
    await town.ask(ResumeProgramme(programme_id=published.programme_id))
    await town.settle()
    planned = [one for one in (await published.plan()).sessions if one.state == "planned"]
    assert [one.number for one in planned] == [2, 3, 4]
    assert all(one.on > dt.date(2027, 1, 4) for one in planned)
    before = {one.event_id for one in town.of(CohortEventScheduled)}
    await published.publish()
    new = [one for one in town.of(CohortEventScheduled) if one.event_id not in before]
    assert len(new) == 3, "under UIDs of their own"
    assert (await published.place(address("headteacher", 0))).came == (1,)
