"""Erasures outlive a restore: people and enquiries that the event log shows as erased since the backup go again.

The erasures are read before the streams are emptied, and written into their publisher's restored outbox. There the
person's card is replaced by its erasure, which is published again to every subscriber.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from shared.bus import subjects
from shared.bus.collections import OUTBOX
from shared.bus.envelope import written
from shared.bus.outbox import next_order
from shared.bus.subscriptions import type_name
from shared.events.enquiries import EnquiryErased
from shared.events.people import ContactForgotten
from shared.events.programmes import PersonErased
from shared.mongo import Database, Document

_IDS = UUID("0a3b8a0e-6a0e-5d53-9c61-2f0a9d1f7b10")
_HERE = tuple(f"events.{event.context}.{event.__name__}.*.*" for event in (PersonErased, EnquiryErased))


@dataclass(frozen=True)
class Erasure:
    """An erasure as it stands in the log."""

    subject: str
    headers: dict[str, str]
    body: bytes

    @property
    def person_id(self) -> str:
        """Whose card goes with it; none of who only asked from outside, and so has no card."""
        if self.headers["ce-type"] != type_name(PersonErased):
            return ""
        return PersonErased.model_validate_json(self.body).person_id


async def erasures(jetstream: JetStreamContext) -> list[Erasure]:
    """Every erasure in the log, in order; none where there is no log any more."""
    return [one for subject in _HERE for one in await _of(jetstream, subject)]


async def _of(jetstream: JetStreamContext, subject: str) -> list[Erasure]:
    found, sequence = list[Erasure](), 1
    while True:
        try:
            message = await jetstream.get_msg(subjects.EVENTS, seq=sequence, subject=subject, next=True)
        except NotFoundError:
            return found
        kept = {name: value for name, value in (message.headers or {}).items() if not name.startswith("Nats-")}
        found.append(Erasure(message.subject or "", kept, message.data or b""))
        sequence = (message.seq or sequence) + 1


async def erase_again(database: Database, found: Sequence[Erasure]) -> int:
    """Put erasures that the publisher's restored outbox does not know into it; return how many."""
    outbox, count = database[OUTBOX], 0
    for erasure in found:
        ce_id = erasure.headers["ce-id"]
        if await outbox.find_one({"_id": ce_id}) is not None:
            continue
        person_id, event = erasure.person_id, _row(ce_id, ce_id, "event", erasure)
        for row in (_forgotten(erasure, f"contact:{person_id}"), event) if person_id else (event,):
            await outbox.replace_one({"_id": row["_id"]}, row, upsert=True)
        count += 1
    return count


def _forgotten(erasure: Erasure, card: str) -> Document:
    person_id = erasure.person_id
    ce_id = str(uuid5(_IDS, erasure.headers["ce-id"]))
    headers = {**erasure.headers, "ce-id": ce_id, "ce-type": type_name(ContactForgotten), "ce-subject": person_id}
    forgotten = Erasure(f"people.{person_id}", headers, written(ContactForgotten(person_id=person_id)))
    return _row(card, ce_id, "forget", forgotten)


def _row(key: str, ce_id: str, kind: str, erasure: Erasure) -> Document:
    order = next_order()
    return {
        "_id": key,
        "ce_id": ce_id,
        "kind": kind,
        "subject": erasure.subject,
        "headers": erasure.headers,
        "body": erasure.body,
        "due": None,
        "order": order,
        "waiting": order,
        "told": datetime.now(UTC),
    }
