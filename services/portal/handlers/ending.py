"""What ends with somebody's sign-in: sessions, tokens, the authenticator, and the address of their calendar.

Each end of a session or token is published, and so a line of the audit log. Links that were mailed stay: each opens one
page, and `RevokeLinks` stops them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.portal.domain.sign_in.sessions import Session
from services.portal.domain.tokens import Token
from services.portal.ports.feeds import FeedStore
from services.portal.ports.sign_in import SignInStores
from services.portal.ports.tokens import TokenStore
from shared.bus import UnitOfWork
from shared.events.sign_in import SecondFactorChanged, SignedOut
from shared.events.tokens import TokenRevoked


@dataclass(frozen=True)
class Endings:
    """Ends what somebody has signed in with."""

    sign_in: SignInStores
    tokens: TokenStore
    feeds: FeedStore

    async def everything(self, person_id: str, work: UnitOfWork) -> None:
        """Leave nothing good, whoever has it: a sign-in is set up anew."""
        await self.shut_out(person_id, work)
        await self.feeds.drop(person_id)

    async def shut_out(self, person_id: str, work: UnitOfWork) -> None:
        """End sessions, tokens and the authenticator. The calendar shows a person's own dates and goes on."""
        if await self.sign_in.factors.get(person_id) is not None:
            await self.sign_in.factors.drop(person_id)
            work.publish(SecondFactorChanged(version=1, person_id=person_id, how="reset"))
        await self._sessions(await self.sign_in.sessions.of_person(person_id), work)
        await self._revoke(await self.tokens.listed(person_id), work)

    async def by_mail(self, person_id: str, work: UnitOfWork) -> None:
        """End what a mail alone has opened, once its address is not theirs any more; an authenticator still is."""
        opened = await self.sign_in.sessions.of_person(person_id)
        await self._sessions([one for one in opened if not one.whole], work)
        await self._revoke([one for one in await self.tokens.listed(person_id) if not one.proved], work)
        await self.feeds.drop(person_id)

    async def _sessions(self, sessions: Iterable[Session], work: UnitOfWork) -> None:
        for session in sessions:
            await self.sign_in.sessions.end(session.key)
            if session.whole or session.by_mail:
                told = {"session_id": session.session_id, "person_id": session.person_id}
                work.publish(SignedOut(version=2, how="reset", **told))

    async def _revoke(self, tokens: Iterable[Token], work: UnitOfWork) -> None:
        for token in tokens:
            if token.state(work.now) == "good":
                await self.tokens.put(replace(token, revoked=work.now))
                told = {"token_id": token.token_id, "person_id": token.person_id}
                work.publish(TokenRevoked(version=2, by=work.actor, **told))
