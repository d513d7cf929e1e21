"""Makes a report out of its blocks: one function a kind of block, each a part of the report or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from services.reporting.domain.reports import (
    asks,
    certificates,
    counted_parts,
    duties,
    outcomes,
    plan_figures,
    tables,
    trends,
)
from services.reporting.domain.reports.answers_in_words import lines, paragraphs
from services.reporting.domain.reports.blocks import (
    ActionsPart,
    BlockPart,
    BlockReport,
    FindingsPart,
    PointsPart,
    Seen,
    TablePart,
    TextPart,
)
from services.reporting.domain.reports.material import Material
from services.reporting.domain.reports.model import Card, Head, reference, school_facts
from services.reporting.domain.reports.plan_figures import ActionLine, action_line
from services.reporting.domain.reports.take_up import take_up
from services.reporting.domain.status import RATING_WORDS, RATINGS, STATUS_WORDS
from services.reporting.domain.words import academic_year, count, day
from shared.commands.reporting import ActionStatus, PlannedAction
from shared.template import FormField
from shared.template.answers import HEADING, Answer
from shared.template.reports import Block

Made = BlockPart | None


@dataclass(frozen=True)
class _Given:
    """An answer that fills a block: of which question, and of which entry."""

    field: FormField
    answer: Answer


def block_report(material: Material) -> BlockReport | None:
    """The report as it stands on the material's day; None where there is nothing to say yet."""
    blocks = material.report.blocks
    parts = [part for block in blocks for part in _parts(block, material)]
    summaries = [block for block in blocks if block.kind == "summary"]
    summary = "\n\n".join(text for block in summaries if (text := _summed_up(block, material)))
    if not parts and not summary:
        return None
    actions = [action for part in parts if isinstance(part, ActionsPart) for action in part.actions]
    findings = sum(len(part.findings) for part in parts if isinstance(part, FindingsPart))
    planned = any(block.kind == "actions" for block in blocks)
    return BlockReport(
        head=_head(material),
        lead=plan_figures.lead(actions, findings) if planned else _lead(parts, material),
        summary=summary,
        summary_title=_summary_title(summaries, material),
        cards=_cards(actions, findings, planned, material),
        parts=tuple(parts),
    )


def _parts(block: Block, material: Material) -> Iterable[BlockPart]:
    """The parts of a block: of what was only counted one a question, of others one or none."""
    if many := counted_parts.MAKERS.get(block.kind):
        return many(block, material)
    made = MAKERS.get(block.kind)
    part = made(block, material) if made else None
    return (part,) if part else ()


def _summed_up(block: Block, material: Material) -> str:
    return "\n\n".join(paragraphs(one.field, one.answer, _options(block, material)) for one in _given(block, material))


def _text(block: Block, material: Material) -> Made:
    said = [*block.text]
    if block.form:
        said += [paragraphs(one.field, one.answer, _options(block, material)) for one in _given(block, material)]
    text = "\n\n".join(filter(None, said))
    return TextPart(title=block.title, text=text) if text else None


def _points(block: Block, material: Material) -> Made:
    options = _options(block, material)
    found = tuple(line for one in _given(block, material) for line in lines(one.field, one.answer, options))
    return PointsPart(title=block.title, lines=found) if found else None


def _findings(block: Block, material: Material) -> Made:
    found = tuple(
        Seen(title=row["title"], detail=row.get("detail", ""), evidence=tuple(_evidence(row, material)))
        for one in _given(block, material)
        for row in _rows(one.answer)
    )
    return FindingsPart(title=block.title, findings=found) if found else None


def _evidence(row: dict[str, str], material: Material) -> Iterator[str]:
    yield from (line.strip() for line in row.get("evidence", "").splitlines() if line.strip())
    if noted := material.sources.get(row.get("source", "")):
        yield f"Noted at a visit: {noted}"


def _actions(block: Block, material: Material) -> Made:
    if not material.entries.get(block.form or ""):
        return None
    headings = [*_options(block, material).values(), ""]
    lines = sorted(action_lines(block, material), key=lambda one: headings.index(one.priority))
    found = tuple(one.model_copy(update={"number": number}) for number, one in enumerate(lines, start=1))
    return ActionsPart(
        title=block.title,
        actions=found,
        bars=plan_figures.bars((line.priority, line.rating) for line in found),
        months=plan_figures.months(found),
    )


