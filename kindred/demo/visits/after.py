"""After a visit: the facilitator writes an appraisal, which is a report for the host, who decides on next steps."""

from kindred.demo.filling import in_rows
from kindred.demo.round import Round
from kindred.demo.texts import DEVELOP, EVIDENCE, NEXT_STEP, STRENGTH, Pen
from kindred.demo.visits import asked
from shared.commands.scheduling import VisitDetail
from shared.commands.tasks import TaskRow

READERS = ("headteacher", "cpd-lead", "chair-of-governors", "clerk")


async def visits(this: Round, held: list[VisitDetail]) -> None:
    """Appraise these visits, as their facilitators are asked to once they have said who came."""
    story = this.story
    rows = {row.about_id: row for row in await asked.owed(this, "appraisal")}
    about = {row.visit.visit_id for row in held}
    this.checks.equal("an appraisal is asked for after each visit", about - set(rows), set())
    await this.together([_appraise(this, rows[key]) for key in sorted(about)])
    await this.settle()
    for row in held:
        story.expect("report-news", story.at(row.visit.host_school_id, *READERS), row.visit.visit_id)  # type: ignore[arg-type]  # all are roles


async def _appraise(this: Round, row: TaskRow) -> None:
    visit = this.story.visits[row.about_id].visit
    pen = Pen(f"{this.seed}/appraisal/{visit.visit_id}", this.story.topic(visit.host_school_id))
    lines = {
        "strengths": pen.some(STRENGTH, 2, 2), "develop": pen.one(DEVELOP), "next": pen.one(NEXT_STEP),
        "evidence": pen.one(EVIDENCE),
    }  # fmt: skip
    values: dict[str, str] = {}
    for field, text in lines.items():
        values |= in_rows(field, [{"text": line} for line in text.splitlines()])
    await asked.do(this, row, values, rows={"strengths": 2})
