"""All dates of a programme: by day, as filtered, and where those to come clash."""

import datetime as dt

import pytest

from services.scheduling.handlers.queries.programme_dates import ProgrammeDateQueries
from shared.commands.programme_dates import ListProgrammeDates
from shared.errors import Rejected
from tests.fakes.memory import Memory
from tests.fakes.scheduling import memory_stores
from tests.unit.scheduling.cohorts import varied
from tests.unit.scheduling.ports.arrangements import arrangement, day
from tests.unit.scheduling.ports.programme_dates import of_another_programme
from tests.unit.scheduling.ports.records import (
    ADA,
    BO,
    CY,
    MONDAY,
    NOW,
    PROGRAMME,
    TUESDAY,
    WEDNESDAY,
    answer,
    enrolment,
    event,
    visit,
)
from tests.unit.scheduling.world import SHIPPED

SUNDAY = MONDAY - dt.timedelta(days=1)


@pytest.fixture
async def stores():
    found = memory_stores(Memory(), SHIPPED, lambda: NOW)
    await found.programmes.put(varied().sources.programme.model_copy(update={"programme_id": PROGRAMME}))
    names = {1: "Hollins", 2: "Carr Wood", 9: "Moor End"}
    for number, name in names.items():
        await found.enrolments.put(enrolment(number, (), name=name))
    return found


async def listed(stores, **asked):
    return await ProgrammeDateQueries(stores).show(ListProgrammeDates(programme_id=PROGRAMME, **asked))


def keys(rows):
    return [one.target_id for one in rows.dates]


async def filled(stores):
    visits = [visit(2, TUESDAY, (BO,), state="published"), visit(1, MONDAY, (ADA,)), visit(9, MONDAY, (CY,))]
    await stores.visits.put([*visits, visit(3, MONDAY, (CY,), state="cancelled")])
    parts = [event(one, WEDNESDAY, (who,), state="published") for one, who in ((1, ADA), (2, BO))]
    await stores.events.put(parts)
    await stores.arrangements.put(arrangement(visits=(day(on=WEDNESDAY, people=(CY,)),)), NOW)
    await stores.answers.add(answer("vis-2", BO, said="declined"))
    return stores


async def test_all_dates_stand_in_order_and_an_event_in_parts_is_one(stores):
    rows = await listed(await filled(stores))
    assert keys(rows) == ["vis-1", "vis-9", "vis-2", "avi-1", "evt-1"]
    assert (rows.total, rows.clashing) == (5, 0)
    launch, second = rows.dates[4], rows.dates[2]
    assert (launch.title, launch.people, launch.person_ids) == ("Launch", 2, (ADA, BO))
    assert (second.title, second.host, second.state, second.declined) == ("Visit", "Carr Wood", "published", 1)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"first": TUESDAY}, ["vis-2", "avi-1", "evt-1"]),
        ({"last": MONDAY}, ["vis-1", "vis-9"]),
        ({"kind": "agreed"}, ["avi-1"]),
        ({"state": "draft"}, ["vis-1", "vis-9"]),
        ({"state": "cancelled"}, ["vis-3"]),
        ({"school_ids": ("sch-2",)}, ["vis-2", "avi-1"]),
        ({"person_ids": (BO,)}, ["vis-2", "evt-1"]),
        ({"limit": 2, "offset": 1}, ["vis-9", "vis-2"]),
        ({"clashing": True}, []),
    ],
)
async def test_dates_are_narrowed(stores, asked, wanted):
    assert keys(await listed(await filled(stores), **asked)) == wanted


async def test_who_is_to_be_in_two_places_is_a_clash_of_both_with_the_other_as_proof(stores):
    await stores.visits.put([visit(1, MONDAY, (ADA, BO)), visit(2, MONDAY, (BO,), state="published")])
    rows = await listed(stores)
    assert rows.clashing == 2
    assert [one.target_id for one in rows.first_clashes] == ["vis-1", "vis-2"]
    (clash,) = rows.dates[0].clashes
    assert (clash.rule, clash.person_ids, clash.other_id) == ("double", (BO,), "vis-2")
    assert clash.sentence == "To be at Visit at Carr Wood as well, 09:00 to 15:00"


async def test_hours_that_follow_each_other_are_no_clash(stores):
    await stores.visits.put([visit(1, MONDAY, (ADA,))])
    later = event(1, MONDAY, (ADA,))
    hours = {"starts": dt.time(15), "ends": dt.time(17)}
    await stores.events.put([later.model_copy(update={"event": later.event.model_copy(update=hours)})])
    assert (await listed(stores)).clashing == 0


async def test_what_another_programme_has_published_clashes_too_and_is_not_listed(stores):
    await stores.visits.put(
        [visit(1, MONDAY, (ADA,)), of_another_programme(visit(5, MONDAY, (ADA,), state="published"))]
    )
    rows = await listed(stores)
    assert keys(rows) == ["vis-1"]
    assert rows.dates[0].clashes[0].other_id == "vis-5"


async def test_what_is_known_of_dates_is_kept_until_something_may_have_changed(stores, monkeypatch):
    versions = {"now": "one"}

    async def version():
        return versions["now"]

    monkeypatch.setattr(stores.programme_dates, "version", version)
    queries = ProgrammeDateQueries(await filled(stores))

    async def seen():
        found = await queries.show(ListProgrammeDates(programme_id=PROGRAMME))
        return keys(found), found.clashing

    before = await seen()
    await stores.visits.put([visit(9, WEDNESDAY, (ADA, CY), state="published")])
    assert await seen() == before
    versions["now"] = "two"
    assert await seen() == (["vis-1", "vis-2", "avi-1", "vis-9", "evt-1"], 3)


async def test_a_closed_school_is_named_with_why(stores):
    await stores.days_off.close("sch-1", [MONDAY])
    await stores.visits.put([visit(1, MONDAY), visit(2, SUNDAY, (BO,)), visit(9, dt.date(2026, 12, 28), (CY,))])
    by_id = {one.target_id: one.clashes for one in (await listed(stores)).dates}
    assert [(one.rule, one.schools, one.in_all) for one in by_id["vis-1"]] == [("closed", ("Hollins",), 1)]
    assert [(one.rule, one.schools) for one in by_id["vis-2"]] == [("no-term", ("Carr Wood", "Hollins"))]
    assert [one.rule for one in by_id["vis-9"]] == ["bank-holiday"]


async def test_a_day_that_people_agree_needs_the_host_open_and_what_is_over_clashes_with_nothing(stores):
    await stores.days_off.close("sch-1", [MONDAY, dt.date(2026, 9, 14)])
    await stores.visits.put([visit(1, dt.date(2026, 9, 14), state="published")])
    await stores.arrangements.put(arrangement(visits=(day(on=MONDAY),)), NOW)
    assert (await listed(stores)).clashing == 0
    await stores.days_off.close("sch-2", [MONDAY])
    assert (await listed(stores)).dates[1].clashes[0].schools == ("Carr Wood",)


async def test_a_programme_that_nobody_knows_is_refused(stores):
    with pytest.raises(Rejected, match="There is no programme"):
        await ProgrammeDateQueries(stores).show(ListProgrammeDates(programme_id="prg-x"))
