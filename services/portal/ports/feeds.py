"""Calendar feeds: what pages ask for, and what is kept of them."""

from typing import Protocol

__all__ = ["FeedStore", "Feeds"]


class Feeds(Protocol):
    """One feed a person at most; its token opens their dates and nothing else. Each change is a transaction."""

    async def token(self, person_id: str) -> str:
        """Return the token of a person's feed, blank where they have none."""
        ...

    async def whose(self, token: str) -> str | None:
        """Return whose feed a token opens."""
        ...

    async def renew(self, person_id: str) -> None:
        """Make a feed, or a new token for it, so that the one before opens nothing."""
        ...

    async def stop(self, person_id: str) -> None:
        """Have no feed any more."""
        ...


class FeedStore(Protocol):
    """Ids of feeds; the token follows from the id and the portal's key."""

    async def id_of(self, person_id: str) -> str | None:
        """Return the id of a person's feed."""
        ...

    async def person_of(self, feed_id: str) -> str | None:
        """Return whose feed has this id."""
        ...

    async def put(self, person_id: str, feed_id: str) -> None:
        """Keep the id in place of the one before."""
        ...

    async def drop(self, person_id: str) -> None:
        """Forget it."""
        ...
