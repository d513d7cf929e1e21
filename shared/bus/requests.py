"""How a service answers commands and queries.

A command and its reply share one transaction. The reply is stored under the sender's idempotency key: the same key
again returns the same reply and does nothing twice. A refusal is not stored, so a corrected command may use its key.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from faststream.message import StreamMessage
from faststream.nats import NatsResponse
from pydantic import ValidationError

from shared import telemetry
from shared.bus import failpoints, wire
from shared.bus.collections import COMMAND_REPLIES
from shared.bus.declaration import Declaration, Effect
from shared.bus.gate import Gate
from shared.bus.outbox import Cause
from shared.bus.transactions import Transactions
from shared.bus.unit_of_work import UnitOfWork
from shared.bus.verdicts import described
from shared.commands.base import Command, Query
from shared.errors import KindredError, Permanent, Rejected, Retryable
from shared.mongo import Collection, DuplicateKey, unavailable

_log = telemetry.logger("kindred.requests")


@dataclass(frozen=True)
class Requests:
    """Answers the commands and queries of one service."""

    declared: Declaration
    transactions: Transactions
    gate: Gate
    _by_subject: dict[str, type[Command] | type[Query]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        commands = (*self.declared.commands, *self.declared.slow_commands)
        self._by_subject.update({command.subject(): command for command in commands})
        self._by_subject.update({query.subject(): query for query in self.declared.queries})

    @property
    def service(self) -> str:
        """The service's name."""
        return self.declared.name

    async def answer(self, message: StreamMessage[Any]) -> NatsResponse:
        """Answer one request; every outcome is an answer."""
        subject = message.raw_message.subject
        kind = self._by_subject.get(subject)
        name = kind.__name__ if kind else "unknown"
        key = message.headers.get(wire.KEY, "")
        with (
            telemetry.ASK_SECONDS.labels(name).time(),
            telemetry.traced(
                f"answer {name}", message.headers.get(wire.TRACE), correlation_id=f"{name}:{key}" if key else ""
            ),
        ):
            await failpoints.passing(self.service, "asked")
            try:
                answer = wire.done(await self._carried_out(kind, message, key))
            except Exception as error:  # noqa: BLE001 - every failure is an answer
                answer = wire.refused(self._as_answer(error, name))
            _log.debug("answered", request=name, outcome=answer.outcome)
        telemetry.ASKED.labels(name, answer.outcome).inc()
        await failpoints.passing(self.service, "answered")
        return NatsResponse(answer.body, headers=answer.headers)

    async def _carried_out(
        self, kind: type[Command] | type[Query] | None, message: StreamMessage[Any], key: str
    ) -> bytes:
        if kind is None:
            raise Permanent(f"{self.service} does not answer {message.raw_message.subject}.")
        asked = _read(kind, message.body)
        if isinstance(asked, Query):
            return (await self.declared.queries[type(asked)](asked)).model_dump_json().encode()
        if not key:
            raise Permanent("A command needs an idempotency key.")
        return await self._once(asked, f"{kind.__name__}:{key}", message)

    async def _once(self, command: Command, key: str, message: StreamMessage[Any]) -> bytes:
        stored = self.transactions.database[COMMAND_REPLIES]
        print_ = hashlib.sha256(message.body).hexdigest()
        before = await _stored(stored, key, print_)
        if before is not None:
            return before
        cause = Cause(self.service, f"{self.service}:{key}", correlation_id=key, causation_id=key)
        effect = await self._effect(command)

        async def work(unit: UnitOfWork) -> bytes:
            reply = (await effect(unit)).model_dump_json().encode()
            await stored.insert_one({"_id": key, "print": print_, "reply": reply, "at": datetime.now(UTC)})
            return reply

        async def body() -> bytes:
            again = await _stored(stored, key, print_)
            if again is not None:
                return again
            return await self.transactions.unit(cause, message.headers.get(wire.ACTOR, ""), work)

        try:
            reply = await self.transactions.run(body)
        except DuplicateKey:
            # Either a twin of this very request won, or an invariant's index refused: the stored reply says which.
            won = await _stored(stored, key, print_)
            if won is None:
                raise
            return won
        await failpoints.passing(self.service, "command-committed")
        return reply

    async def _effect(self, command: Command) -> Effect:
        """What is to be done in the transaction; the slow part of a command is done before it opens."""
        slow = self.declared.slow_commands.get(type(command))
        return await slow(command) if slow else partial(self.declared.commands[type(command)], command)

    def _as_answer(self, error: Exception, name: str) -> KindredError:
        if isinstance(error, KindredError):
            return error
        if unavailable(error):
            self.gate.close()
            return Retryable("The database cannot be reached at the moment; try again in a minute.", after=1.0)
        _log.error("request_failed", request=name, error=described(error))
        return Permanent(f"{name} failed for a reason that is ours, not yours; it has been logged.")


async def _stored(stored: Collection, key: str, print_: str) -> bytes | None:
    found = await stored.find_one({"_id": key})
    if found is None:
        return None
    if found["print"] != print_:
        raise Rejected("one-key-one-request", "This idempotency key was used for a different request.")
    return bytes(found["reply"])


def _read(kind: type[Command] | type[Query], body: bytes) -> Command | Query:
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        lines = error.errors(include_input=False, include_url=False)
        told = "; ".join(f"{'.'.join(map(str, line['loc'])) or 'request'}: {line['msg']}" for line in lines[:5])
        raise Rejected("well-formed", f"The request is not well formed: {told}.") from None
