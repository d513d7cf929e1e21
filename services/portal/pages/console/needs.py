"""What needs the coordinator over all programmes: one look, which the console's home shows and `ListNeeds` answers."""

import asyncio
from dataclasses import dataclass
from typing import Any

from services.portal.domain.attention import (
    Mailing,
    Need,
    Standing,
    of_mails,
    of_programmes,
    of_register,
    of_replies,
)
from services.portal.pages.console.standing import standing
from services.portal.pages.portal import Find, perhaps
from services.portal.ports.owners import Owners
from services.portal.ports.programmes import WholeProgrammes
from shared.commands.base import Query
from shared.commands.notifications import ListMails, MailRows
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.commands.own import ListNeeds, NeedRow, NeedRows
from shared.commands.programmes_queries import ListProgrammes, ListSchools, ProgrammeRow, ProgrammeRows, SchoolRows


@dataclass(frozen=True)
class Looked:
    """What needs somebody, in order, and how each programme stands. `silent`: services that do not answer."""

    needs: tuple[Need, ...]
    programmes: tuple[ProgrammeRow, ...]
    stand: tuple[Standing, ...]
    silent: tuple[str, ...]


async def look(find: Find, whole: WholeProgrammes) -> Looked:
    """Ask all services. One that does not answer is named; the rest is found."""
    silent: set[str] = set()

    async def found(query: Query) -> Any:
        return await perhaps(find, query, silent)

    mails, replies, programmes, schools = await asyncio.gather(
        found(ListMails(limit=1)), found(ListReplies(limit=1)), found(ListProgrammes(check=True)),
        found(ListSchools(limit=1)),
    )  # fmt: skip
    needs = of_register(schools.total) if isinstance(schools, SchoolRows) else []
    needs += of_mails(_mailing(mails)) + of_replies(replies.total if isinstance(replies, ReplyRows) else 0)
    rows = programmes.programmes if isinstance(programmes, ProgrammeRows) else ()
    templates = await asyncio.gather(*(whole.get(row.programme_id) for row in rows))
    stand = await asyncio.gather(*(standing(found, row, one) for row, one in zip(rows, templates, strict=True)))
    return Looked((*needs, *of_programmes(stand)), rows, tuple(stand), tuple(sorted(silent)))


class NeedQueries:
    """One method a query."""

    def __init__(self, owners: Owners, whole: WholeProgrammes) -> None:
        self._owners, self._whole = owners, whole

    async def list(self, query: ListNeeds) -> NeedRows:
        """What needs the coordinator."""
        looked = await look(self._owners.find, self._whole)
        wanted = [one for one in looked.needs if query.programme_id in {"", one.programme_id}]
        rows = (
            NeedRow(
                sentence=one.sentence, why=one.why, verb=one.verb, path=one.path, programme_id=one.programme_id,
                programme=one.of,
            )
            for one in wanted
        )  # fmt: skip
        return NeedRows(needs=tuple(rows), silent=looked.silent)


def _mailing(found: Any) -> Mailing:
    return (
        Mailing(found.by_state, found.paused, found.held, found.pause_reason)
        if isinstance(found, MailRows)
        else Mailing({})
    )
