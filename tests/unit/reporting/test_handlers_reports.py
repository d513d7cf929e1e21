"""From a submitted form to a compiled report that can be fetched; failures are told, old versions passed over."""

import hashlib

import pytest

from services.reporting.domain.ids import report_id
from services.reporting.domain.records import filename
from shared.commands.reporting import CompileImpact, FetchReport, ListReports, ShowImpact, ShowReport
from shared.errors import NotYet, Permanent, Rejected
from shared.events.reporting import ImpactReleased, ReportCompiled, ReportFailed
from tests.fakes import FakeWork
from tests.unit.reporting import world
from tests.unit.reporting.harness import Reporting, at_work

NOON = world.at(world.FIRST_VISIT)
PLAN = report_id("action-plan", world.FINDINGS)


async def submitted(reporting, **changes):
    unit = FakeWork(now=NOON)
    await reporting.carry_out(world.submit_findings(**changes), unit)
    return unit.published[0]


async def compiled(reporting, event):
    effect = await reporting.work_on(event)
    unit = FakeWork(now=NOON)
    await effect(unit)
    return unit.published


async def shown(reporting, known_id=PLAN):
    return await reporting.find(ShowReport(report_id=known_id))


async def test_a_report_is_compiled_told_listed_and_fetched():
    reporting = await at_work()
    event = await submitted(reporting)
    assert ((await shown(reporting)).state, (await shown(reporting)).edition) == ("compiling", 0)
    (told,) = await compiled(reporting, event)
    pdf = b"%PDF action-plan 1 One finding. Both actions are on track."
    assert told == ReportCompiled(
        version=1, report_id=PLAN, kind="action-plan", programme_id="prg-1", cohort_id="coh-1", school_id="sch-1",
        edition=1, sha256=hashlib.sha256(pdf).hexdigest(), pages=3, pdf_bytes=len(pdf), formats=("pdf", "html", "xlsx"),
    )  # fmt: skip
    rows = await reporting.find(ListReports(cohort_id="coh-1"))
    assert [(row.title, row.state, row.edition) for row in rows.reports] == [
        ("Findings and action plan: Hill School", "compiled", 1)
    ]
    chunk = await reporting.find(FetchReport(report_id=PLAN, format="pdf", offset=5))
    assert (chunk.content, chunk.size, chunk.filename) == (
        pdf[5:],
        len(pdf),
        "findings-and-action-plan-hill-school-v1.pdf",
    )


async def test_the_report_says_what_is_known_of_the_school():
    reporting = await at_work()
    await compiled(reporting, await submitted(reporting))
    (report,) = reporting.renderer.seen
    assert report.head.subject == "Hill School"
    assert report.head.facts == ("URN 100001", "Leeds", "Cohort of 2026/27")
    assert report.cards[3].note == "after two visits"


async def test_done_again_the_same_edition_is_told_once():
    reporting = await at_work()
    event = await submitted(reporting)
    first = await reporting.work_on(event)
    second = await reporting.work_on(event)
    one, two = FakeWork(now=NOON), FakeWork(now=NOON)
    await first(one)
    await second(two)
    assert (len(one.published), len(two.published)) == (1, 0)
    assert await compiled(reporting, event) == []


async def test_a_version_that_is_already_replaced_is_not_compiled():
    reporting = await at_work()
    old = await submitted(reporting)
    new = await submitted(reporting, summary="Better")
    assert await compiled(reporting, old) == []
    assert reporting.renderer.seen == []
    (told,) = await compiled(reporting, new)
    assert (told.version, told.edition) == (1, 2)


async def test_a_failure_is_told_and_the_last_edition_stays():
    reporting = await at_work()
    await compiled(reporting, await submitted(reporting))
    event = await submitted(reporting, summary="Breaks it")
    reporting.renderer.fails = "The report could not be made. It took longer than 30 seconds."
    assert await compiled(reporting, event) == [
        ReportFailed(
            version=2, report_id=PLAN, kind="action-plan", programme_id="prg-1", school_id="sch-1",
            reason="The report could not be made. It took longer than 30 seconds.",
        )
    ]  # fmt: skip
    row = await shown(reporting)
    assert (row.state, row.edition, row.sentence) == ("failed", 1, reporting.renderer.fails)
    assert (await reporting.find(FetchReport(report_id=PLAN, format="html"))).content.startswith(b"<p>")


async def test_an_appraisal_becomes_a_report():
    reporting, unit = await at_work(), FakeWork(now=NOON)
    await reporting.carry_out(world.submit_appraisal(), unit)
    (told,) = await compiled(reporting, unit.published[0])
    assert (told.kind, told.visit_id, told.school_id, told.formats) == ("appraisal", "vis-1", "sch-1", ("pdf", "html"))
    (report,) = reporting.renderer.seen
    assert report.lead.startswith(
        "Four colleagues from Dale School and Moor School took part in the visit on Thursday 12"
    )


