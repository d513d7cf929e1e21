"""How the service and a worker talk over a pipe: frames of a length (four bytes, big-endian) and that many bytes."""

import asyncio
import struct
from typing import BinaryIO

LARGEST = 64 * 1024 * 1024
_LENGTH = struct.Struct(">I")


def packed(content: bytes) -> bytes:
    """One frame."""
    return _LENGTH.pack(len(content)) + content


def read(stream: BinaryIO) -> bytes | None:
    """Read one frame; None when the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return stream.read(_LENGTH.unpack(head)[0])


async def receive(stream: asyncio.StreamReader) -> bytes:
    """Await one frame; raises IncompleteReadError when the other side has gone, ValueError on an absurd length."""
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    if length > LARGEST:
        raise ValueError(f"a frame of {length:,} bytes")
    return await stream.readexactly(length)
