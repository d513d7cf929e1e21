"""Hands connections on from fixed ports: `python deploy/gateway.py 8080=portal:8080 2525=notifications:2525`.

Docker gives each replica a port of its own out of a range, and another one whenever it is made anew. Behind this one
container the outside ports stay what they are. Docker's name server names all replicas of a service, in turn; the first
that answers gets the connection.
"""

import asyncio
import signal
import sys
from asyncio import StreamReader, StreamWriter
from functools import partial

CONNECTED_WITHIN = 10.0
CHUNK = 65_536


async def serve(port: int, name: str, there: int, host: str = "0.0.0.0") -> asyncio.Server:  # noqa: S104 - inside a container
    """Listen on a port, and hand what connects on to this port of that name."""
    return await asyncio.start_server(partial(_hand_on, name, there), host, port)


async def _hand_on(name: str, port: int, asked: StreamReader, answer: StreamWriter) -> None:
    try:
        async with asyncio.timeout(CONNECTED_WITHIN):
            said, ask = await asyncio.open_connection(name, port)
    except (OSError, TimeoutError):
        answer.close()
        return
    await asyncio.gather(_pass_on(asked, ask), _pass_on(said, answer))
    ask.close()
    answer.close()


async def _pass_on(source: StreamReader, sink: StreamWriter) -> None:
    """Pass everything on, and the end of it. Where the other side has hung up, there is nobody to tell."""
    try:
        while chunk := await source.read(CHUNK):
            sink.write(chunk)
            await sink.drain()
        sink.write_eof()
    except OSError:
        sink.close()


async def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or SIGINT."""
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    for argument in arguments:
        port, _, target = argument.partition("=")
        name, _, there = target.partition(":")
        await serve(int(port), name, int(there))
    await over.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
