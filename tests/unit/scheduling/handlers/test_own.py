"""What people see of their own dates: of others' answers, attendance and reasons nothing."""

import datetime as dt

from shared.commands.scheduling import AllowSubstitute, AnswerInvitation, ListVisits, WriteVisitBrief
from shared.commands.scheduling_own import ListOwnAgreements, ListOwnVisits
from shared.events.scheduling import VisitHeld
from tests.unit.scheduling import facts
from tests.unit.scheduling.handlers.test_answers import answer, first_visit
from tests.unit.scheduling.handlers.test_listed_dates import ADA, BO, CY, offered, says
from tests.unit.scheduling.handlers.test_visit_days import at, attendance


async def own(world, person, **page):
    return await world.client.find(ListOwnVisits(person_id=person, **page))


def the(rows, visit):
    (found,) = [one for one in rows.visits if one.visit.visit_id == visit.visit_id]
    return found


async def test_everybody_sees_their_own_answer_and_nobody_elses(published):
    visit = await first_visit(published)
    first, second = visit.attendees[0].person_id, visit.attendees[3].person_id
    await published.client.ask(answer(visit, first, "accepted"))
    await published.client.ask(answer(visit, second, "tentative"))
    await published.client.ask(answer(visit, first, "tentative"))
    await published.client.ask(answer(visit, first, "accepted"))
    leader = await own(published, visit.facilitator_id)
    assert [the(await own(published, one), visit).answer for one in (first, second)] == ["accepted", "tentative"]
    assert the(leader, visit).answer == ""
    assert the(leader, visit).invited == visit.attendees
    assert the(leader, visit).visit.on == visit.on


async def test_it_says_who_comes_but_neither_why_nor_what_became_of_it(published):
    visit = await first_visit(published)
    host = next(one.person_id for one in visit.attendees if one.school_id == visit.host_school_id)
    await published.client.ask(
        WriteVisitBrief(visit_id=visit.visit_id, person_id=host, practice="Phonics", challenge="Boys")
    )
    moved = await published.client.ask(answer(visit, visit.attendees[1].person_id, "declined"))
    assert moved.sentence
    shown = the(await own(published, visit.attendees[0].person_id), visit)
    assert shown.brief.practice == "Phonics"
    assert shown.model_dump().keys() == {"visit", "state", "invited", "answer", "attended", "brief"}
    assert "why" not in shown.model_dump_json()


async def test_attendance_is_told_of_oneself(published):
    visit = await first_visit(published)
    there, away = visit.attendees[0].person_id, visit.attendees[1].person_id
    await published.client.ask(AllowSubstitute(visit_id=visit.visit_id, person_id=away, substitute_id="per-deputy"))
    assert the(await own(published, there), visit).attended is None
    await published.to(at(visit.on, 16))
    absent = visit.attendees[2].person_id
    await published.client.ask(attendance(visit, [there, "per-deputy"]))
    await published.until(VisitHeld)
    seen = {one: the(await own(published, one), visit) for one in (there, "per-deputy", absent, visit.facilitator_id)}
    assert [one.attended for one in seen.values()] == [True, True, False, None]
    assert {one.state for one in seen.values()} == {"held"}
    assert "present" not in seen[there].model_dump_json()
    assert [one for one in (await own(published, away)).visits if one.visit.visit_id == visit.visit_id] == []


async def test_of_an_event_its_people_are_not_named_and_stand_with_the_first_page(published):
    everything = await published.client.find(ListVisits(cohort_id=facts.COHORT))
    event = everything.events[0].event
    person, other = event.attendees[0].person_id, event.attendees[1].person_id
    for one in (person, other):
        command = AnswerInvitation(
            target_id=event.event_id, target_kind="cohort-event", person_id=one,
            answer="declined" if one == other else "accepted",
        )  # fmt: skip
        await published.client.ask(command)
    found = await own(published, person)
    (shown,) = [one for one in found.events if one.event.event_id == event.event_id]
    assert (shown.answer, shown.event.title) == ("accepted", event.title)
    assert other not in "".join(one.model_dump_json() for one in found.events)
    later = await own(published, person, limit=1, offset=1)
    assert (later.events, len(later.visits), later.total) == ((), min(1, found.total - 1), found.total)


async def test_a_draft_is_nobody_s(drafted):
    everything = await drafted.visits()
    person = everything[0].visit.attendees[0].person_id
    found = await own(drafted, person)
    assert (found.total, found.visits, found.events) == (0, (), ())


async def test_of_days_on_offer_everybody_sees_their_own_lines_and_the_notes_for_both(world):
    agreement = await offered(world, (ADA, BO), 0)
    await offered(world, (BO, CY), 1)
    await says(world, agreement, BO, "if-need-be", note="After lunch, please.")
    found = await world.client.find(ListOwnAgreements(person_id=ADA))
    assert (found.total, [one.agreement_id for one in found.agreements]) == (1, [agreement[0]])
    (shown,) = found.agreements
    assert (shown.said, shown.waiting_for, [one.note for one in shown.notes]) == ((), (ADA,), ["After lunch, please."])
    (mine, theirs) = (await world.client.find(ListOwnAgreements(person_id=BO))).agreements
    assert [one.said for one in (mine, theirs) if one.said] != []
    assert {line.person_id for one in (mine, theirs) for line in one.said} == {BO}
    assert dt.date(2026, 10, 12) in {line.on for one in (mine, theirs) for line in one.said}
