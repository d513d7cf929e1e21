"""The file of people: one row a person and role, at a school, at a trust or partnership, or for the programme."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.programmes.domain.enrolment.addresses import address_fault, address_key
from services.programmes.domain.enrolment.columns import Heading
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.table import HandRow, HandTable, with_faults
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.enrolment.whole_file import urn_of, with_phones_mended, with_shared_addresses
from services.programmes.domain.tables.phones import corrected_phone
from shared.commands.programmes import PersonDetails
from shared.tables.cells import tidy
from shared.template import Template

__all__ = ["HEADINGS", "KEY", "FilePerson", "looked_through", "read_person"]

KEY, NAME, EMAIL, PHONE, ROLE, REPORTS_TO = "Trust or partnership", "Name", "Email", "Phone", "Role", "Reports to"
URN = "URN"
HEADINGS = (
    Heading(
        KEY, hint="Its name, or a trust's code. Blank with a URN: that of the school. Blank without: the programme"
    ),
    Heading(URN, hint="Of the school at which the role is held; blank for a role at the trust or partnership"),
    Heading(ROLE, required=True, hint="As the programme calls it, such as: executive headteacher"),
    Heading(NAME, required=True, person=True),
    Heading(EMAIL, required=True),
    Heading(PHONE),
    Heading(REPORTS_TO, hint="The e-mail address of whom, if anybody"),
)


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A row: somebody, where they hold the role, and the address of whom they report to."""

    line: int
    party: str
    urn: int | None
    details: PersonDetails
    reports_to: str = ""


def looked_through(table: HandTable) -> HandTable:
    """The file with everything marked that only shows in the whole: shared addresses, schools of two trusts."""
    table = with_phones_mended(table, [PHONE])
    table = with_shared_addresses(table, [("person", NAME, EMAIL)], lambda row: tidy(row.cells.get(ROLE, "")) or "?")
    named: dict[int, dict[str, int]] = defaultdict(dict)
    for row in table.rows:
        party, urn = tidy(row.cells.get(KEY, "")), urn_of(row)
        if party and urn:
            named[urn].setdefault(party.casefold(), row.line)
    twice = {urn: lines for urn, lines in named.items() if len(lines) > 1}
    return replace(table, rows=[_of_two(row, twice) for row in table.rows])


def _of_two(row: HandRow, twice: Mapping[int, Mapping[str, int]]) -> HandRow:
    lines = twice.get(urn_of(row) or 0)
    own = tidy(row.cells.get(KEY, ""))
    if not lines or not own:
        return row
    other, line = next((name, line) for name, line in lines.items() if name != own.casefold())
    said = f"The school is under '{own}' here and under '{other}' on line {line}; a school is of one of them."
    return with_faults(row, {KEY: said})


def read_person(
    row: HandRow, terms: EnrolmentTerms, template: Template | None
) -> tuple[FilePerson | None, list[Broken]]:
    """The person that a row names, or None with what is wrong with its cells."""
    cells = {name: tidy(text) for name, text in row.cells.items()}
    wrong = [Broken("unreadable", said, column) for column, said in row.faults.items()]
    role = _role(cells.get(ROLE, ""), terms, template)
    if role is None:
        known = ", ".join(terms.title_of(one.key) for one in template.roles if not one.of) if template else "none"
        sentence = f"This programme has no '{cells.get(ROLE, '')[:60]}'; roles: {known}."
        wrong.append(Broken("unknown-role", sentence, ROLE))
    if not cells.get(NAME):
        wrong.append(Broken("missing-name", "The row names nobody.", NAME))
    addresses = (EMAIL, REPORTS_TO) if cells.get(REPORTS_TO) else (EMAIL,)
    wrong += [
        Broken("invalid-address", f"The e-mail address {fault}.", column)
        for column in addresses
        if (fault := address_fault(cells.get(column, "")))
    ]
    if cells.get(URN) and urn_of(row) is None:
        wrong.append(Broken("unknown-urn", f"'{cells[URN][:20]}' is no URN: six digits.", URN))
    if wrong or role is None:
        return None, wrong
    phone = corrected_phone(cells[PHONE]) if cells.get(PHONE) else None
    details = PersonDetails(role=role, name=cells[NAME], email=cells[EMAIL], phone=phone)
    reports_to = address_key(cells[REPORTS_TO]) if cells.get(REPORTS_TO) else ""
    return FilePerson(row.line, cells.get(KEY, ""), urn_of(row), details, reports_to), []


def _role(text: str, terms: EnrolmentTerms, template: Template | None) -> str | None:
    """The role that is written there, by its key or its title."""
    wanted = " ".join(text.replace("-", " ").casefold().split())
    roles = template.roles if template else ()
    return next(
        (
            one.key
            for one in roles
            if not one.of
            and wanted in {one.key.replace("-", " "), terms.title_of(one.key).replace("-", " ").casefold()}
        ),
        None,
    )
