"""Reports that a template declares: made when it says, read by whom it says, noted in the log, honest about an end."""

import datetime as dt

import pytest

from services.reporting.domain.decisions.block_reports import known_id
from shared.commands import forms as asks
from shared.commands.audit import ListAudit
from shared.commands.reports import CompileReport, FetchReport, ListReports, ShowReport
from shared.errors import Rejected
from shared.events.placements import PlacementEnded
from shared.events.reports import ReportCompiled, ReportFailed, ReportReleased, ReportRequested
from shared.events.scheduling import Attendee, VisitHeld, VisitScheduled
from tests.fakes import FakeWork
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import (
    COORDINATOR,
    HOST,
    HOST_HEAD,
    HOST_LEAD,
    MATCH,
    OWN,
    OWN_LEAD,
    PROGRAMME,
    VISITOR,
)
from tests.unit.reporting.entries.harness import at_work, findings_sent, published

GOVERNOR = exchange.person("governor", HOST)
PLAN = known_id(PROGRAMME, "plan-report", MATCH)
RECORD = known_id(PROGRAMME, "record", VISITOR)
VISIT_DAY = dt.date(2027, 2, 3)


async def compiled(made, requested):
    """Work on a request; return what was published when it was done."""
    effect = await made.work_on(requested)
    work = FakeWork(now=made.time.now())
    await effect(work)
    return work.published


def requests(work):
    return [event for event in work.published if isinstance(event, ReportRequested)]


async def agreed(made, entry_id):
    _, work = await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=HOST_LEAD, number=1))
    return work


async def released(made, entry_id):
    _, work = await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=HOST_HEAD, number=1))
    return work


async def refused(made, query):
    with pytest.raises(Rejected) as caught:
        await made.find(query)
    return caught.value.rule


def visit(kind=VisitScheduled, **more):
    given = {
        "version": 1, "visit_id": "vis-1", "activity": "day", "programme_id": PROGRAMME, "cohort_id": "coh-1",
        "group_id": "grp-1", "host_school_id": HOST, "on": VISIT_DAY, "starts": dt.time(9), "ends": dt.time(15),
        "facilitator_id": None, "sequence": 0, "timezone": "Europe/London",
        "attendees": (Attendee(person_id=VISITOR, role="practitioner", school_id=OWN),),
    }  # fmt: skip
    return kind.model_validate({key: value for key, value in {**given, **more}.items() if key in kind.model_fields})


def visit_held():
    there = (Attendee(person_id=VISITOR, role="practitioner", school_id=OWN),)
    return visit(VisitHeld, version=2, present=there)


async def test_a_report_is_made_of_its_blocks_when_its_moment_comes():
    made = await at_work()
    entry_id = await findings_sent(made)
    work = await agreed(made, entry_id)
    (requested,) = requests(work)
    assert (requested.report_id, requested.report, requested.about_id, requested.edition) == (
        PLAN, "plan-report", MATCH, 1,
    )  # fmt: skip
    (told,) = await compiled(made, requested)
    assert isinstance(told, ReportCompiled)
    assert (told.report, told.school_id, told.edition) == ("plan-report", HOST, 1)
    (report,) = made.memory_renderer.seen
    assert (report.head.title, report.head.subject) == ("Findings and plan", "Host School")
    assert report.summary == "Reading is taught well."
    assert [part.title for part in report.parts] == ["What was found", "What follows"]
    assert report.parts[0].findings[0].evidence == ("Six lessons",)
    assert report.parts[1].actions[0].what == "Read daily"
    assert report.lead == "One finding. Of one action, one is on track."


async def test_nobody_is_told_before_it_is_released_and_then_those_whom_the_release_names():
    made = await at_work()
    entry_id = await findings_sent(made)
    await compiled(made, *requests(await agreed(made, entry_id)))
    assert await refused(made, ShowReport(report_id=PLAN, person_id=GOVERNOR)) == "unknown-report"
    told = [event for event in (await released(made, entry_id)).published if isinstance(event, ReportReleased)]
    assert [(event.edition, set(event.reader_ids)) for event in told] == [(1, {HOST_HEAD, HOST_LEAD})]
    assert (await made.find(ShowReport(report_id=PLAN, person_id=HOST_HEAD))).title == "Findings and plan: Host School"
    for nobody in (GOVERNOR, OWN_LEAD, COORDINATOR, "", "per-unknown"):
        assert await refused(made, ShowReport(report_id=PLAN, person_id=nobody)) == "unknown-report"
        assert await refused(made, FetchReport(report_id=PLAN, person_id=nobody, format="pdf")) == "unknown-report"


