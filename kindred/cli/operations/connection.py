"""The NATS connection itself, for what operators look at: streams, consumers, dead letters, the event log."""

from nats.aio.client import Client as Connection
from nats.js import JetStreamContext

from kindred.cli.session import current
from shared.bus.client import BusClient
from shared.errors import Retryable


def bus() -> BusClient:
    """The client of this run, on a real bus."""
    client = current().client()
    if not isinstance(client, BusClient):
        raise Retryable("This needs a connection to a real message bus.")
    return client


def connection() -> Connection:
    """The connection of this run."""
    return bus().connection


def jetstream() -> JetStreamContext:
    """JetStream on it."""
    return connection().jetstream()
