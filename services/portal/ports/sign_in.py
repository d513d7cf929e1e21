"""Signing in: what pages ask for, and what is kept of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from services.portal.domain.sign_in.attempts import Attempt, Outcome
from services.portal.domain.sign_in.second_factor import SecondFactor
from services.portal.domain.sign_in.sessions import Account, Session

__all__ = ["Accounts", "Attempts", "Here", "SecondFactors", "Sessions", "Setup", "SignIn", "SignInStores", "Verdict"]


@dataclass(frozen=True)
class Verdict:
    """What a code or link comes to. `token`: of the session it opened, of `account`; `left`: tries that are left."""

    outcome: Outcome
    token: str = ""
    left: int = 0
    account: Account | None = None


@dataclass(frozen=True)
class Here:
    """Whose browser it is, by its session. `ready`: an authenticator is set up, where one is still to be proved."""

    session: Session
    account: Account
    ready: bool

    @property
    def complete(self) -> bool:
        """Whether everything that is asked of this person is proved."""
        return self.session.whole or not self.account.strong


@dataclass(frozen=True)
class Setup:
    """What an authenticator is set up with: its secret for typing, its address for a picture, and recovery codes.

    `anew`: it takes the place of what was shown before.
    """

    secret: str
    address: str
    recovery: tuple[str, ...]
    anew: bool = False


class SignIn(Protocol):
    """Everything pages ask for. Each call is a transaction of its own."""

    async def ask(self, address: str) -> None:
        """Have the mail sent that signs in; nothing tells whether the address is known."""
        ...

    async def by_code(self, address: str, code: str) -> Verdict:
        """Try a code that was mailed to an address."""
        ...

    async def behind(self, token: str) -> Account | None:
        """Return whom a mail's link would sign in; changes nothing."""
        ...

    async def by_link(self, token: str) -> Verdict:
        """Use a mail's link."""
        ...

    async def by_provider(self, address: str) -> Verdict:
        """Take an address that an OpenID provider has verified."""
        ...

    async def here(self, token: str) -> Here | None:
        """Return who is signed in by this session, also before the second factor is proved."""
        ...

    async def setup(self, here: Here) -> Setup | None:
        """Return what an authenticator is set up with; None once one is."""
        ...

    async def prove(self, here: Here, code: str) -> Verdict:
        """Try a code of the authenticator, or a recovery code; a right one opens a fresh session in place of this."""
        ...

    async def sign_out(self, here: Here, *, everywhere: bool = False) -> None:
        """End this session, or all of this person."""
        ...

    async def act_as(self, here: Here, acting: str) -> None:
        """Note at which of their schools or trusts this person looks in this session."""
        ...


class Accounts(Protocol):
    """People who may sign in: everybody whose contact card has come."""

    async def at(self, address: str) -> Account | None:
        """Return whose address this is, in any letter case."""
        ...

    async def get(self, person_id: str) -> Account | None:
        """Return an account; None where the person may not sign in."""
        ...

    async def coordinators(self) -> list[str]:
        """Return who coordinates this deployment."""
        ...


class Attempts(Protocol):
    """Attempts by the key of their address."""

    async def get(self, key: str) -> Attempt | None:
        """Return the newest attempt of an address."""
        ...

    async def find(self, attempt_id: str) -> Attempt | None:
        """Return an attempt by its id; None once a newer one has taken its place."""
        ...

    async def put(self, attempt: Attempt) -> None:
        """Keep an attempt."""
        ...

    async def due(self, limit: int) -> list[Attempt]:
        """Return attempts whose mail has still to be sent."""
        ...


class Sessions(Protocol):
    """Sessions by the hash of their token."""

    async def get(self, key: str) -> Session | None:
        """Return a session."""
        ...

    async def put(self, session: Session) -> None:
        """Keep a session."""
        ...

    async def seen(self, key: str, at: dt.datetime) -> None:
        """Note that somebody is here."""
        ...

    async def end(self, key: str) -> None:
        """Drop a session."""
        ...

    async def of_person(self, person_id: str) -> list[Session]:
        """Return a person's sessions."""
        ...


class SecondFactors(Protocol):
    """Second factors by person."""

    async def get(self, person_id: str) -> SecondFactor | None:
        """Return what is kept of a person's second factor."""
        ...

    async def put(self, factor: SecondFactor) -> None:
        """Keep a second factor."""
        ...

    async def drop(self, person_id: str) -> None:
        """Forget it."""
        ...


@dataclass(frozen=True)
class SignInStores:
    """Everything that is kept for signing in."""

    accounts: Accounts
    attempts: Attempts
    sessions: Sessions
    factors: SecondFactors
