import httpx
import pytest

from services.portal.domain.tokens import Wanted
from shared.commands.scopes import EVERYTHING
from tests.unit.portal import console
from tests.unit.portal.signing import NADIA, appoint


class Program:
    """A program with a token."""

    def __init__(self, browser, text):
        self.browser = browser
        self.text = text

    @property
    def bearer(self):
        return {"authorization": f"Bearer {self.text}"}

    async def get(self, name, /, headers=None, **parameters):
        path = name if name.startswith("/") else f"/api/queries/{name}"
        return await self.browser.get(path, params=parameters or None, headers={**self.bearer, **(headers or {})})

    async def post(self, path, fields, key="k-1", headers=None):
        given = {**self.bearer, "idempotency-key": key, **(headers or {})}
        return await self.browser.post(f"/api/{path}", json=fields, headers=given)


@pytest.fixture
async def given(world):
    """Make programs with tokens of these scopes, in these programmes."""
    await appoint(world)
    console.filled(world)
    opened: list[httpx.AsyncClient] = []

    async def make(*scopes, programmes=()):
        wanted = Wanted("A program", scopes or (EVERYTHING,), 30, programmes)
        made = await world.tokens.make(NADIA, wanted, f"once-{len(opened)}")
        opened.append(world.browser())
        return Program(opened[-1], made.text)

    yield make
    for browser in opened:
        await browser.aclose()
