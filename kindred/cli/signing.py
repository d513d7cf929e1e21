"""The client that asks as whoever has signed in: each command carries the person, so that what is kept names them."""

from typing import Any

from kindred import signed_in
from shared.bus.client import BusClient
from shared.commands.base import Command
from shared.commands.logins import LoginShown, ShowLogin
from shared.errors import Rejected

MACHINE = "machine"
"""Who asks where nobody has to be signed in: to look, and for the first steps on the machine itself."""
WITHOUT = frozenset({"AddCoordinator", "AskLogin", "TryLogin", "ProveLogin", "ResetSignIn"})
"""Commands that somebody at the machine may send without having signed in: by them the first one can."""


class SignedClient(BusClient):
    """Looks up once a run who has signed in, and only when a command is sent."""

    _person: str = ""

    async def ask(self, command: Command, *, actor: str | None = None, **how: Any) -> Any:
        """Send a command as who has signed in. Raises Rejected("not-signed-in") besides what the bus does."""
        if actor is None and (type(command).__name__ not in WITHOUT or signed_in.kept()):
            actor = await self._who(must=type(command).__name__ not in WITHOUT)
        return await super().ask(command, actor=actor, **how)

    async def _who(self, *, must: bool) -> str:
        if self._person:
            return self._person
        kept = signed_in.kept()
        if kept is None:
            raise Rejected("not-signed-in", "Sign in first, as a coordinator: `kindred login ADDRESS`.")
        try:
            shown: LoginShown = await self.find(ShowLogin(key=kept.key))
        except Rejected:
            if must:
                raise
            return MACHINE
        self._person = shown.person_id
        return self._person
