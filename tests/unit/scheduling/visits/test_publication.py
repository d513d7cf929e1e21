"""What is published of a draft, and what becomes of a day that was given away elsewhere meanwhile."""

import pytest

from services.scheduling.domain.visits.publication import (
    GivenAway,
    decide_calendar,
    decide_event,
    decide_visits,
    given_away,
    left_waiting,
    may_publish,
)
from shared.commands.scheduling import PublishVisits
from shared.errors import Rejected
from shared.events.scheduling import CalendarPublished, CoordinatorAsked
from shared.events.scheduling_parts import CohortEventScheduled, VisitScheduled
from tests.unit.scheduling.ports.records import ADA, BO, COHORT, LEADER, MONDAY, TUESDAY, attendee, cohort, event, visit

FIRST = visit(1, MONDAY, (attendee(ADA), attendee(BO, required=False)), leader=LEADER)
SECOND = visit(2, TUESDAY, (attendee(ADA),), leader=LEADER)


def test_a_day_that_nobody_has_given_away_is_published():
    assert given_away([FIRST, SECOND], {ADA: [TUESDAY - (TUESDAY - MONDAY) * 2]}, set()) is None


@pytest.mark.parametrize("person", [ADA, LEADER])
def test_a_day_of_somebody_who_must_attend_is_dated_anew(person):
    assert given_away([FIRST, SECOND], {person: [TUESDAY]}, set()) == GivenAway(SECOND, repairable=True)


def test_the_day_of_somebody_who_need_not_attend_is_kept():
    assert given_away([FIRST, SECOND], {BO: [MONDAY]}, set()) is None


def test_a_day_that_the_coordinator_set_against_a_rule_is_kept_unless_another_visit_has_booked_it():
    overruled = FIRST.model_copy(update={"although": ("person-dates",)})
    assert given_away([overruled], {ADA: [MONDAY]}, set()) is None
    assert given_away([overruled], {ADA: [MONDAY]}, {"vis-1"}) == GivenAway(overruled, repairable=False)


def test_the_first_visit_concerned_comes_first():
    found = given_away([FIRST, SECOND], {ADA: [MONDAY, TUESDAY]}, {"vis-2"})
    assert found == GivenAway(FIRST, repairable=True)
    assert given_away([FIRST, SECOND], {}, {"vis-2"}) == GivenAway(SECOND, repairable=False)


def test_a_booked_day_is_left_to_the_coordinator_who_is_asked_once():
    decision = left_waiting(GivenAway(FIRST, repairable=False))
    assert decision.record == FIRST.model_copy(update={"waits": True})
    (asked,) = decision.events
    assert isinstance(asked, CoordinatorAsked)
    assert (asked.question, asked.target_id) == ("no-other-date", "vis-1")
    assert asked.sentence == "No other date for the visit on Monday 12 October 2026 keeps the rules."


def test_a_visit_that_could_not_be_repaired_waits_and_the_coordinator_has_been_asked():
    decision = left_waiting(GivenAway(FIRST, repairable=True))
    assert (decision.record.waits, decision.events) == (True, ())


def test_visits_and_events_are_published_with_the_next_version():
    decision = decide_visits([FIRST, SECOND.model_copy(update={"version": 4})])
    assert [(each.state, each.version) for each in decision.records] == [("published", 1), ("published", 5)]
    assert decision.events == (
        VisitScheduled(version=1, **FIRST.visit.model_dump()),
        VisitScheduled(version=5, **SECOND.visit.model_dump()),
    )
    told = decide_event(event(1))
    assert (told.record.state, told.record.version) == ("published", 1)
    assert told.events == (CohortEventScheduled(version=1, **event(1).event.model_dump()),)


@pytest.mark.parametrize("more", [True, False])
def test_the_calendar_says_how_much_was_published_and_whether_more_is_to_be_told(more):
    before = cohort(state="draft", revision=2, version=3)
    decision = decide_calendar(before, (6, 3), [FIRST], more=more)
    assert decision.record == before.model_copy(update={"state": "published", "version": 4, "publishing": more})
    assert decision.events == (
        CalendarPublished(version=4, cohort_id=COHORT, programme_id="prg-1", revision=2, visits=6, events=3),
    )
    assert decision.sentence == "6 visits and 3 events published, 1 visits changed."


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ({"state": "published"}, "already-published"),
        ({"state": "planning"}, "no-draft"),
        ({"state": "draft", "drafting": "another"}, "draft-under-way"),
        ({"state": "draft", "revision": 2}, "latest-draft"),
        ({"state": "draft", "revision": 1, "unplaced": ("grp-1",)}, "groups-without-dates"),
    ],
)
def test_a_draft_that_is_not_whole_or_not_the_latest_is_not_published(state, rule):
    with pytest.raises(Rejected, match=rule):
        may_publish(cohort(**state), PublishVisits(cohort_id=COHORT, revision=1))
    left_out = PublishVisits(cohort_id=COHORT, revision=1, leave_out_unplaced=True)
    may_publish(cohort(state="draft", revision=1, unplaced=("grp-1",)), left_out)
