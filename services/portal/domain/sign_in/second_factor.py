"""The second factor: an authenticator's code (TOTP, RFC 6238), or a recovery code in its place."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

import pyotp

from services.portal.domain.sign_in.attempts import LOCKED, MOST_TRIES, Outcome
from services.portal.domain.sign_in.secrets import Secrets, same

ISSUER = "Kindred"
_AROUND = (0, -1, 1)
"""Codes of the half minutes around now are taken as well: clocks of telephones differ."""
By = Literal["authenticator", "recovery-code"]


@dataclass(frozen=True)
class SecondFactor:
    """What is kept of somebody's second factor; its secrets follow from `salt` and the portal's key.

    `session_id`: the session that was shown its secret, the only one that may prove it; `step`: the half minute of the
    last code that was taken, since each counts once; `spent`: numbers of used recovery codes.
    """

    person_id: str
    salt: str
    session_id: str = ""
    ready: bool = False
    step: int = 0
    spent: tuple[int, ...] = ()
    tries: int = 0
    locked_until: dt.datetime | None = None


@dataclass(frozen=True)
class Proof:
    """What a code comes to."""

    factor: SecondFactor
    outcome: Outcome
    by: By = "authenticator"


def shown_to(before: SecondFactor | None, person_id: str, session_id: str, salt: str) -> SecondFactor:
    """Return the factor as a session may set it up.

    What another session was shown and did not prove is replaced: whoever looked at it, and left it to the person to
    prove, has nothing of it.
    """
    if before is not None and (before.ready or before.session_id == session_id):
        return before
    tries, locked_until = (before.tries, before.locked_until) if before else (0, None)
    return SecondFactor(person_id, salt, session_id, tries=tries, locked_until=locked_until)


def address_for_apps(factor: SecondFactor, secrets: Secrets, account: str) -> str:
    """Return the `otpauth:` address that an authenticator reads from a picture."""
    totp = pyotp.TOTP(secrets.authenticator(factor.person_id, factor.salt))
    return totp.provisioning_uri(name=account, issuer_name=ISSUER)


def prove(factor: SecondFactor, secrets: Secrets, code: str, now: dt.datetime, at: dt.datetime) -> Proof:
    """Return what a code comes to. `now`: by the service's clock; `at`: by the machine's, which authenticators have."""
    if factor.locked_until is not None and now < factor.locked_until:
        return Proof(factor, "locked")
    given = "".join(code.split()).replace("-", "").lower()
    step = _step(factor, secrets, given, at)
    if step is not None:
        return Proof(replace(factor, ready=True, step=step, tries=0, locked_until=None), "in")
    number = _recovery(factor, secrets, given)
    if factor.ready and number is not None:
        spent = (*factor.spent, number)
        return Proof(replace(factor, spent=spent, tries=0, locked_until=None), "in", "recovery-code")
    tries = (0 if factor.locked_until else factor.tries) + 1
    if tries >= MOST_TRIES:
        return Proof(replace(factor, tries=tries, locked_until=now + LOCKED), "locked")
    return Proof(replace(factor, tries=tries, locked_until=None), "wrong")


def _step(factor: SecondFactor, secrets: Secrets, given: str, at: dt.datetime) -> int | None:
    totp = pyotp.TOTP(secrets.authenticator(factor.person_id, factor.salt))
    now = totp.timecode(at)
    fitting = [now + near for near in _AROUND if same(given, totp.generate_otp(now + near))]
    return next((step for step in fitting if step > factor.step), None)


def _recovery(factor: SecondFactor, secrets: Secrets, given: str) -> int | None:
    codes = secrets.recovery_codes(factor.person_id, factor.salt)
    fitting = [number for number, right in enumerate(codes) if same(given, right.replace("-", ""))]
    return next((number for number in fitting if number not in factor.spent), None)
