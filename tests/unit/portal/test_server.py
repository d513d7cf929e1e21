"""The web server waits for headers and bodies so long and no longer, on a real socket."""

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest

from services.portal.pages.patience import Patience
from services.portal.pages.security import Shield
from services.portal.pages.server import WebServer, configured
from tests.waiting import patience as patience_of
from tests.waiting import until

SOON = Patience(headers=0.3, part=0.3, body=0.6)
LONG = Patience(headers=60, part=60, body=60)
HEAD = b"POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"


@asynccontextmanager
async def line(world, patience):
    """A connection to the pages, served with this patience."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    for one in world.app.user_middleware:
        if one.cls is Shield:
            one.kwargs["patience"] = patience
    server = WebServer(configured(world.app, "127.0.0.1", port, patience))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started, "until the pages are served")
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        server.should_exit = True
        await serving


async def drip(writer, text):
    """Send a letter at a time, for as long as somebody listens."""
    for letter in text:
        writer.write(bytes([letter]))
        await writer.drain()
        await asyncio.sleep(0.05)  # stands for somebody who sends slowly


async def answered(reader):
    """The first line of the answer, once it has come."""
    async with asyncio.timeout(patience_of(30)):
        return (await reader.readline()).decode().strip()


async def hung_up(reader):
    async with asyncio.timeout(patience_of(30)):
        return await reader.read() is not None


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: x\r\nx-a: b\r\n"])
async def test_whoever_does_not_send_all_headers_in_time_is_hung_up_on(world, sent):
    async with line(world, SOON) as (reader, writer):
        writer.write(sent)
        assert await answered(reader) == "HTTP/1.1 408 Request Timeout"
        assert await hung_up(reader)


async def test_a_letter_now_and_then_makes_the_wait_no_longer(world):
    async with line(world, SOON) as (reader, writer):
        dripping = asyncio.create_task(drip(writer, b"GET / HTTP/1.1\r\n" + b"x-a: b\r\n" * 1000))
        assert await answered(reader) == "HTTP/1.1 408 Request Timeout"
        dripping.cancel()


async def test_a_second_request_of_a_connection_has_as_long(world):
    async with line(world, SOON) as (reader, writer):
        writer.write(b"GET /robots.txt HTTP/1.1\r\nhost: x\r\n\r\n")
        assert await answered(reader) == "HTTP/1.1 200 OK"
        await reader.readuntil(b"Disallow: /\n")
        writer.write(b"GET /robo")
        assert await answered(reader) == "HTTP/1.1 408 Request Timeout"


@pytest.mark.parametrize("slow", [Patience(60, 0.3, 60), Patience(60, 60, 0.6)], ids=["a part", "the whole"])
async def test_a_body_that_does_not_come_in_time_is_not_waited_for(world, slow):
    async with line(world, slow) as (reader, writer):
        writer.write(HEAD + b"content-length: 1000\r\n\r\naddress=")
        dripping = asyncio.create_task(drip(writer, b"x" * 900 if slow.part > 1 else b""))
        assert await answered(reader) == "HTTP/1.1 408 Request Timeout"
        dripping.cancel()


async def test_whoever_sends_in_time_is_answered(world):
    async with line(world, LONG) as (reader, writer):
        body = b"address=x%40school.example"
        writer.write(HEAD[:20])
        await writer.drain()
        writer.write(HEAD[20:] + b"content-length: %d\r\n\r\n" % len(body) + body[:5])
        await writer.drain()
        writer.write(body[5:])
        assert await answered(reader) == "HTTP/1.1 403 Forbidden"
