"""Days that two people agree, and calls: decided by functions of what is known and the time."""

import datetime as dt
from typing import Any

import pytest

from services.scheduling.domain.dates.agreement_decisions import (
    Known,
    decide_answer,
    decide_offer,
    decide_withdrawal,
)
from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.call_decisions import (
    Hours,
    decide_booking,
    decide_cancelling,
    decide_invitation,
    may_take,
)
from services.scheduling.domain.dates.records import CallOfferRecord
from shared.commands.scheduling_dates import AnswerDates, BookCall, DayLine, OfferCall, OfferDates
from shared.errors import Rejected
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesAnswered,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)
from tests.unit.scheduling.ports.records import ADA, BO, CY, MONDAY, NOW, TUESDAY, WEDNESDAY

DEADLINE = NOW + dt.timedelta(days=5)
OFFER = OfferDates(person_ids=(ADA, BO), earliest=MONDAY, latest=WEDNESDAY, deadline=DEADLINE, about=" coaching ")
NINE = dt.datetime.combine(MONDAY, dt.time(8), dt.UTC)
HOURS = Hours({ADA: (Opening(MONDAY, dt.time(9), dt.time(10)),)})


def offered(*taken):
    return decide_offer("agr-1", OFFER, Known((), frozenset(), taken), NOW)


def said(record, person, *answers):
    lines = tuple(DayLine(on=day, answer=each) for day, each in zip(record.offers, answers, strict=True))
    return decide_answer(record, AnswerDates(agreement_id="agr-1", person_id=person, lines=lines), NOW)


def kinds(decision) -> list[type[Any]]:
    return [type(event) for event in decision.events]


def test_the_days_on_which_both_can_are_offered_and_told():
    decision = offered(TUESDAY)
    record, (told,) = decision.record, decision.events
    assert (record.offers, record.about, record.version) == ((MONDAY, WEDNESDAY), "coaching", 1)
    assert isinstance(told, DatesOffered)
    assert (told.offers, told.deadline, told.person_ids) == ((MONDAY, WEDNESDAY), DEADLINE, (ADA, BO))
    assert decision.sentence == "On offer: Monday 12 October 2026, Wednesday 14 October 2026."
    with pytest.raises(Rejected, match="no-common-day"):
        offered(MONDAY, TUESDAY, WEDNESDAY)


def test_the_day_is_settled_by_the_last_answer_that_suits():
    record = offered(TUESDAY).record
    first = said(record, ADA, "yes", "if-need-be")
    assert (kinds(first), first.record.version, first.record.settled) == ([DatesAnswered], 1, None)
    second = said(first.record, BO, "no", "yes")
    assert kinds(second) == [DatesAnswered, DatesAgreed]
    assert (second.record.settled, second.record.version) == (WEDNESDAY, 2)
    assert second.sentence == "The day is settled: Wednesday 14 October 2026."


def test_that_none_suits_is_told_once():
    record = said(offered(TUESDAY).record, ADA, "no", "no").record
    refused = said(record, BO, "yes", "yes")
    expected: list[type[Any]] = [DatesAnswered, DatesRefused]
    assert (kinds(refused), refused.record.version) == (expected, 2)
    again = said(refused.record, BO, "yes", "if-need-be")
    assert (kinds(again), again.record.version) == ([], 2)
    settled = said(again.record, ADA, "yes", "no")
    assert (kinds(settled), settled.record.version) == ([DatesAgreed], 3)


def test_a_settled_day_is_withdrawn_once():
    record = said(said(offered(TUESDAY).record, ADA, "yes", "no").record, BO, "yes", "no").record
    decision = decide_withdrawal(record, NOW)
    assert (kinds(decision), decision.record.version, decision.record.withdrawn) == ([DatesWithdrawn], 3, True)
    assert decision.sentence == "The day is withdrawn: Monday 12 October 2026."
    with pytest.raises(Rejected, match="withdrawn"):
        decide_withdrawal(decision.record, NOW)


def booking(hours=HOURS, start=NINE, people=(ADA, BO), now=NOW, **more):
    return decide_booking("cal-1", BookCall(person_ids=people, start=start, minutes=30), hours, now, **more)


def test_a_call_is_booked_within_the_hours_of_everybody_who_has_any():
    decision = booking(offer=CallOfferRecord(offer_id="off-1", host_id=ADA, person_id=BO, minutes=30))
    call, (told,) = decision.record, decision.events
    assert (call.on, call.starts, call.people, call.offer_id) == (MONDAY, dt.time(9), (ADA, BO), "off-1")
    assert isinstance(told, CallBooked)
    assert (told.call_id, told.offer_id, told.chosen_by, told.version) == ("cal-1", "off-1", BO, 1)
    assert decision.sentence == "The call is booked: Monday 12 October 2026, 9:00, 30 minutes."


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"people": (ADA, ADA)}, "two-people"),
        ({"now": NINE}, "too-late"),
        ({"hours": Hours({CY: HOURS.openings[ADA]})}, "no-openings"),
        ({"start": NINE + dt.timedelta(minutes=45)}, "not-open"),
        ({"hours": Hours(HOURS.openings, away={BO: [MONDAY]})}, "day-taken"),
    ],
)
def test_a_call_that_breaks_a_rule_is_refused_by_it(changes, rule):
    with pytest.raises(Rejected, match=rule):
        booking(**changes)


def test_a_call_to_come_is_cancelled_once():
    decision = decide_cancelling(booking().record, NOW)
    assert (kinds(decision), decision.record.state, decision.record.version) == ([CallCancelled], "cancelled", 2)
    for record, now in ((decision.record, NOW), (booking().record, NINE)):
        with pytest.raises(Rejected, match="already-over"):
            decide_cancelling(record, now)


def test_somebody_is_asked_to_choose_while_there_are_times_to_choose_from():
    offer = OfferCall(host_id=ADA, person_id=BO, minutes=30)
    decision = decide_invitation("off-1", offer, HOURS, NOW)
    assert kinds(decision) == [CallOffered]
    assert decision.record == CallOfferRecord(offer_id="off-1", host_id=ADA, person_id=BO, minutes=30, asked_at=NOW)
    assert decision.sentence == "Asked by mail; times to choose from: 2."
    taken = {ADA: {NINE + dt.timedelta(minutes=5 * n) for n in range(12)}}
    refused = ((Hours({}), offer, "no-openings"), (Hours(HOURS.openings, taken), offer, "no-slots"))
    for hours, command, rule in (*refused, (HOURS, OfferCall(host_id=ADA, person_id=ADA), "two-people")):
        with pytest.raises(Rejected, match=rule):
            decide_invitation("off-1", command, hours, NOW)


def test_only_who_was_asked_chooses_and_once():
    offer, booked = (
        decide_invitation("off-1", OfferCall(host_id=ADA, person_id=BO), HOURS, NOW).record,
        booking().record,
    )
    may_take(offer, None, BO)
    may_take(offer, decide_cancelling(booked, NOW).record, BO)
    with pytest.raises(Rejected, match="not-invited"):
        may_take(offer, None, ADA)
    with pytest.raises(Rejected, match="already-booked"):
        may_take(offer, booked, BO)
