"""To which programme a request belongs, for tokens of chosen programmes: everything else is not there for them."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.portal.domain.tokens import Bearer
from services.portal.pages.api.problems import nothing_here
from services.portal.pages.portal import Portal
from shared.commands.base import Command, Query
from shared.commands.matching import ShowCohort
from shared.commands.notifications import ShowMail
from shared.commands.programmes_queries import FindAuthority, ListProgrammes, ListSchools, ListTemplates, ShowSchool
from shared.commands.reports import ShowReport
from shared.errors import Rejected

OPEN_TO_ALL = frozenset({ListSchools, ShowSchool, FindAuthority, ListTemplates})
"""Queries about what is of no programme and no secret: the public register, and templates."""
Finder = Callable[[Portal, str], Awaitable[str | None]]


async def must_reach(portal: Portal, bearer: Bearer, message: Command | Query) -> None:
    """Raise Problem 404 where a token of chosen programmes asks for anything else."""
    mine = set(bearer.token.programme_ids)
    if not mine or type(message) in OPEN_TO_ALL:
        return
    named = [(FINDERS[name], value) for name, value in fields_of(message) if name in FINDERS and value]
    if isinstance(message, ListProgrammes):
        named = [(_itself, message.name)]
    found = [await find(portal, str(value)) for find, value in named]
    if not found or not mine.issuperset(found):
        raise nothing_here()


def fields_of(message: Command | Query) -> list[tuple[str, Any]]:
    """The fields of a message with what they say."""
    return [(name, getattr(message, name)) for name in type(message).model_fields]


async def _itself(_portal: Portal, programme_id: str) -> str | None:
    return programme_id


async def _of_cohort(portal: Portal, cohort_id: str) -> str | None:
    found = await _asked(portal, ShowCohort(cohort_id=cohort_id, limit=1))
    return found.cohort.programme_id if found else None


async def _of_mail(portal: Portal, mail_id: str) -> str | None:
    found = await _asked(portal, ShowMail(mail_id=mail_id))
    return found.mail.programme_id if found else None


async def _of_report(portal: Portal, report_id: str) -> str | None:
    found = await _asked(portal, ShowReport(report_id=report_id))
    return found.programme_id if found else None


async def _of_date(portal: Portal, target_id: str) -> str | None:
    visit = await portal.read.meetings.get("visit", target_id)
    found = visit or await portal.read.meetings.get("cohort-event", target_id)
    return found.programme_id if found else None


async def _of_group(portal: Portal, group_id: str) -> str | None:
    found = await portal.read.groups.get(group_id)
    return found.programme_id if found else None


async def _of_entry(portal: Portal, entry_id: str) -> str | None:
    found = (await portal.read.entries.find([entry_id])).get(entry_id)
    return found.programme_id if found else None


async def _of_task(portal: Portal, task_id: str) -> str | None:
    found = await portal.read.tasks.get(task_id)
    return found.programme_id if found else None


async def _of_placement(portal: Portal, match_id: str) -> str | None:
    found = (await portal.read.places.find([match_id])).get(match_id)
    return found.programme_id if found else None


async def _of_pair(portal: Portal, pair_id: str) -> str | None:
    found = (await portal.read.places.pairs([pair_id])).get(pair_id)
    return found.programme_id if found else None


async def _of_offer(portal: Portal, offer_id: str) -> str | None:
    found = await portal.read.places.offer(offer_id)
    return found.programme_id if found else None


async def _asked(portal: Portal, query: Query) -> Any:
    try:
        return await portal.owners.find(query)
    except Rejected:
        return None


FINDERS: dict[str, Finder] = {
    "programme_id": _itself, "cohort_id": _of_cohort, "group_id": _of_group, "visit_id": _of_date,
    "event_id": _of_date, "target_id": _of_date, "entry_id": _of_entry, "person_entry_id": _of_entry,
    "thing_entry_id": _of_entry, "task_id": _of_task, "report_id": _of_report, "match_id": _of_placement,
    "pair_id": _of_pair, "offer_id": _of_offer, "mail_id": _of_mail,
}  # fmt: skip
"""Field of a message -> how its programme is found. What is named in none of them, only tokens of everything reach."""
