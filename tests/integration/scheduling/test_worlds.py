"""The service behaves on a bus and stores in memory as it does on real servers: what every handler test relies on."""

import datetime as dt

import pytest

from shared.commands.scheduling import AnswerInvitation, CancelVisit, ImportCalendar, MoveVisit
from shared.errors import Rejected
from shared.events.scheduling import (
    CalendarDrafted,
    InvitationAnswered,
    InvitationReminderDue,
    VisitCancelled,
    VisitDayEnded,
    VisitMoved,
    VisitScheduled,
)
from tests.unit.scheduling import facts
from tests.unit.scheduling.world import World


@pytest.fixture(params=["memory", "servers"])
def either(request):
    """The world in memory, and the one on servers."""
    return World() if request.param == "memory" else request.getfixturevalue("world")


@pytest.fixture
async def published(either):
    await either.tell(*facts.everything())
    await either.until(CalendarDrafted)
    await either.publish()
    await either.until(VisitScheduled, 6)
    return either


def declined(visit):
    person = visit.attendees[0].person_id
    return AnswerInvitation(
        target_id=visit.visit_id, target_kind="visit", person_id=person, answer="declined", sequence=visit.sequence
    )


async def test_what_waits_for_other_events_is_handled_once_they_are_there(either):
    first, *groups = facts.formed()
    await either.tell(*facts.everything()[:-3], first, groups[0])
    await either.settled(held=1)
    assert either.of(CalendarDrafted) == []
    await either.tell(groups[1])
    assert [event.visits for event in await either.until(CalendarDrafted)] == [6]


async def test_one_key_is_one_command_and_one_answer(published):
    visit = (await published.visits())[0].visit
    done = await published.client.ask(declined(visit), key="k-1")
    assert await published.client.ask(declined(visit), key="k-1") == done
    with pytest.raises(Rejected, match="one-key-one-request"):
        await published.client.ask(declined(visit).model_copy(update={"answer": "accepted"}), key="k-1")
    await published.settled()
    assert (len(published.of(InvitationAnswered)), len(published.of(VisitMoved))) == (1, 1)


async def test_what_is_refused_leaves_everything_as_it_was_and_tells_nothing(published):
    before, told = await published.visits(), len(published.heard)
    visit = before[-1].visit
    with pytest.raises(Rejected, match="term-dates"):
        await published.client.ask(MoveVisit(visit_id=visit.visit_id, on=dt.date(2027, 2, 17)))
    await published.settled()
    assert await published.visits() == before
    assert len(published.heard) == told


async def test_a_transaction_that_breaks_off_saves_and_tells_nothing(published):
    record, told = (await published.stores.visits.of_cohort(facts.COHORT))[0], len(published.heard)

    async def breaks_off(work):
        await published.stores.days_off.rule_out("per-1", [record.visit.on])
        work.publish(VisitScheduled(version=1, **record.visit.model_dump()))
        work.remind("visit-day", "vis-1", work.now)
        raise RuntimeError("ends here")

    with pytest.raises(RuntimeError, match="ends here"):
        await published.scheduling.transact(breaks_off)
    await published.settled()
    assert await published.stores.days_off.ruled_out(["per-1"]) == {}
    assert len(published.heard) == told


async def test_reminders_come_when_they_are_due_unless_they_were_taken_back(published):
    first, *others = [each.visit for each in await published.visits()]
    await published.client.ask(CancelVisit(visit_id=first.visit_id, why="closure"))
    await published.until(VisitCancelled)
    await published.to(dt.datetime(2026, 10, 6, 9, 0, tzinfo=dt.UTC))
    due = await published.until(InvitationReminderDue, 8)
    await published.settled()
    assert {each.target_id for each in due} >= {each.visit_id for each in others}
    assert first.visit_id not in {each.target_id for each in published.of(InvitationReminderDue)}
    await published.to(dt.datetime.combine(others[0].on, dt.time(20), dt.UTC))
    ended = await published.until(VisitDayEnded)
    assert others[0].visit_id in {each.visit_id for each in ended}
    assert first.visit_id not in {each.visit_id for each in ended}


async def test_a_file_is_sent_before_the_command_that_names_it(either):
    days = ", ".join(f'{{"date": "2026-09-{day:02}"}}' for day in (7, 8, 9))
    content = f'{{"academic_years": [{{"name": "2026", "dates": [{days}]}}]}}'.encode()
    key = await either.client.upload(content, "terms.json")
    done = await either.client.ask(
        ImportCalendar(upload=key, filename="terms.json", authority_code="373", accept_unusual=True)
    )
    assert done.sentence.startswith("3 school days from Monday 7 September 2026 to Wednesday 9 September 2026")
