"""Home: what needs the coordinator, in order of need; then how each programme stands."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.attention import Mailing, of_mails, of_programmes, of_register, of_replies
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.standing import standing
from shared.commands.base import Query
from shared.commands.notifications import ListMails, MailRows
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.commands.programmes_queries import ListProgrammes, ListSchools, ProgrammeRows, SchoolRows


async def home(request: Request) -> Response:
    """Show what needs somebody. A service that does not answer is named; the rest is shown."""
    desk = await Desk.of(request)
    silent: set[str] = set()

    async def found(query: Query) -> Any:
        return await desk.perhaps(query, silent)

    mails, replies, programmes, schools = await asyncio.gather(
        found(ListMails(limit=1)), found(ListReplies(limit=500)), found(ListProgrammes(check=True)),
        found(ListSchools(limit=1)),
    )  # fmt: skip
    needs = of_register(schools.total) if isinstance(schools, SchoolRows) else []
    needs += of_mails(_mailing(mails)) + of_replies(len(replies.rows) if isinstance(replies, ReplyRows) else 0)
    rows = programmes.programmes if isinstance(programmes, ProgrammeRows) else ()
    whole = [await desk.portal.read.whole.get(row.programme_id) for row in rows]
    stand = await asyncio.gather(*(standing(found, row, one) for row, one in zip(rows, whole, strict=True)))
    needs += of_programmes(stand)
    facts: dict[str, Any] = {"needs": needs, "programmes": rows, "stand": stand, "silent": sorted(silent)}
    return desk.show("home", title="Needs you" if needs else "Nothing needs you", **facts)


def _mailing(found: Any) -> Mailing:
    return (
        Mailing(found.by_state, found.paused, found.held, found.pause_reason)
        if isinstance(found, MailRows)
        else Mailing({})
    )
