"""June and July: schools write their findings, heads agree, governors read them; the year's impact is added up."""

import datetime as dt
import re
from pathlib import Path

from kindred.demo.filling import in_rows
from kindred.demo.round import Round, local
from kindred.demo.texts import Pen, Plan
from kindred.demo.visits import asked
from kindred.demo.visits.signing_off import agree, agree_for_the_silent
from shared.commands.reporting import Chunk
from shared.commands.reports import FetchReport, ListReports, ReportRow, ReportRows
from shared.commands.tasks import TaskRow
from shared.template.days import day_of

PAGE = 500
SLOW = 0.1
FINDINGS, ACTIONS = ("title", "detail", "evidence"), ("what", "owner", "due", "success")


def opens(this: Round, moment: str) -> dt.date:
    """The day of a moment of the programme."""
    assert this.story.template is not None
    found = day_of(moment, this.story.template, this.story.first_year)
    assert found is not None
    return found


async def ask_for_findings(this: Round) -> None:
    """The day comes on which every school is asked; most write, some only when reminded."""
    story = this.story
    this.tell("Every school is asked for its findings and action plan")
    await this.until(local(opens(this, "writing.opens") + dt.timedelta(days=1), 12))
    rows = {row.school_id or "": row for row in await asked.owed(this, "findings")}
    this.checks.equal("every school is asked for its findings", set(rows), set(_schools(this)))
    slow = {one for one in rows if Pen(f"{this.seed}/slow/{one}", "x").chance(SLOW)} or {max(rows)}
    await this.together([_write(this, row) for key, row in rows.items() if key not in slow])
    await this.settle()
    await agree(this)
    story.slow = slow
    story.findings_asked = True


async def finish(this: Round) -> None:
    """The last findings come in, the impact report is compiled, every report is kept as a file."""
    story = this.story
    await this.until(local(opens(this, "writing.closes") + dt.timedelta(days=8), 12))
    this.tell("The last findings come in")
    rows = await asked.owed(this, "findings")
    this.checks.equal("who has not written was reminded", {row.school_id for row in rows if row.reminded}, story.slow)
    await this.together([_write(this, row) for row in rows])
    await this.settle()
    await agree_for_the_silent(this)
    this.tell("The impact report is compiled")
    await this.coordinator.run("reports", "compile", "impact")
    story.expect("report-news", [story.coordinator()])
    await this.settle()
    this.tell("Every report is fetched")
    await _keep(this)


async def _write(this: Round, row: TaskRow) -> None:
    story, school_id = this.story, row.school_id or ""
    (writer,) = story.at(school_id, "senior-leader")
    plan = Pen(f"{this.seed}/findings/{school_id}", story.topic(school_id)).plan(dt.date(story.first_year + 1, 9, 1))
    rows = {"findings": len(plan.findings), "actions": len(plan.actions)}
    await asked.do(this, row, _values(plan), writer, rows=rows)


def _values(plan: Plan) -> dict[str, str]:
    findings = [{key: one[key] for key in FINDINGS} for one in plan.findings]
    actions = [{key: one[key] for key in ACTIONS} for one in plan.actions]
    return {"summary": plan.summary, **in_rows("findings", findings), **in_rows("actions", actions)}


def _schools(this: Round) -> list[str]:
    assert this.story.cohort is not None
    return [school_id for group in this.story.cohort.groups for school_id in group.school_ids]


async def _keep(this: Round) -> None:
    story = this.story
    rows = await _reports(this)
    folder = this.target.folder / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        this.checks.equal(f"{row.title}: compiled", row.state, "compiled")
    await this.together([_fetch(this, row, form, folder) for row in rows for form in row.formats])
    schools = len(_schools(this))
    kinds = {kind: sum(row.kind == kind for row in rows) for kind in ("action-plan", "appraisal", "impact")}
    this.checks.equal("every report is there", kinds, {"action-plan": schools, "appraisal": schools, "impact": 1})
    story.reports = kinds


async def _reports(this: Round) -> list[ReportRow]:
    rows: list[ReportRow] = []
    while True:
        query = ListReports(programme_id=this.story.programme_id, limit=PAGE, offset=len(rows))
        page: ReportRows = await this.client.find(query)
        rows += page.reports
        if len(rows) >= page.total or not page.reports:
            return rows


async def _fetch(this: Round, row: ReportRow, form: str, folder: Path) -> None:
    """Fetch a report's file as somebody who may read it: the school's head, or the coordinator."""
    story = this.story
    reader = story.at(row.school_id, "headteacher")[0] if row.school_id else story.coordinator()
    content, name = b"", ""
    while True:
        about = {"report_id": row.report_id, "person_id": reader, "format": form, "offset": len(content)}
        chunk: Chunk = await this.client.find(FetchReport.model_validate(about))
        content, name = content + chunk.content, chunk.filename
        if len(content) >= chunk.size or not chunk.content:
            break
    school = story.enrolments.get(row.school_id or "")
    known = f"{school.school.name}-{school.school.urn}" if school else "cohort"
    safe = re.sub(r"[^a-z0-9]+", "-", known.lower()).strip("-")
    (folder / f"{row.kind}-{safe}{Path(name).suffix}").write_bytes(content)
