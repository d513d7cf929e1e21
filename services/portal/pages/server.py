"""The web server inside the service: uvicorn, which leaves signals to the service and logs no address."""

import asyncio
import contextlib
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from services.portal.pages.patience import USUAL, Patience, patient

GRACE = 5
MOST_AT_ONCE = 1000
"""Connections; one more is told to come back."""


class WebServer(uvicorn.Server):
    """Uvicorn whose signals belong to the service."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def configured(app: Starlette, host: str, port: int, patience: Patience = USUAL) -> uvicorn.Config:
    """How the pages are served."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=65536,
        http=patient(patience),
        limit_concurrency=MOST_AT_ONCE,
    )


async def serve(app: Starlette, host: str, port: int) -> None:
    """Serve until cancelled, then finish what is in hand."""
    server = WebServer(configured(app, host, port))
    running = asyncio.create_task(server.serve())
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        server.should_exit = True
        await running
        raise
