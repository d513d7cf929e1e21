"""The gateway hands connections on as they are, both ways, and survives whoever hangs up."""

import asyncio

import pytest

from deploy import gateway
from deploy.embedded.process import free_port


@pytest.fixture
async def port():
    """A gateway before somebody who answers, once the asker has said everything, how much that was."""

    async def answer(reader, writer):
        writer.write(b"%d bytes" % len(await reader.read()))
        writer.close()

    behind = await asyncio.start_server(answer, "127.0.0.1", 0)
    before = await gateway.serve(0, "127.0.0.1", behind.sockets[0].getsockname()[1], host="127.0.0.1")
    yield before.sockets[0].getsockname()[1]
    before.close()
    behind.close()


async def ask(port: int, what: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(what)
    writer.write_eof()
    found = await reader.read()
    writer.close()
    return found


async def test_everything_is_passed_on_and_so_is_its_end(port):
    asked = [ask(port, b"x" * size) for size in (1, 300_000)]
    assert await asyncio.gather(*asked) == [b"1 bytes", b"300000 bytes"]


async def test_an_asker_who_hangs_up_does_not_end_it(port):
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.transport.abort()
    assert await ask(port, b"x") == b"1 bytes"


async def test_who_is_not_there_hangs_up():
    before = await gateway.serve(0, "127.0.0.1", free_port(), host="127.0.0.1")
    assert await ask(before.sockets[0].getsockname()[1], b"x") == b""
    before.close()
