"""Fakes behind the shared ports. Where a real adapter exists, both pass one contract suite.

A service's own fakes are modules beside this one, named for the service.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from shared.bus import CancelledReminder, Reminder, UnitOfWork
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, step: timedelta) -> None:
        self.at += step


class FakeWork(UnitOfWork):
    """The unit of work of a unit test: the real recorder, with what was told sorted by kind."""

    def __init__(
        self,
        now: datetime = START,
        actor: str = "tester",
        event_id: str = "event-1",
        correlation_id: str = "correlation-1",
    ) -> None:
        super().__init__(now=now, actor=actor, event_id=event_id, correlation_id=correlation_id)

    @property
    def published(self) -> list[Event]:
        return [fact for fact in self.outgoing if isinstance(fact, Event)]

    @property
    def contacts(self) -> list[ContactCard]:
        return [fact for fact in self.outgoing if isinstance(fact, ContactCard)]

    @property
    def forgotten(self) -> list[str]:
        return [fact.person_id for fact in self.outgoing if isinstance(fact, ContactForgotten)]

    @property
    def reminders(self) -> dict[tuple[str, str], Reminder]:
        """What is to be reminded of in the end: rescheduled and cancelled ones taken into account."""
        wanted: dict[tuple[str, str], Reminder] = {}
        for fact in self.outgoing:
            if isinstance(fact, Reminder):
                wanted[fact.kind, fact.key] = fact
            elif isinstance(fact, CancelledReminder):
                wanted.pop((fact.kind, fact.key), None)
        return wanted

    @property
    def cancelled(self) -> list[tuple[str, str]]:
        return [(fact.kind, fact.key) for fact in self.outgoing if isinstance(fact, CancelledReminder)]


class FakeReminders:
    """The timer port of a unit test: reminders come when the fake clock passes their due time, earliest first."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.came: list[tuple[str, str]] = []
        self.waiting: dict[tuple[str, str], Reminder] = {}

    def now(self) -> datetime:
        return self.clock.now()

    async def tell(self, handler: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        """Run a handler and take in what it asked to be reminded of."""
        work = FakeWork(now=self.now())
        await handler(work)
        for fact in work.outgoing:
            if isinstance(fact, Reminder):
                self.waiting[fact.kind, fact.key] = fact
            elif isinstance(fact, CancelledReminder):
                self.waiting.pop((fact.kind, fact.key), None)

    async def advance(self, step: timedelta) -> None:
        self.clock.advance(step)
        for reminder in self.due():
            self.came.append((reminder.key, reminder.data.get("what", "")))

    def due(self) -> list[Reminder]:
        """Take the reminders that are due now, earliest first."""
        ready = sorted((r for r in self.waiting.values() if r.due <= self.now()), key=lambda r: r.due)
        for reminder in ready:
            del self.waiting[reminder.kind, reminder.key]
        return ready

    async def expect(self, wanted: list[tuple[str, str]]) -> None:
        assert sorted(self.came) == sorted(wanted)
