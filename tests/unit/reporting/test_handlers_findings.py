"""Findings: who may, versions, action ids, reminders, overdue actions, and being asked in time."""

import datetime as dt

import pytest

from services.reporting.domain.requests import about
from shared.bus import Reminder
from shared.commands.reporting import ShowForm, UpdateAction
from shared.errors import NotYet, Rejected
from shared.events.matching import GroupChanged
from shared.events.programmes import PersonReplaced, SchoolWithdrawn
from shared.events.reporting import ActionOverdue, ActionUpdated, FindingsRequested, ProjectFindingsSubmitted
from tests.fakes import FakeWork
from tests.unit.reporting import world
from tests.unit.reporting.harness import Reporting, at_work

JUNE = world.at(dt.date(2027, 6, 21))
REQUEST = about("prg-1", "coh-1", "sch-1")["request_id"]


def work(day=None):
    return FakeWork(now=world.at(day) if day else JUNE)


def reminder(kind, school="sch-1"):
    data = about("prg-1", "coh-1", school)
    return Reminder(kind, data["request_id"], JUNE, data)


async def submitted(reporting, **changes):
    unit = work()
    done = await reporting.carry_out(world.submit_findings(**changes), unit)
    return done, unit


async def rule_of(answering):
    with pytest.raises(Rejected) as refused:
        await answering
    return refused.value.rule


async def test_findings_are_kept_told_by_ids_and_their_actions_watched():
    reporting = await at_work()
    done, unit = await submitted(reporting)
    assert (done.id, done.version) == (world.FINDINGS, 1)
    assert unit.published == [
        ProjectFindingsSubmitted(
            version=1, findings_id=world.FINDINGS, programme_id="prg-1", cohort_id="coh-1", school_id="sch-1",
            person_id=world.head("sch-1"),
        )
    ]  # fmt: skip
    assert sorted(each.due.isoformat() for each in unit.reminders.values()) == [
        "2027-07-17T08:00:00+01:00",
        "2027-10-01T08:00:00+01:00",
    ]
    assert ("findings-asked", REQUEST) in unit.cancelled
    assert ("findings-reminder", REQUEST) in unit.cancelled


async def test_the_other_of_the_pair_may_submit_and_nobody_else():
    reporting = await at_work()
    assert (await submitted(reporting, person=world.lead("sch-1")))[0].version == 1
    for person in (world.head("sch-2"), "per-sch-1-clerk", world.FACILITATOR):
        assert await rule_of(submitted(reporting, person=person)) == "not-entitled"
    assert await rule_of(submitted(reporting, cohort_id="coh-9")) == "unknown-cohort"
    assert await rule_of(submitted(reporting, programme_id="prg-9")) == "unknown-programme"
    assert await rule_of(submitted(reporting, school_id="sch-9")) == "unknown-school"


async def test_submitting_again_makes_a_version_and_keeps_the_last_one():
    reporting = await at_work()
    await submitted(reporting)
    assert (await submitted(reporting))[0].version == 1  # the same again is no new version
    done, unit = await submitted(reporting, summary="A very good year.")
    assert done.version == 2
    assert [event.version for event in unit.published] == [2]
    first, second = [await reporting.memory.findings.version(world.FINDINGS, number) for number in (1, 2)]
    assert (first.summary, second.summary) == ("A good year.", "A very good year.")
    assert first.action_ids == second.action_ids


async def test_an_action_left_out_of_the_next_version_is_watched_no_more():
    reporting = await at_work()
    await submitted(reporting)
    gone = (await reporting.memory.findings.get(world.FINDINGS)).action_ids[1]
    _, unit = await submitted(reporting, actions=world.submit_findings().actions[:1])
    assert ("action-overdue", gone) in unit.cancelled
    assert await rule_of(reporting.carry_out(update(gone), work())) == "unknown-action"


def update(action_id, status="done", person=None):
    person = person or world.lead("sch-1")
    return UpdateAction(findings_id=world.FINDINGS, action_id=action_id, person_id=person, status=status)


async def test_the_status_of_an_action_is_told_and_seen_in_the_form():
    reporting = await at_work()
    await submitted(reporting)
    action = (await reporting.memory.findings.get(world.FINDINGS)).action_ids[0]
    unit = work()
    done = await reporting.carry_out(update(action), unit)
    assert done.version == 1
    assert unit.published == [
        ActionUpdated(
            version=1, action_id=action, findings_id=world.FINDINGS, school_id="sch-1", programme_id="prg-1",
            status="done",
        )
    ]  # fmt: skip
    assert unit.cancelled == [("action-overdue", action)]
    query = ShowForm(form="findings", target_id="sch-1", person_id=world.head("sch-1"), cohort_id="coh-1")
    state = await reporting.find(query)
    assert state.findings_id == world.FINDINGS
    assert state.action_ids[0] == action
    assert [line["status"] for line in state.content["actions"]] == ["done", "not-started"]
    again = work()
    assert (await reporting.carry_out(update(action), again)).version == 1
    assert again.published == []
    assert await rule_of(reporting.carry_out(update(action, person="per-x"), work())) == "not-entitled"


