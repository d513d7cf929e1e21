"""Answers and what they lead to: the least change, the coordinator inside the notice period."""

import datetime as dt

import pytest

from shared.commands.scheduling import AnswerInvitation, ListVisits, MoveVisit
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.notifications import CalendarReplyReceived
from shared.events.scheduling import (
    CalendarReplyIgnored,
    CoordinatorAsked,
    InvitationAnswered,
    VisitChanged,
    VisitMoved,
)
from tests.unit.scheduling import facts


async def first_visit(world):
    return (await world.visits())[0].visit


def answer(visit, person, said, **more):
    return AnswerInvitation(target_id=visit.visit_id, target_kind="visit", person_id=person, answer=said, **more)


async def test_an_acceptance_is_told_and_moves_nothing(published):
    visit = await first_visit(published)
    person = visit.attendees[0].person_id
    done = await published.client.ask(answer(visit, person, "accepted"))
    assert (done.version, done.sentence) == (1, "Thank you, your answer is saved.")
    (event,) = await published.until(InvitationAnswered)
    assert (event.target_id, event.person_id, event.answer, event.version) == (visit.visit_id, person, "accepted", 1)
    await published.settled()
    assert published.of(VisitMoved) == []


async def test_the_same_answer_twice_is_one_answer(published):
    visit = await first_visit(published)
    person = visit.attendees[0].person_id
    await published.client.ask(answer(visit, person, "accepted"))
    done = await published.client.ask(answer(visit, person, "accepted"))
    assert done.sentence == "This is the answer we already had."
    await published.settled()
    assert len(published.of(InvitationAnswered)) == 1


async def test_a_decline_moves_that_visit_only_and_counts_its_sequence(published):
    visit, *others = [each.visit for each in await published.visits()]
    person = visit.attendees[1].person_id
    done = await published.client.ask(answer(visit, person, "declined"))
    (moved,) = await published.until(VisitMoved)
    assert (moved.visit_id, moved.moved_from, moved.why, moved.asked_by) == (
        visit.visit_id,
        visit.on,
        "decline",
        person,
    )
    assert (moved.sequence, moved.version) == (1, 2)
    assert moved.on != visit.on
    assert done.sentence.endswith("No other visit moves.")
    assert [each.visit for each in await published.visits() if each.visit.visit_id != visit.visit_id] == others
    await published.settled()
    assert len(published.of(VisitMoved)) == 1


async def test_further_impossible_days_are_heeded(published):
    visit = await first_visit(published)
    person = visit.attendees[0].person_id
    near = DateSpan(first=visit.on - dt.timedelta(days=21), last=visit.on + dt.timedelta(days=21))
    await published.client.ask(answer(visit, person, "declined", dates_not_possible=(near,)))
    (moved,) = await published.until(VisitMoved)
    assert not near.first <= moved.on <= near.last


async def test_an_answer_to_an_older_invitation_is_refused(published):
    visit = await first_visit(published)
    await published.client.ask(answer(visit, visit.attendees[0].person_id, "declined"))
    with pytest.raises(Rejected, match="out-of-date-invitation"):
        await published.client.ask(answer(visit, visit.attendees[1].person_id, "accepted", sequence=0))


async def test_somebody_who_is_not_invited_cannot_answer(published):
    visit = await first_visit(published)
    with pytest.raises(Rejected, match="not-invited"):
        await published.client.ask(answer(visit, "per-stranger", "accepted"))


async def test_inside_the_notice_period_the_coordinator_is_asked(published):
    visit = await first_visit(published)
    await published.to(dt.datetime.combine(visit.on - dt.timedelta(days=10), dt.time(9), dt.UTC))
    person = visit.attendees[0].person_id
    done = await published.client.ask(answer(visit, person, "declined"))
    (asked,) = await published.until(CoordinatorAsked)
    assert (asked.question, asked.target_id, asked.person_id) == ("decline-inside-notice", visit.visit_id, person)
    assert "coordinator" in done.sentence
    assert published.of(VisitMoved) == []


async def test_a_facilitator_who_cannot_is_replaced_and_the_date_stays(published):
    await published.tell(facts.appointed(2))
    await published.settled()
    visit = await first_visit(published)
    await published.client.ask(answer(visit, visit.facilitator_id, "declined"))
    (changed,) = await published.until(VisitChanged)
    assert (changed.visit_id, changed.on, changed.left) == (visit.visit_id, visit.on, (visit.facilitator_id,))
    assert changed.joined == (changed.facilitator_id,)
    assert changed.sequence == 1


