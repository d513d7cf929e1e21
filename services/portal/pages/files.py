"""Files that another service keeps and hands out in pieces, served to whoever may read them."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from shared.commands.base import Query
from shared.commands.reporting import Chunk
from shared.commands.reports import FetchReport, ReportFormat, ReportRow
from shared.errors import Retryable

MOST_BYTES = 60_000_000
FORMATS: Mapping[str, str] = {"pdf": "PDF", "xlsx": "Excel"}
"""Formats of a report that are handed out as files."""


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


async def report_file(
    find: Callable[[Query], Awaitable[Any]], row: ReportRow, person_id: str, wanted: ReportFormat
) -> tuple[bytes, Chunk]:
    """Return the file of a report's edition for somebody, whole; `find` asks its owner, who notes that it was read."""
    about = {"report_id": row.report_id, "person_id": person_id, "edition": row.edition}

    async def fetch(offset: int) -> Chunk:
        part: Chunk = await find(FetchReport(**about, format=wanted, offset=offset))
        return part

    return await whole(fetch)


def served(content: bytes, part: Chunk, disposition: str, usual: str) -> Response:
    """Return it as `inline` or as `attachment`, under its name; `usual`: a name where nothing of its own is plain."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", part.filename) or usual
    named = f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(part.filename, safe='')}"
    return Response(content, media_type=part.media_type, headers={"content-disposition": named})
