"""Answering an entry line by line: what somebody asks for is arranged, sent, or not possible because."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.access import require
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.drafts import plain
from services.reporting.domain.entries.records import AnsweredLine, Entry
from services.reporting.domain.entries.told import facts
from services.reporting.domain.ids import derived
from services.reporting.domain.problems import Problem, refuse
from shared.commands.base import Done
from shared.commands.forms import EntryLine, LineAnswer
from shared.errors import Rejected
from shared.events.forms import EntryAnswered
from shared.template import Form
from shared.template.forms import Outcome

LONGEST = 1000


def lines_of(entry: Entry, form: Form) -> tuple[EntryLine, ...]:
    """The lines that are answered, each with its answer so far. A line keeps its answer while it says the same."""
    if form.answered is None or entry.submitted is None:
        return ()
    found, seen = [], Counter[str]()
    for field in form.fields:
        for row in entry.submitted.answers.get(field.key, ()) if field.kind == "lines" else ():
            words = "; ".join(value for value in row.values() if value) if isinstance(row, dict) else str(row)
            same = f"{field.key}|{words}"
            seen[same] += 1
            line_id = derived("lin", entry.entry_id, same, str(seen[same]))
            known = entry.answered.get(line_id)
            given = known.model_dump(include={"outcome", "because"}) if known else {}
            found.append(EntryLine(line_id=line_id, field=field.key, words=words, **given))
    return tuple(found)


def answer_lines(
    entry: Entry | None,
    context: Context,
    *,
    person_id: str,
    number: int,
    given: Sequence[LineAnswer],
    now: dt.datetime,
) -> Answered[Entry]:
    """Answer some or all lines of version `number`; what is not named stays as it was.

    Raises Rejected: unknown-entry, stale, unknown-line, unknown-choice, missing, too-long.
    """
    entry = require(person_id, "answer", entry, context)
    if entry.number != number:
        raise Rejected("stale", "This has been changed meanwhile. Read it as it stands now, and answer again.")
    lines = {line.line_id: line for line in lines_of(entry, context.form)}
    written = [one.model_copy(update={"because": str(plain(one.because)).strip()}) for one in given]
    _refuse_wrong(written, lines, context)
    answered = {key: value for key, value in entry.answered.items() if key in lines}
    for one in written:
        before = answered.get(one.line_id)
        if before is None or (before.outcome, before.because) != (one.outcome, one.because):
            known = {"outcome": one.outcome, "because": one.because}
            answered[one.line_id] = AnsweredLine(**known, person_id=person_id, at=now)
    left = len(lines) - len(answered)
    said = "Answered, thank you." if not left else f"Saved. {left} of {len(lines)} lines still need an answer."
    done = Done(id=entry.entry_id, version=number, sentence=said)
    if answered == entry.answered:
        return Answered(done=done)
    changed = entry.model_copy(update={"answered": answered, "changed_at": now})
    return Answered(done=done, record=changed) if left else _told(changed, person_id, done)


def _told(entry: Entry, person_id: str, done: Done) -> Answered[Entry]:
    """Every line has an answer."""
    told = entry.model_copy(update={"version": entry.version + 1})
    outcomes = {line_id: one.outcome for line_id, one in entry.answered.items()}
    event = EntryAnswered(**facts(told), person_id=person_id, outcomes=outcomes)
    return Answered(done=done, record=told, events=(event,))


def _refuse_wrong(given: Sequence[LineAnswer], lines: Mapping[str, EntryLine], context: Context) -> None:
    outcomes = {one.key: one for one in context.form.answered.outcomes} if context.form.answered else {}
    if any(one.line_id not in lines for one in given):
        raise Rejected("unknown-line", "A line has changed meanwhile; please reload the page.")
    refuse([wrong for one in given for wrong in _problems(lines[one.line_id], one.outcome, one.because, outcomes)])


def _problems(line: EntryLine, outcome: str, because: str, outcomes: Mapping[str, Outcome]) -> list[Problem]:
    words = line.words if len(line.words) <= 60 else f"{line.words[:59]}…"
    if outcome not in outcomes:
        return [Problem("unknown-choice", f"line.{line.line_id}", f"Choose an answer to “{words}”.")]
    if outcomes[outcome].because and not because:
        return [Problem("missing", f"because.{line.line_id}", f"Say why “{words}” is not possible.")]
    if len(because) > LONGEST:
        said = f"What you write to “{words}” has {len(because):,} characters; {LONGEST:,} is the most."
        return [Problem("too-long", f"because.{line.line_id}", said)]
    return []
