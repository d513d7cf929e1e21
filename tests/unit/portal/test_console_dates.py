"""The coordinator's pages of dates: one visit, what comes in between, days that people agree."""

import datetime as dt

import pytest

from shared.commands.agreed_visits import AgreedVisitRow, ArrangementRow, ArrangementRows
from shared.commands.people import FoundPeople, FoundPerson
from shared.commands.programmes_queries import SchoolRow
from shared.commands.scheduling import AnswerInvitation, AnswerRow, CancelVisit, MoveVisit, VisitDetail
from shared.commands.scheduling_changes import (
    ChangeCalendar,
    Disruption,
    NoticeRow,
    VisitDifference,
    VisitLeft,
    WhatIfDetail,
)
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.programmes import SchoolFacts
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import COHORT, PROGRAMME, VISIT

BASE = f"/console/programmes/{PROGRAMME}"
HERE, WHAT_IF = f"{BASE}/visits/{VISIT}", f"{BASE}/calendar/what-if"
MAY = dt.date(2027, 5, 20)


@pytest.fixture
async def desk(world, desk):
    said = (AnswerRow(person_id="per-b-head", answer="declined", via="page", sequence=0),)
    visit = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a").model_dump()
    facts = {"visit": visit, "state": "published", "version": 2, "answers": said, "history": ("Moved from 6 May.",)}
    why = ("The first day on which all can come.",)
    world.owners.finds["ShowVisit"] = VisitDetail.model_validate({**facts, "why": why})
    return desk


async def test_a_visit_shows_who_comes_and_why_that_day(world, desk):
    said = " ".join(read(await desk.get(HERE)).text.split())
    assert "Thursday 13 May 2027" in said
    assert "Siobhán O\u2019Neill" in said
    assert "Cannot come" in said
    assert "Moved from 6 May." in said
    assert f'href="{HERE}"' in (await desk.get(f"{BASE}/calendar")).text
    assert (await desk.get(f"/console/programmes/{console.OPEN}/visits/{VISIT}")).status_code == 404
    world.owners.finds.pop("ShowVisit")
    assert (await desk.get(HERE)).status_code == 404


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"do": "move", "on": "2027-05-20"}, MoveVisit(visit_id=VISIT, on=MAY)),
        ({"do": "cancel", "why": " Flooded "}, CancelVisit(visit_id=VISIT, why="Flooded")),
        (
            {"do": "answer", "person": "per-fac", "answer": "tentative"},
            AnswerInvitation(target_id=VISIT, target_kind="visit", person_id="per-fac", answer="tentative"),
        ),
    ],
)
async def test_a_visit_is_moved_called_off_or_answered_for(world, desk, values, command):
    await press(desk, await desk.get(HERE), values)
    assert world.owners.commands == [command]


async def test_a_rule_against_a_day_is_said_and_may_be_overruled(world, desk):
    world.owners.fails = Rejected("apart", "The group meets again after 3 days only.")
    page = await press(desk, await desk.get(HERE), {"do": "move", "on": "2027-05-20"})
    assert (page.status_code, "The group meets again after 3 days only." in page.text) == (422, True)
    world.owners.fails = None
    await press(desk, page, {"do": "move", "because": "They asked for it."})
    assert world.owners.commands == [
        MoveVisit(visit_id=VISIT, on=MAY, although=("apart",), because="They asked for it.")
    ]


