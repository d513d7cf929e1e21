"""From a formed cohort to a draft, and from the draft to a published calendar."""

import pytest

from shared.commands.scheduling import DraftCalendar, PublishVisits
from shared.errors import Rejected
from shared.events.scheduling import (
    CalendarDrafted,
    CalendarPublished,
    CohortEventScheduled,
    SchedulingFailed,
    VisitScheduled,
)
from tests.unit.scheduling import facts


async def test_a_formed_cohort_gets_a_draft_and_nobody_is_told_a_date(drafted):
    (event,) = drafted.of(CalendarDrafted)
    assert (event.revision, event.visits, event.events, event.unplaced_groups) == (1, 6, 3, 0)
    visits = await drafted.visits()
    assert {visit.state for visit in visits} == {"draft"}
    assert {(visit.visit.group_id, visit.visit.host_school_id) for visit in visits} == {
        (group, school) for group, schools in facts.GROUPS.items() for school in schools
    }
    assert {attendee.role for visit in visits for attendee in visit.visit.attendees} == {"headteacher", "senior-leader"}
    assert all(len(visit.visit.attendees) == 6 for visit in visits)
    await drafted.settled()
    assert drafted.of(VisitScheduled) == []


async def test_a_template_that_leaves_it_to_nobody_publishes_its_first_calendar_at_once(world):
    opened, *rest = facts.everything()
    scheduling = opened.template.scheduling.model_copy(update={"publish_needs_coordinator": False})
    template = opened.template.model_copy(update={"scheduling": scheduling})
    await world.tell(opened.model_copy(update={"template": template}), *rest)
    (calendar,) = await world.until(CalendarPublished)
    assert (calendar.revision, calendar.visits, calendar.events) == (1, 6, 3)


async def test_drafts_are_shown_only_where_asked_for(drafted):
    assert await drafted.visits(drafts=False) == ()


async def test_the_calendar_says_whose_term_dates_were_used_and_each_visit_why(drafted):
    calendar = await drafted.calendar()
    assert (calendar.state, calendar.calendars) == ("draft", ("Sheffield: own term dates",))
    assert calendar.soft["on a preferred weekday"] == 1.0
    visits = await drafted.visits()
    assert all("suit all schools and all 6 people." in visit.why[0] for visit in visits)


async def test_planning_waits_until_all_groups_have_arrived(world):
    first, *groups = facts.formed()
    await world.tell(*facts.everything()[:-3], first, groups[0])
    await world.settled(held=1)  # the cohort, until its groups are there
    assert world.of(CalendarDrafted) == []
    await world.tell(groups[1])
    (event,) = await world.until(CalendarDrafted)
    assert event.visits == 6


async def test_a_group_without_a_date_is_named_with_whose_dates_block_it(world):
    blocked = {"sch-4": [facts.always("headteacher")]}
    await world.tell(*facts.everything(blocked))
    (failed,) = await world.until(SchedulingFailed)
    assert [(clash.rule, clash.group_id, clash.person_ids) for clash in failed.blocking] == [
        ("person-dates", "grp-2", (facts.person("sch-4", "headteacher"),))
    ]
    (draft,) = await world.until(CalendarDrafted)
    assert (draft.visits, draft.unplaced_groups, failed.version) == (3, 1, 2)


async def test_nothing_at_all_possible_fails_without_a_draft(world):
    blocked = {school: [facts.always("senior-leader")] for school in facts.SCHOOLS}
    await world.tell(*facts.everything(blocked))
    await world.until(SchedulingFailed)
    await world.settled()
    assert world.of(CalendarDrafted) == []
    assert (await world.calendar()).state == "failed"
    with pytest.raises(Rejected, match="no-draft"):
        await world.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))


async def test_publishing_tells_every_visit_and_event_once(published):
    visits, events = published.of(VisitScheduled), published.of(CohortEventScheduled)
    assert len(visits) == 6
    assert [event.activity for event in sorted(events, key=lambda event: event.on)] == ["launch", "mid-year", "closing"]
    assert {(visit.version, visit.sequence) for visit in visits} == {(1, 0)}
    (calendar,) = published.of(CalendarPublished)
    assert (calendar.visits, calendar.events, calendar.version) == (6, 3, 2)
    dates = sorted(visit.on for visit in visits)
    held = sorted(event.on for event in events)
    assert held[0] < dates[0] <= dates[-1] < held[-1]


async def test_only_the_latest_draft_can_be_published(drafted):
    done = await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert done.version == 2
    with pytest.raises(Rejected, match="latest-draft"):
        await drafted.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))


async def test_a_published_calendar_is_not_published_again(published):
    calendar = await published.calendar()
    with pytest.raises(Rejected, match="already-published"):
        await published.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=calendar.revision))


async def test_groups_without_dates_are_left_out_only_on_purpose(world):
    await world.tell(*facts.everything({"sch-4": [facts.always("headteacher")]}))
    await world.until(CalendarDrafted)
    with pytest.raises(Rejected, match="groups-without-dates"):
        await world.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))
    await world.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1, leave_out_unplaced=True))
    assert len(await world.until(VisitScheduled, 3)) == 3


async def test_drafting_again_keeps_what_is_published(published):
    before = {visit.visit.visit_id: visit.visit.on for visit in await published.visits()}
    done = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert done.sentence == "Revision 2: 0 new visits, 0 changes proposed, 0 groups without dates."
    assert {visit.visit.visit_id: visit.visit.on for visit in await published.visits()} == before


@pytest.mark.parametrize("command", [DraftCalendar, PublishVisits])
async def test_groups_that_are_not_published_yet_are_named_for_what_they_are(world, command):
    wanted = {"cohort_id": "coh-9"} | ({"revision": 1} if "revision" in command.model_fields else {})
    with pytest.raises(Rejected) as refused:
        await world.client.ask(command(**wanted))
    assert refused.value.sentence == "These groups are not published yet. Dates are planned once they are."
