"""What `portal` publishes about signing in. No secret stands in these facts: links and codes are made from a key."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event

Step = Literal["code", "second-factor"]


class SignInAsked(Event):
    """Somebody asked for the mail that signs this person in. The attempt's id opens nothing by itself."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "attempt_id"
    attempt_id: str
    person_id: str
    expires: dt.datetime


class SignedIn(Event):
    """A person has a session, and everything that was asked of them is proved."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "session_id"
    session_id: str
    person_id: str
    by: Literal["authenticator", "recovery-code", "set-up"]


class SignedInByMail(Event):
    """A person has a session by an address that is proved, which is all that is asked of people of schools."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "session_id"
    session_id: str
    person_id: str
    how: Literal["mail", "provider"] = Field("mail", description="by a mail's link or code, or by an OpenID provider")


class SignInFailed(Event):
    """A code was wrong."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "attempt_id"
    attempt_id: str = Field(description="of the mail, or of the session whose second factor was asked for")
    person_id: str = Field(description="empty where the address belongs to nobody who may sign in")
    step: Step


class SignInLocked(Event):
    """Too many wrong codes: this step takes none until a moment."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "attempt_id"
    attempt_id: str
    person_id: str = Field(description="as in `SignInFailed`")
    step: Step
    until: dt.datetime
    tell: tuple[str, ...] = Field((), description="ids of the people who are told")


class SignedOut(Event):
    """A session has ended."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "session_id"
    session_id: str
    person_id: str
    how: Literal["by-hand", "everywhere", "reset"]


class SecondFactorChanged(Event):
    """An authenticator was set up, or what was set up does not count any more."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "person_id"
    person_id: str
    how: Literal["set-up", "reset"]
