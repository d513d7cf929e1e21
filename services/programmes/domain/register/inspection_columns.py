"""Which columns of a file of inspections mean what: our own layout, and Ofsted's published management information.

Ofsted publishes 'Management information - state-funded schools - latest inspections' every month; its columns have
other names since report cards began (November 2025) than before. Case, brackets and hyphens do not matter.
"""

import re
from collections.abc import Mapping, Sequence

from services.programmes.domain.register.inspections import AREAS
from shared.tables.problems import NotThisFile

__all__ = ["HEADER", "OUTCOMES", "filled_cells", "places_of"]

HEADER = ("urn", "inspection date", "published", *(area.value for area in AREAS), "safeguarding", "web link")
"""Our own layout."""
NEEDED = ("urn", "inspection date", "safeguarding", *(area.value for area in AREAS[:6]))
OVERALL, OVERALL_ON, UNGRADED, UNGRADED_ON = "overall", "overall on", "ungraded", "ungraded on"
OUTCOMES = (OVERALL, UNGRADED)
DATES = ("inspection date", "published", OVERALL_ON, UNGRADED_ON)
_NAMES = {
    "inspection start date": "inspection date",
    "publication date": "published",
    "safeguarding standards": "safeguarding",
    "personal development and well being": "personal development and wellbeing",
    "post 16 provision": "sixth form",
    "sixth form provision": "sixth form",
    "early years provision": "early years",
    "overall effectiveness": OVERALL,
    "latest oeif overall effectiveness": OVERALL,
    "inspection start date of latest oeif graded inspection": OVERALL_ON,
    "ungraded inspection overall outcome": UNGRADED,
    "section 8 inspection overall outcome": UNGRADED,
    "date of latest ungraded inspection": UNGRADED_ON,
    "date of latest section 8 inspection": UNGRADED_ON,
    "date of latest section 8 inspection since last full inspection": UNGRADED_ON,
}
_NOTHING = frozenset({"null", "n/a", "na", "none", "-", "not applicable"})


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by our own name for it.

    Raises `NotThisFile` when the header has neither report cards nor overall grades, or one column twice.
    """
    found: dict[str, int] = {}
    for at, text in enumerate(header):
        plain = " ".join(re.sub(r"\([^)]*\)|-", " ", text.lower()).split())
        name = _NAMES.get(plain, plain)
        if name in found and name in {*HEADER, *OUTCOMES}:
            raise NotThisFile(f"Two columns have the heading '{text.strip()[:60]}'. Rename or delete one of them.")
        found.setdefault(name, at)
    missing = [name for name in NEEDED if name not in found]
    if missing and not ("urn" in found and any(name in found for name in OUTCOMES)):
        raise NotThisFile(f"The file holds no report cards: its header lacks {', '.join(missing)}.")
    return found


def filled_cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """The row's cells by our own names; what stands for nothing is blank."""
    found = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
    return {name: "" if text.casefold() in _NOTHING else text for name, text in found.items()}
