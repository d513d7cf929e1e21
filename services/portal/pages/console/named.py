"""A school that somebody writes by name, town, postcode or URN: any of the programme, however many there are."""

import re
from collections.abc import Mapping

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from shared.commands.programmes_queries import EnrolmentRow, EnrolmentRows, ListEnrolments, ProgrammeRow
from shared.errors import Rejected

__all__ = ["MOST_CHOICES", "SeveralFit", "bare", "one_named", "urn_named"]

MOST_CHOICES = 20
_IN_BRACKETS = re.compile(r"^.*\((\d{6})\)$")
"""A name with its URN, as pages suggest it."""
_AFTER_BRACKET = re.compile(r" \([^()]*\)$")


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


def one_named(field: str, written: str, known: Mapping[str, str], whom: str) -> str:
    """The id of the one that is meant, blank where nothing is written. Raises Rejected, SeveralFit.

    `known`: id -> what all those are called who fit; `whom`: what they are, such as "person of this round".
    """
    text = " ".join(written.split())[:100]
    if not text or text in known:
        return text
    if not known:
        raise Rejected("unknown-one", f"There is no {whom} that \u201c{text}\u201d fits. Try fewer letters.")
    folded = text.casefold()
    exact = [key for key, called in known.items() if folded in {called.casefold(), bare(called).casefold()}]
    if len(known) == 1 or len(exact) == 1:
        return (exact or list(known))[0]
    if len(known) > MOST_CHOICES:
        raise Rejected("several-fit", f"Very many fit \u201c{text}\u201d. Write more of the name.")
    raise SeveralFit(field, f"{len(known)} fit \u201c{text}\u201d. Choose one of them.", known)


def bare(called: str) -> str:
    """A name without the school in brackets that follows it where pages suggest it."""
    return _AFTER_BRACKET.sub("", called)


def _called(one: EnrolmentRow) -> str:
    return ", ".join(filter(None, (one.school.name, one.school.town, one.school.postcode)))
