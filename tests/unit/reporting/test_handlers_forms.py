"""Appraisal, take-home and survey: who may, when, and what is told."""

import datetime as dt

import pytest

from services.reporting.domain.ids import derived
from shared.commands.reporting import RecordTakeHome, ShowForm
from shared.errors import Rejected
from shared.events.programmes import PersonErased
from shared.events.reporting import AppraisalSubmitted, SurveyAnswered, TakeHomeRecorded
from shared.events.scheduling import VisitCancelled
from tests.fakes import FakeWork
from tests.unit.reporting import world
from tests.unit.reporting.harness import Reporting, at_work

NOON = world.at(world.FIRST_VISIT)


def take_home(person, visit="vis-1", **changes):
    given = {"learnt": "Routines", "will_use": "The same routine", "contact_consent": True, **changes}
    return RecordTakeHome(visit_id=visit, person_id=person, **given)


async def refused(answering):
    with pytest.raises(Rejected) as error:
        await answering
    return error.value.rule, error.value.sentence


async def test_the_facilitator_appraises_and_the_same_again_changes_nothing():
    reporting, work, again = await at_work(), FakeWork(now=NOON), FakeWork(now=NOON)
    done = await reporting.carry_out(world.submit_appraisal(), work)
    assert (done.id, done.version) == ("vis-1", 1)
    assert work.published == [
        AppraisalSubmitted(
            version=1, visit_id="vis-1", programme_id="prg-1", cohort_id="coh-1", host_school_id="sch-1",
            person_id=world.FACILITATOR,
        )
    ]  # fmt: skip
    assert (await reporting.carry_out(world.submit_appraisal(), again)).version == 1
    assert again.published == []
    changed = world.submit_appraisal(develop=())
    assert (await reporting.carry_out(changed, FakeWork(now=NOON))).version == 2


async def test_nobody_else_appraises():
    reporting = await at_work()
    for person in (world.head("sch-1"), "per-stranger"):
        command = world.submit_appraisal(person=person)
        assert await refused(reporting.carry_out(command, FakeWork())) == (
            "not-entitled",
            "Only the facilitator of this visit can appraise it.",
        )


async def test_a_line_that_is_too_long_is_refused_with_its_number():
    reporting = await at_work()
    command = world.submit_appraisal(strengths=("fine", "x" * 501))
    assert await refused(reporting.carry_out(command, FakeWork())) == (
        "too-long",
        "Strengths seen, line 2, has 501 characters; 500 is the most.",
    )


async def test_forms_open_on_the_day_and_only_for_visits_that_are_not_cancelled():
    reporting = Reporting()
    await reporting.handle(world.opened(), world.visit_scheduled(1))
    early, on_the_day = FakeWork(now=NOON - dt.timedelta(days=1)), FakeWork(now=NOON)
    rule, _ = await refused(reporting.carry_out(world.submit_appraisal(), early))
    assert rule == "too-early"
    assert (await reporting.carry_out(world.submit_appraisal(), on_the_day)).version == 1
    await reporting.handle(world.visit_scheduled(1, version=2, kind=VisitCancelled, why="illness"))
    rule, _ = await refused(reporting.carry_out(world.submit_appraisal(), on_the_day))
    assert rule == "cancelled"
    rule, _ = await refused(reporting.carry_out(world.submit_appraisal("vis-9"), on_the_day))
    assert rule == "unknown-visit"


async def test_a_take_home_note_is_kept_and_replaced():
    reporting, work = await at_work(), FakeWork(now=NOON)
    person = world.lead("sch-2")
    done = await reporting.carry_out(take_home(person), work)
    note_id = derived("tkh", "vis-1", person)
    assert work.published == [
        TakeHomeRecorded(version=1, take_home_id=note_id, visit_id="vis-1", programme_id="prg-1", person_id=person)
    ]
    assert (done.id, done.version) == (note_id, 1)
    assert (await reporting.carry_out(take_home(person), FakeWork(now=NOON))).version == 1
    assert (await reporting.carry_out(take_home(person, learnt="More"), FakeWork(now=NOON))).version == 2


