"""An OpenID provider that says whose address it is, beside the mail."""

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Begun", "Provider"]


@dataclass(frozen=True)
class Begun:
    """A way to the provider: where it leads, and what must come back with who returns from there."""

    url: str
    state: str
    nonce: str
    verifier: str


class Provider(Protocol):
    """OpenID Connect, authorization code flow with PKCE."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    async def begin(self) -> Begun:
        """Return a way to the provider; raises Retryable where it does not answer."""
        ...

    async def finish(self, begun: Begun, returned: str) -> str | None:
        """Return the verified address of who came back by this address; None where anything does not hold.

        Raises Retryable where the provider does not answer.
        """
        ...
