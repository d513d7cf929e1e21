"""Files in GridFS, outside transactions."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from gridfs.errors import FileExists, NoFile
from pymongo.errors import BulkWriteError, DuplicateKeyError


class Files:
    """Files of any size under ids of ours; outside transactions, so writing the same id again replaces the file."""

    def __init__(self, open_bucket: Callable[[], Any]) -> None:
        self._open = open_bucket

    @cached_property
    def _bucket(self) -> Any:
        """The driver's bucket, on first use: Motor binds it to the event loop that runs then."""
        return self._open()

    async def put(self, key: str, content: bytes, metadata: Mapping[str, Any] | None = None) -> None:
        """Store ``content`` as file ``key``, in place of an older one."""
        try:
            await self._bucket.upload_from_stream_with_id(key, key, content, metadata=dict(metadata or {}))
        except (FileExists, DuplicateKeyError, BulkWriteError):
            await self.delete(key)
            await self._bucket.upload_from_stream_with_id(key, key, content, metadata=dict(metadata or {}))

    async def get(self, key: str) -> bytes:
        """Return the content; raises KeyError when there is no such file."""
        try:
            stream = await self._bucket.open_download_stream(key)
            content: bytes = await stream.read()
        except NoFile:
            raise KeyError(key) from None
        return content

    async def delete(self, key: str) -> None:
        """Remove the file if it is there."""
        try:
            await self._bucket.delete(key)
        except NoFile:
            return
