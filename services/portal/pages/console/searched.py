"""What a list is searched for: a school or person that is concerned, by part of a name, an address or a URN.

Each service finds by ids what concerns them; who they are, `programmes` knows. So all lists are searched alike.
"""

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
    return await whom(desk, desk.request.query_params.get("search", ""), programme_id)


async def whom(desk: Desk, written: str, programme_id: str = "") -> Search:
    """Return whom somebody means by what they have written."""
    text = " ".join(written.split())[:100]
    if not text:
        return Search()
    people: FoundPeople = await desk.find(FindPeople(search=text, programme_id=programme_id, limit=MOST))
    ids, several = [one.person_id for one in people.people], people.total > MOST
    if programme_id:
        query = ListEnrolments(programme_id=programme_id, search=text, limit=MOST)
        schools: EnrolmentRows = await desk.find(query)
        ids += [one.school.school_id for one in schools.enrolments]
        several = several or schools.total > MOST
    return Search(text, tuple(ids) or NOBODY, several)
