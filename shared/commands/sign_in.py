"""What may be asked of `portal` about signing in."""

import datetime as dt
from typing import ClassVar

from shared.commands.base import Command, Query, Reply


class ResetSignIn(Command):
    """Somebody has lost their authenticator: they set one up anew, and nothing is locked any more.

    Their sessions, tokens, codes and the address of their calendar end.
    """

    service: ClassVar[str] = "portal"
    person_id: str


class SignInSecrets(Reply):
    """What the mail of an attempt says: the path of its link, and the code. Never kept and never logged."""

    path: str
    code: str
    expires: dt.datetime


class ShowSignIn(Query):
    """What the mail of this attempt says; Rejected("sign-in-over") where it would be of no use any more."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = SignInSecrets
    attempt_id: str
