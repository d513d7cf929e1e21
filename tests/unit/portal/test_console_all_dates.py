"""All dates of a programme in the console: by week, by school, by person; what clashes first; where each is changed."""

import datetime as dt
import re

import pytest

from shared.commands.agreed_visits import (
    AgreedVisitRow,
    ArrangementDetail,
    CancelAgreedVisit,
    ChosenDay,
    InvitedRow,
    MoveAgreedVisit,
    RecordAgreedVisit,
)
from shared.commands.event_programmes import DescribeCohortEvent, EventProgramme, EventVenue
from shared.commands.people import FoundPeople, FoundPerson
from shared.commands.programme_dates import DateClash, DateOfProgramme, ListProgrammeDates, ProgrammeDateRows
from shared.commands.scheduling import CancelCohortEvent, CohortEventDetail, MoveCohortEvent
from shared.errors import Rejected
from shared.events.scheduling_parts import Attendee, CohortEvent
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import COHORT, PROGRAMME, VISIT

BASE = f"/console/programmes/{PROGRAMME}"
HERE, EVENT, AGREED = f"{BASE}/dates", f"{BASE}/events/evt-1", f"{BASE}/agreed/avi-1"
MAY = dt.date(2027, 5, 13)


def text(page):
    return re.sub(r" (?=[,:.])", "", " ".join(read(page).text.split()))


def date(kind, target, on=MAY, **fields):
    given = {
        "kind": kind, "target_id": target, "activity": "training", "title": target.capitalize(), "on": on,
        "starts": dt.time(9), "ends": dt.time(15), "state": "published", "people": 3, "school_ids": ("sch-a",),
        "person_ids": ("per-a-head",),
    }  # fmt: skip
    return DateOfProgramme.model_validate({**given, **fields})


CLASHES = (
    DateClash(rule="closed", sentence="Closed that day", schools=("Hollins", "Carr Wood"), in_all=5),
    DateClash(rule="double", sentence="To be at Launch as well, 09:00 to 12:00", person_ids=("per-a-head",), in_all=1),
)
FOUR = (
    date("visit", VISIT, title="Visit", host="Hollins", clashes=CLASHES),
    date("session", "evt-2", number=2, school_id="sch-a", declined=2),
    date("agreed", "avi-1", on=dt.date(2027, 5, 20), state="held", school_ids=(), person_ids=()),
    date("event", "evt-1", on=dt.date(2027, 5, 20), state="draft"),
)


def answered(query):
    fits = [one for one in FOUR if not query.school_ids or set(query.school_ids) & set(one.school_ids)]
    fits = [one for one in fits if not query.person_ids or set(query.person_ids) & set(one.person_ids)]
    shown = tuple(fits[query.offset : query.offset + query.limit])
    return ProgrammeDateRows(total=len(fits), dates=shown, clashing=1, first_clashes=(FOUR[0],))


@pytest.fixture
async def desk(world, desk):
    ada = FoundPerson(person_id="per-a-head", name="Amara Osei", email="a@x.example")
    cy = FoundPerson(person_id="per-cy", name="Cy Young", email="c@x.example")
    world.owners.finds |= {"ListProgrammeDates": answered, "FindPeople": FoundPeople(total=2, people=(ada, cy))}
    return desk


def last_asked(world):
    return [one for one in world.owners.found if isinstance(one, ListProgrammeDates)][-1]


async def test_dates_stand_by_week_with_what_clashes_first_and_why(world, desk):
    page = await desk.get(HERE)
    said = text(page)
    assert said.index("1 date clashes") < said.index("Week of Monday 10 May 2027") < said.index("Week of Monday 17 May")
    assert "Closed that day: Hollins, Carr Wood and 3 more." in said
    assert "To be at Launch as well, 09:00 to 12:00: Amara Osei." in said
    assert "2 cannot come" in said
    for path in (f"{BASE}/visits/{VISIT}", f"{BASE}/courses/training?school=sch-a#day-2", AGREED, EVENT):
        assert f'href="{path}"' in page.text
    assert (await desk.get("/console/programmes/prg-x/dates")).status_code == 404


async def test_a_school_and_a_person_have_their_own_dates_and_who_has_none_is_named(world, desk):
    said = text(await desk.get(f"{HERE}?view=school"))
    assert "Hollins Primary School" in said
    assert last_asked(world).school_ids == ("sch-a",)
    said = text(await desk.get(f"{HERE}?view=person&search=o"))
    assert said.index("Amara Osei When") < said.index("Evt-2, 13 May 2027") < said.index("Cy Young No date that fits.")
    assert last_asked(world).person_ids == ("per-a-head", "per-cy")


async def test_filters_are_asked_for_and_taken_off_one_by_one(world, desk):
    page = await desk.get(
        f"{HERE}?kind=visit&state=draft&since=2027-05-01&school=107000&person=per-a-head&clashing=yes"
    )
    asked = last_asked(world)
    assert (asked.kind, asked.state, asked.first) == ("visit", "draft", dt.date(2027, 5, 1))
    assert (asked.school_ids, asked.person_ids, asked.clashing) == (("sch-a",), ("per-a-head",), True)
    for without in ("kind=visit", "state=draft", "since=2027-05-01", "school=107000", "person=per-a-head"):
        whole = "kind=visit&state=draft&since=2027-05-01&clashing=yes&school=107000&person=per-a-head"
        left = "&amp;".join(one for one in whole.split("&") if one != without)
        assert f'href="?{left}"' in page.text, without


