"""What follows from an event, decided from records alone: no store, no bus, no clock."""

import datetime as dt

import pytest

from services.notifications.domain import completions, targets
from services.notifications.domain.decisions import Decision, answers, cohort_events, dates, outcomes, reports, visits
from services.notifications.domain.decisions.cohort_events import EventRecords
from services.notifications.domain.decisions.dates import DateRecords
from services.notifications.domain.decisions.visits import VisitRecords
from services.notifications.domain.details import Change, Span
from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import Concerned
from shared.events.reporting import ActionUpdated, ProjectFindingsSubmitted
from shared.events.scheduling import (
    CohortEventHeld,
    InvitationAnswered,
    InvitationReminderDue,
    VisitBriefDue,
    VisitBriefWritten,
    VisitDayEnded,
    VisitHeld,
    VisitMoved,
)
from tests.fakes import START
from tests.unit.notifications import world
from tests.unit.notifications.story import who

PROGRAMME = Programme.model_validate(world.opened().model_dump())
HOSTS = [Concerned("per-1-cpd-lead", "cpd-lead", "sch-1")]
BEFORE = targets.of_visit(world.visit_scheduled(), 2)
UNKNOWN = VisitRecords(None, None)
OF_VISIT = {
    "visit_id": world.VISIT, "programme_id": world.PROGRAMME, "cohort_id": world.COHORT, "host_school_id": "sch-1",
    "group_id": world.GROUP,
}  # fmt: skip
DAY = dt.date(2027, 5, 13)


def moved(version: int) -> VisitMoved:
    facts = world.visit_facts(version=version, on=dt.date(2027, 5, 20), sequence=1)
    return VisitMoved.model_validate({**facts, "moved_from": DAY, "why": "illness"})


def test_a_visit_that_moves_is_kept_as_it_is_now_and_everybody_is_written_to_about_the_change():
    decided = visits.moved(VisitRecords(PROGRAMME, BEFORE, HOSTS), moved(3), START)
    assert decided.target == BEFORE.model_copy(update={"on": dt.date(2027, 5, 20), "version": 3, "sequence": 1})
    assert {name: len(people) for name, people in who(list(decided.mails)).items()} == {"visit-moved": 8}
    assert {mail.details for mail in decided.mails} == {Change(moved_from=DAY, why="illness")}
    assert {(mail.queued_at, mail.sequence, mail.rank) for mail in decided.mails} == {(START, 1, 0)}


@pytest.mark.parametrize("version", [1, 2])
def test_an_event_that_is_not_newer_than_what_is_known_decides_nothing(version):
    assert visits.moved(VisitRecords(PROGRAMME, BEFORE, HOSTS), moved(version), START) == Decision()
    known = targets.of_cohort_event(world.event_scheduled(), 2)
    scheduled = world.event_scheduled(version=version)
    assert cohort_events.scheduled(EventRecords(PROGRAMME, known), scheduled, START) == Decision()


def test_what_happens_to_a_visit_that_is_not_known_concerns_nobody():
    facts = {**OF_VISIT, "version": 5, "on": DAY}
    assert visits.brief_due(UNKNOWN, VisitBriefDue.model_validate(facts), START) == Decision()
    assert (
        visits.day_ended(UNKNOWN, VisitDayEnded.model_validate({**facts, "facilitator_id": "per-fac"}), START)
        == Decision()
    )
    assert (
        visits.held(UNKNOWN, VisitHeld.model_validate({**facts, "facilitator_id": "per-fac", "present": ()}), START)
        == Decision()
    )
    held = {"version": 5, "event_id": world.LAUNCH, "activity": "launch", "on": DAY, "present": (), **OF_VISIT}
    assert cohort_events.held(EventRecords(None, None), CohortEventHeld.model_validate(held), START) == Decision()
    due = InvitationReminderDue(
        version=1, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME, person_ids=("per-fac",),
        round=1,
    )  # fmt: skip
    assert answers.reminder_due(None, None, due, START) == Decision()


@pytest.mark.parametrize("visit", [None, BEFORE.model_copy(update={"state": "cancelled"})])
def test_a_brief_for_a_visit_that_does_not_take_place_only_ends_its_reminders(visit):
    written = VisitBriefWritten.model_validate({**OF_VISIT, "version": 3, "written_by": "per-1-cpd-lead"})
    decided = visits.brief_written(VisitRecords(PROGRAMME, visit, HOSTS), written, START)
    assert decided == Decision(completed={completions.brief(world.VISIT): 0})


def test_a_brief_raises_the_sequence_of_its_visit_and_never_lowers_it():
    later = BEFORE.model_copy(update={"sequence": 4})
    for sequence, expected in ((5, 5), (3, 4)):
        written = VisitBriefWritten.model_validate(
            {**OF_VISIT, "version": 3, "written_by": "per-1-cpd-lead", "sequence": sequence}
        )
        decided = visits.brief_written(VisitRecords(PROGRAMME, later, HOSTS), written, START)
        assert decided.target is not None
        assert (decided.target.sequence, {mail.sequence for mail in decided.mails}) == (expected, {expected})


def test_what_is_done_ends_its_reminders():
    answered = InvitationAnswered(
        version=3, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME, person_id="per-fac",
        answer="accepted", sequence=2, via="page",
    )  # fmt: skip
    assert answers.answered(answered) == Decision(completed={completions.answered(world.VISIT, "per-fac"): 2})
    submitted = {"version": 1, "findings_id": "fnd-1", "programme_id": "prg-1", "cohort_id": "coh-1",
                 "school_id": "sch-2", "person_id": "per-2-headteacher"}  # fmt: skip
    decided = reports.findings_submitted(ProjectFindingsSubmitted.model_validate(submitted))
    assert decided == Decision(completed={completions.findings("coh-1", "sch-2"): 0})


@pytest.mark.parametrize(
    ("status", "keys"), [("done", ["action/act-1"]), ("dropped", ["action/act-1"]), ("under-way", [])]
)
def test_an_action_is_reminded_of_until_it_is_done_or_dropped(status, keys):
    facts = {"version": 1, "action_id": "act-1", "findings_id": "fnd-1", "programme_id": "prg-1", "school_id": "sch-2"}
    decided = reports.action_updated(ActionUpdated.model_validate({**facts, "status": status}))
    assert list(decided.completed) == keys


def test_a_day_agreed_again_in_the_same_version_is_settled_and_sent_to_nobody():
    records = DateRecords(PROGRAMME, [Concerned(one, "facilitator") for one in world.TWO])
    first = dates.agreed(records, world.dates_agreed(), START)
    again = dates.agreed(DateRecords(PROGRAMME, records.people, first.target), world.dates_agreed(), START)
    assert who(list(first.mails)) == {"dates-agreed": sorted(world.TWO)}
    assert again == Decision(completed={completions.settled(world.AGREEMENT): 0})


def test_all_that_fails_within_one_span_of_time_makes_one_notice_that_goes_out_at_its_end():
    first = outcomes.not_arrived(PROGRAMME, START + dt.timedelta(seconds=1), 600, START)
    second = outcomes.not_arrived(PROGRAMME, START + dt.timedelta(seconds=599), 600, START)
    later = outcomes.not_arrived(PROGRAMME, START + dt.timedelta(seconds=600), 600, START)
    (notice,), (same,), (other,) = first.mails, second.mails, later.mails
    until = START + dt.timedelta(minutes=10)
    assert notice.mail_id == same.mail_id != other.mail_id
    assert (notice.person_id, notice.try_at, notice.details) == ("per-co", until, Span(since=START, until=until))
