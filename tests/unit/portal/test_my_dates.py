"""My visits: what waits for an answer on top, then visits, events, agreed days and calls in order of date."""

import asyncio
import datetime as dt
import re

import pytest

from services.portal.pages import my_dates
from shared.commands.scheduling_dates import AnswerDates, TakeCallSlot
from shared.errors import Retryable
from shared.events.programmes import PersonErased, PersonReplaced
from shared.events.scheduling import CohortEventCancelled, CohortEventScheduled, InvitationAnswered
from shared.events.scheduling_dates import CallCancelled, CallOffered, DatesAnswered, DatesRefused, DatesWithdrawn
from tests.unit.portal.cards import card, opened, shown, titles
from tests.unit.portal.dates import (
    AGREED,
    AGREEMENT,
    ANSWERED,
    OFFER,
    OFFER_TO_A,
    agreement,
    call_booked,
    call_offer_to_a,
    day_agreed,
    days_offered,
)
from tests.unit.portal.driver import read, send
from tests.unit.portal.world import EVENT, NOW, PEOPLE, PROGRAMME, SCHOOLS, cohort_event
from tests.waiting import patience

TOP, SCHOOL, COMING, PAST = "Choose a day or time", "For your school", "Coming up", "Past and cancelled"
PEER, GRACE = f"A day with {PEOPLE['per-b-head']}", "Call with Grace Lin"


async def test_what_waits_for_me_stands_on_top_and_all_else_in_order_of_date(world):
    page = await shown(world)
    assert list(page) == [TOP, SCHOOL, COMING, PAST]
    assert titles(page[TOP]) == [PEER, GRACE]
    assert titles(page[COMING]) == [
        "A day with Helen Pryce", "Visit to Hollins Primary School", "Call with Helen Pryce", "A day with Grace Lin",
        "Closing event",
    ]  # fmt: skip
    assert titles(page[PAST]) == [f"Visit to {SCHOOLS['sch-b'][0]}"]


async def test_each_says_when_with_whom_and_about_what(world):
    world.agreements[AGREED] = agreement(agreement_id=AGREED, about="transition from Year 6")
    page = await shown(world)
    said = {title: text for section in page.values() for title, text in section}
    for title, words in {
        PEER: "Peer coaching These days are on offer: Monday 17 May 2027 Wednesday 19 May 2027 Friday 21 May 2027 "
        "Please answer by Friday 30 April 2027, 17:00 .",
        GRACE: "30 minutes. 8 times are left, the last on Tuesday 18 May 2027, 14:00 .",
        "A day with Helen Pryce": "Transition from Year 6 Wednesday 5 May 2027 Agreed",
        "Call with Helen Pryce": "Thursday 13 May 2027, 16:00 to 16:45 Booked",
        "A day with Grace Lin": "Grace Lin has not answered yet. You can change your answer until Friday 30 April 2027",
        "Visit to Hollins Primary School": f"With Carr Wood Junior School, {SCHOOLS['sch-b'][0]} and The Beck Academy, "
        "led by Joan Ellery",
        "Closing event": "With people from 4 schools",
    }.items():
        assert words in said[title]
    mine = "With Carr Wood Junior School and The Beck Academy, led by"
    assert mine in await card(world, COMING, "Visit to Hollins Primary School", "per-b-head")
    assert "Joan Ellery" not in await card(world, COMING, "Visit to Hollins Primary School", "per-fac")


async def test_what_waits_for_me_is_in_order_of_urgency(world):
    sooner = agreement().deadline - dt.timedelta(days=1)
    later = agreement().deadline + dt.timedelta(days=1)
    for number, deadline in enumerate((later, sooner)):
        await world.handle(days_offered(f"agr-0{number}", "per-d-head", deadline=deadline))
    slots = call_offer_to_a().slots
    for offer_id, left in (("off-01", slots), ("off-3", slots[:1])):
        offer = call_offer_to_a().model_copy(update={"offer_id": offer_id, "host_id": "per-d-head", "slots": left})
        world.call_offers[offer_id] = offer
        told = CallOffered(version=1, **offer.model_dump(include={"offer_id", "host_id", "person_id", "minutes"}))
        await world.handle(told)
    async with world.browser() as browser:
        page = await opened(world, browser)
    links = re.findall(r"my-visits/(agr|off)-([^\"]+)\">(?:Say|Choose)", page.text)
    assert links[:6] == [("agr", "01"), ("agr", "1"), ("agr", "00"), ("off", "3"), ("off", "01"), ("off", "2")]


