"""Rounds in which people are brought together: kept, and told in the words of their template."""

from services.notifications.domain.template_mails.records import Passage, Together
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from services.notifications.ports.template_facts import Pairs
from shared.bus.unit_of_work import UnitOfWork
from shared.events.pairs import PairEnded, PairFormed


class PairNews:
    """A pair that is new is a round published for its people; one that ends early, a round changed for them."""

    def __init__(self, records: Records, pairs: Pairs, cases: Cases, own: OwnWords) -> None:
        self._records = records
        self._pairs = pairs
        self._cases = cases
        self._own = own

    async def formed(self, event: PairFormed, work: UnitOfWork) -> None:
        """People are together, or go on with somebody more or fewer."""
        await self._told(event, "published", work)

    async def ended(self, event: PairEnded, work: UnitOfWork) -> None:
        """They are together no longer. Of the end that a next round brings, the mail on that round says enough."""
        if event.reason == "next-round":
            await self._pairs.put(Together.of_event(event))
        else:
            await self._told(event, "changed", work)

    async def _told(self, event: PairFormed | PairEnded, state: str, work: UnitOfWork) -> None:
        await self._pairs.put(Together.of_event(event))
        programme = await self._records.programme(event.programme_id)
        if programme.whole is None:
            return
        case = await self._cases.of_pair(programme, event.pair_id)
        about = Passage(mail="", pair_id=event.pair_id, round=event.round)
        occasion = f"{event.pair_id}/{event.version}"
        await self._own.sent(Happened(programme, programme.whole, event.round, state, occasion), case, about, work)
