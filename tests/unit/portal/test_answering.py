"""Answering an invitation, from its mail and from my visits."""

import datetime as dt

import pytest

from shared.commands.scheduling import AnswerInvitation
from shared.errors import Rejected, Retryable
from shared.events.base import DateSpan
from shared.events.scheduling import InvitationAnswered, VisitCancelled, VisitChanged, VisitMoved
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.world import EVENT, PROGRAMME, VISIT


async def opened(world, browser, purpose="answer", *target):
    return await browser.get(f"/l/{await world.issue(purpose, *target)}")


async def test_it_shows_who_where_when_and_what_a_visitor_must_know(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
    text = " ".join(read(page).text.split())
    assert read(page).h1 == "Visit to Hollins Primary School"
    for said in (
        "Thursday 13 May 2027, 9:00 to 15:30", "Hollins Primary School, Sheffield, S6 4AB", "8:45",
        "Park Road entrance",
        "Ruth Kaplan, 0114 496 0000", "Photo identification", "Grace Lin", "Joan Ellery", "senior leader",
        "How we give feedback in the lesson itself", "four evenings a week",
    ):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(
    ("button", "title"),
    [("accepted", "You are coming"), ("tentative", "You may be coming"), ("declined", "You cannot come")],
)
async def test_each_button_answers(world, button, title):
    async with world.browser() as browser:
        saved = await press(browser, await opened(world, browser), button)
    assert read(saved).h1 == title
    assert saved.url.path.endswith("/saved")
    expected = AnswerInvitation(
        target_id=VISIT, target_kind="visit", person_id="per-b-head", answer=button, sequence=0
    )  # fmt: skip
    assert world.owners.asked == [(expected, "per-b-head")]


async def test_what_the_owner_says_is_what_happens_next(world):
    world.owners.sentence = "The visit moves to Thursday 20 May 2027; four people get a new invitation."
    async with world.browser() as browser:
        saved = await press(browser, await opened(world, browser), "declined")
    assert "four people get a new invitation" in saved.text


async def test_a_decline_takes_further_impossible_days(world):
    days = {"dates-0-first": "2027-05-17", "dates-0-last": "2027-05-21"}
    async with world.browser() as browser:
        page = await press(browser, await opened(world, browser), "add-dates")
        await send(browser, page, {**days, "dates-1-first": "3/6/2027", "do": "declined"})
    assert world.owners.commands[0].dates_not_possible == (
        DateSpan(first=dt.date(2027, 5, 17), last=dt.date(2027, 5, 21)),
        DateSpan(first=dt.date(2027, 6, 3), last=dt.date(2027, 6, 3)),
    )


@pytest.mark.parametrize(
    ("first", "last", "field", "complaint"),
    [
        ("2027-05-20", "2027-05-17", "dates-0-last", "The last day lies before the first."),
        ("2027-02-31", "", "dates-0-first", "First day: write a real date, such as 13/5/2027."),
        ("2027-01-04", "", "dates-0-first", "These days have passed."),
        ("", "2027-05-17", "dates-0-first", "Give a date: First day."),
        ("2027-05-17", "2028-08-17", "dates-0-last", "That is more than a year."),
        ("next week", "", "dates-0-first", "write a real date"),
    ],
)
async def test_wrong_days_are_complained_of_at_their_field(world, first, last, field, complaint):
    typed = {"dates-0-first": first, "dates-0-last": last}
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser), {**typed, "do": "declined"})
    assert page.status_code == 422
    assert world.owners.commands == []
    assert read(page).forms[0].fields.items() >= typed.items()
    assert f'<a href="#{field}">' in page.text
    assert complaint in page.text


async def test_days_typed_do_not_matter_to_an_acceptance(world):
    async with world.browser() as browser:
        await send(browser, await opened(world, browser), {"dates-0-first": "rubbish", "do": "accepted"})
    assert world.owners.commands[0].dates_not_possible == ()