async def test_what_nobody_can_overrule_is_not_offered(world, desk):
    world.owners.fails = Rejected("date-passed", "A visit can only be moved to a day that is to come.")
    page = await press(desk, await desk.get(HERE), {"do": "move", "on": "2020-05-20"})
    assert "all the same" not in page.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "move", "on": "20 May"}, "Write the day as 2027-01-04."),
        ({"do": "cancel", "why": " "}, "Say why it does not take place"),
        ({"do": "answer", "person": "per-x", "answer": "accepted"}, "Choose whose answer it is"),
    ],
)
async def test_what_is_missing_is_asked_for(world, desk, values, said):
    page = await press(desk, await desk.get(HERE), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


def found():
    moves = VisitDifference(
        visit_id=VISIT, group_id="grp-1", host_school_id="sch-a", on=dt.date(2027, 5, 13), becomes=MAY, tier="visit",
        sentence="The leader is away.",
    )  # fmt: skip
    left = VisitLeft(
        visit_id="vis-b", group_id="grp-1", host_school_id="sch-b", on=MAY, sentence="No day suits.", suggestion=None
    )  # fmt: skip
    notice = NoticeRow(person_id="per-a-head", visit_id=VISIT, sentence="x")
    return WhatIfDetail(
        digest="d1", moves=(moves,), left=(left,), notices=(notice,), moves_in_all=1, left_in_all=1, notices_in_all=9
    )


async def test_what_comes_in_between_is_looked_at_first_and_then_done_exactly_so(world, desk):
    ada = FoundPerson(person_id="per-ada", name="Ada Okafor", email="ada@x.example")
    world.owners.finds |= {"FindPeople": FoundPeople(total=1, people=(ada,)), "WhatIf": found()}
    values = {"do": "look", "kind": "away", "person": "ada", "first": "2027-05-13", "last": "2027-05-14"}
    page = await press(desk, await desk.get(WHAT_IF), values)
    said = " ".join(read(page).text.split())
    assert "1 visit moves" in said
    assert "9 mails go out" in said
    assert world.owners.commands == []
    await press(desk, page, {"do": "change"})
    days = (DateSpan(first=dt.date(2027, 5, 13), last=dt.date(2027, 5, 14)),)
    disruption = Disruption(kind="away", person_id="per-ada", days=days)
    assert world.owners.commands == [ChangeCalendar(cohort_id=COHORT, disruption=disruption, digest="d1")]


async def test_a_closed_school_is_named_by_its_urn(world, desk):
    facts = SchoolFacts(
        school_id="sch-a", urn=107000, name="Hollins", phase="primary", authority_code="373", authority="Sheffield"
    )  # fmt: skip
    world.owners.finds |= {"ShowSchool": SchoolRow(facts=facts, status="open", enrollable=True), "WhatIf": found()}
    values = {"do": "look", "kind": "inspection", "urn": "107000", "first": "2027-05-13"}
    await press(desk, await desk.get(WHAT_IF), values)
    assert world.owners.found[-1].disruption.school_id == "sch-a"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "away", "person": "", "first": "2027-05-13"}, "Say who is away"),
        ({"kind": "away", "person": "a", "first": "2027-05-13"}, "Several fit: Ada &lt;a@x.example&gt;"),
        ({"kind": "away", "person": "a", "first": "soon"}, "Choose what comes in between"),
        ({"kind": "", "first": "2027-05-13"}, "Choose what comes in between"),
    ],
)
async def test_who_and_when_is_asked_for(world, desk, values, said):
    two = tuple(FoundPerson(person_id=f"per-{one}", name=one, email="a@x.example") for one in ("Ada", "Ade"))
    world.owners.finds["FindPeople"] = FoundPeople(total=2, people=two)
    page = await press(desk, await desk.get(WHAT_IF), {"do": "look", **values})
    assert (page.status_code, said in page.text) == (422, True)


async def test_days_that_people_agree_show_first_where_nothing_suits(world, desk):
    day = AgreedVisitRow(
        visit_id="agv-1", number=1, on=MAY, starts=dt.time(9), ends=dt.time(12), state="published", sequence=0
    )  # fmt: skip
    told = {"programme_id": PROGRAMME, "activity": "day", "host_school_id": "sch-a", "school_id": "sch-b",
            "person_id": "per-b-head", "state": "waiting", "needed": 2}  # fmt: skip
    rows = (
        ArrangementRow(arrangement_id="a2", match_id="m2", host="Carr Wood", declined=True, **told),
        ArrangementRow(
            arrangement_id="a1", match_id="m1", host="Hollins", waiting_for=("per-a-head",), visits=(day,), **told
        ),
    )  # fmt: skip
    world.owners.finds["ListDays"] = ArrangementRows(total=2, arrangements=rows)
    said = " ".join(read(await desk.get(f"{BASE}/agreed")).text.split())
    assert said.index("Carr Wood") < said.index("Hollins")
    assert "Waits for Amara Osei" in said
    assert "2 days are needed; 20 May 2027" in said
