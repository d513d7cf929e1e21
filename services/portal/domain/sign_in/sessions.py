"""Sessions of people who have signed in, and the accounts behind them."""

import datetime as dt
from dataclasses import dataclass

IDLE = dt.timedelta(hours=2)
CONFIRMED = dt.timedelta(minutes=30)
"""How long the second factor counts for acts that cannot be taken back."""
NOTED = dt.timedelta(minutes=5)
"""How exactly it is kept when somebody was last here."""


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    person_id: str
    name: str
    address: str


@dataclass(frozen=True)
class Session:
    """One browser of one person. `key`: hash of its token; `confirmed`: when the second factor was last proved."""

    key: str
    session_id: str
    person_id: str
    opened: dt.datetime
    seen: dt.datetime
    expires: dt.datetime
    confirmed: dt.datetime | None = None

    def alive(self, now: dt.datetime) -> bool:
        """Whether it still lets its person in."""
        return now < self.expires and now - self.seen < IDLE

    @property
    def whole(self) -> bool:
        """Whether the second factor was proved in it."""
        return self.confirmed is not None

    def fresh(self, now: dt.datetime) -> bool:
        """Whether the second factor was proved lately enough for a sensitive act."""
        return self.confirmed is not None and now - self.confirmed < CONFIRMED
