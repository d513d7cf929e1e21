"""Two people agree a day through the service: offered from what both can, held until the deadline, settled once."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.scheduling import CloseSchoolDays, DraftCalendar
from shared.commands.scheduling_dates import (
    AnswerDates,
    BookCall,
    DayLine,
    OfferDates,
    OpenCalls,
    OpeningLine,
    ShowAgreement,
    WithdrawDates,
)
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.programmes import PersonErased
from shared.events.scheduling import CalendarDrafted
from shared.events.scheduling_dates import DatesAgreed, DatesAnswered, DatesOffered, DatesWithdrawn
from tests.unit.scheduling import facts
from tests.unit.scheduling.world import START

ADA, BO, CY = "per-ada", "per-bo", "per-cy"
DEADLINE = START + dt.timedelta(days=5)
MONDAY = dt.date(2026, 10, 12)
FRIDAY = MONDAY + dt.timedelta(days=4)


def asked(people=(ADA, BO), earliest=MONDAY, latest=FRIDAY, deadline=DEADLINE, schools=()):
    return OfferDates(person_ids=people, earliest=earliest, latest=latest, deadline=deadline, school_ids=tuple(schools))


async def offered(world, **fields):
    done = await world.client.ask(asked(**fields))
    return await world.client.find(ShowAgreement(agreement_id=done.id))


def answered(shown, person, *answers):
    lines = tuple(DayLine(on=day, answer=answer) for day, answer in zip(shown.offers, answers, strict=True))
    return AnswerDates(agreement_id=shown.agreement_id, person_id=person, lines=lines)


def weekdays(*numbers):
    return tuple(MONDAY + dt.timedelta(days=number) for number in numbers)


async def test_three_days_are_offered_told_and_settled_once_both_have_answered(world):
    shown = await offered(world)
    assert (shown.offers, shown.held, shown.state) == (weekdays(0, 2, 4), shown.offers, "waiting")
    await world.client.ask(answered(shown, ADA, "if-need-be", "yes", "no"))
    between = await world.client.find(ShowAgreement(agreement_id=shown.agreement_id))
    assert (between.state, between.waiting_for, between.version) == ("waiting", (BO,), 1)
    done = await world.client.ask(answered(shown, BO, "yes", "yes", "yes"))
    assert done.sentence == "The day is settled: Wednesday 14 October 2026."
    after = await world.client.find(ShowAgreement(agreement_id=shown.agreement_id))
    assert (after.state, after.settled, after.held, after.version) == ("settled", weekdays(2)[0], weekdays(2), 2)
    (told,) = await world.until(DatesOffered)
    (agreed,) = await world.until(DatesAgreed)
    said = await world.until(DatesAnswered, 2)
    assert [(one.agreement_id, one.person_id, one.version) for one in said] == [
        (shown.agreement_id, ADA, 1), (shown.agreement_id, BO, 2),
    ]  # fmt: skip
    assert (told.person_ids, told.offers, told.deadline) == ((ADA, BO), shown.offers, DEADLINE)
    assert (agreed.agreement_id, agreed.on, agreed.version) == (shown.agreement_id, weekdays(2)[0], 2)


async def test_the_same_key_offers_once(world):
    first = await world.client.ask(asked(), key="k-1")
    again = await world.client.ask(asked(), key="k-1")
    assert again == first
    other = await offered(world, people=(ADA, CY))
    assert other.offers == weekdays(1, 3)


async def test_days_held_for_one_are_not_offered_to_them_by_another_agreement(world):
    await offered(world)
    assert (await offered(world, people=(BO, CY))).offers == weekdays(1, 3)
    with pytest.raises(Rejected, match="no-common-day"):
        await offered(world, people=(ADA, "per-di"), latest=MONDAY)
    assert (await offered(world, people=("per-di", "per-ed"), latest=MONDAY)).offers == (MONDAY,)


async def test_after_the_deadline_by_the_clock_days_are_free_again_and_answers_too_late(world):
    shown = await offered(world)
    await world.to(DEADLINE)
    lapsed = await world.client.find(ShowAgreement(agreement_id=shown.agreement_id))
    assert (lapsed.state, lapsed.held) == ("lapsed", ())
    with pytest.raises(Rejected, match="too-late"):
        await world.client.ask(answered(shown, ADA, "yes", "yes", "yes"))
    again = await offered(world, people=(BO, CY), deadline=DEADLINE + dt.timedelta(days=2))
    assert again.offers == shown.offers


async def test_a_settled_day_stays_taken_and_the_others_are_free(world):
    shown = await offered(world)
    for person in (ADA, BO):
        await world.client.ask(answered(shown, person, "no", "yes", "no"))
    await world.to(DEADLINE + dt.timedelta(hours=1))
    later = DEADLINE + dt.timedelta(days=2)
    assert (await offered(world, people=(ADA, CY), deadline=later)).offers == weekdays(0, 3, 4)


async def test_a_settled_day_that_is_withdrawn_is_told_once_and_free_again(world):
    shown = await offered(world)
    withdraw = WithdrawDates(agreement_id=shown.agreement_id)
    with pytest.raises(Rejected, match="not-settled"):
        await world.client.ask(withdraw)
    for person in (ADA, BO):
        await world.client.ask(answered(shown, person, "no", "yes", "no"))
    done = await world.client.ask(withdraw, key="w-1")
    assert (done.version, done.sentence) == (3, "The day is withdrawn: Wednesday 14 October 2026.")
    assert await world.client.ask(withdraw, key="w-1") == done
    with pytest.raises(Rejected, match="withdrawn"):
        await world.client.ask(withdraw)
    (told,) = await world.until(DatesWithdrawn)
    assert (told.person_ids, told.on, told.version) == ((ADA, BO), weekdays(2)[0], 3)
    after = await world.client.find(ShowAgreement(agreement_id=shown.agreement_id))
    assert (after.state, after.settled, after.withdrawn, after.held) == ("lapsed", None, weekdays(2)[0], ())
    assert (await offered(world)).offers == shown.offers


async def test_when_nothing_suits_it_is_said_so(world):
    shown = await offered(world)
    await world.client.ask(answered(shown, ADA, "no", "no", "no"))
    done = await world.client.ask(answered(shown, BO, "yes", "yes", "yes"))
    assert done.sentence.startswith("None of the days suits both.")
    after = await world.client.find(ShowAgreement(agreement_id=shown.agreement_id))
    assert (after.state, after.settled) == ("nothing-suits", None)


async def test_days_lie_after_the_deadline_and_requests_that_make_no_sense_are_refused(world):
    late = dt.datetime(2026, 10, 12, 22, 59, tzinfo=dt.UTC)  # 23:59 in London
    assert (await offered(world, deadline=late)).offers == weekdays(1, 3, 4)
    refused: dict[str, dict[str, Any]] = {
        "two-people": {"people": (ADA, ADA)},
        "too-late": {"deadline": START - dt.timedelta(hours=1)},
        "ends-before-it-begins": {"latest": MONDAY - dt.timedelta(days=1)},
        "too-long": {"latest": dt.date(2028, 10, 1)},
        "unknown-school": {"schools": ["sch-nowhere"]},
        "other-year": {"deadline": dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC)},
    }
    for rule, fields in refused.items():
        with pytest.raises(Rejected, match=rule):
            await offered(world, **fields)


async def test_a_day_that_is_answered_twice_is_refused(world):
    shown = await offered(world)
    command = answered(shown, ADA, "yes", "yes", "yes")
    again = command.lines[0].model_copy(update={"answer": "no"})
    with pytest.raises(Rejected, match="answered-twice"):
        await world.client.ask(command.model_copy(update={"lines": (*command.lines, again)}))


async def test_term_dates_closures_and_days_ruled_out_count(world):
    head = facts.person("sch-0", "headteacher")
    half_term = dt.date(2026, 10, 26), dt.date(2026, 10, 30)
    away = {"sch-0": [("headteacher", dt.date(2026, 11, 2), dt.date(2026, 11, 3))]}
    await world.tell(*facts.everything(away))
    await world.until(CalendarDrafted)
    closed = (DateSpan(first=dt.date(2026, 11, 4), last=dt.date(2026, 11, 4)),)
    await world.client.ask(CloseSchoolDays(school_id="sch-0", days=closed))
    shown = await offered(
        world, people=(head, ADA), earliest=half_term[0], latest=dt.date(2026, 11, 5), schools=["sch-0"]
    )
    assert shown.offers == (dt.date(2026, 11, 5),)


async def test_a_day_with_a_visit_is_not_offered_and_no_draft_takes_an_agreed_day(published):
    visit = (await published.visits())[0].visit
    person = visit.attendees[0].person_id
    with pytest.raises(Rejected, match="no-common-day"):
        await offered(published, people=(person, ADA), earliest=visit.on, latest=visit.on)
    free = visit.on + dt.timedelta(days=1 if visit.on.weekday() < 4 else 3)
    shown = await offered(published, people=(person, ADA), earliest=free, latest=free)
    assert shown.offers == (free,)
    drafted = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert drafted.sentence == "Revision 2: 0 new visits, 0 changes proposed, 0 groups without dates."


async def test_a_draft_avoids_the_days_that_people_have_agreed(drafted):
    visit = (await drafted.visits())[0].visit
    shown = await offered(drafted, people=(visit.attendees[0].person_id, ADA), earliest=visit.on, latest=visit.on)
    for person in shown.person_ids:
        await drafted.client.ask(answered(shown, person, "yes"))
    with pytest.raises(Rejected, match="person-dates"):
        await drafted.publish()
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    days = {row.visit.on for row in await drafted.visits() if row.visit.group_id == visit.group_id}
    assert visit.on not in days
    await drafted.publish()


async def test_a_day_with_a_call_is_not_offered_and_a_held_day_has_no_call(world):
    lines = tuple(OpeningLine(on=day, first=dt.time(9), last=dt.time(12)) for day in weekdays(0, 1))
    await world.client.ask(OpenCalls(person_id=ADA, openings=lines))
    nine = dt.datetime.combine(MONDAY, dt.time(8), dt.UTC)
    await world.client.ask(BookCall(person_ids=(ADA, CY), start=nine, minutes=30))
    shown = await offered(world, latest=weekdays(1)[0])
    assert shown.offers == weekdays(1)
    with pytest.raises(Rejected, match=r"day-taken.*Tuesday 13 October 2026"):
        await world.client.ask(BookCall(person_ids=(ADA, CY), start=nine + dt.timedelta(days=1), minutes=30))


async def test_an_erased_person_holds_no_day_and_has_no_openings(world):
    await offered(world)
    line = OpeningLine(on=MONDAY, first=dt.time(9), last=dt.time(12))
    await world.client.ask(OpenCalls(person_id=ADA, openings=(line,)))
    await world.tell(PersonErased(version=1, person_id=ADA, erased_on=START.date()))
    assert await world.stores.openings.openings([ADA]) == {}
    assert {person: len(days) for person, days in (await world.stores.agreements.held([ADA, BO], START)).items()} == {
        BO: 3
    }
