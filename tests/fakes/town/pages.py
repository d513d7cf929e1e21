"""The pages of the town, asked without a socket."""

from typing import Any

import httpx


class Pages(httpx.AsyncBaseTransport):
    """Hands requests to the application that the portal would serve, once its task has begun."""

    def __init__(self) -> None:
        self._served: httpx.ASGITransport | None = None

    async def serve(self, application: Any, _host: str, _port: int) -> None:
        """Take the place of the server; the first application stays, however often the task is begun anew."""
        self._served = self._served or httpx.ASGITransport(app=application)

    @property
    def application(self) -> Any:
        """What is served."""
        assert self._served is not None
        return self._served.app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._served is None:
            raise httpx.ConnectError("Nothing has happened in the town yet, so that its pages are not served.")
        return await self._served.handle_async_request(request)