async def test_what_an_address_says_wrong_is_left_out(world, desk):
    page = await desk.get(f"{HERE}?view=moon&kind=x&state=y&since=soon&school=1&person=per-x&page=minus")
    assert page.status_code == 200
    asked = last_asked(world)
    assert (asked.kind, asked.state, asked.school_ids, asked.person_ids, asked.offset) == (None, None, (), (), 0)
    assert asked.first is not None


async def test_one_page_to_print_has_all(world, desk):
    assert "On one page, to print" in (await desk.get(HERE)).text
    await desk.get(f"{HERE}?print=yes")
    assert last_asked(world).limit == 500


@pytest.fixture
def event(world):
    facts = {
        "event_id": "evt-1", "cohort_id": COHORT, "programme_id": PROGRAMME, "activity": "launch", "title": "Launch",
        "on": MAY, "starts": dt.time(9), "ends": dt.time(12), "timezone": "Europe/London", "place": "Town hall",
    }  # fmt: skip
    people = (Attendee(person_id="per-a-head", role="headteacher", school_id="sch-a"),)
    shown = CohortEventDetail(event=CohortEvent(**facts, attendees=people), state="published", version=1)
    happens = EventProgramme(event_id="evt-1", title="Launch", venue=EventVenue(name="Town hall"), invited=40)
    world.owners.finds |= {"ShowCohortEvent": shown, "ShowEventProgramme": happens}
    return shown


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"do": "move", "on": "20/5/2027"}, MoveCohortEvent(event_id="evt-1", on=dt.date(2027, 5, 20))),
        ({"do": "cancel"}, CancelCohortEvent(event_id="evt-1")),
        (
            {"do": "venue", "name": "Library", "capacity": "60"},
            DescribeCohortEvent(event_id="evt-1", venue=EventVenue(name="Library", capacity=60)),
        ),
    ],
)
async def test_an_event_is_moved_described_and_called_off(world, desk, event, values, command):
    page = await desk.get(EVENT)
    assert "40 people" in text(page)
    await press(desk, page, values)
    assert world.owners.commands == [command]


async def test_an_event_of_another_programme_is_none_of_this_one(world, desk, event):
    assert (await desk.get(f"/console/programmes/{console.OPEN}/events/evt-1")).status_code == 404
    world.owners.finds.pop("ShowCohortEvent")
    assert (await desk.get(EVENT)).status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "move", "on": "soon"}, "Write the day as 2027-01-04."),
        ({"do": "venue", "capacity": "many"}, "how many it takes as a number"),
    ],
)
async def test_what_cannot_be_read_of_an_event_is_said(world, desk, event, values, said):
    page = await press(desk, await desk.get(EVENT), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


@pytest.fixture
def agreed(world):
    invited = (InvitedRow(person_id="per-a-head", role="headteacher", school_id="sch-a"),)
    shown = AgreedVisitRow(
        visit_id="avi-1", number=1, on=MAY, starts=dt.time(9), ends=dt.time(12), state="published", sequence=0,
        attendees=invited, doings=("tour",),
    )  # fmt: skip
    detail = ArrangementDetail(
        arrangement_id="arr-1", programme_id=PROGRAMME, activity="day", kind="agreed-visit", title="A day",
        match_id="m1", host_school_id="sch-a", host="Hollins", school_id="sch-b", state="agreed", needed=1, most=1,
        timezone="Europe/London", starts=dt.time(9), ends=dt.time(12), hold_working_days=3, visits=(shown,),
    )  # fmt: skip
    world.owners.finds["ShowDays"] = detail
    return detail


@pytest.mark.parametrize(
    ("values", "command"),
    [
        (
            {"do": "move", "on": "2027-05-20", "starts": "13:30", "ends": "15:00"},
            MoveAgreedVisit(
                visit_id="avi-1",
                day=ChosenDay(on=dt.date(2027, 5, 20), starts=dt.time(13, 30), ends=dt.time(15), doings=("tour",)),
            ),
        ),
        ({"do": "cancel", "words": " Ill "}, CancelAgreedVisit(visit_id="avi-1", words="Ill")),
    ],
)
async def test_an_agreed_day_is_moved_or_called_off(world, desk, agreed, values, command):
    await press(desk, await desk.get(AGREED), values)
    assert world.owners.commands == [command]


async def test_who_was_missing_is_said_once_the_day_is_over(world, desk, agreed):
    over = agreed.visits[0].model_copy(update={"on": dt.date(2026, 5, 1), "state": "held"})
    world.owners.finds["ShowDays"] = agreed.model_copy(update={"visits": (over,)})
    page = await desk.get(AGREED)
    assert "Move it" not in page.text
    await press(desk, page, {"do": "missing", "absent-per-a-head": "yes"})
    assert world.owners.commands == [RecordAgreedVisit(visit_id="avi-1", absent=("per-a-head",))]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "move", "on": "2027-05-20", "starts": "15:00", "ends": "13:30"}, "it ends after it begins"),
        ({"do": "move", "on": "2027-05-20", "starts": "noon", "ends": "13:30"}, "the hours as 13:30"),
        ({"do": "cancel", "words": " "}, "Say why it does not take place"),
    ],
)
async def test_what_cannot_be_read_of_an_agreed_day_is_said(world, desk, agreed, values, said):
    page = await press(desk, await desk.get(AGREED), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


async def test_what_a_rule_is_against_is_said_on_the_page(world, desk, agreed):
    world.owners.fails = Rejected("elsewhere", "Amara is elsewhere that day.")
    page = await press(desk, await desk.get(AGREED), {"do": "move", "on": "2027-05-20"})
    assert (page.status_code, "Amara is elsewhere that day." in page.text) == (422, True)