async def test_governors_get_it_where_the_project_says_so():
    made = await at_work(placed=False)
    day = (made.time.now() + dt.timedelta(days=200)).date().isoformat()
    project = {"topic": "reading", "need": "Look", "done_by": day, "governors": "yes"}
    project_id, _ = await made.send("project", HOST, HOST_LEAD, project)
    await made.handle(exchange.placed(thing_entry_id=project_id))
    entry_id = await findings_sent(made)
    await compiled(made, *requests(await agreed(made, entry_id)))
    work = await released(made, entry_id)
    (told,) = [event for event in work.published if isinstance(event, ReportReleased)]
    assert set(told.reader_ids) == {HOST_HEAD, HOST_LEAD, GOVERNOR}
    assert (await made.find(ShowReport(report_id=PLAN, person_id=GOVERNOR))).state == "compiled"


async def test_released_before_it_is_made_its_readers_are_told_once_it_is():
    made = await at_work()
    entry_id = await findings_sent(made)
    requested = requests(await agreed(made, entry_id))
    assert "ReportReleased" not in published(await released(made, entry_id))
    assert [type(event).__name__ for event in await compiled(made, *requested)] == ["ReportCompiled", "ReportReleased"]


async def test_every_read_is_a_line_of_the_log():
    made = await at_work()
    entry_id = await findings_sent(made)
    await compiled(made, *requests(await agreed(made, entry_id)))
    await released(made, entry_id)
    chunk = await made.find(FetchReport(report_id=PLAN, person_id=HOST_HEAD, format="pdf"))
    await made.find(FetchReport(report_id=PLAN, person_id=HOST_HEAD, format="pdf", offset=chunk.size))
    lines = (await made.find(ListAudit(entry_id=PLAN))).lines
    assert [(line.person_id, line.form, line.version) for line in lines] == [(HOST_HEAD, "plan-report", 1)]


async def test_the_same_again_makes_no_edition():
    made = await at_work()
    entry_id = await findings_sent(made)
    (requested,) = requests(await agreed(made, entry_id))
    await compiled(made, requested)
    assert await compiled(made, requested) == []
    again = CompileReport(programme_id=PROGRAMME, report="plan-report", about_id=MATCH)
    _, work = await made.do(again)
    assert await compiled(made, *requests(work)) == []
    row = await made.find(ShowReport(report_id=PLAN, person_id=HOST_HEAD))
    assert (row.state, row.edition) == ("compiled", 1)


async def test_what_an_owner_says_of_an_action_stands_in_the_next_edition():
    made = await at_work()
    entry_id = await findings_sent(made)
    await compiled(made, *requests(await agreed(made, entry_id)))
    await released(made, entry_id)
    (line,) = made.kept(entry_id).plan
    await made.send("progress", line.line_id, HOST_HEAD, {"status": "done"})
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="plan-report", about_id=MATCH))
    assert [type(event).__name__ for event in await compiled(made, *requests(work))] == [
        "ReportCompiled", "ReportReleased",
    ]  # fmt: skip
    assert made.memory_renderer.seen[-1].parts[1].actions[0].rating == "complete"


async def test_a_record_says_what_was_done_and_is_honest_after_an_early_end():
    made = await at_work()
    await made.send("reflection", MATCH, VISITOR, {"aims": ["hear"], "gained": {"hear": "secure"}})
    work = FakeWork(now=made.time.now())
    await made.handle(visit())
    await made.handle(visit_held(), work=work)
    await compiled(made, *requests(work))
    report = made.memory_renderer.seen[-1]
    certificate, aimed, gained, days = report.parts
    assert "took part in Exchange 2026 in 2026/27 as practitioner at Host School" in certificate.statement
    assert certificate.done == ("Visit to the host: 3 February 2027",)
    assert certificate.ended == ""
    assert (aimed.lines, gained.lines) == (("Listening",), ("Listening: Secure",))
    assert days.rows == (("3 February 2027", "Host School", "Yes"),)
    ended = FakeWork(now=made.time.now())
    await made.handle(exchange.placed(kind=PlacementEnded, version=2), work=ended)
    await compiled(made, *requests(ended))
    assert made.memory_renderer.seen[-1].parts[0].ended.startswith("Their part ended early on 1 October 2026.")
    assert (await made.find(ShowReport(report_id=RECORD, person_id=VISITOR))).edition == 2
    assert await refused(made, ShowReport(report_id=RECORD, person_id=HOST_LEAD)) == "unknown-report"


