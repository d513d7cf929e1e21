"""What only shows when a file is looked at as a whole, not row by row.

One school, or one facilitator, twice; one address for people of two schools; months before days; telephone numbers that
lost their zero. Nothing of it is settled here: the rows concerned are listed and stay out until somebody decides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.enrolment.columns import DATES, SCHOOL_NAME, URN, role_columns
from services.programmes.domain.enrolment.days import can_be_month_first, must_be_month_first
from services.programmes.domain.enrolment.partial import silent_columns
from services.programmes.domain.enrolment.people_rules import name_key
from services.programmes.domain.enrolment.table import HandRow, HandTable, with_faults
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.tables.phones import corrected_phone
from shared.tables.cells import shown, tidy
from shared.tables.passed import Passed, counted, lines_named
from shared.tables.problems import Problem

__all__ = [
    "looked_through",
    "named_once",
    "urn_of",
    "with_days_doubted",
    "with_one_row_each",
    "with_phones_mended",
    "with_shared_addresses",
]

_MOST_NAMED = 6
Person = tuple[str, str, str]
"""The columns of a person: whose they are in words, the column of the name and that of the address."""


def looked_through(table: HandTable, terms: EnrolmentTerms, schools: Mapping[int, str]) -> HandTable:
    """A file of enrolments with everything marked that only shows in the whole; `schools` are school ids by URN."""
    columns = {role: role_columns(terms, role) for role in terms.roles}
    people = [(terms.title_of(role), each["name"], each["email"]) for role, each in columns.items()]
    table = with_days_doubted(table, [DATES, *(each["dates not possible"] for each in columns.values())])
    table = with_phones_mended(table, [each["phone"] for each in columns.values()])
    table = with_one_row_each(table, URN, "school", lambda row: schools.get(urn_of(row) or 0, urn_of(row)))
    table = with_shared_addresses(table, people, _school_of)
    return replace(table, notes=(*table.notes, *_silent(silent_columns(table.columns, terms))))


def _school_of(row: HandRow) -> str:
    return tidy(row.cells.get(SCHOOL_NAME, "")) or f"URN {urn_of(row)}"


def _silent(columns: Sequence[str]) -> tuple[str, ...]:
    if not columns:
        return ()
    topics = {name for name in columns if name[-1].isdigit()}
    listed = [name for name in columns if name.rpartition(" ")[0] not in topics]
    more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
    named = ", ".join(listed[:_MOST_NAMED])
    return (f"The file has no column {named}{more}; what is known of it from before stays as it is.",)


def urn_of(row: HandRow) -> int | None:
    """The URN of a row, if it is one."""
    text = tidy(row.cells.get(URN, "")).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def named_once(table: HandTable, people: Iterable[Mapping[str, str]]) -> dict[str, frozenset[int]]:
    """Addresses to which the whole file gives one name, with the URNs of those rows; `people`: columns by part."""
    names: dict[str, set[str]] = defaultdict(set)
    urns: dict[str, set[int]] = defaultdict(set)
    people = list(people)
    for row in table.rows:
        for columns in people:
            address = address_key(tidy(row.cells.get(columns["email"], "")))
            if address and (urn := urn_of(row)) and row.problem is None:
                names[address].add(name_key(tidy(row.cells.get(columns["name"], ""))))
                urns[address].add(urn)
    return {address: frozenset(urns[address]) for address, known in names.items() if len(known) == 1}


def with_days_doubted(table: HandTable, columns: Iterable[str]) -> HandTable:
    """One date that can only be month-first makes its column doubtful: its ambiguous dates are not taken."""
    rows = table.rows
    for column in columns:
        if table.units.get(column):
            continue
        sure = [row for row in rows if must_be_month_first(row.cells.get(column, ""))]
        if sure:
            said = (
                f"Line {sure[0].line} says {shown(sure[0].cells[column])}, a date only if its month comes first, "
                "so nobody can tell what {} means. Write the dates of this column as 17 May 2027 or 2027-05-17."
            )
            rows = [_doubted(row, column, said) for row in rows]
    return replace(table, rows=rows)


def _doubted(row: HandRow, column: str, said: str) -> HandRow:
    text = row.cells.get(column, "")
    doubtful = must_be_month_first(text) or can_be_month_first(text)
    return with_faults(row, {column: said.format(shown(text))}) if doubtful else row


def with_phones_mended(table: HandTable, columns: Iterable[str]) -> HandTable:
    """Numbers get back the zero that a spreadsheet took, where that is certain, which a note counts."""
    wanted, corrected = list(columns), 0
    rows = []
    for row in table.rows:
        cells, faults = dict(row.cells), dict[str, str]()
        for column in wanted:
            text = cells.get(column, "")
            try:
                cells[column] = corrected_phone(text) if text and column not in row.faults else text
            except ValueError as error:
                faults[column] = str(error)
            else:
                corrected += cells[column] not in {text, tidy(text)}
        rows.append(with_faults(replace(row, cells=cells), faults))
    were = "was" if corrected == 1 else "were"
    said = f"{counted(corrected, 'telephone number')} {were} put right that a spreadsheet had taken for a number."
    return replace(table, rows=rows, notes=(*table.notes, said) if corrected else table.notes)


def with_one_row_each(table: HandTable, key: str, what: str, of: Callable[[HandRow], Hashable | None]) -> HandTable:
    """Rows of one and the same: word for word the same, one counts; otherwise none does, and which one is asked.

    `key` is the column that tells them apart, `what` names it in a sentence, `of` gives a row's own key.
    """
    together: dict[Hashable, list[HandRow]] = defaultdict(list)
    for row in table.rows:
        if row.problem is None and (own := of(row)) is not None:
            together[own].append(row)
    passed, problems = Passed(), dict[int, Problem]()
    for rows in together.values():
        differing = _differing(rows, table.columns)
        for row in rows[1:] if not differing else ():
            passed.repeated.append((row.line, rows[0].line))
        for row in rows if differing else ():
            others = lines_named(other.line for other in rows if other is not row)
            said = (
                f"The same {what} also stands on {others}, with other words under {', '.join(differing[:5])}. "
                "Delete the rows that do not count."
            )
            problems[row.line] = Problem(row.line, key, said)
    repeated = {line for line, _ in passed.repeated}
    kept = [replace(row, problem=problems.get(row.line, row.problem)) for row in table.rows if row.line not in repeated]
    return replace(table, rows=kept, notes=(*table.notes, *passed.sentences()))


def _differing(rows: Sequence[HandRow], columns: Collection[str]) -> list[str]:
    """The columns in which the rows are not the same, in the file's order."""
    return [name for name in rows[0].cells if name in columns and len({tidy(row.cells[name]) for row in rows}) > 1]


def with_shared_addresses(table: HandTable, people: Iterable[Person], school: Callable[[HandRow], str]) -> HandTable:
    """One address under two names in rows of two schools: told in both rows, settled in none."""
    users: dict[str, list[tuple[HandRow, Person, str]]] = defaultdict(list)
    people = list(people)
    for row in table.rows:
        for person in people:
            name, email = tidy(row.cells.get(person[1], "")), tidy(row.cells.get(person[2], ""))
            if row.problem is None and name and email:
                users[address_key(email)].append((row, person, name))
    faults: dict[int, dict[str, str]] = defaultdict(dict)
    for using in users.values():
        for row, person, name in using:
            other = next((u for u in using if u[0] is not row and name_key(u[2]) != name_key(name)), None)
            if other is not None:
                faults[row.line][person[2]] = (
                    f"{name} has the same e-mail address as {other[2]}, {other[1][0]} of {school(other[0])} "
                    f"(line {other[0].line}). Each person needs an address of their own; one person is written the "
                    "same everywhere."
                )
    return replace(table, rows=[with_faults(row, faults.get(row.line, {})) for row in table.rows])
