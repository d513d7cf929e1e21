"""Asks notifications what has gone out."""

import datetime as dt
from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.notifications import ListMails, MailRows

__all__ = ["BusSentMails"]

_PATIENCE = 5.0
_PAGE = 500


class BusSentMails:
    """Port `SentMails`; raises Retryable when nobody answers within `patience` seconds."""

    def __init__(self, client: Callable[[], BusClient], patience: float = _PATIENCE) -> None:
        self._client = client
        self._patience = patience

    async def since(self, programme_id: str, person_ids: frozenset[str], when: dt.datetime) -> int:
        """How many mails of the programme these people have been sent since then, or are about to get."""
        sent, offset = 0, 0
        while True:
            query = ListMails(programme_id=programme_id, limit=_PAGE, offset=offset)
            found: MailRows = await self._client().find(query, patience=self._patience)
            late = [one for one in found.mails if one.queued_at >= when]
            sent += sum(one.person_id in person_ids and one.state != "suppressed" for one in late)
            offset += _PAGE
            if len(late) < _PAGE or offset >= found.total:
                return sent