async def test_who_leaves_midway_has_a_record_of_their_own():
    made = await at_work()
    await made.handle(visit())
    await made.handle(visit_held())
    colleague = exchange.role_taken("per-colleague", "practitioner", OWN)
    work = FakeWork(now=made.time.now())
    await made.handle(colleague)
    await made.handle(exchange.placed(version=2, person_id="per-colleague"), work=work)
    (requested,) = requests(work)
    assert requested.about_id == VISITOR
    await compiled(made, requested)
    (certificate, *_) = made.memory_renderer.seen[-1].parts
    assert certificate.done == ("Visit to the host: 3 February 2027",)
    assert "ended early" in certificate.ended


async def test_the_coordinator_asks_for_what_is_about_everybody():
    made = await at_work()
    entry_id = await findings_sent(made)
    await agreed(made, entry_id)
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="change"))
    assert [type(event) for event in await compiled(made, *requests(work))] == [ReportCompiled, ReportReleased]
    by_status, ledger = made.memory_renderer.seen[-1].parts
    assert by_status.rows == (("On track", "1"),)
    assert ledger.rows == (("Host School", "0", "1", "-1"), ("Own School", "1", "0", "+1"))


async def test_a_public_report_is_for_everybody_and_its_reads_are_nobodys_business():
    made = await at_work()
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="about"))
    await compiled(made, *requests(work))
    known = known_id(PROGRAMME, "about", PROGRAMME)
    assert (await made.find(FetchReport(report_id=known, format="html"))).size > 0
    assert (await made.find(ListAudit())).total == 0
    text, dates = made.memory_renderer.seen[-1].parts
    assert text.text == "A colleague visits.\n\nSomebody visits you."
    assert dates.rows == (
        ("1 September 2026 to 30 September 2026", "Schools join"),
        ("1 October 2026", "It begins"),
    )


async def test_what_is_about_everybody_counts_who_came_to_days_of_no_cohort():
    made, agreed_on = await at_work(), {"cohort_id": "", "group_id": ""}
    there = (Attendee(person_id=VISITOR, role="practitioner", school_id=OWN),)
    await made.handle(visit(**agreed_on), visit(VisitHeld, version=2, present=there, **agreed_on))
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="about"))
    await compiled(made, *requests(work))
    _, dates, came = made.memory_renderer.seen[-1].parts
    assert came.rows == (("3 February 2027", "Host School", "1"),)
    assert len(dates.rows) == 2


async def test_dates_after_a_pause_are_told_where_they_lie_now():
    made = await at_work()
    tenth = dt.date(2026, 9, 10)
    await made.handle(*exchange.paused(tenth), exchange.resumed(tenth, dt.date(2026, 10, 8)))
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="about"))
    await compiled(made, *requests(work))
    assert made.memory_renderer.seen[-1].parts[1].rows == (
        ("1 September 2026 to 28 October 2026", "Schools join"),
        ("29 October 2026", "It begins"),
    )


async def test_what_has_nothing_to_say_yet_says_so():
    made = await at_work(placed=False)
    _, work = await made.do(CompileReport(programme_id=PROGRAMME, report="change"))
    (told,) = await compiled(made, *requests(work))
    assert isinstance(told, ReportFailed)
    assert told.reason == "There is nothing to report yet."


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (CompileReport(programme_id="prg-9", report="change"), "unknown-programme"),
        (CompileReport(programme_id=PROGRAMME, report="nothing"), "unknown-report"),
        (CompileReport(programme_id=PROGRAMME, report="plan-report"), "about-what"),
        (CompileReport(programme_id=PROGRAMME, report="plan-report", about_id="mat-9"), "about-what"),
    ],
)
async def test_what_cannot_be_made_is_refused(command, rule):
    made = await at_work()
    with pytest.raises(Rejected) as caught:
        await made.do(command)
    assert caught.value.rule == rule


async def test_lists_hold_nothing_of_what_is_in_them():
    made = await at_work()
    entry_id = await findings_sent(made)
    await compiled(made, *requests(await agreed(made, entry_id)))
    (row,) = (await made.find(ListReports(programme_id=PROGRAMME))).reports
    assert (row.report_id, row.kind, row.about, row.about_id) == (PLAN, "plan-report", "match", MATCH)
