"""Whoever sets something aside says why."""

from shared.errors import Rejected

__all__ = ["must_say_why"]


def must_say_why(reason: str) -> None:
    """Raise Rejected("no-reason") for a blank one."""
    if not reason.strip():
        raise Rejected("no-reason", "Say why they leave; it stays with the enrolment and is shown in no mail.")
