"""Enrolment files as people and their programs write them, made where a test needs one."""

from services.programmes.domain.enrolment.columns import URN, headings
from services.programmes.domain.enrolment.table import hand_table
from services.programmes.domain.enrolment.whole_file import looked_through
from shared.tables.opening import sheets_in
from tests.unit.programmes.made import TERMS

NAMES = [heading.name for heading in headings(TERMS)]
ROLES = ("Headteacher", "Senior leader", "CPD lead", "Chair of governors")


def row(urn=106557, **changed):
    """A good row by column; `Need_1="x"` changes one."""
    cells = {"URN": str(urn), "School name": f"School {urn}"}
    for title in ROLES:
        cells[f"{title} name"] = f"{title.split()[0]} of School"
        cells[f"{title} email"] = f"{title.split()[0].lower()}@s{urn}.example"
    cells |= {"Strength 1": "Phonics and early reading", "Strength 1 weight": "4", "Strength 1 evidence": "Seen."}
    cells |= {"Need 1": "Writing", "Need 1 weight": "3", "Need 1 evidence": "Our review."}
    return cells | {name.replace("_", " "): text for name, text in changed.items()}


def lines(*rows, names=NAMES):
    """Headings and rows as lists of cells."""
    return [list(names), *([each.get(name, "") for name in names] for each in rows)]


def read(content):
    """The file as an import looks at it: its table, checked as a whole."""
    return looked_through(hand_table(sheets_in(content), headings(TERMS), URN), TERMS, {})


def wrong(table):
    """What is wrong with rows and cells: (line, column, sentence)."""
    found = [(row.line, row.problem.column, row.problem.reason) for row in table.rows if row.problem]
    return found + [(row.line, column, said) for row in table.rows for column, said in row.faults.items()]
