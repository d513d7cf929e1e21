"""Calendar feeds: made, made anew and stopped by their person, each in a transaction."""

from services.portal.domain.sign_in.secrets import Secrets
from services.portal.handlers.sign_in import Draw, Transact
from services.portal.ports.feeds import FeedStore
from shared.bus import UnitOfWork


class FeedSteps:
    """The port `Feeds`."""

    def __init__(self, feeds: FeedStore, transact: Transact, secrets: Secrets, draw: Draw) -> None:
        self._feeds = feeds
        self._transact = transact
        self._secrets = secrets
        self._draw = draw

    async def token(self, person_id: str) -> str:
        """Return the token of a person's feed, blank where they have none."""
        feed_id = await self._feeds.id_of(person_id)
        return self._secrets.feed(feed_id) if feed_id else ""

    async def whose(self, token: str) -> str | None:
        """Return whose feed a token opens."""
        feed_id = self._secrets.feed_of(token)
        return await self._feeds.person_of(feed_id) if feed_id else None

    async def renew(self, person_id: str) -> None:
        """Make a feed, or a new token for it, so that the one before opens nothing."""

        async def work(_unit: UnitOfWork) -> None:
            await self._feeds.put(person_id, self._draw())

        await self._transact(work, person_id)

    async def stop(self, person_id: str) -> None:
        """Have no feed any more."""

        async def work(_unit: UnitOfWork) -> None:
            await self._feeds.drop(person_id)

        await self._transact(work, person_id)
