"""Tokens of the API: a random text for a program that acts for a person. Only its hash is kept."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from services.portal.domain.sign_in.sessions import Account
from shared.commands.scopes import SCOPES, allows
from shared.errors import Rejected

PREFIX = "kindred_"
"""By which people, and scanners of published code, know one."""
MOST_TOKENS = 20
"""Good ones that a person may have at a time."""
MOST_DAYS = 366
LONGEST_NAME = 80
LASTS = {"30": "A month", "90": "Three months", "365": "A year"}
"""Days -> how long a token may work, to choose from on a page."""
STATES = {"good": "Works", "over": "Ran out", "revoked": "Revoked"}
"""How a token stands, in words."""
NOTED = dt.timedelta(minutes=5)
"""How exactly it is kept when a token was last used."""


@dataclass(frozen=True)
class Token:
    """What is kept of a token. `key`: hash of its text; `programme_ids`: the only ones it reaches, empty for all.

    `own`: made by somebody as themselves: it reaches what is theirs, and no more where they coordinate besides.
    `proved`: made by who had proved an authenticator, and not by a mail alone.
    """

    key: str
    token_id: str
    person_id: str
    name: str
    scopes: tuple[str, ...]
    made: dt.datetime
    expires: dt.datetime
    programme_ids: tuple[str, ...] = ()
    used: dt.datetime | None = None
    revoked: dt.datetime | None = None
    own: bool = False
    proved: bool = False

    def state(self, now: dt.datetime) -> Literal["good", "over", "revoked"]:
        """Whether it still works."""
        if self.revoked is not None:
            return "revoked"
        return "good" if now < self.expires else "over"

    def may(self, scope: str) -> bool:
        """Whether its scopes allow what wants this one."""
        return allows(self.scopes, scope)

    def unnoted(self, now: dt.datetime) -> bool:
        """Whether this use is worth a note."""
        return self.used is None or now - self.used >= NOTED


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for when they have a token made."""

    name: str
    scopes: tuple[str, ...]
    days: int
    programme_ids: tuple[str, ...] = ()
    own: bool = False
    proved: bool = False


@dataclass(frozen=True)
class Bearer:
    """Whose token came with a request."""

    token: Token
    account: Account


def token_key(text: str) -> str:
    """Return the hash under which a token is kept: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make(wanted: Wanted, person_id: str, token_id: str, text: str, now: dt.datetime) -> Token:
    """Return the token as it is kept; raises Rejected."""
    name = " ".join(wanted.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Rejected("name", f"Give it a name of at most {LONGEST_NAME} letters, by which you know it again.")
    if not 1 <= wanted.days <= MOST_DAYS:
        raise Rejected("expires", f"Choose how long it lasts: at most {MOST_DAYS} days.")
    if not wanted.scopes:
        raise Rejected("scopes", "Choose at least one thing that it may do.")
    return Token(
        token_key(text), token_id, person_id, name, tuple(dict.fromkeys(wanted.scopes)), now,
        now + dt.timedelta(days=wanted.days), tuple(dict.fromkeys(wanted.programme_ids)),
        own=wanted.own, proved=wanted.proved,
    )  # fmt: skip


def must_have_room(before: Iterable[Token], now: dt.datetime) -> None:
    """Raise Rejected where a person has as many good tokens as anybody can look after."""
    if sum(one.state(now) == "good" for one in before) >= MOST_TOKENS:
        raise Rejected("too-many-tokens", f"You have {MOST_TOKENS} tokens that work. Revoke one that nobody needs.")


def known_scopes(asked: list[str]) -> tuple[str, ...]:
    """Return those of the scopes asked for that there are, in their usual order."""
    return tuple(scope for scope in SCOPES if scope in asked)
