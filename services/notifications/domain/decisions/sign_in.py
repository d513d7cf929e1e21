"""Mails that sign people in, and those that tell of too many wrong codes. They belong to no programme."""

import datetime as dt

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import SignInEnds, SignInLock
from services.notifications.domain.mailings import Occasion, mails_of
from services.notifications.domain.routing import SIGN_IN
from services.notifications.domain.targets import Concerned
from shared.events.people import Role
from shared.events.sign_in import SignInAsked, SignInLocked

_ROLE: Role = "coordinator"


def asked(event: SignInAsked, now: dt.datetime) -> Decision:
    """Mail the link and the code, unless they are over already."""
    if event.expires <= now:
        return Decision()
    refs = {"attempt": event.attempt_id, "target_kind": "sign-in"}
    occasion = Occasion("SignInAsked", event.attempt_id, event.version, refs, SignInEnds(until=event.expires))
    return Decision(mails_of(occasion, None, {"asked": [Concerned(event.person_id, _ROLE)]}, now, SIGN_IN))


def locked(event: SignInLocked, now: dt.datetime) -> Decision:
    """Tell everybody who coordinates, the person concerned among them."""
    if event.until <= now:
        return Decision()
    refs = {"person": event.person_id, "target_kind": "sign-in-locked"}
    details = SignInLock(step=event.step, until=event.until)
    occasion = Occasion("SignInLocked", event.attempt_id, event.step, refs, details)
    people = [Concerned(person_id, _ROLE) for person_id in event.tell]
    return Decision(mails_of(occasion, None, {"asked": people}, now, SIGN_IN))