async def test_a_calendar_reply_counts_like_an_answer(published):
    visit = await first_visit(published)
    person = visit.attendees[2].person_id
    reply = CalendarReplyReceived(
        version=1,
        target_id=visit.visit_id,
        target_kind="visit",
        person_id=person,
        answer="declined",
        sequence=0,
        stamped=dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC),
    )
    await published.tell(reply)
    (event,) = await published.until(InvitationAnswered)
    assert (event.via, event.answer, event.person_id) == ("calendar", "declined", person)
    (moved,) = await published.until(VisitMoved)
    assert moved.visit_id == visit.visit_id
    await published.tell(reply.model_copy(update={"version": 2}))
    await published.settled()
    assert len(published.of(InvitationAnswered)) == 1


@pytest.mark.parametrize(("minutes", "counts"), [(-1, 1), (1, 2)], ids=["before the page", "after the page"])
async def test_of_page_and_calendar_the_one_that_arrived_later_counts(published, minutes, counts):
    visit = await first_visit(published)
    person = visit.attendees[2].person_id
    await published.client.ask(answer(visit, person, "accepted"))
    by_page = (await published.stores.answers.latest(visit.visit_id))[person]
    reply = CalendarReplyReceived(
        version=1, target_id=visit.visit_id, target_kind="visit", person_id=person, answer="tentative", sequence=0,
        stamped=by_page.at, received_at=by_page.at + dt.timedelta(minutes=minutes),
    )  # fmt: skip
    await published.tell(reply)
    await published.settled()
    answers = [event.answer for event in published.of(InvitationAnswered)]
    assert answers == ["accepted", "tentative"][:counts]
    ignored = [(one.person_id, one.answer, one.rule) for one in published.of(CalendarReplyIgnored)]
    assert ignored == ([] if counts == 2 else [(person, "tentative", "answered-since")])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"sequence": -1}, "out-of-date-invitation"),
        ({"person_id": "per-stranger"}, "not-invited"),
        ({"target_id": "vis-unknown"}, "unknown-visit"),
    ],
)
async def test_a_calendar_reply_that_changes_nothing_is_told(published, changes, rule):
    visit = await first_visit(published)
    facts = {
        "version": 1, "target_id": visit.visit_id, "target_kind": "visit", "person_id": visit.attendees[2].person_id,
        "answer": "accepted", "sequence": 0, "stamped": dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC), **changes,
    }  # fmt: skip
    await published.tell(CalendarReplyReceived.model_validate(facts))
    (told,) = await published.until(CalendarReplyIgnored)
    assert (told.target_id, told.person_id, told.answer, told.rule) == (
        facts["target_id"], facts["person_id"], "accepted", rule,
    )  # fmt: skip
    assert published.of(InvitationAnswered) == []


async def test_the_coordinator_sets_a_date_and_the_rest_makes_room(published):
    first, second = [each.visit for each in await published.visits(group_id="grp-1")][:2]
    await published.client.ask(MoveVisit(visit_id=first.visit_id, on=second.on))
    moved = {event.visit_id: event for event in await published.until(VisitMoved, 2)}
    assert (moved[first.visit_id].on, moved[first.visit_id].why) == (second.on, "coordinator")
    assert abs((moved[second.visit_id].on - second.on).days) >= 14


async def test_a_date_that_breaks_a_rule_is_refused_unless_it_is_named(published):
    visit = (await published.visits())[-1].visit
    holiday = dt.date(2027, 2, 17)
    with pytest.raises(Rejected, match="term-dates"):
        await published.client.ask(MoveVisit(visit_id=visit.visit_id, on=holiday))
    with pytest.raises(Rejected, match="unknown-rule"):
        await published.client.ask(MoveVisit(visit_id=visit.visit_id, on=holiday, although=("rain",)))
    done = await published.client.ask(
        MoveVisit(visit_id=visit.visit_id, on=holiday, although=("term-dates",), because="So.")
    )
    assert done.sentence.startswith("The visit is on Wednesday 17 February 2027.")
    assert (await published.calendar()).state == "published"


async def test_a_rule_is_set_aside_for_one_date_only(published):
    visit = (await published.visits())[-1].visit
    holiday, another = dt.date(2027, 2, 17), dt.date(2027, 2, 18)
    await published.client.ask(MoveVisit(visit_id=visit.visit_id, on=holiday, although=("term-dates",), because="So."))
    with pytest.raises(Rejected, match="term-dates"):
        await published.client.ask(MoveVisit(visit_id=visit.visit_id, on=another))


async def test_replies_of_the_cohort_event_are_kept(published):
    rows = await published.client.find(ListVisits(cohort_id=facts.COHORT))
    event = rows.events[0].event
    command = AnswerInvitation(
        target_id=event.event_id,
        target_kind="cohort-event",
        person_id=event.attendees[0].person_id,
        answer="declined",
    )
    done = await published.client.ask(command)
    assert done.sentence == "Thank you for telling us. The date stays as it is."
    (told,) = await published.until(InvitationAnswered)
    assert (told.target_kind, told.answer) == ("cohort-event", "declined")
