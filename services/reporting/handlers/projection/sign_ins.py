"""Signing in and out, failing to, and tokens of the API, as lines of the audit log."""

from services.reporting.handlers.auditing import Auditing
from shared.bus import UnitOfWork
from shared.events.sign_in import (
    SecondFactorChanged,
    SignedIn,
    SignedInByMail,
    SignedOut,
    SignInFailed,
    SignInLocked,
)
from shared.events.tokens import TokenMade, TokenRevoked

__all__ = ["SignInLines"]


class SignInLines:
    """One method an event."""

    def __init__(self, auditing: Auditing) -> None:
        self._auditing = auditing

    async def signed_in(self, event: SignedIn, work: UnitOfWork) -> None:
        """Somebody has signed in."""
        await self._auditing.note(event.person_id, f"signed-in:{event.by}", event.session_id, work.now)

    async def signed_in_by_mail(self, event: SignedInByMail, work: UnitOfWork) -> None:
        """Somebody of a school has."""
        await self._auditing.note(event.person_id, f"signed-in:{event.how}", event.session_id, work.now)

    async def signed_out(self, event: SignedOut, work: UnitOfWork) -> None:
        """A session has ended."""
        await self._auditing.note(event.person_id, f"signed-out:{event.how}", event.session_id, work.now)

    async def failed(self, event: SignInFailed, work: UnitOfWork) -> None:
        """A code was wrong."""
        await self._auditing.note(event.person_id, f"wrong:{event.step}", event.attempt_id, work.now)

    async def locked(self, event: SignInLocked, work: UnitOfWork) -> None:
        """Too many were."""
        await self._auditing.note(event.person_id, f"locked:{event.step}", event.attempt_id, work.now)

    async def second_factor(self, event: SecondFactorChanged, work: UnitOfWork) -> None:
        """An authenticator was set up or reset."""
        await self._auditing.note(event.person_id, f"authenticator:{event.how}", "", work.now)

    async def token_made(self, event: TokenMade, work: UnitOfWork) -> None:
        """A program may act for somebody."""
        await self._auditing.note(event.person_id, "token:made", event.token_id, work.now)

    async def token_revoked(self, event: TokenRevoked, work: UnitOfWork) -> None:
        """It may no more; the line is of who saw to it, or of nobody where that was done on the machine."""
        await self._auditing.note(event.by, "token:revoked", event.token_id, work.now)
