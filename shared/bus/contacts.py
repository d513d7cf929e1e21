"""Erasing a person from the PEOPLE stream."""

from nats.js import JetStreamContext
from nats.js.api import PubAck
from nats.js.errors import NotFoundError

from shared.bus import subjects


async def forget(jetstream: JetStreamContext, subject: str, headers: dict[str, str], body: bytes) -> PubAck:
    """Overwrite the person's card on disk, purge the subject, and publish the erasure to all subscribers."""
    try:
        last = await jetstream.get_last_msg(subjects.PEOPLE, subject)
        if last.seq and (last.headers or {}).get("ce-id") != headers["ce-id"]:
            await jetstream.delete_msg(subjects.PEOPLE, last.seq)
    except NotFoundError:
        pass
    person = subject.removeprefix("people.")
    for filed in (subject, f"replay.people.*.{person}"):
        await jetstream.purge_stream(subjects.PEOPLE, subject=filed)
    return await jetstream.publish(subject, body, headers={**headers, "Nats-Msg-Id": headers["ce-id"]})