async def test_enter_in_a_date_answers_nothing(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        assert read(page).forms[0].buttons[0] == "stay"
        kept = await send(browser, page, {"dates-0-first": "2027-05-17", "do": "stay"})
    assert read(kept).forms[0].fields["dates-0-first"] == "2027-05-17"
    assert world.owners.commands == []


async def test_pressing_twice_answers_once(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        first, second = [await press(browser, page, "accepted") for _ in range(2)]
    assert read(first).h1 == read(second).h1 == "You are coming"
    assert len(world.owners.asked) == 1


async def test_changing_ones_mind_on_a_fresh_page_counts(world):
    async with world.browser() as browser:
        for button in ("accepted", "declined", "accepted"):
            await press(browser, await opened(world, browser), button)
    assert [command.answer for command in world.owners.commands] == ["accepted", "declined", "accepted"]


async def test_an_answer_stands_until_something_changes(world):
    async with world.browser() as browser:
        event = InvitationAnswered(
            version=1, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id="per-b-head",
            answer="accepted", via="calendar", sequence=0,
        )  # fmt: skip
        await world.handle(event)
        state = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a", sequence=1)
        await world.handle(VisitChanged(version=2, **state.model_dump()))
        assert "have changed since you answered: please answer again" in (await opened(world, browser)).text
        mine = await opened(world, browser, "my-visits", "per-b-head")
    assert mine.text.count("Not answered yet") == 2


async def test_after_an_out_of_date_refusal_the_next_press_answers_the_new_date(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        await moved(world)
        world.owners.fails = Rejected("out-of-date-invitation", "The date has changed since.")
        back = await press(browser, page, "accepted")
        world.owners.fails = None
        assert "Thursday 20 May 2027" in back.text
        await press(browser, back, "accepted")
    assert world.owners.commands[0].sequence == 1


async def moved(world, sequence=1):
    state = world.visit_of(VISIT, dt.date(2027, 5, 20), "sch-a", sequence=sequence)
    event = VisitMoved(version=2, **state.model_dump(), moved_from=dt.date(2027, 5, 13), why="decline")
    await world.handle(event)


async def test_an_out_of_date_invitation_says_so_and_shows_the_new_date(world):
    old = await world.issue("answer")
    await moved(world)
    new = await world.issue("answer", "per-b-lead")
    async with world.browser() as browser:
        page = await browser.get(f"/l/{old}")
        fresh = await browser.get(f"/l/{new}")
        assert "The date has changed" in page.text
        assert "named Thursday 13 May 2027" in page.text
        assert "Thursday 20 May 2027, 9:00" in page.text
        assert "The date has changed" not in fresh.text
        await press(browser, page, "accepted")
    assert world.owners.commands[0].sequence == 1


async def test_an_answer_to_the_earlier_date_is_asked_for_again(world):
    event = InvitationAnswered(
        version=1, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id="per-b-head",
        answer="accepted", via="page", sequence=0,
    )  # fmt: skip
    await world.handle(event)
    async with world.browser() as browser:
        assert "You have said: <strong>I am coming" in (await opened(world, browser)).text
        await moved(world)
        assert "You answered for the earlier date" in (await opened(world, browser)).text


async def test_a_refusal_stands_at_the_form_in_its_own_words(world):
    world.owners.fails = Rejected("out-of-date", "This invitation is out of date: the visit is now on 20 May.")
    async with world.browser() as browser:
        page = await press(browser, await opened(world, browser), "accepted")
    assert page.status_code == 422
    assert "This invitation is out of date: the visit is now on 20 May." in page.text


async def test_not_saved_yet_keeps_everything_and_the_same_press_works_later(world):
    world.owners.fails = Retryable("nobody answered")
    async with world.browser() as browser:
        first = await opened(world, browser)
        page = await send(browser, first, {"dates-0-first": "2027-05-17", "do": "declined"})
        assert page.status_code == 503
        assert "Not saved yet" in page.text
        assert read(page).forms[0].fields["dates-0-first"] == "2027-05-17"
        world.owners.fails = None
        saved = await press(browser, page, "declined")
    assert read(saved).h1 == "You cannot come"
    assert read(page).forms[0].fields["once"] == read(first).forms[0].fields["once"]


async def test_a_cancelled_visit_has_nothing_to_answer(world):
    state = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a", sequence=1)
    await world.handle(VisitCancelled(version=2, **state.model_dump(), why="coordinator"))
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert "This does not take place" in page.text
    assert read(page).forms == []


async def test_a_past_visit_has_nothing_to_answer(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "answer", "per-b-head", "vis-b")
    assert "This is over" in page.text
    assert read(page).forms == []


async def test_the_facilitator_answers_too(world):
    async with world.browser() as browser:
        saved = await press(browser, await opened(world, browser, "answer", "per-fac"), "accepted")
    assert read(saved).h1 == "You are coming"


async def test_a_cohort_event_is_answered_alike(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "answer", "per-b-head", EVENT, "cohort-event")
        assert read(page).h1 == "Closing event"
        await press(browser, page, "declined")
    assert world.owners.commands[0].target_kind == "cohort-event"


async def test_the_page_stands_without_the_hosts_notes(world):
    world.owners.finds["ShowVisit"] = lambda _query: (_ for _ in ()).throw(Retryable("asleep"))
    async with world.browser() as browser:
        page = await opened(world, browser)
        await world.stores.models.mark("dated", VISIT, {"brief_written": True})
        later = await opened(world, browser)
    assert (page.status_code, later.status_code) == (200, 200)
    assert "has not written its visit brief yet" in page.text
    assert "cannot be shown just now" in later.text
