"""Handing in an entry: every problem at its field, versions kept, events without free text."""

import datetime as dt

import pytest

from services.reporting.domain.ids import report_id
from shared.commands import forms as asks
from shared.errors import Rejected
from shared.events.forms import FormAgreed, FormReleased, FormSubmitted
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import GOOD_FINDINGS, at_work, findings_sent, published

LEAD = exchange.OWN_LEAD
PROJECT = {
    "topic": "reading", "need": "SECRET words", "steps": ({"text": "Talk", "whom": "Heads"},), "done_by": "1/3/2027",
    "governors": "yes",
}  # fmt: skip


async def refused(made, form, about, person, answers):
    saved = await made.save(form, about, person, answers)
    with pytest.raises(Rejected) as rejection:
        await made.submit(saved, person)
    return rejection.value


async def test_an_entry_that_nobody_signs_counts_at_once():
    made = await at_work()
    entry_id, work = await made.send("project", exchange.OWN, LEAD, PROJECT)
    assert published(work) == ["FormSubmitted", "FormAgreed"]
    submitted, agreed = work.published
    about = {"form": "project", "about": "school", "about_id": exchange.OWN, "school_id": exchange.OWN, "number": 1}
    assert submitted.model_dump(include=set(about)) == about
    assert (submitted.version, agreed.version, submitted.person_id) == (1, 2, LEAD)
    assert submitted.answers == {"topic": "reading", "done_by": "2027-03-01", "governors": True}
    assert agreed.answers == submitted.answers
    kept = made.kept(entry_id)
    assert (kept.state, kept.number, kept.submitted.wording) == ("agreed", 1, 3)


async def test_no_event_carries_free_text():
    made = await at_work()
    _, work = await made.send("project", exchange.OWN, LEAD, PROJECT)
    assert "SECRET" not in "".join(event.model_dump_json() for event in work.published)


async def test_an_answer_is_told_only_where_the_template_says_so():
    made = await at_work()
    _, work = await made.send("plan", exchange.OWN, LEAD, {"aim": "Read", "how": "Daily", "help": "no"})
    assert [event.answers for event in work.published] == [{}, {}]


async def test_free_text_is_not_told_even_where_a_template_says_so():
    made = await at_work()
    forms = [
        {**form, "fields": [{**field, "told": True} for field in form["fields"]]} if form["key"] == "plan" else form
        for form in exchange.FORMS
    ]
    await made.tell(exchange.opened(forms=forms).model_copy(update={"version": 2}))
    _, work = await made.send("plan", exchange.OWN, LEAD, {"aim": "SECRET", "how": "SECRET", "help": "no"})
    assert [event.answers for event in work.published] == [{"help": False}, {"help": False}]


async def test_every_problem_is_named():
    made = await at_work()
    rejection = await refused(made, "findings", exchange.MATCH, exchange.VISITOR, {"found": [{"title": "Books"}]})
    assert rejection.rule == "missing"
    assert "Fill in “Summary”." in rejection.sentence
    assert "Finding 1 has no evidence" in rejection.sentence


async def test_a_project_that_cannot_be_done_in_its_time_is_refused_with_the_earliest_day():
    made = await at_work()
    rejection = await refused(made, "project", exchange.OWN, LEAD, {**PROJECT, "done_by": "2026-10-20"})
    assert rejection.rule == "not-achievable"
    assert "Thursday 5 November 2026" in rejection.sentence
    again = await made.save("project", exchange.OWN, LEAD, {"done_by": "2026-11-05"}, revision=1)
    await made.submit(again, LEAD)


@pytest.mark.parametrize(("moment", "first"), [("11-25", "Wednesday 30 December 2026"), ("09-25", "5 November 2026")])
async def test_steps_begin_no_earlier_than_the_moment_that_the_rule_names(moment, first):
    made = await at_work()
    needs = {"agree": "10 working days", "visit": "3 weeks"}
    rule = {"rule": "achievable-by", "field": "done_by", "needs": needs, "after": "matched"}
    forms = [{**form, "rules": [rule] if form["key"] == "project" else []} for form in exchange.FORMS]
    clock = {"moments": [{"key": "matched", "at": moment}]}
    await made.tell(exchange.opened(clock=clock, forms=forms).model_copy(update={"version": 2}))
    rejection = await refused(made, "project", exchange.OWN, LEAD, {**PROJECT, "done_by": "2026-10-20"})
    assert first in rejection.sentence


async def test_a_question_that_is_not_asked_has_no_answer():
    made = await at_work()
    both = {"aim": "Read", "how": "Daily", "help": "no", "which": "typed before"}
    entry_id, _ = await made.send("plan", exchange.OWN, LEAD, both)
    assert made.kept(entry_id).submitted.answers == {"aim": "Read", "how": "Daily", "help": "no"}
    assert (await made.show(LEAD, entry_id)).shown == ("aim", "how", "help")
    rejection = await refused(made, "plan", exchange.HOST, exchange.HOST_LEAD, {"aim": "x", "how": "y", "help": "yes"})
    assert rejection.sentence == "Fill in “Which help?”."


async def test_levels_are_asked_of_what_was_chosen():
    made = await at_work()
    about = ("reflection", exchange.MATCH, exchange.VISITOR)
    rejection = await refused(made, *about, {"aims": ("lead", "hear"), "gained": {"lead": "secure"}})
    assert rejection.rule == "missing"
    entry_id, _ = await made.send(*about, {"gained": {"lead": "secure", "hear": "beginning"}}, revision=1)
    shown = await made.show(exchange.VISITOR, entry_id)
    assert shown.things == {"gained": {"lead": "Leading", "hear": "Listening"}}