async def test_only_who_came_from_another_school_takes_something_home():
    reporting = await at_work()
    for person, sentence in (
        (world.lead("sch-1"), "What is taken home is written by who came from another school."),
        ("per-stranger", "Only people who took part can fill in this form."),
    ):
        refusal = await refused(reporting.carry_out(take_home(person), FakeWork(now=NOON)))
        assert refusal == ("not-entitled", sentence)
    assert reporting.memory.take_homes.rows == {}


async def test_only_those_who_were_there_answer():
    reporting = Reporting()
    await reporting.handle(world.opened(), world.visit_scheduled(1), world.visit_held(1, present=world.attendees()[:4]))
    await reporting.carry_out(world.answer_survey(world.head("sch-1")), FakeWork(now=NOON))
    absent = world.answer_survey(world.head("sch-3"))
    assert await refused(reporting.carry_out(absent, FakeWork(now=NOON))) == (
        "not-entitled",
        "Only people who took part can fill in this form.",
    )


async def test_a_survey_answer_is_told_without_the_person():
    reporting, work = await at_work(), FakeWork(now=NOON, actor=world.head("sch-1"))
    await reporting.carry_out(world.answer_survey(world.head("sch-1")), work)
    (told,) = work.published
    assert told == SurveyAnswered(
        version=1, response_id="rsp-1", target_id="vis-1", target_kind="visit", programme_id="prg-1", cohort_id="coh-1"
    )
    assert world.head("sch-1") not in told.model_dump_json()
    assert work.actor == ""


async def test_one_answer_a_person_and_target_the_later_one_counts():
    reporting = await at_work()
    person = world.head("sch-1")
    for answers in (world.YES, world.YES, world.NO):
        await reporting.carry_out(world.answer_survey(person, answers=answers), FakeWork(now=NOON))
    (kept,) = reporting.memory.survey_answers.rows.values()
    assert (kept.version, kept.answers) == (2, world.NO)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [({"plan_to_use": "agree"}, "missing"), ({**world.YES, "other": "agree"}, "unknown-statement"), ({}, "missing")],
)
async def test_every_statement_is_answered_and_no_other(answers, rule):
    reporting = await at_work()
    command = world.answer_survey(world.head("sch-1"), answers=answers)
    assert (await refused(reporting.carry_out(command, FakeWork(now=NOON))))[0] == rule


async def test_a_person_sees_their_own_forms_only():
    reporting = await at_work()
    person = world.head("sch-2")
    await reporting.carry_out(world.answer_survey(person), FakeWork(now=NOON))
    await reporting.carry_out(take_home(person), FakeWork(now=NOON))
    await reporting.carry_out(world.submit_appraisal(), FakeWork(now=NOON))

    async def shown(form, who):
        return await reporting.find(ShowForm(form=form, target_id="vis-1", person_id=who))

    assert (await shown("survey", person)).content["answers"] == world.YES
    assert (await shown("take-home", person)).content["learnt"] == "Routines"
    assert (await shown("appraisal", world.FACILITATOR)).content["strengths"] == ["Reading is strong."]
    assert not (await shown("survey", world.lead("sch-2"))).submitted
    assert not (await shown("take-home", world.lead("sch-2"))).submitted
    assert await refused(shown("appraisal", person)) == (
        "not-entitled",
        "Only the facilitator of this visit sees this form.",
    )


async def test_an_erased_person_is_in_nothing_that_is_kept():
    reporting = await at_work()
    person = world.head("sch-2")
    await reporting.carry_out(world.answer_survey(person), FakeWork(now=NOON))
    await reporting.carry_out(take_home(person), FakeWork(now=NOON))
    await reporting.carry_out(world.submit_findings("sch-2"), FakeWork(now=NOON))
    await reporting.handle(PersonErased(version=1, person_id=person, erased_on=NOON.date()))
    kept = {name: vars(store) for name, store in vars(reporting.memory).items()}
    audit = kept.pop("audit")
    assert person not in repr(kept)
    assert repr(audit).count(person) == 1  # who was forgotten, by the id that is nobody's any more
    assert len(reporting.memory.survey_answers.rows) == 1  # counted still, whose is not known any more
