"""The Kindred that a round is played against: on this machine or behind docker compose, the round is the same."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kindred.demo.outboxes import Outboxes


@dataclass(frozen=True)
class Target:
    """Where everything is.

    ``settings`` are the environment of `kindred` commands.
    """

    settings: dict[str, str]
    portal_url: str
    mail_url: str
    replies_host: str
    replies_port: int
    folder: Path
    outboxes: Outboxes
    memory: Callable[[], dict[str, int]] = dict
    """Bytes that each service has needed at most; nothing where that is out of reach."""
    check_alive: Callable[[], None] = lambda: None
