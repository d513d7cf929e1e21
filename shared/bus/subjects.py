"""Names of streams and subjects, in one place."""

import re

from shared.events.base import Event

EVENTS, PEOPLE, TIMERS, DEAD, ADVISORIES = "EVENTS", "PEOPLE", "TIMERS", "DEAD", "ADVISORIES"
CLOCK_BUCKET, UPLOADS_BUCKET = "CLOCK", "UPLOADS"
PEOPLE_PATTERN = "people.*"
ORIGINAL = "kindred-subject"
"""Header of a replayed message: the subject it first came on."""

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def token(text: str) -> str:
    """Return ``text`` as one subject token; other characters become ``=XX`` (UTF-8, hex), so that it stays unique."""
    return _UNSAFE.sub(lambda char: "".join(f"={byte:02X}" for byte in char.group().encode()), text) or "="


def every_version(event: type[Event]) -> str:
    """Return the filter for all versions of an event, so that a future version is parked and not missed."""
    return f"events.{event.context}.{event.__name__}.*.*"


def schedule(service: str, kind: str, key: str) -> str:
    """Return the subject that holds one reminder until it is due."""
    return f"timers.at.{service}.{token(kind)}.{token(key)}"


def due(service: str, kind: str, key: str) -> str:
    """Return the subject on which a due reminder comes back."""
    return f"timers.due.{service}.{token(kind)}.{token(key)}"


def due_pattern(service: str, kind: str) -> str:
    """Return the filter for all due reminders of one kind."""
    return f"timers.due.{service}.{token(kind)}.*"


def replay(stream: str, durable: str, key: str = "*") -> str:
    """Return the subject that replays a dead letter to one durable only."""
    return f"replay.{stream.lower()}.{durable}.{key}"


def dead(service: str, durable: str, *, parked: bool = False) -> str:
    """Return the subject of a durable's dead letters; parked ones wait for a newer release."""
    return f"{'parked' if parked else 'dead'}.{service}.{durable}"