async def test_ranks_are_of_entries_that_count():
    made = await at_work(placed=False)
    project, _ = await made.send("project", exchange.HOST, exchange.HOST_LEAD, PROJECT, another="one")
    await made.save("project", exchange.HOST, exchange.HOST_LEAD, {"need": "draft"}, another="two")
    empty = await made.show(LEAD, form="nomination", about_id=exchange.VISITOR)
    assert empty.options["wishes"] == {project: "Host School: Reading"}
    answers = {"wishes": (project,), "skills": ("lead",), "days": "3"}
    entry_id, work = await made.send("nomination", exchange.VISITOR, LEAD, answers)
    assert work.published[0].answers == {"wishes": (project,), "skills": ("lead",), "days": 3}
    await made.do(asks.WithdrawEntry(entry_id=project, person_id=exchange.HOST_LEAD))
    saved = await made.save("nomination", exchange.VISITOR, LEAD, {"days": "4"}, revision=1)
    with pytest.raises(Rejected, match="cannot be chosen any more"):
        await made.submit(saved, LEAD)
    assert made.kept(entry_id).number == 1


async def test_the_same_text_again_is_no_new_version():
    made = await at_work()
    entry_id, _ = await made.send("project", exchange.OWN, LEAD, PROJECT)
    again, work = await made.send("project", exchange.OWN, LEAD, PROJECT)
    assert (again, published(work)) == (entry_id, [])
    assert made.kept(entry_id).number == 1


async def test_every_version_is_kept_with_its_difference():
    made = await at_work()
    entry_id, _ = await made.send("project", exchange.OWN, LEAD, PROJECT)
    _, work = await made.send("project", exchange.OWN, LEAD, {"need": "Other words", "steps": ()}, revision=1)
    assert published(work) == ["FormSubmitted", "FormAgreed"]
    assert [event.number for event in work.published] == [2, 2]
    history = await made.find(asks.EntryHistory(entry_id=entry_id, person_id=LEAD, number=2))
    assert [one.changed for one in history.versions][1] == ("need", "steps")
    assert history.before == {"need": "SECRET words", "steps": ({"text": "Talk", "whom": "Heads"},)}
    assert history.after == {"need": "Other words"}


async def test_somebody_elses_change_is_looked_at_before_it_is_sent():
    made = await at_work()
    mine = await made.save("plan", exchange.OWN, LEAD, {"aim": "a", "how": "b", "help": "no"})
    await made.save("plan", exchange.OWN, exchange.person("head", exchange.OWN), {"how": "c"}, mine.revision)
    with pytest.raises(Rejected) as rejection:
        await made.submit(mine, LEAD)
    assert rejection.value.rule == "changed-meanwhile"


async def test_findings_are_told_when_they_count_and_not_before():
    made = await at_work()
    await made.handle(exchange.placed(version=2, thing_entry_id="ent-project"))
    entry_id = await findings_sent(made)
    _, work = await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=exchange.HOST_LEAD, number=1))
    assert published(work) == ["FormAgreed", "ProjectFindingsSubmitted", "ReportRequested"]
    told = work.published[1]
    assert told.model_dump() == {
        "version": 1, "findings_id": entry_id, "programme_id": exchange.PROGRAMME, "cohort_id": "coh-1",
        "school_id": exchange.HOST, "person_id": exchange.VISITOR, "project_id": "ent-project",
    }  # fmt: skip


async def test_findings_of_a_template_are_no_report_of_before():
    made = await at_work()
    entry_id = await findings_sent(made)
    _, work = await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=exchange.HOST_LEAD, number=1))
    assert await (await made.work_on(work.published[1]))(work) is None
    assert report_id("action-plan", entry_id) not in made.memory.reports.rows


async def test_the_number_of_actions_is_told():
    made = await at_work()
    saved = await made.save("findings", exchange.MATCH, exchange.VISITOR, GOOD_FINDINGS)
    _, work = await made.submit(saved, exchange.VISITOR)
    assert published(work) == ["FormSubmitted"]
    assert work.published[0].lines == 1
    assert list(work.reminders) == [("entry-silent", saved.entry_id)]
    due = work.reminders["entry-silent", saved.entry_id].due
    assert due == dt.datetime(2026, 10, 16, 7, tzinfo=dt.UTC)


async def test_an_entry_that_nobody_lets_go_is_released_when_it_counts():
    made = await at_work()
    about = ("reflection", exchange.MATCH, exchange.VISITOR)
    entry_id, work = await made.send(*about, {"aims": ("lead",), "gained": {"lead": "secure"}})
    assert [type(event) for event in work.published] == [FormSubmitted, FormAgreed, FormReleased]
    assert work.published[2].reader_ids == (exchange.MANAGER,)
    assert made.kept(entry_id).state == "released"


async def test_own_notes_are_offered_as_evidence():
    made = await at_work()
    note, _ = await made.send("note", exchange.MATCH, exchange.VISITOR, {"seen": "Six lessons"}, another="1")
    linked = [{"title": "Books", "evidence": "", "source": note}]
    shown = await made.show(exchange.VISITOR, form="findings", about_id=exchange.MATCH)
    assert shown.options["found"] == {note: "Own School: Six lessons"}
    await findings_sent(made, found=linked)
