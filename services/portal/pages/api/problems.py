"""What is refused, as problem details (RFC 9457, `application/problem+json`) with the rule's name."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.portal.pages.limits import TooOften
from shared.errors import KindredError, Rejected, Retryable

MEDIA_TYPE = "application/problem+json"
RULES = "urn:kindred:rule:"
"""Before the rule's name in `type`."""
NOT_THERE = re.compile(
    "unknown-(action|agreement|arrangement|brochure|call|cohort|edition|enquiry|entry|event|group|import|mail|offer|"
    "pair|party|person|placement|poll|programme|reply|report|round|school|task|upload|urn|visit)"
)
"""Rules that say that a thing is not there; an unknown question, role or format is a mistake in what was sent."""
CONFLICTS = frozenset({"stale", "stale-draft", "changed-meanwhile", "date-has-moved"})
"""Rules that say that something has changed meanwhile."""
AGAIN = 5
"""Seconds after which to ask again where nobody knows better."""
STATUS: Mapping[int, tuple[str, str]] = {
    404: ("not-found", "There is nothing here, or nothing for this token."),
    405: ("method", "This path takes another method; `Allow` says which."),
    408: ("too-slow", "The body did not come in time. Send the same again with the same key."),
    413: ("too-large", "That is more than one request may hold."),
    429: ("too-often", "Too many requests came with this token, or from this address. Wait as `Retry-After` says."),
}


class Problem(Exception):  # noqa: N818 (an outcome, not an error)
    """Something is refused: status, rule, a sentence, and headers that tell what to do."""

    def __init__(
        self, status: int, rule: str, sentence: str, *, headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__(sentence)
        self.status = status
        self.rule = rule
        self.headers = headers
        self.errors = errors

    def answer(self) -> Response:
        """The answer that says so."""
        body: dict[str, Any] = {
            "type": f"{RULES}{self.rule}", "title": self.rule.replace("-", " ").capitalize(), "status": self.status,
            "detail": str(self), "rule": self.rule,
        }  # fmt: skip
        if self.errors:
            body["errors"] = self.errors
        return JSONResponse(body, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def nothing_here() -> Problem:
    """The same for what is not there and for what is not for this token."""
    return Problem(404, *STATUS[404])


def not_well_formed(errors: Sequence[ErrorDetails]) -> Problem:
    """Return the problem of a request that is not as the contract says; at most ten places are named.

    `value` where a value is at fault that the description cannot rule out, such as a last day before the first.
    """
    told = [
        {"at": ".".join(map(str, one["loc"])) or "request", "detail": one["msg"].removeprefix("Value error, ")}
        for one in errors[:10]
    ]
    if any(one["type"] == "value_error" for one in errors):
        return Problem(422, "value", "A value cannot be taken.", errors=told)
    return Problem(422, "well-formed", "The request is not as its contract says.", errors=told)


def of_error(error: KindredError) -> Problem:
    """Return what an owner's refusal is over HTTP."""
    match error:
        case Rejected(rule=rule):
            if NOT_THERE.fullmatch(rule):
                return Problem(404, rule, error.sentence)
            return Problem(409 if rule in CONFLICTS else 422, rule, error.sentence)
        case Retryable(after=after):
            wait = str(math.ceil(after or AGAIN))
            return Problem(503, "not-now", error.sentence, headers={"retry-after": wait})
        case _:
            return Problem(500, "fault", "Something went wrong; that is our fault, not yours, and it has been logged.")


async def refused(_request: Request, error: Exception) -> Response:
    """Answer whatever was raised."""
    match error:
        case Problem():
            return error.answer()
        case TooOften():
            return Problem(429, *STATUS[429], headers=error.headers).answer()
        case KindredError():
            return of_error(error).answer()
        case HTTPException(status_code=status, headers=headers) if status in STATUS:
            return Problem(status, *STATUS[status], headers=headers).answer()
        case _:
            return Problem(500, "fault", "Something went wrong; that is our fault, not yours.").answer()