def action_lines(block: Block, material: Material) -> Iterator[ActionLine]:
    """The actions of a block's question, as they stand on the day of the report."""
    number, headings = 0, _options(block, material)
    for entry in material.entries.get(block.form or "", ()):
        rows = _rows(entry.submitted.answers.get(block.field or "", ())) if entry.submitted else []
        lines = {line.row: line for line in entry.plan if line.field == block.field}
        for place, row in enumerate(rows):
            number += 1
            given: dict[str, object] = {key: row.get(key, "") for key in ("what", "owner", "due", "success", "status")}
            if line := lines.get(place):
                given |= {"owner": line.owner, "due": line.due or given["due"], "status": line.status}
            given["status"] = _status(str(given["status"]))
            given["priority"] = headings.get(row.get(HEADING, ""), "")
            yield action_line(number, PlannedAction.model_validate(given), material.today)


def _status(written: str) -> ActionStatus:
    return next((key for key in STATUS_WORDS if key == written), "not-started")


def _by_status(block: Block, material: Material) -> Made:
    """How many actions stand where: all together, and each school's under its name."""
    form = block.form or ""
    found = [
        (material.schools.get(material.placed_at.get(entry.entry_id, ""), ""), line)
        for entry in material.entries.get(form, ())
        for line in action_lines(block, replace(material, entries={form: (entry,)}))
    ]
    if not found:
        return None
    stand = Counter(line.rating for _, line in found)
    rows = tuple((RATING_WORDS[key], f"{stand[key]:,}") for key in RATINGS if stand[key])
    drawn = plan_figures.bars((label, line.rating) for label, line in found)
    total = f"{count(len(found), 'action')} in {count(len({label for label, _ in found}), 'plan')}"
    note = f"{total[:1].upper()}{total[1:]}, as on {day(material.today)}."
    title = block.title or "How the actions stand"
    return TablePart(title=title, columns=("How it stands", "Actions"), rows=rows, numbers=(1,), bars=drawn, note=note)


MAKERS: dict[str, Callable[[Block, Material], Made]] = {
    "text": _text,
    "lines": _points,
    "evidence": _findings,
    "actions": _actions,
    "actions-by-status": _by_status,
    "attendance": tables.attendance,
    "ledger": tables.ledger,
    "dates": tables.dates,
    "asks": asks.asks,
    "take-up": take_up,
    "certificate": certificates.certificate,
    "duties": duties.duties,
    "schools": duties.schools,
    "exceptions": duties.exceptions,
    "outcomes": outcomes.outcomes,
    "trend": trends.trend,
}
"""Kind of block -> what makes a part of it. A summary is no part: it stands in the box at the top."""


def _given(block: Block, material: Material) -> Iterator[_Given]:
    """The answers that fill a block, the oldest entry first."""
    form = material.programme.template.form(block.form or "")
    field = form.field(block.field) if form and block.field else None
    for entry in material.entries.get(block.form or "", ()):
        answer = entry.submitted.answers.get(field.key) if field and entry.submitted else None
        if field and answer:
            yield _Given(field, answer)


def _rows(answer: Answer) -> list[dict[str, str]]:
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, tuple) else []


def _options(block: Block, material: Material) -> dict[str, str]:
    return dict(material.options.get(f"{block.form}.{block.field}", {}))


def _head(material: Material) -> Head:
    programme, school = material.programme, material.school
    facts = (*(school_facts(school) if school else ()), academic_year(programme.year))
    return Head(
        programme=programme.name,
        title=material.report.title,
        subject=material.name or (school.name if school else programme.name),
        facts=facts,
        prepared=f"Prepared {day(material.today)}",
        prepared_on=material.today,
        reference=reference(material.report_id),
        edition=material.edition,
    )


def _summary_title(summaries: list[Block], material: Material) -> str:
    """What stands over the box at the top; nothing where there is none, because a record says the same below."""
    if summaries:
        return summaries[0].title or "Summary"
    return "In short" if material.whole_programme else ""


def _lead(parts: Iterable[BlockPart], material: Material) -> str:
    """The first thing to know: of a record its statement, of what is about everybody the programme in a sentence."""
    record = next((part for part in parts if part.shape == "certificate"), None)
    if record is not None:
        return record.statement
    return material.programme.template.summary if material.whole_programme else material.report.title


def _cards(actions: list[ActionLine], findings: int, planned: bool, material: Material) -> tuple[Card, ...]:
    if not planned:
        return ()
    held = sum(meeting.kind == "visit" and meeting.held for meeting in material.meetings)
    return plan_figures.cards(actions, findings, held, material.today)
