"""Dead letters: messages that could not be handled, kept apart in the stream DEAD until somebody replays or drops them.

Of a contact card only the reference is kept, never the card: an erasure must be complete.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from shared.bus import subjects
from shared.errors import Rejected

_REASON, _DURABLE, _STREAM, _SEQUENCE = "kindred-reason", "kindred-durable", "kindred-stream", "kindred-sequence"
_OURS = {_REASON, _DURABLE, _STREAM, _SEQUENCE, subjects.ORIGINAL}


@dataclass(frozen=True)
class DeadLetter:
    """One message that a durable could not handle. ``number`` names it in the commands."""

    number: int
    parked: bool
    service: str
    durable: str
    reason: str
    stream: str
    sequence: int
    subject: str
    at: datetime | None
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The fact's CloudEvents type, where it has one."""
        return self.headers.get("ce-type", "")


async def keep(
    jetstream: JetStreamContext, service: str, durable: str, message: Msg, reason: str, *, parked: bool
) -> None:
    """Keep a message; returns when the server has it on disk."""
    where = message.metadata
    original = (message.headers or {}).get(subjects.ORIGINAL, message.subject)
    about = {
        _REASON: " ".join(reason.split())[:500].encode("ascii", "replace").decode(),
        _DURABLE: durable,
        _STREAM: where.stream,
        _SEQUENCE: str(where.sequence.stream),
        subjects.ORIGINAL: original,
    }
    kept = {name: value for name, value in (message.headers or {}).items() if not name.startswith("Nats-")}
    once = {"Nats-Msg-Id": f"{durable}:{where.stream}:{where.sequence.stream}"}
    body = b"" if where.stream == subjects.PEOPLE else message.data
    await jetstream.publish(subjects.dead(service, durable, parked=parked), body, headers={**kept, **about, **once})


async def ls(jetstream: JetStreamContext) -> AsyncIterator[DeadLetter]:
    """Yield all dead letters, oldest first."""
    state = (await jetstream.stream_info(subjects.DEAD)).state
    for number in range(max(state.first_seq, 1), state.last_seq + 1):
        try:
            yield _letter(await jetstream.get_msg(subjects.DEAD, number))
        except NotFoundError:
            continue


async def show(jetstream: JetStreamContext, number: int) -> DeadLetter:
    """Return one; raises Rejected when there is none of that number."""
    try:
        return _letter(await jetstream.get_msg(subjects.DEAD, number))
    except NotFoundError:
        raise Rejected("dead-letter-exists", f"There is no dead letter {number}.") from None


async def replay(jetstream: JetStreamContext, number: int) -> DeadLetter:
    """Replay one to the durable that could not handle it, and to no other; then delete it here."""
    letter = await show(jetstream, number)
    body = letter.body
    key = subjects.token(letter.headers.get("ce-id", str(number)))
    if letter.stream == subjects.PEOPLE:
        key = letter.subject.removeprefix("people.")
        body = await _card(jetstream, letter)
    headers = {**letter.headers, subjects.ORIGINAL: letter.subject}
    await jetstream.publish(subjects.replay(letter.stream, letter.durable, key), body, headers=headers)
    await jetstream.delete_msg(subjects.DEAD, number)
    return letter


async def drop(jetstream: JetStreamContext, number: int) -> DeadLetter:
    """Delete one for good."""
    letter = await show(jetstream, number)
    await jetstream.delete_msg(subjects.DEAD, number)
    return letter


async def _card(jetstream: JetStreamContext, letter: DeadLetter) -> bytes:
    try:
        return (await jetstream.get_last_msg(letter.stream, letter.subject)).data or b""
    except NotFoundError:
        raise Rejected("contact-exists", "That contact card is gone; the dead letter can only be dropped.") from None


def _letter(found: RawStreamMsg) -> DeadLetter:
    headers = dict(found.headers or {})
    kind, service, durable = (found.subject or "..").split(".", 2)
    return DeadLetter(
        number=found.seq or 0,
        parked=kind == "parked",
        service=service,
        durable=headers.get(_DURABLE, durable),
        reason=headers.get(_REASON, ""),
        stream=headers.get(_STREAM, ""),
        sequence=int(headers.get(_SEQUENCE, "0")),
        subject=headers.get(subjects.ORIGINAL, ""),
        at=found.time,
        headers={name: value for name, value in headers.items() if name not in _OURS and not name.startswith("Nats-")},
        body=found.data or b"",
    )
