"""What is decided about a cohort event is carried out part by part, once."""

import pytest

from services.scheduling.domain.visits.due import ask_for_brief, end_event_day, end_visit_day, remind_unanswered
from services.scheduling.domain.visits.event_decisions import carry_out, must_be_new, must_be_open
from services.scheduling.domain.visits.records import EventDecision
from shared.errors import Rejected
from shared.events.scheduling import VisitBriefDue, VisitDayEnded
from shared.events.scheduling_parts import CohortEventCancelled, CohortEventHeld, CohortEventMoved
from tests.unit.scheduling.ports.records import ADA, BO, CY, MONDAY, TUESDAY, WEDNESDAY, answer, event, visit

MOVED = EventDecision(on=TUESDAY, why="postponement", said=("The programme pauses.",))
CANCELLED = EventDecision(on=None, why="coordinator")


def published(**changes):
    return event(1, MONDAY, (ADA, BO), **{"state": "published", "version": 2, "why": ("So.",), **changes})


def test_a_moved_part_gets_its_day_the_next_sequence_and_the_reason():
    decision = carry_out(published(decided=MOVED))
    after, (told,) = decision.record, decision.events
    assert (after.event.on, after.event.sequence, after.version, after.why) == (TUESDAY, 1, 3, MOVED.said)
    assert (after.decided, after.state) == (None, "published")
    assert isinstance(told, CohortEventMoved)
    assert (told.on, told.moved_from, told.why, told.version) == (TUESDAY, MONDAY, "postponement", 3)


def test_a_cancelled_part_keeps_why_it_had_its_day():
    decision = carry_out(published(decided=CANCELLED))
    after, (told,) = decision.record, decision.events
    assert (after.state, after.event.sequence, after.version, after.why) == ("cancelled", 1, 3, ("So.",))
    assert isinstance(told, CohortEventCancelled)
    assert (told.on, told.why) == (MONDAY, "coordinator")


@pytest.mark.parametrize(
    "part",
    [
        published(decided=EventDecision(on=MONDAY, why="coordinator")),
        published(decided=MOVED, state="held"),
        published(),
    ],
)
def test_a_part_that_keeps_its_day_or_was_held_is_told_nothing(part):
    decision = carry_out(part)
    assert (decision.record, decision.events) == (part.model_copy(update={"decided": None}), ())


def test_an_event_is_moved_to_another_day_to_come_while_it_is_open():
    must_be_new(published(), WEDNESDAY, MONDAY)
    refused = (
        (published(decided=MOVED), TUESDAY, "same-date"),
        (published(), TUESDAY, "date-passed"),
        (published(state="held"), WEDNESDAY, "already-over"),
        (published(decided=CANCELLED), WEDNESDAY, "already-over"),
    )
    for record, on, rule in refused:
        with pytest.raises(Rejected, match=rule):
            must_be_new(record, on, TUESDAY)
    must_be_open(published(decided=MOVED))


def test_only_who_has_not_answered_the_invitation_that_stands_is_reminded():
    record = visit(1, MONDAY, (ADA, BO, CY), state="published", version=4)
    moved = record.model_copy(update={"visit": record.visit.model_copy(update={"sequence": 1})})
    older = answer("vis-1")
    latest = {ADA: older, BO: older.model_copy(update={"person_id": BO, "sequence": 1})}
    (due,) = remind_unanswered(moved, latest, 2)
    assert (due.person_ids, due.round, due.version, due.target_kind) == ((ADA, CY), 2, 4, "visit")
    everybody = {one: older.model_copy(update={"person_id": one}) for one in (ADA, BO, CY)}
    assert remind_unanswered(record, everybody, 1) == ()


def test_a_day_that_is_over_and_a_brief_that_is_missing_count_a_version():
    record = visit(1, MONDAY, leader=CY, state="published", version=4)
    for decision in (ask_for_brief(record), end_visit_day(record)):
        (told,) = decision.events
        assert isinstance(told, VisitBriefDue | VisitDayEnded)
        assert (decision.record.version, told.version, told.visit_id, told.on) == (5, 5, "vis-1", MONDAY)


def test_who_had_declined_was_not_at_the_event():
    said = {ADA: answer("evt-1", said="declined"), BO: answer("evt-1", BO)}
    decision = end_event_day(published(), said)
    (held,) = decision.events
    assert isinstance(held, CohortEventHeld)
    assert ([one.person_id for one in held.present], decision.record.state, held.version) == ([BO], "held", 3)
