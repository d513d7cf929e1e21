"""June and July: each pair writes its findings, reports go to governors, the year's impact is added up."""

import datetime as dt
import re
from pathlib import Path

from kindred.demo.checks import Failed
from kindred.demo.round import Round, local
from kindred.demo.texts import Pen, Plan
from shared.commands.reporting import Chunk, FetchReport, ListReports, ReportRow, ReportRows

PAGE = 500
READERS = ("headteacher", "cpd-lead", "chair-of-governors", "clerk")
SLOW = 0.1


async def ask_for_findings(this: Round) -> None:
    """The day comes on which every pair is asked; most write, some only when reminded."""
    story = this.story
    assert story.template is not None
    assert story.cohort is not None
    asked = story.template.findings_asked.within(story.first_year)
    this.tell("Every pair is asked for its findings and action plan")
    await this.until(local(asked + dt.timedelta(days=1), 12))
    schools = [school_id for group in story.cohort.groups for school_id in group.school_ids]
    for school_id in schools:
        story.expect("findings-request", story.at(school_id, "headteacher", "senior-leader"), school_id)
    slow = {one for one in schools if Pen(f"{this.seed}/slow/{one}", "x").chance(SLOW)}
    await this.together([_submit(this, one, "findings-request") for one in schools if one not in slow])
    await this.settle()
    story.slow = slow
    story.findings_asked = True


async def finish(this: Round) -> None:
    """The last findings come in, the impact report is compiled, every report is kept as a file."""
    story = this.story
    assert story.template is not None
    assert story.cohort is not None
    due = story.template.findings_due.within(story.first_year)
    await this.until(local(due + dt.timedelta(days=8), 12))
    for school_id in sorted(story.slow):
        story.expect("findings-reminder", story.at(school_id, "headteacher", "senior-leader"), school_id)
    this.tell("The last findings come in")
    await this.together([_submit(this, one, "findings-reminder") for one in sorted(story.slow)])
    await this.settle()
    for group in story.cohort.groups:
        for school_id in group.school_ids:
            story.expect("report-ready", story.at(school_id, *READERS), school_id)  # type: ignore[arg-type]  # all are roles
    this.tell("The impact report is compiled")
    await this.coordinator.run("reports", "impact", "--compile")
    story.expect("impact-report", [story.coordinator()])
    await this.settle()
    this.tell("Every report is fetched")
    await _keep(this)


async def _submit(this: Round, school_id: str, template: str) -> None:
    story = this.story
    writer = story.at(school_id, "headteacher")[0]
    letter = this.letter(template, writer)
    pen = Pen(f"{this.seed}/findings/{school_id}", story.topic(school_id))
    plan = pen.plan(dt.date(story.first_year + 1, 9, 1))
    browser, page = await this.follow(letter, "findings")
    for kind, rows in (("finding", plan.findings), ("action", plan.actions)):
        for _ in rows[1:]:
            page = await browser.press(page, f"add-{kind}", _so_far(plan, page.form.fields))
    saved = await browser.press(page, "", _so_far(plan, page.form.fields))
    if not saved.url.endswith("/saved"):
        raise Failed(f"The findings of {story.school(school_id)} were not saved: {saved.text[:500]}")


def _so_far(plan: Plan, fields: dict[str, str]) -> dict[str, str]:
    """What of the plan the rows on the page can hold."""
    values = {"summary": plan.summary}
    for kind, rows in (("finding", plan.findings), ("action", plan.actions)):
        for number, row in enumerate(rows):
            values |= {f"{kind}-{number}-{column}": text for column, text in row.items()}
    return {name: value for name, value in values.items() if name in fields or name == "summary"}


async def _keep(this: Round) -> None:
    story = this.story
    assert story.cohort is not None
    rows = await _reports(this)
    folder = this.target.folder / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        this.checks.equal(f"{row.title}: compiled", row.state, "compiled")
    await this.together([_fetch(this, row, form, folder) for row in rows for form in row.formats])
    schools = sum(len(group.school_ids) for group in story.cohort.groups)
    kinds = {kind: sum(row.kind == kind for row in rows) for kind in ("action-plan", "appraisal", "impact")}
    this.checks.equal("every report is there", kinds, {"action-plan": schools, "appraisal": schools, "impact": 1})
    story.reports = kinds


async def _reports(this: Round) -> list[ReportRow]:
    rows: list[ReportRow] = []
    while True:
        page: ReportRows = await this.client.find(ListReports(limit=PAGE, offset=len(rows)))
        rows += page.reports
        if len(rows) >= page.total or not page.reports:
            return rows


async def _fetch(this: Round, row: ReportRow, form: str, folder: Path) -> None:
    content, name = b"", ""
    while True:
        query = FetchReport(report_id=row.report_id, format=form, offset=len(content))
        chunk: Chunk = await this.client.find(query)
        content, name = content + chunk.content, chunk.filename
        if len(content) >= chunk.size or not chunk.content:
            break
    school = this.story.enrolments.get(row.school_id or "")
    about = f"{school.school.name}-{school.school.urn}" if school else "cohort"
    safe = re.sub(r"[^a-z0-9]+", "-", about.lower()).strip("-")
    (folder / f"{row.kind}-{safe}{Path(name).suffix}").write_bytes(content)
