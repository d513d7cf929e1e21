"""Reading answers in rows: lines with further cells, findings with evidence, action plans. Empty rows are left out."""

import datetime as dt
from collections.abc import Mapping

from services.reporting.domain.entries.parsing import day_from, is_address
from services.reporting.domain.problems import Problem
from shared.template import FormField
from shared.template.answers import ACTION_STATUS, CHOSEN_CELLS, HEADING, Answer, columns

MOST_ROWS = 60
NOT_STARTED = next(iter(ACTION_STATUS))
LONGEST_CELL = 1000
FARTHEST_DUE_YEARS = 10
_NAMES = {
    "what": "what will be done",
    "owner": "who sees to it",
    "success": "how you will know it worked",
}


def rows_checked(
    field: FormField, answer: tuple[str, ...] | tuple[dict[str, str], ...], options: Mapping[str, str], today: dt.date
) -> tuple[Answer, list[Problem]]:
    """Return the rows in which something stands, and their problems. A problem's field is `key.row.column`."""
    given = [row for row in answer if isinstance(row, dict)]
    rows = [{key: _cell(key, row.get(key, "")) for key in columns(field)} for row in given]
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if _says_something(row)]
    if not numbered:
        said = f"Write at least one line under “{field.label or field.key}”."
        return (), [Problem("missing", field.key, said)] if field.required else []
    problems = []
    most = min(int(field.most), MOST_ROWS) if field.most is not None else MOST_ROWS
    if len(numbered) > most:
        said = f"“{field.label or field.key}” has {len(numbered)} lines; {most} is the most."
        problems.append(Problem("too-many", field.key, said))
    for number, row in numbered:
        problems += _row_problems(field, number, row, options, today)
    return tuple(row for _, row in numbered), problems


def _cell(key: str, typed: str) -> str:
    """A cell as it is kept: a day in one way of writing, and an action that nobody has begun where nothing is said."""
    written = typed.strip()
    if key == "due":
        day = day_from(written)
        return day.isoformat() if day else written
    return written or (NOT_STARTED if key == "status" else "")


def _says_something(row: Mapping[str, str]) -> bool:
    """A status always stands somewhere; neither it nor a heading is an answer."""
    return any(value for key, value in row.items() if key not in CHOSEN_CELLS)


def _row_problems(
    field: FormField, number: int, row: Mapping[str, str], options: Mapping[str, str], today: dt.date
) -> list[Problem]:
    found = []
    for key, value in row.items():
        longest = field.longest if key in {"text", "detail", "evidence"} else LONGEST_CELL
        if len(value) > longest:
            said = (
                f"Line {number} of “{field.label or field.key}” has {len(value):,} characters; {longest:,} is the most."
            )
            found.append(Problem("too-long", f"{field.key}.{number}.{key}", said))
    match field.kind:
        case "evidence":
            found += _evidence(field, number, row, options)
        case "actions":
            found += _action(field, number, row, today)
            if row.get(HEADING) and row[HEADING] not in options:
                said = f"Action {number}: what it stands under is not there any more; choose again."
                found.append(Problem("unknown-choice", f"{field.key}.{number}.{HEADING}", said))
        case "people":
            found += _somebody(field, number, row)
        case _ if not row["text"]:
            said = f"Line {number} of “{field.label or field.key}” says nothing; fill it in or take it out."
            found.append(Problem("missing", f"{field.key}.{number}.text", said))
    return found


def _somebody(field: FormField, number: int, row: Mapping[str, str]) -> list[Problem]:
    found = []
    if not row["name"]:
        found.append(Problem("missing", f"{field.key}.{number}.name", f"Person {number}: give the name."))
    if not is_address(row["address"]):
        said = f"Person {number}: give a work email address, such as a.name@school.example."
        found.append(Problem("address", f"{field.key}.{number}.address", said))
    return found


def _evidence(field: FormField, number: int, row: Mapping[str, str], options: Mapping[str, str]) -> list[Problem]:
    """Without evidence it is an opinion: every finding says what was seen, or is linked to what was noted."""
    found = []
    if not row["title"]:
        found.append(Problem("missing", f"{field.key}.{number}.title", f"Finding {number}: say what you found."))
    if not row["evidence"] and not row["source"]:
        said = f"Finding {number} has no evidence: say what you saw, counted or heard."
        found.append(Problem("no-evidence", f"{field.key}.{number}.evidence", said))
    if row["source"] and row["source"] not in options:
        said = f"Finding {number} is linked to a note that is not there any more; choose again."
        found.append(Problem("unknown-choice", f"{field.key}.{number}.source", said))
    return found


def _action(field: FormField, number: int, row: Mapping[str, str], today: dt.date) -> list[Problem]:
    found = [
        Problem("missing", f"{field.key}.{number}.{key}", f"Action {number}: say {words}.")
        for key, words in _NAMES.items()
        if not row[key]
    ]
    if row["address"] and not is_address(row["address"]):
        said = f"Action {number}: give a work email address of whoever sees to it, such as a.name@school.example."
        found.append(Problem("address", f"{field.key}.{number}.address", said))
    due = day_from(row["due"])
    if due is None:
        said = f"Action {number}: give a real day by which it is due, such as 13/5/2027."
        found.append(Problem("due", f"{field.key}.{number}.due", said))
    elif abs(due.year - today.year) > FARTHEST_DUE_YEARS:
        said = f"The due date of action {number} lies in {due.year}; please check it."
        found.append(Problem("due", f"{field.key}.{number}.due", said))
    if row["status"] not in ACTION_STATUS:
        said = f"Action {number}: choose how far it is."
        found.append(Problem("unknown-choice", f"{field.key}.{number}.status", said))
    return found
