"""Subscriptions as plain data, from which the running bus makes its consumers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.bus import subjects
from shared.bus.reminder import Reminder
from shared.bus.topology import Consumer
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten

Handler = Callable[[Any, UnitOfWork], Awaitable[None]]
Effect = Callable[[UnitOfWork], Awaitable[None]]
Worker = Callable[[Any], Awaitable[Effect]]
Kind = Literal["handler", "worker", "batch"]

BATCH = 50


@dataclass(frozen=True)
class Subscription:
    """One durable: the handler of each type of message, and how it runs (one by one, batches, slow work first)."""

    kind: Kind
    consumer: Consumer
    handlers: dict[str, tuple[type[Any], Callable[..., Awaitable[Any]]]] = field(default_factory=dict)


def type_name(fact: type[Any]) -> str:
    """Return the CloudEvents type of a message: ``<context>.<Name>.v<N>``."""
    if issubclass(fact, Event):
        return fact.type_name()
    return f"{'timers' if fact is Reminder else 'people'}.{fact.__name__}.v1"


def subscription(kind: Kind, durable: str, handlers: Mapping[type[Any], Callable[..., Awaitable[Any]]]) -> Subscription:
    """Build a subscription to one stream."""
    people = [issubclass(fact, ContactCard | ContactForgotten) for fact in handlers]
    if not handlers or any(people) != all(people):
        raise ValueError(f"{durable}: a durable consumes one stream")
    stream = subjects.PEOPLE if all(people) else subjects.EVENTS
    wanted = {
        subjects.PEOPLE_PATTERN if not issubclass(fact, Event) else subjects.every_version(fact) for fact in handlers
    }
    filters = (*sorted(wanted), subjects.replay(stream, durable))
    consumer = Consumer(durable, stream, filters)
    return Subscription(kind, consumer, {type_name(fact): (fact, handler) for fact, handler in handlers.items()})


def timer_subscription(service: str, kind: str, handler: Handler) -> Subscription:
    """Build the subscription of one kind of reminder."""
    durable = f"{service}-reminded-{subjects.token(kind)}"
    filters = (subjects.due_pattern(service, kind), subjects.replay(subjects.TIMERS, durable))
    return Subscription(
        "handler", Consumer(durable, subjects.TIMERS, filters), {type_name(Reminder): (Reminder, handler)}
    )
