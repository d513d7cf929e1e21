"""Signing in: the mail with the link and the code, and the news of too many wrong codes."""

from services.notifications.domain.decisions import sign_in
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.sign_in import SignInAsked, SignInLocked


class SignIns:
    """Reactions to what the portal tells of signing in."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def asked(self, event: SignInAsked, work: UnitOfWork) -> None:
        """Mail the link and the code."""
        await self._records.save(sign_in.asked(event, work.now), work)

    async def locked(self, event: SignInLocked, work: UnitOfWork) -> None:
        """Tell of too many wrong codes."""
        await self._records.save(sign_in.locked(event, work.now), work)
