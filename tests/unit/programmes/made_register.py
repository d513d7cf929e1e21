"""Register files as the tests make them, row by row from a good one."""

from services.programmes.domain.register.reader import open_register

GOOD = {
    "URN": "106557",
    "EstablishmentName": "Burton Road Primary School",
    "EstablishmentStatus (code)": "1",
    "PhaseOfEducation (code)": "2",
    "LA (code)": "370",
    "LA (name)": "Barnsley",
}


def register(*rows, columns=None, encoding="cp1252", end="\r\n"):
    """A register file with these rows, each given by what differs from a good one."""
    filled = [GOOD | row for row in rows]
    names = columns or list(dict.fromkeys(name for row in filled for name in row))
    lines = [",".join(f'"{name}"' for name in names)]
    lines += [",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in names) for row in filled]
    return end.join([*lines, ""]).encode(encoding)


def read(content):
    entries = list(open_register(content).entries)
    return [e.school for e in entries if e.school], [p for e in entries for p in e.problems]


def one(**row):
    schools, problems = read(register(row))
    return schools[0] if schools else None, [(p.column, p.reason, p.row_kept) for p in problems]