async def test_days_on_offer_are_answered_from_here_as_from_their_mail(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        path = re.findall(r'href="([^"]+)">Say which days suit you', page.text)[0]
        form = await browser.get(path)
        assert read(form).h1 == f"Which day suits you and {PEOPLE['per-b-head']}?"
        chosen = {f"day-{on}": "yes" for on in agreement().offers}
        saved = await send(browser, form, {**chosen, "do": "save"})
        assert read(saved).h1 == "Your answer is saved"
        assert "Back to my visits" in saved.text
    ((command, actor),) = world.owners.asked
    assert (type(command), command.agreement_id, command.person_id, actor) == (
        AnswerDates, AGREEMENT, "per-a-head", "per-a-head",
    )  # fmt: skip


async def test_a_time_is_chosen_from_here_as_from_its_mail(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        form = await browser.get(re.findall(r'href="([^"]+)">Choose a time', page.text)[0])
        await send(browser, form, {"slot": "2027-05-17T08:00Z", "do": "save"})
    ((command, _),) = world.owners.asked
    assert (type(command), command.offer_id, command.person_id) == (TakeCallSlot, OFFER_TO_A, "per-a-head")


@pytest.mark.parametrize(
    ("person", "target"),
    [("per-c-head", AGREEMENT), ("per-b-head", OFFER_TO_A), ("per-c-head", OFFER_TO_A), ("per-a-head", OFFER)],
)
async def test_what_is_offered_to_others_is_not_there(world, person, target):
    async with world.browser() as browser:
        root = (await opened(world, browser, person)).url.path
        assert (await browser.get(f"{root}/{target}")).status_code == 404


async def test_what_i_have_answered_is_asked_no_more_and_stands_among_the_dates(world):
    assert "has answered" not in await card(world, TOP, "A day with Amara Osei", "per-b-head")
    await world.handle(DatesAnswered(version=1, agreement_id=AGREEMENT, person_id="per-a-head"))
    page = await shown(world)
    assert titles(page[TOP]) == [GRACE]
    assert titles(page[COMING])[3:5] == [PEER, "A day with Grace Lin"]
    assert "You have answered" in await card(world, COMING, PEER)
    assert "Amara Osei has answered." in await card(world, TOP, "A day with Amara Osei", "per-b-head")


async def test_where_no_day_suits_both_nothing_is_asked_and_the_answer_can_be_changed(world):
    refused = DatesRefused(version=2, agreement_id=AGREEMENT, person_ids=("per-a-head", "per-b-head"))
    await world.handle(refused)
    assert titles((await shown(world))[TOP]) == [GRACE]
    said = await card(world, COMING, PEER)
    assert "No day suits you both yet Details and answer" in said
    assert "has not answered" not in said
    await world.handle(day_agreed(AGREEMENT, "per-b-head", version=3, on=dt.date(2027, 5, 19)))
    assert "Wednesday 19 May 2027 Agreed" in await card(world, COMING, PEER)


async def test_a_settled_day_stands_among_the_dates_and_one_withdrawn_nowhere(world):
    settled = day_agreed(AGREEMENT, "per-b-head", on=dt.date(2027, 5, 19))
    await world.handle(settled)
    await world.handle(days_offered())  # an older fact told again
    page = await shown(world)
    assert titles(page[TOP]) == [GRACE]
    assert titles(page[COMING])[3] == PEER
    withdrawn = DatesWithdrawn(**{**settled.model_dump(), "version": 3})
    await world.handle(withdrawn)
    assert PEER not in str(await shown(world))


@pytest.mark.parametrize(("minutes", "there"), [(-1, True), (0, False)])
async def test_days_past_their_deadline_are_gone(world, minutes, there):
    world.clock.advance(agreement().deadline - NOW + dt.timedelta(minutes=minutes))
    page = str(await shown(world))
    assert (PEER in page, "A day with Grace Lin" in page) == (there, there)


async def test_a_call_that_is_booked_is_asked_no_more_until_it_is_cancelled(world):
    booked = call_booked(call_id="cal-1", person_ids=("per-a-head", "per-c-head"), offer_id=OFFER_TO_A)
    await world.handle(booked)
    world.call_offers[OFFER_TO_A] = call_offer_to_a()  # its owner is not asked about what is known to be booked
    page = await shown(world)
    assert titles(page[TOP]) == [PEER]
    assert "Booked Details of: Call with Grace Lin" in await card(world, COMING, GRACE)
    host = await card(world, COMING, "Call with Amara Osei", "per-c-head")
    assert "Booked" in host
    assert "Details" not in host
    await world.handle(CallCancelled(**{**booked.model_dump(), "version": 2}))
    page = await shown(world)
    assert titles(page[TOP]) == [PEER, GRACE]
    assert GRACE not in titles(page[COMING])


async def test_what_is_over_stands_in_the_past(world):
    world.clock.advance(dt.datetime(2027, 5, 13, 15, 45, tzinfo=dt.UTC) - NOW)
    page = await shown(world)
    assert titles(page[PAST])[1:] == [
        "A day with Helen Pryce", "Visit to Hollins Primary School", "Call with Helen Pryce",
    ]  # fmt: skip
    assert "Over" in await card(world, PAST, "Call with Helen Pryce")
    assert "Over" in await card(world, PAST, "A day with Helen Pryce")


async def test_an_agreed_day_is_over_the_day_after_and_a_call_once_its_time_has_passed(world):
    world.clock.advance(dt.datetime(2027, 5, 5, 22, 59, tzinfo=dt.UTC) - NOW)
    assert "A day with Helen Pryce" in titles((await shown(world))[COMING])
    world.clock.advance(dt.timedelta(minutes=1))
    assert "A day with Helen Pryce" in titles((await shown(world))[PAST])
    world.clock.advance(dt.datetime(2027, 5, 13, 15, 44, tzinfo=dt.UTC) - world.clock.now())
    assert "Call with Helen Pryce" in titles((await shown(world))[COMING])


@pytest.mark.parametrize("gone", [{"slots": (), "total": 0}, None], ids=["no time left", "not open any more"])
async def test_a_call_without_a_time_to_choose_is_not_asked_for(world, gone):
    if gone is None:
        del world.call_offers[OFFER_TO_A]
    else:
        world.call_offers[OFFER_TO_A] = call_offer_to_a().model_copy(update=gone)
    assert titles((await shown(world))[TOP]) == [PEER]


async def hangs(_query):
    await asyncio.Event().wait()


async def fails(_query):
    raise Retryable("Nobody answers.")


@pytest.mark.parametrize("find", [hangs, fails])
async def test_where_scheduling_is_away_the_page_shows_what_the_portal_knows(world, monkeypatch, find):
    monkeypatch.setattr(my_dates, "PATIENCE", 0.02)
    monkeypatch.setattr(world.owners, "find", find)
    async with asyncio.timeout(patience(5)):
        page = await shown(world)
    assert titles(page[TOP]) == [PEER, GRACE]
    assert page[TOP][0][1].startswith("These days are on offer: Monday 17 May 2027")
    assert page[TOP][1][1].startswith("30 minutes. Choose a time")


async def test_scheduling_is_asked_only_about_what_is_shown(world):
    await shown(world, "per-a-cpd")
    assert world.owners.found == []


def part(number, **fields):
    event = cohort_event().model_copy(update={"event_id": f"evt-{number}", **fields})
    return CohortEventScheduled.model_validate({**event.model_dump(), "version": 1})


async def test_an_event_in_several_parts_stands_once(world):
    await world.handle(part(0))
    await world.handle(part(2, on=dt.date(2027, 6, 25)))  # its people hear of a move part by part
    await world.handle(part(3, activity="launch"))
    await world.handle(part(4, cohort_id="coh-2"))
    assert titles((await shown(world))[COMING]).count("Closing event") == 3


async def test_of_several_parts_the_one_that_was_answered_or_takes_place_is_shown(world):
    await world.handle(part(0))
    answered = InvitationAnswered(
        version=1, target_id=EVENT, target_kind="cohort-event", programme_id=PROGRAMME, person_id="per-a-head",
        answer="accepted", via="page", sequence=0,
    )  # fmt: skip
    await world.handle(answered)
    assert "You are coming" in await card(world, COMING, "Closing event")
    cancelled = CohortEventCancelled.model_validate({**cohort_event().model_dump(), "version": 2, "why": "closure"})
    await world.handle(cancelled)
    page = await shown(world)
    assert "Closing event" in titles(page[COMING])
    assert "Closing event" not in titles(page[PAST])


async def test_of_somebody_who_is_erased_nothing_is_left_but_that_there_is_a_date(world):
    for person in ("per-b-head", "per-c-head", "per-d-head"):
        await world.handle(PersonErased(version=1, person_id=person, erased_on=NOW.date()))
    page = await shown(world)
    assert titles(page[TOP]) == ["A day with the other"]
    assert [title for title in titles(page[COMING]) if "with" in title] == [
        "A day with the other", "Call with the other", "A day with the other",
    ]  # fmt: skip
    assert await world.stores.read.dates.call_offers_of("per-b-head") == []
    assert await world.stores.read.dates.call_offers_of("per-a-head") == []


async def test_days_and_calls_stay_with_the_person_and_do_not_pass_to_a_successor(world):
    event = PersonReplaced(
        version=2, programme_id=PROGRAMME, enrolment_id="enr-a", school_id="sch-a", role="headteacher",
        person_id="per-a-head", replaced_by="per-new",
    )  # fmt: skip
    await world.handle(event)
    assert titles((await shown(world))[TOP]) == [PEER, GRACE]
    assert TOP not in await shown(world, "per-new")
    assert ANSWERED not in str(await shown(world, "per-new"))
