"""Who stands for each role of the programmes that were played: whoever takes part in most of them."""

import re
from collections import defaultdict

from kindred.demo import ground, together
from kindred.demo.round import Round
from kindred.demo.ways_in.way import WayIn
from shared.commands.programmes_queries import PersonRow

COORDINATOR = "coordinator"
CONSOLE, OWN = "/console", "/me/todo"


async def ways(this: Round) -> list[WayIn]:
    """One person for each role, the coordinator first; a role of the same title in several programmes is one."""
    holders: dict[str, dict[str, PersonRow]] = defaultdict(dict)
    takes_part: dict[str, set[str]] = defaultdict(set)
    for programme_id in together.programmes(this):
        async for page in ground.enrolments(this, programme_id):
            left = {person.person_id for row in page.enrolments if row.state == "withdrawn" for person in row.people}
            for row in ground.everybody(page):
                takes_part[row.person_id].add(programme_id)
                if row.person_id not in left:
                    holders[_capital(row.title or row.role)].setdefault(row.person_id, row)
    found = []
    for title, people in holders.items():
        row = max(people.values(), key=lambda one: (len(takes_part[one.person_id]), one.email))
        home = CONSOLE if row.role == COORDINATOR else OWN
        found.append(WayIn(_slug(title), title, row.name, row.email, home))
    return sorted(found, key=lambda one: (one.home != CONSOLE, one.title))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
