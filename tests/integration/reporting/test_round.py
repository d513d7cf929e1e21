"""The service on the real bus: forms in, reports out, figures and timers."""

import datetime as dt
import hashlib

import pytest

from services.reporting.domain.ids import report_id
from shared.bus import collections
from shared.bus.clock import advance_by
from shared.commands import reporting as asks
from shared.errors import Rejected
from shared.events.programmes import PersonErased
from tests.integration.reporting.conftest import all_told, relayed, tell, told
from tests.unit.reporting import samples, world
from tests.waiting import until_equal

PLAN = report_id("action-plan", world.FINDINGS)
APPRAISAL = report_id("appraisal", "vis-1")
IMPACT = report_id("impact", world.COHORT)


def state(client, known_id):
    async def look():
        try:
            row = await client.find(asks.ShowReport(report_id=known_id))
        except Rejected as refused:
            return refused.rule
        return row.state, row.edition

    return look


async def fetched(client, known_id, wanted="pdf"):
    content = b""
    while True:
        query = asks.FetchReport(report_id=known_id, format=wanted, offset=len(content))
        chunk = await client.find(query)
        content += chunk.content
        if len(content) >= chunk.size:
            assert hashlib.sha256(content).hexdigest() == chunk.sha256
            return content


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_findings_become_a_report_in_three_formats(reporting, client, jetstream):
    assert reporting
    done = await client.ask(world.submit_findings(), key="one")
    assert await client.ask(world.submit_findings(), key="one") == done
    await until_equal(state(client, PLAN), ("compiled", 1))
    row = await client.find(asks.ShowReport(report_id=PLAN))
    assert row.formats == ("pdf", "html", "xlsx")
    pdf = await fetched(client, PLAN)
    assert pdf.startswith(b"%PDF")
    assert (len(pdf), hashlib.sha256(pdf).hexdigest()) == (row.pdf_bytes, row.sha256)
    assert b"Hill School" in await fetched(client, PLAN, "html")
    assert (await fetched(client, PLAN, "xlsx")).startswith(b"PK")

    async def compiled():
        found = await told(jetstream, "events.reporting.ReportCompiled.v1.*")
        return [(body["report_id"], body["edition"]) for _, body in found]

    await until_equal(compiled, [(PLAN, 1)])


async def test_submitting_again_compiles_the_next_edition_and_keeps_the_first(reporting, client):
    assert reporting
    await client.ask(world.submit_findings())
    await until_equal(state(client, PLAN), ("compiled", 1))
    await client.ask(world.submit_findings(summary="Another year."))
    await until_equal(state(client, PLAN), ("compiled", 2))
    first = await client.find(asks.FetchReport(report_id=PLAN, format="html", edition=1))
    second = await client.find(asks.FetchReport(report_id=PLAN, format="html"))
    assert (b"A good year." in first.content, b"A good year." in second.content) == (True, False)


async def test_hostile_findings_of_fifty_thousand_characters_become_a_report(reporting, client, jetstream):
    assert reporting
    finding = asks.Finding(title=samples.HOSTILE, detail=samples.LONG, evidence=(samples.HOSTILE,))
    action = asks.PlannedAction(
        what='=HYPERLINK("http://evil.example","click")', owner="Head", due=dt.date(2027, 7, 1), success=samples.HOSTILE
    )
    await client.ask(world.submit_findings(summary=samples.HOSTILE, findings=(finding,), actions=(action,)))
    await until_equal(state(client, PLAN), ("compiled", 1))
    form = asks.ShowForm(form="findings", target_id="sch-1", person_id=world.head("sch-1"), cohort_id=world.COHORT)
    kept = (await client.find(form)).content
    assert (kept["summary"], kept["findings"][0]["detail"]) == (samples.HOSTILE, samples.LONG)
    everything = await all_told(reporting, jetstream, "events.reporting.>")
    assert everything
    assert not any("evil" in str(message) for message in everything)


async def test_what_is_too_long_is_refused_with_a_sentence_and_nothing_is_kept(reporting, client):
    assert reporting
    finding = asks.Finding(title="t", detail="x" * 50_001)
    with pytest.raises(Rejected) as refused:
        await client.ask(world.submit_findings(findings=(finding,)))
    assert refused.value.rule == "too-long"
    assert refused.value.sentence == "The text of finding 1 has 50,001 characters; 50,000 is the most."
    assert await state(client, PLAN)() == "unknown-report"


async def test_an_appraisal_becomes_a_report(reporting, client):
    assert reporting
    await client.ask(world.submit_appraisal())
    await until_equal(state(client, APPRAISAL), ("compiled", 1))
    page = (await fetched(client, APPRAISAL, "html")).decode()
    assert "Four colleagues from Dale School and Moor School took part" in page
    with pytest.raises(Rejected):
        await client.ask(world.submit_appraisal(person=world.head("sch-1")))


async def test_survey_answers_are_told_without_the_person_and_become_impact(reporting, client, jetstream):
    assert reporting
    for school in world.NAMES:
        for person in (world.head(school), world.lead(school)):
            await client.ask(world.answer_survey(person), actor=person)
    answered = await all_told(reporting, jetstream, "events.reporting.SurveyAnswered.v1.*")
    assert len(answered) == 6
    assert not any(person in str(message) for message in answered for person in map(world.head, world.NAMES))
    await client.ask(asks.CompileImpact(cohort_id=world.COHORT))
    await until_equal(state(client, IMPACT), ("compiled", 1))
    impact = await client.find(asks.ShowImpact(cohort_id=world.COHORT))
    assert [(share.agree, share.answers) for share in impact.total.shares] == [(6, 6), (6, 6)]
    assert "100%" in (await fetched(client, IMPACT, "html")).decode()


async def test_the_pair_is_asked_for_findings_when_the_day_has_come(reporting, jetstream):
    assert reporting

    async def asked():
        found = await told(jetstream, "events.reporting.FindingsRequested.v1.*")
        return sorted((body["school_id"], body["version"]) for _, body in found)

    await until_equal(asked, [("sch-1", 1), ("sch-2", 1), ("sch-3", 1)])


async def test_an_overdue_action_is_told(reporting, client, jetstream):
    today = reporting.clock.now().date()
    action = asks.PlannedAction(what="Read", owner="Head", due=today + dt.timedelta(days=3), success="s")
    await client.ask(world.submit_findings(actions=(action,)))
    await relayed(reporting)
    await advance_by(jetstream, dt.timedelta(days=5))

    async def overdue():
        return [body["due"] for _, body in await told(jetstream, "events.reporting.ActionOverdue.v1.*")]

    await until_equal(overdue, [str(action.due)])


async def test_an_erased_person_is_in_no_collection(reporting, client, teller):
    person = world.head("sch-1")
    await client.ask(world.submit_findings(), actor="portal")
    await client.ask(world.answer_survey(person), actor="portal")
    note = asks.RecordTakeHome(visit_id="vis-2", person_id=person, learnt="l", will_use="u")
    await client.ask(note, actor="portal")
    await until_equal(state(client, PLAN), ("compiled", 1))
    await tell(teller, PersonErased(version=1, person_id=person, erased_on=dt.date(2027, 6, 21)))
    database = reporting.database

    async def holding():
        # The audit log keeps who was forgotten, by the id that is nobody's any more.
        own = [name for name in await database.collections() if name not in {*collections.NAMES, "audit"}]
        return [name for name in own if person in str(await database[name].find({}).to_list())]

    await until_equal(holding, [])