async def test_an_action_taken_up_again_is_watched_again():
    reporting = await at_work()
    await submitted(reporting)
    action = (await reporting.memory.findings.get(world.FINDINGS)).action_ids[0]
    await reporting.carry_out(update(action), work())
    unit = work()
    await reporting.carry_out(update(action, "under-way"), unit)
    assert [key for _, key in unit.reminders] == [action]


async def overdue(reporting, action, day):
    unit = work(day)
    await reporting.remind(Reminder("action-overdue", action, world.at(day)), unit)
    return unit.published


async def test_an_overdue_action_is_told_once_its_day_is_over_and_not_when_done():
    reporting = await at_work()
    await submitted(reporting)
    first, second = (await reporting.memory.findings.get(world.FINDINGS)).action_ids
    assert await overdue(reporting, first, dt.date(2027, 7, 16)) == []
    assert await overdue(reporting, first, dt.date(2027, 7, 17)) == [
        ActionOverdue(
            version=1, action_id=first, findings_id=world.FINDINGS, school_id="sch-1", programme_id="prg-1",
            due=dt.date(2027, 7, 16),
        )
    ]  # fmt: skip
    await reporting.carry_out(update(second), work())
    assert await overdue(reporting, second, dt.date(2027, 10, 1)) == []


async def test_every_school_of_a_group_is_asked_on_the_templates_date():
    reporting = Reporting()
    unit = await reporting.handle(world.opened(), *map(world.enrolled, world.NAMES), world.group_formed())
    assert {(key[0], each.due.isoformat()) for key, each in unit.reminders.items()} == {
        ("findings-asked", "2027-06-14T08:00:00+01:00")
    }
    assert len(unit.reminders) == 3


async def test_a_group_that_comes_before_its_programme_waits():
    with pytest.raises(NotYet):
        await Reporting().handle(world.group_formed())


async def test_the_pair_is_asked_and_asked_once_more():
    reporting, unit = await at_work(), work(dt.date(2027, 6, 14))
    await reporting.remind(reminder("findings-asked"), unit)
    assert unit.published == [
        FindingsRequested(
            version=1, request_id=REQUEST, programme_id="prg-1", cohort_id="coh-1", school_id="sch-1",
            person_ids=(world.head("sch-1"), world.lead("sch-1")), due=dt.date(2027, 7, 2),
        )
    ]  # fmt: skip
    ((_, again),) = unit.reminders.items()
    assert (again.kind, again.due.isoformat()) == ("findings-reminder", "2027-06-27T08:00:00+01:00")
    unit = work(dt.date(2027, 6, 27))
    await reporting.remind(again, unit)
    assert [(event.version, event.reminder) for event in unit.published] == [(2, True)]


async def test_who_has_submitted_left_or_changed_group_is_not_asked():
    reporting = await at_work()
    await submitted(reporting)
    await reporting.handle(
        SchoolWithdrawn(version=2, programme_id="prg-1", enrolment_id="enr-sch-2", school_id="sch-2"),
        GroupChanged(
            version=2, group_id="grp-1", cohort_id="coh-1", programme_id="prg-1", school_ids=("sch-1", "sch-2"),
            left=("sch-3",),
        ),
    )  # fmt: skip
    for school in world.NAMES:
        unit = work()
        await reporting.remind(reminder("findings-asked", school), unit)
        assert (unit.published, unit.reminders) == ([], {})


async def test_a_replaced_person_is_asked_no_more():
    reporting, unit = await at_work(), work()
    await reporting.handle(
        PersonReplaced(
            version=2, programme_id="prg-1", enrolment_id="enr-sch-1", school_id="sch-1", role="headteacher",
            person_id=world.head("sch-1"), replaced_by="per-new",
        )
    )  # fmt: skip
    await reporting.remind(reminder("findings-asked"), unit)
    assert unit.published[0].person_ids == ("per-new", world.lead("sch-1"))
    assert await rule_of(submitted(reporting)) == "not-entitled"
    assert (await submitted(reporting, person="per-new"))[0].version == 1
