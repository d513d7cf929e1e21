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
    """Somebody who may sign in. `coordinator`: of the deployment; `leads`: has a part in a trust or partnership."""

    person_id: str
    name: str
    address: str
    coordinator: bool = False
    leads: bool = False

    @property
    def strong(self) -> bool:
        """Whether a mail is not enough: who sees many schools proves an authenticator as well."""
        return self.coordinator or self.leads


@dataclass(frozen=True)
class Session:
    """One browser of one person. `key`: hash of its token; `confirmed`: when the second factor was last proved.

    `by_mail`: the mail was all that was asked; `acting`: the school or trust whose things its person looks at.
    """

    key: str
    session_id: str
    person_id: str
    opened: dt.datetime
    seen: dt.datetime
    expires: dt.datetime
    confirmed: dt.datetime | None = None
    by_mail: bool = False
    acting: str = ""

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
