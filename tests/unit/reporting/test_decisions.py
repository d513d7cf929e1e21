"""Decisions as functions: what they come to for records at hand, without any store."""

import datetime as dt

import pytest

from services.reporting.domain.decisions.actions import overdue, overdue_reminder, planned_actions
from services.reporting.domain.decisions.decision import Decision, Reminder, ReminderKey
from services.reporting.domain.decisions.findings_requests import ask
from services.reporting.domain.decisions.releases import release
from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.domain.forms import ActionState, Findings
from services.reporting.domain.impact import Answer
from services.reporting.domain.requests import about
from tests.unit.reporting import world

PROGRAMME = Programme.of(world.opened())
DUE = dt.date(2027, 7, 16)
DATA = about("prg-1", "coh-1", "sch-1")


def action(**fields):
    given = {
        "action_id": "act-1", "findings_id": "fnd-1", "programme_id": "prg-1", "school_id": "sch-1",
        "due": DUE, "status": "under-way",
    }  # fmt: skip
    return ActionState(**{**given, **fields})


def findings(*action_ids, what=("Read daily", "Call home")):
    form = world.submit_findings()
    actions = tuple(one for one in form.actions if one.what in what)
    given = {**form.model_dump(), "actions": actions, "action_ids": action_ids}
    return Findings(**given, findings_id="fnd-1", submitted_at=world.at(DUE), version=2)


@pytest.mark.parametrize(
    ("fields", "day", "reminded"),
    [
        ({}, DUE, True),
        ({}, DUE + dt.timedelta(days=1), False),
        ({"status": "done"}, DUE, False),
        ({"status": "dropped"}, DUE, False),
    ],
)
def test_an_open_action_is_looked_at_again_the_day_after_it_is_due(fields, day, reminded):
    found = overdue_reminder(action(**fields), PROGRAMME, day)
    key = ("action-overdue", "act-1")
    morning = dt.datetime(2027, 7, 17, 7, tzinfo=dt.UTC)
    assert found == (Reminder(*key, morning) if reminded else ReminderKey(*key))


@pytest.mark.parametrize("gone", [None, action(gone=True), action(status="done"), action(due=DUE + dt.timedelta(1))])
def test_nothing_is_overdue_that_is_gone_done_or_due_later(gone):
    assert overdue(gone, PROGRAMME, world.at(DUE + dt.timedelta(days=1))) == Decision()


def test_actions_keep_their_versions_and_those_left_out_are_marked():
    before = {"act-1": action(version=4), "act-2": action(action_id="act-2")}
    planned, gone = planned_actions(findings("act-1", what=("Read daily",)), before)
    assert [(one.action_id, one.version, one.gone) for one in planned] == [("act-1", 4, False)]
    assert gone == [action(action_id="act-2", gone=True)]


def test_only_a_school_that_takes_part_and_has_sent_nothing_is_asked():
    member, group = Member.of(world.enrolled("sch-1"), 1), Group.of(world.group_formed())
    now = world.at(dt.date(2027, 6, 14))

    def asked(programme=PROGRAMME, member=member, groups=(group,), kept=None):
        return ask(DATA, programme, member, groups, findings=kept, again=False, now=now)

    assert [type(one).__name__ for one in asked().events] == ["FindingsRequested"]
    assert [one.kind for one in asked().reminders] == ["findings-reminder"]
    withdrawn = member.model_copy(update={"withdrawn": True})
    elsewhere = group.model_copy(update={"school_ids": ("sch-2", "sch-3")})
    for nobody in (
        asked(programme=None),
        asked(member=None),
        asked(member=withdrawn),
        asked(groups=()),
        asked(groups=(elsewhere,)),
        asked(kept=findings("act-1", "act-2")),
    ):
        assert nobody == Decision()


@pytest.mark.parametrize(("days", "blocks"), [(14, []), (15, ["cohort"])])
def test_leftover_answers_are_pooled_once_few_more_are_expected(days, blocks):
    meetings = [Meeting.of_visit(world.visit_scheduled(1), 1), Meeting.of_event(world.event_scheduled(), 1)]
    answers = [Answer(f"rsp-{n}", target, world.YES) for n, target in enumerate(("vis-1", "evt-1") * 3)]
    decision = release(
        "coh-1", PROGRAMME, answers, meetings, last=2, settled_after=dt.timedelta(days=14), report=None,
        now=world.at(world.FIRST_VISIT + dt.timedelta(days=days)),
    )  # fmt: skip
    assert [block.scope for block in decision.blocks] == blocks
    assert (decision.number, sum(block.answers for block in decision.blocks)) == (3, 6 * len(blocks))
    assert decision.report is not None
    assert decision.report.title == "Impact report: cohort of 2026/27"
