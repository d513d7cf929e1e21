"""Attempts to sign in by mail: one an address, whether or not it belongs to anybody, so that both look the same.

Wrong codes count for the address, not for the mail: asking for another mail gives no more of them.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

LASTS = dt.timedelta(minutes=10)
LOCKED = dt.timedelta(hours=1)
MOST_TRIES = 10
MOST_MAILS = 3
"""Mails to an address within `LASTS`; asking more often changes nothing."""

Outcome = Literal["in", "wrong", "locked", "over"]


@dataclass(frozen=True)
class Attempt:
    """The newest mail to an address. `mailed`: when the latest ones were asked for; `due`: it is still to be mailed."""

    key: str
    attempt_id: str
    address: str
    expires: dt.datetime
    mailed: tuple[dt.datetime, ...]
    person_id: str = ""
    due: bool = True
    used: bool = False
    tries: int = 0
    locked_until: dt.datetime | None = None

    def locked(self, now: dt.datetime) -> bool:
        """Whether no code is taken just now."""
        return self.locked_until is not None and now < self.locked_until

    def good(self, now: dt.datetime) -> bool:
        """Whether its link and its code still open something."""
        return not self.used and now < self.expires


@dataclass(frozen=True)
class Tried:
    """What a try comes to: the attempt as it is kept, and what to say. `left`: tries that are left."""

    attempt: Attempt
    outcome: Outcome

    @property
    def left(self) -> int:
        """How many tries are left."""
        return MOST_TRIES - self.attempt.tries


def ask(before: Attempt | None, key: str, address: str, attempt_id: str, now: dt.datetime) -> Attempt:
    """Return the attempt after somebody asked for a mail. The newest replaces the one before."""
    lately = tuple(at for at in (before.mailed if before else ()) if now - at < LASTS)
    if before is not None and len(lately) >= MOST_MAILS:
        return before
    tries, locked_until = (before.tries, before.locked_until) if before else (0, None)
    if locked_until is not None and now >= locked_until:
        tries, locked_until = 0, None
    return Attempt(
        key, attempt_id, address, now + LASTS, (*lately, now), tries=tries, locked_until=locked_until
    )  # fmt: skip


def try_code(attempt: Attempt, now: dt.datetime, *, right: bool) -> Tried:
    """Return what a typed code comes to. The tenth wrong one locks codes for an hour; the mail's link goes on."""
    if attempt.locked(now):
        return Tried(attempt, "locked")
    if not attempt.good(now):
        return Tried(attempt, "over")
    if right:
        return Tried(replace(attempt, used=True, tries=0), "in")
    attempt = replace(attempt, tries=attempt.tries + 1)
    if attempt.tries >= MOST_TRIES:
        return Tried(replace(attempt, locked_until=now + LOCKED), "locked")
    return Tried(attempt, "wrong")


def use_link(attempt: Attempt, now: dt.datetime) -> Tried:
    """Return what the link comes to; a lock on codes does not stop who has the mail."""
    if not attempt.good(now):
        return Tried(attempt, "over")
    return Tried(replace(attempt, used=True, tries=0, locked_until=None), "in")
