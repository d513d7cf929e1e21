"""What is said of a code that opens nothing."""

from services.portal.ports.sign_in import Verdict

LOCKED_CODES = "Too many wrong codes. No code is taken for an hour; the button in the newest mail still signs you in."
OVER = "There is no code to type any more: it was used, or ten minutes have passed. Ask for another mail."
LOCKED_OUT = "Too many wrong codes. No code is taken for an hour, and you are signed out."
CHANGED = "Your sign-in has changed meanwhile, in another browser or by a reset. Open this page again."
NOT_NOW = (
    "This is not the code that the authenticator shows now, or it was used already. If it is, the clock of your "
    "telephone is wrong: have it set the time by itself."
)
ANEW = "Setting up was begun in another browser, so the picture and the key below are new: add them once more."


def of_mail(verdict: Verdict) -> str:
    """Return it for a code of a mail."""
    if verdict.outcome == "wrong":
        return f"This is not the code in the newest mail. {_left(verdict)}"
    return LOCKED_CODES if verdict.outcome == "locked" else OVER


def of_authenticator(verdict: Verdict) -> str:
    """Return it for a code of an authenticator."""
    if verdict.outcome == "wrong":
        return f"{NOT_NOW} {_left(verdict)}"
    return LOCKED_OUT if verdict.outcome == "locked" else CHANGED


def _left(verdict: Verdict) -> str:
    return "1 try is left." if verdict.left == 1 else f"{verdict.left} tries are left."
