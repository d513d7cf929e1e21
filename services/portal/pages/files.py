"""Files that another service keeps and hands out in pieces, served to whoever may read them."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.responses import Response

from shared.commands.reporting import Chunk
from shared.errors import Retryable

MOST_BYTES = 60_000_000


async def whole(fetch: Callable[[int], Awaitable[Chunk]]) -> tuple[bytes, Chunk]:
    """Return a file and its last piece; `fetch` takes the bytes that are there. Raises Retryable if it is not whole."""
    content = bytearray()
    while True:
        part = await fetch(len(content))
        content += part.content
        if len(content) >= part.size or len(content) > MOST_BYTES:
            break
        if not part.content:
            raise Retryable("The file ended too soon.")
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise Retryable("The file did not arrive whole.")
    return bytes(content), part


def served(content: bytes, part: Chunk, disposition: str, usual: str) -> Response:
    """Return it as `inline` or as `attachment`, under its name; `usual`: a name where nothing of its own is plain."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", part.filename) or usual
    named = f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(part.filename, safe='')}"
    return Response(content, media_type=part.media_type, headers={"content-disposition": named})
