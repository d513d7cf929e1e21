"""Which columns of a file of inspections mean what: our own layout, and Ofsted's published management information.

Ofsted publishes 'Management information - state-funded schools - latest inspections' every month; its columns have
other names since report cards began (November 2025) than before. Case, brackets, hyphens and what programs put for
blanks do not matter.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from services.programmes.domain.register.inspections import AREAS
from shared.tables.cells import shown
from shared.tables.problems import NotThisFile

__all__ = ["HEADER", "OUTCOMES", "filled_cells", "places_of"]

HEADER = ("urn", "inspection date", "published", *(area.value for area in AREAS), "safeguarding", "web link")
"""Our own layout."""
NEEDED = ("urn", "inspection date", "safeguarding", *(area.value for area in AREAS[:6]))
OVERALL, OVERALL_ON, UNGRADED, UNGRADED_ON = "overall", "overall on", "ungraded", "ungraded on"
OUTCOMES = (OVERALL, UNGRADED)
DATES = ("inspection date", "published", OVERALL_ON, UNGRADED_ON)
_NAMES = {
    "school urn": "urn",
    "inspection start date": "inspection date",
    "date of inspection": "inspection date",
    "start date": "inspection date",
    "publication date": "published",
    "safeguarding standards": "safeguarding",
    "safeguarding standards met": "safeguarding",
    "safeguarding met": "safeguarding",
    "report": "web link",
    "personal development and well being": "personal development and wellbeing",
    "post 16 provision": "sixth form",
    "sixth form provision": "sixth form",
    "early years provision": "early years",
    "overall effectiveness": OVERALL,
    "latest oeif overall effectiveness": OVERALL,
    "inspection start date of latest oeif graded inspection": OVERALL_ON,
    "inspection start date of latest graded inspection": OVERALL_ON,
    "inspection start date of latest full inspection": OVERALL_ON,
    "ungraded inspection overall outcome": UNGRADED,
    "section 8 inspection overall outcome": UNGRADED,
    "date of latest ungraded inspection": UNGRADED_ON,
    "date of latest section 8 inspection": UNGRADED_ON,
    "date of latest section 8 inspection since last full inspection": UNGRADED_ON,
}
_NOTHING = frozenset({"null", "n/a", "na", "none", "nan", "nat", "-", "not applicable"})
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_ADDED = re.compile(r" (where applicable|opens in new window)$")
_NEAR = 0.75


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by our own name for it.

    Raises `NotThisFile` when the header has neither report cards nor overall grades, or one column twice.
    """
    found: dict[str, int] = {}
    for at, text in enumerate(header):
        name = _named(text)
        if name in found and name in {*HEADER, *OUTCOMES}:
            raise NotThisFile(f"Two columns have the heading '{text.strip()[:60]}'. Rename or delete one of them.")
        found.setdefault(name, at)
    missing = [name for name in NEEDED if name not in found]
    cards = any(name in found for name in NEEDED[3:])
    if missing and (cards or not ("urn" in found and any(name in found for name in OUTCOMES))):
        raise NotThisFile(f"The file holds no report cards: its header lacks {_listed(missing, header, found)}.")
    return found


def _named(text: str) -> str:
    """Our own name for a heading, or the heading in plain words."""
    plain = _BETWEEN.sub(" ", _BRACKETS.sub(" ", text.lower().replace("&", " and ")))
    words = _ADDED.sub("", " ".join(plain.split()))
    return _NAMES.get(words, words)


def _listed(missing: Sequence[str], header: Sequence[str], found: Mapping[str, int]) -> str:
    """The columns that are missing, each with the heading that may be meant."""
    others = {_named(text): text.strip() for text in header if _named(text) not in {*HEADER, *OUTCOMES}}
    said = []
    for name in missing:
        near = get_close_matches(name, others, 1, _NEAR) if found else []
        said.append(f"{name} (is it {shown(others[near[0]])}?)" if near else name)
    return ", ".join(said)


def filled_cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """The row's cells by our own names; what stands for nothing is blank."""
    found = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
    return {name: "" if text.casefold() in _NOTHING else text for name, text in found.items()}