async def test_large_files_come_in_parts():
    reporting = await at_work()
    await compiled(reporting, await submitted(reporting))
    content = bytes(range(256)) * 2500
    edition = reporting.memory.reports.editions[PLAN, 1]
    digest = hashlib.sha256(content).hexdigest()
    facts = edition.files[0].model_copy(update={"size": len(content), "sha256": digest})
    reporting.memory.reports.editions[PLAN, 1] = edition.model_copy(update={"files": (facts,)})
    reporting.memory.files.kept[f"{PLAN}.{digest}.pdf"] = content
    parts, read = [], 0
    while read < len(content):
        chunk = await reporting.find(FetchReport(report_id=PLAN, format="pdf", edition=1, offset=read))
        parts.append(chunk.content)
        read += len(chunk.content)
    assert list(map(len, parts)) == [262_144, 262_144, 115_712]
    assert b"".join(parts) == content


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ({"report_id": "rpt-none", "format": "pdf"}, "unknown-report"),
        ({"report_id": PLAN, "format": "pdf", "edition": 7}, "unknown-edition"),
    ],
)
async def test_what_there_is_not_is_refused(query, rule):
    reporting = await at_work()
    await compiled(reporting, await submitted(reporting))
    with pytest.raises(Rejected) as refused:
        await reporting.find(FetchReport(**query))
    assert refused.value.rule == rule


async def test_impact_is_told_in_releases_that_keep_small_numbers_back():
    reporting = await at_work()
    everyone = [person(school) for school in world.NAMES for person in (world.head, world.lead)]
    for number, person in enumerate(everyone):
        answers = world.YES if number else world.NO
        await reporting.carry_out(world.answer_survey(person, answers=answers), FakeWork(now=NOON))
        if number < 3:
            command = world.answer_survey(person, world.EVENT, "cohort-event")
            await reporting.carry_out(command, FakeWork(now=NOON))
    before = await reporting.find(ShowImpact(cohort_id="coh-1"))
    assert {share.agree for line in (before.total, *before.lines) for share in line.shares} == {None}
    assert before.note.startswith("No figures are released yet")

    unit = FakeWork(now=NOON)
    done = await reporting.carry_out(CompileImpact(cohort_id="coh-1"), unit)
    assert unit.published == [
        ImpactReleased(version=1, cohort_id="coh-1", programme_id="prg-1", on=world.FIRST_VISIT, answers=6)
    ]
    (told,) = await compiled(reporting, unit.published[0])
    assert (told.report_id, told.kind, told.edition) == (done.id, "impact", 1)

    after = await reporting.find(ShowImpact(cohort_id="coh-1"))
    assert [(share.agree, share.answers) for share in after.total.shares] == [(5, 6), (6, 6)]
    assert [(line.about, line.shares[0].agree) for line in after.lines] == [
        ("Group 1", 5),
        ("Hill School, 12 November 2026", 5),
        ("Dale School, 10 December 2026", None),
        ("Moor School, 7 January 2027", None),
        ("Launch event, 8 October 2026", None),
    ]
    changed = world.answer_survey(everyone[0])
    await reporting.carry_out(changed, FakeWork(now=NOON))
    await reporting.carry_out(CompileImpact(cohort_id="coh-1"), FakeWork(now=NOON))
    assert await reporting.find(ShowImpact(cohort_id="coh-1")) == after


async def test_an_unknown_cohort_has_no_impact():
    reporting = await at_work()
    with pytest.raises(Rejected) as refused:
        await reporting.carry_out(CompileImpact(cohort_id="coh-9"), FakeWork())
    assert refused.value.rule == "unknown-cohort"


def test_file_names_are_plain():
    assert filename('../Café "x"\n: 学校', 2, "pdf") == "cafe-x-v2.pdf"
    assert filename("学校", 1, "pdf") == "report-v1.pdf"


async def test_a_report_waits_for_the_record_that_it_is_awaited():
    reporting = Reporting()
    event = await submitted(await at_work())
    with pytest.raises(NotYet):
        await reporting.work_on(event)


async def test_findings_whose_text_is_gone_are_never_tried_again():
    reporting = await at_work()
    event = await submitted(reporting)
    reporting.memory.findings.versions.clear()
    with pytest.raises(Permanent):
        await reporting.work_on(event)


async def test_an_appraisal_that_is_not_known_yet_is_waited_for():
    reporting, unit = await at_work(), FakeWork(now=NOON)
    await reporting.carry_out(world.submit_appraisal(), unit)
    newer = unit.published[0].model_copy(update={"version": 2})
    report = reporting.memory.reports.rows[report_id("appraisal", "vis-1")]
    await reporting.memory.reports.put(report.model_copy(update={"awaited": 2}))
    with pytest.raises(NotYet):
        await reporting.work_on(newer)


async def test_a_failure_of_a_version_that_was_replaced_meanwhile_is_not_published():
    reporting = await at_work()
    event = await submitted(reporting)
    reporting.renderer.fails = "It does not work."
    effect = await reporting.work_on(event)
    await submitted(reporting, summary="Better")
    unit = FakeWork(now=NOON)
    await effect(unit)
    assert unit.published == []
    assert (await shown(reporting)).state == "compiling"


async def test_a_damaged_file_is_never_handed_out():
    reporting = await at_work()
    await compiled(reporting, await submitted(reporting))
    for key in reporting.memory.files.kept:
        reporting.memory.files.kept[key] = b"damaged"
    with pytest.raises(Permanent):
        await reporting.find(FetchReport(report_id=PLAN, format="pdf"))


async def test_a_format_that_is_not_made_is_refused_by_its_name():
    reporting, unit = await at_work(), FakeWork(now=NOON)
    await reporting.carry_out(world.submit_appraisal(), unit)
    await compiled(reporting, unit.published[0])
    with pytest.raises(Rejected) as refused:
        await reporting.find(FetchReport(report_id=report_id("appraisal", "vis-1"), format="xlsx"))
    assert refused.value.sentence == "This report is not made as XLSX."
