"""The unit of work of a handler: what it publishes is written to the outbox, in the transaction of what it saves.

It only records, so a test of a handler looks at what was published. A handler runs again after a write conflict;
every run gets a fresh unit.
"""

from datetime import datetime

from shared.bus.reminder import CancelledReminder, Reminder
from shared.events.base import Event
from shared.events.people import ContactCard, ContactForgotten

Outgoing = Event | ContactCard | ContactForgotten | Reminder | CancelledReminder


class UnitOfWork:
    """The outgoing messages of one transaction, in order.

    ``restored`` is set where the cause comes from a restored backup, to the time of the restore: what it brings about
    may have happened before, outside effects included.
    """

    def __init__(
        self, *, now: datetime, actor: str, event_id: str, correlation_id: str, restored: datetime | None = None
    ) -> None:
        self.now = now
        self.actor = actor
        self.event_id = event_id
        self.correlation_id = correlation_id
        self.restored = restored
        self.outgoing: list[Outgoing] = []
        self.follows: dict[int, str] = {}

    def publish(self, event: Event, *, follows: str = "") -> None:
        """Publish an event. ``follows``: the correlation id of what set it off, where that is not the unit's own."""
        if follows:
            self.follows[len(self.outgoing)] = follows
        self.outgoing.append(event)

    def put_contact(self, card: ContactCard) -> None:
        """Publish a person's contact card, which replaces the last."""
        self.outgoing.append(card)

    def forget_contact(self, person_id: str) -> None:
        """Erase a person's contact card everywhere."""
        self.outgoing.append(ContactForgotten(person_id=person_id))

    def remind(self, kind: str, key: str, due: datetime, data: dict[str, str] | None = None) -> None:
        """Set a reminder; the same kind and key again reschedules it. ``due`` must be aware."""
        if due.tzinfo is None:
            raise ValueError(f"the reminder {kind} has a due time without a zone")
        self.outgoing.append(Reminder(kind, key, due, dict(data or {})))

    def cancel_reminder(self, kind: str, key: str) -> None:
        """Cancel a reminder; does nothing when there is none."""
        self.outgoing.append(CancelledReminder(kind, key))
