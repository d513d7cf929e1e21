"""Files that go along with a command: put into the object store UPLOADS for a day, fetched by key."""

from asyncio import to_thread
from pathlib import Path
from uuid import uuid4

from nats.js import JetStreamContext
from nats.js.api import ObjectMeta
from nats.js.errors import NotFoundError, ObjectNotFoundError

from shared.bus.subjects import UPLOADS_BUCKET
from shared.errors import Permanent, Rejected

MOST_BYTES = 20_000_000


class Uploads:
    """The object store, by upload key."""

    def __init__(self, jetstream: JetStreamContext) -> None:
        self._jetstream = jetstream

    async def put(self, content: bytes | Path, filename: str) -> str:
        """Store a file and return its key; raises Permanent above 20 MB."""
        data = await to_thread(content.read_bytes) if isinstance(content, Path) else content
        if len(data) > MOST_BYTES:
            raise Permanent(f"{filename} has {len(data):,} bytes; at most {MOST_BYTES:,} can be uploaded.")
        store = await self._jetstream.object_store(UPLOADS_BUCKET)
        key = f"upl-{uuid4().hex}"
        await store.put(key, data, meta=ObjectMeta(description=filename))
        return key

    async def get(self, key: str) -> bytes:
        """Return the content; raises Rejected("unknown-upload") when the key is unknown or older than a day."""
        store = await self._jetstream.object_store(UPLOADS_BUCKET)
        try:
            found = await store.get(key)
        except (NotFoundError, ObjectNotFoundError):
            raise Rejected("unknown-upload", f"There is no upload {key[:60]}; uploads are kept for a day.") from None
        return found.data or b""
