"""What a list is searched for: a school or person that is concerned, by part of a name, an address or a URN.

Each service finds by ids what concerns them; who they are, `programmes` knows. So all lists are searched alike.
"""

import asyncio
from dataclasses import dataclass

from services.portal.pages.console.desk import Desk
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments

__all__ = ["Search", "searched", "whom"]

MOST = 100
"""Schools, and as many people, that one search looks for."""
NOBODY = ("-",)
"""What nothing concerns, where nobody fits."""


@dataclass(frozen=True)
class Search:
    """What was written, and whom it means, by id. `several`: more fit than are looked for."""

    text: str = ""
    ids: tuple[str, ...] = ()
    several: bool = False


async def searched(desk: Desk, programme_id: str = "") -> Search:
    """Return what the address searches for: schools and people of a programme, or people of all."""
    return await whom(desk, desk.written(), programme_id)


async def whom(desk: Desk, written: str, programme_id: str = "") -> Search:
    """Return whom somebody means by what they have written."""
    text = " ".join(written.split())[:100]
    if not text:
        return Search()
    people, schools = await asyncio.gather(_people(desk, text, programme_id), _schools(desk, text, programme_id))
    return Search(text, people.ids + schools.ids or NOBODY, people.several or schools.several)


async def _people(desk: Desk, text: str, programme_id: str) -> Search:
    found: FoundPeople = await desk.find(FindPeople(search=text, programme_id=programme_id, limit=MOST))
    return Search(text, tuple(one.person_id for one in found.people), found.total > MOST)


async def _schools(desk: Desk, text: str, programme_id: str) -> Search:
    if not programme_id:
        return Search(text)
    query = ListEnrolments(programme_id=programme_id, search=text, limit=MOST)
    found: EnrolmentRows = await desk.find(query)
    return Search(text, tuple(one.school.school_id for one in found.enrolments), found.total > MOST)
