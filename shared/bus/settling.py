"""Acknowledges, defers or dead-letters a message."""

from dataclasses import dataclass

from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from shared import telemetry
from shared.bus import dead_letters, failpoints
from shared.bus.gate import Gate
from shared.bus.verdicts import Again, Dead, Tries, judge

_log = telemetry.logger("kindred.bus")


def ids_of(message: Msg) -> dict[str, str]:
    """Return the ids by which log lines about a message are found."""
    headers = message.headers or {}
    return {"event_id": headers.get("ce-id", ""), "correlation_id": headers.get("ce-correlationid", "")}


@dataclass(frozen=True)
class Settling:
    """Settles the messages of one service."""

    service: str
    jetstream: JetStreamContext
    tries: Tries
    gate: Gate

    async def done(self, durable: str, message: Msg, outcome: str = "done") -> None:
        """Acknowledge."""
        await message.ack()
        self.tries.forget(durable, message.metadata.sequence.stream)
        telemetry.HANDLED.labels(durable, outcome).inc()
        with telemetry.about(**ids_of(message)):
            _log.debug("handled", durable=durable, outcome=outcome, type=(message.headers or {}).get("ce-type", ""))
        await failpoints.passing(self.service, "acked")

    async def failed(self, durable: str, message: Msg, error: BaseException) -> None:
        """Defer, or keep as a dead letter. If that fails too, the message is redelivered after its ack wait."""
        with telemetry.about(**ids_of(message)):
            try:
                await self._settle(durable, message, error)
            except (NatsError, JetStreamError, OSError) as trouble:
                _log.warning("unsettled", durable=durable, error=type(trouble).__name__)

    async def _settle(self, durable: str, message: Msg, error: BaseException) -> None:
        """The dead letter is on disk before the message is terminated."""
        sequence = message.metadata.sequence.stream
        verdict = judge(error, self.tries.another(durable, sequence))
        match verdict:
            case Again(delay, outage):
                if outage:
                    self.tries.forget(durable, sequence)
                    self.gate.close()
                await message.nak(delay)
                telemetry.HANDLED.labels(durable, "outage" if outage else "again").inc()
                _log.info("again", durable=durable, delay=round(delay, 2), error=type(error).__name__)
            case Dead(reason, parked):
                await dead_letters.keep(self.jetstream, self.service, durable, message, reason, parked=parked)
                await message.term()
                self.tries.forget(durable, sequence)
                telemetry.HANDLED.labels(durable, "parked" if parked else "dead").inc()
                _log.error("parked" if parked else "dead_letter", durable=durable, reason=reason)
