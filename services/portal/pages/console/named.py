"""A school that somebody writes by name, town, postcode or URN: any of the programme, however many there are."""

import re
from collections.abc import Mapping

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from shared.commands.programmes_queries import EnrolmentRow, EnrolmentRows, ListEnrolments, ProgrammeRow
from shared.errors import Rejected

__all__ = ["MOST_CHOICES", "SeveralFit", "urn_named"]

MOST_CHOICES = 20
_IN_BRACKETS = re.compile(r"^.*\((\d{6})\)$")
"""A name with its URN, as pages suggest it."""


class SeveralFit(Rejected):
    """Several schools fit what was written. `choices`: their URNs and names, to choose one of them in `field`."""

    def __init__(self, field: str, sentence: str, choices: Mapping[str, str]) -> None:
        super().__init__("several-fit", sentence)
        self.field, self.choices = field, choices


async def urn_named(desk: Desk, row: ProgrammeRow, field: str, written: str) -> int:
    """The URN of the school that is meant, 0 where nothing is written. Raises Rejected, SeveralFit.

    A name that fits one school exactly is that school, also where it is a part of others' names.
    """
    text = " ".join(written.split())[:100]
    if not text:
        return 0
    if urn := whole_number(_IN_BRACKETS.sub(r"\1", text)):
        return urn
    query = ListEnrolments(programme_id=row.programme_id, search=text, limit=MOST_CHOICES)
    found: EnrolmentRows = await desk.find(query)
    exact = [one for one in found.enrolments if one.school.name.casefold() == text.casefold()]
    fits = exact if len(exact) == 1 else list(found.enrolments)
    if not fits:
        raise Rejected("unknown-school", f"No school of this programme is called “{text}”. Try fewer letters.")
    if len(fits) == 1:
        return fits[0].school.urn
    if found.total > len(found.enrolments):
        raise Rejected("several-fit", f"{found.total:,} schools fit “{text}”. Write more of the name, or the URN.")
    choices = {str(one.school.urn): _called(one) for one in fits}
    raise SeveralFit(field, f"{len(fits)} schools fit “{text}”. Choose one of them.", choices)


def _called(one: EnrolmentRow) -> str:
    return ", ".join(filter(None, (one.school.name, one.school.town, one.school.postcode)))
