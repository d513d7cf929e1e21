"""The days that the people of a placement agree, from the mail's link: named, chosen, entered, moved, cancelled."""

import datetime as dt

import pytest

from services.portal.domain.links import link_id_of
from shared.commands.agreed_visits import (
    AgreeDays,
    AgreedVisitRow,
    ArrangementDetail,
    CancelAgreedVisit,
    ChosenDay,
    DeclineDays,
    InvitedRow,
    MoveAgreedVisit,
    PartyRow,
    ProposeDays,
)
from shared.errors import Rejected
from shared.events.links import LinkIssued
from tests.unit.portal.driver import read
from tests.unit.portal.world import NOW, PROGRAMME, token_for

ME, OTHER = "per-b-head", "per-a-cpd"
DAYS = (dt.date(2027, 5, 18), dt.date(2027, 5, 25), dt.date(2027, 6, 8))
WHOSE = {"match_id": "mat-1", "activity": "look", "person_id": ME}
NINE, THREE = dt.time(9), dt.time(15)


def detail(**changes):
    given = {
        "arrangement_id": "arr-1", "programme_id": PROGRAMME, "activity": "look", "kind": "agreed-visit",
        "title": "Visit to the host school.", "match_id": "mat-1", "host_school_id": "sch-a",
        "host": "Hollins Primary School", "school_id": "sch-b", "state": "waiting", "needed": 2,
        "first": dt.date(2027, 5, 1), "last": dt.date(2027, 7, 9), "timezone": "Europe/London", "starts": NINE,
        "ends": THREE, "doings": {"lesson": "Lesson observation", "talk": "Interviews"}, "hold_working_days": 5,
        "parties": (PartyRow(who="practitioner", person_ids=(ME,)), PartyRow(who="host.cpd-lead", person_ids=(OTHER,))),
        "free": DAYS,
    }  # fmt: skip
    return ArrangementDetail(**{**given, **changes})


def agreed(on=DAYS[0], state="published"):
    people = tuple(InvitedRow(person_id=one, role="practitioner") for one in (ME, OTHER))
    return AgreedVisitRow(
        visit_id="avi-1", number=1, on=on, starts=NINE, ends=THREE, doings=("lesson",), state=state, sequence=0,
        attendees=people,
    )  # fmt: skip


@pytest.fixture
async def days(world):
    """The world with a link to the days; `found` is what their owner says."""
    token = token_for("days", ME, "mat-1")
    await world.handle(
        LinkIssued(
            version=1, link_id=link_id_of(token), person_id=ME, purpose="days", target_id="mat-1", target_kind="match",
            form="look", programme_id=PROGRAMME, expires=NOW + dt.timedelta(days=60),
        )
    )  # fmt: skip
    world.owners.finds["ShowDays"] = detail()
    world.path = f"/l/{token}"
    return world


def form_with(page, button):
    return next(form for form in read(page).forms if button in form.buttons)


async def push(browser, page, button, **values):
    """Press a button of the form that has it, as a browser does."""
    form = form_with(page, button)
    origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
    return await browser.post(form.action, data={**form.fields, **values, "do": button}, headers={"origin": origin})


async def test_it_lists_the_days_on_which_everybody_can(days):
    async with days.browser() as browser:
        page = await browser.get(days.path)
    said = " ".join(read(page).text.split())
    assert read(page).h1 == "Visit to the host school: agree on days"
    for words in ("Hollins Primary School", "2 days are needed", "May 2027", "Tue 18", "June 2027", "5 working days"):
        assert words in said


async def test_ticked_days_are_named_in_the_link_s_own_name(days):
    async with days.browser() as browser:
        page = await browser.get(days.path)
        await push(browser, page, "propose", **{f"suit-{DAYS[2]}": "on", f"suit-{DAYS[0]}": "on", "person_id": OTHER})
    assert days.owners.asked == [(ProposeDays(**WHOSE, days=(DAYS[0], DAYS[2])), ME)]


async def test_without_a_tick_nothing_is_sent_and_it_says_so(days):
    async with days.browser() as browser:
        page = await push(browser, await browser.get(days.path), "propose")
    assert page.status_code == 422
    assert "Tick at least one day that suits you." in read(page).text
    assert days.owners.asked == []


async def test_hours_and_doings_are_asked_of_the_days_that_are_taken(days):
    days.owners.finds["ShowDays"] = detail(common=DAYS[:2])
    async with days.browser() as browser:
        page = await push(browser, await browser.get(days.path), "next", **{f"take-{DAYS[1]}": "on"})
        assert "When, and what will you do?" in read(page).text
        refused = await push(browser, page, "agree")
        assert "Tick what you will do on Tuesday 25 May 2027." in read(refused).text
        assert days.owners.asked == []
        hours = {f"take-{DAYS[1]}-from": "9:30", f"take-{DAYS[1]}-do-talk": "on"}
        await push(browser, refused, "agree", **hours)
    chosen = ChosenDay(on=DAYS[1], starts=dt.time(9, 30), ends=THREE, doings=("talk",))
    assert days.owners.commands == [AgreeDays(**WHOSE, days=(chosen,))]


async def test_a_day_agreed_by_phone_is_entered(days):
    async with days.browser() as browser:
        page = await browser.get(days.path)
        await push(browser, page, "outside", **{"outside-on": "2027-06-08", "outside-do-lesson": "on"})
    chosen = ChosenDay(on=DAYS[2], starts=NINE, ends=THREE, doings=("lesson",))
    assert days.owners.commands == [AgreeDays(**WHOSE, days=(chosen,), outside=True)]


async def test_nothing_suits_goes_to_the_coordinator(days):
    async with days.browser() as browser:
        page = await browser.get(days.path)
        await push(browser, page, "decline", words="We are inspected.")
    assert days.owners.commands == [DeclineDays(**WHOSE, words="We are inspected.")]


async def test_one_day_is_moved_or_cancelled(days):
    days.owners.finds["ShowDays"] = detail(visits=(agreed(),))
    async with days.browser() as browser:
        page = await browser.get(days.path)
        await push(browser, page, "move:avi-1", **{"avi-1-on": "2027-05-25"})
        await push(browser, page, "cancel:avi-1", **{"avi-1-words": "Inspection."})
    assert days.owners.commands == [
        MoveAgreedVisit(visit_id="avi-1", person_id=ME, day=ChosenDay(on=DAYS[1], starts=NINE, ends=THREE)),
        CancelAgreedVisit(visit_id="avi-1", person_id=ME, words="Inspection."),
    ]


async def test_what_is_refused_comes_back_with_everything_typed(days):
    days.owners.fails = Rejected("day-taken", "On that day somebody is somewhere else.")
    async with days.browser() as browser:
        page = await push(browser, await browser.get(days.path), "propose", **{f"suit-{DAYS[1]}": "on"})
    assert page.status_code == 422
    assert "On that day somebody is somewhere else." in read(page).text
    assert f"suit-{DAYS[1]}" in form_with(page, "propose").fields


async def test_who_has_no_part_sees_nothing(days):
    def refuse(query):
        raise Rejected("unknown-arrangement", "There are no such days.")

    days.owners.finds["ShowDays"] = refuse
    async with days.browser() as browser:
        page = await browser.get(days.path)
    assert page.status_code == 404
