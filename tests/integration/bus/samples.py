"""Made-up facts, commands and a service for the bus's own tests."""

from collections.abc import Callable
from typing import Any, ClassVar

from shared.bus import Service, UnitOfWork
from shared.commands.base import Command, Query, Reply
from shared.events.base import Event


class Rang(Event):
    """A bell rang."""

    context: ClassVar[str] = "belfry"
    aggregate: ClassVar[str] = "bell_id"
    bell_id: str
    times: int = 1


class Heard(Event):
    """Somebody heard it."""

    context: ClassVar[str] = "village"
    aggregate: ClassVar[str] = "bell_id"
    bell_id: str
    times: int = 1


class Counted(Reply):
    bell_id: str
    version: int


class Ring(Command):
    service: ClassVar[str] = "belfry"
    Reply: ClassVar[type[Reply]] = Counted
    bell_id: str
    times: int = 1


class ShowBell(Query):
    service: ClassVar[str] = "belfry"
    Reply: ClassVar[type[Reply]] = Counted
    bell_id: str


def belfry(settings: Any) -> Service:
    """A service that rings bells on command."""
    service = Service("belfry", settings)

    async def ring(command: Ring, work: UnitOfWork) -> Counted:
        bells = service.database["bells"]
        bell = await bells.find_one_and_update({"_id": command.bell_id}, {"$inc": {"version": 1}}, upsert=True)
        assert bell is not None
        work.publish(Rang(bell_id=command.bell_id, times=command.times, version=bell["version"]))
        return Counted(bell_id=command.bell_id, version=bell["version"])

    async def show(query: ShowBell) -> Counted:
        bell = await service.database["bells"].find_one({"_id": query.bell_id})
        return Counted(bell_id=query.bell_id, version=bell["version"] if bell else 0)

    service.command(Ring, ring)
    service.query(ShowBell, show)
    return service


def village(settings: Any, handler: Callable[[Rang, UnitOfWork], Any] | None = None) -> Service:
    """A service that writes down each ringing it hears and tells that it did."""
    service = Service("village", settings)

    async def hear(event: Rang, work: UnitOfWork) -> None:
        await service.database["heard"].insert_one({"bell": event.bell_id, "version": event.version, "by": work.actor})
        work.publish(Heard(bell_id=event.bell_id, times=event.times, version=event.version))

    service.subscribe(Rang, "village-rang", handler or hear)
    return service


async def subjects_of(jetstream: Any, stream: str) -> dict[str, int]:
    """How many messages each subject of a stream holds."""
    return dict((await jetstream.stream_info(stream, subjects_filter=">")).state.subjects or {})


async def idle(jetstream: Any, stream: str, durable: str) -> bool:
    """Whether a durable has nothing left to do."""
    info = await jetstream.consumer_info(stream, durable)
    return (info.num_pending, info.num_ack_pending) == (0, 0)
