"""Requests and answers on the wire: JSON bodies; key, actor and outcome in headers."""

import json
from dataclasses import dataclass
from typing import TypeVar

from shared import telemetry
from shared.commands.base import Reply
from shared.errors import KindredError, Permanent, Rejected, Retryable

R = TypeVar("R", bound=Reply)
KEY, ACTOR, OUTCOME, TRACE = "kindred-key", "kindred-actor", "kindred-outcome", "traceparent"


@dataclass(frozen=True)
class Answer:
    """An answer as it travels."""

    headers: dict[str, str]
    body: bytes

    @property
    def outcome(self) -> str:
        """``done``, ``rejected``, ``permanent`` or ``retryable``."""
        return self.headers.get(OUTCOME, "done")


def request_headers(key: str, actor: str) -> dict[str, str]:
    """Return the headers of a request; the trace goes along."""
    return {KEY: key, ACTOR: actor, TRACE: telemetry.traceparent()}


def done(body: bytes) -> Answer:
    """Return a successful answer."""
    return Answer({OUTCOME: "done"}, body)


def refused(error: KindredError) -> Answer:
    """Return an error as an answer; the client raises it again."""
    fields: dict[str, str | float | None] = {"sentence": error.sentence}
    match error:
        case Rejected():
            outcome, fields["rule"] = "rejected", error.rule
        case Retryable():
            outcome, fields["after"] = "retryable", error.after
        case _:
            outcome = "permanent"
    return Answer({OUTCOME: outcome}, json.dumps(fields).encode())


def reply_from(answer: Answer, reply: type[R]) -> R:
    """Return the reply, or raise what the service raised."""
    if answer.outcome == "done":
        return reply.model_validate_json(answer.body)
    fields = json.loads(answer.body)
    match answer.outcome:
        case "rejected":
            raise Rejected(fields["rule"], fields["sentence"])
        case "retryable":
            raise Retryable(fields["sentence"], fields.get("after"))
        case _:
            raise Permanent(fields["sentence"])
