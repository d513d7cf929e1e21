"""Whose addresses asked to sign in: a task looks, apart from the page, so that a page takes as long for anybody's.

What the mail says is asked for when it is written, and is never kept.
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from services.portal.domain.sign_in.secrets import Secrets
from services.portal.handlers.ending import Endings
from services.portal.handlers.sign_in import Transact
from services.portal.ports.sign_in import SignInStores
from shared import telemetry
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.sign_in import ResetSignIn, ShowSignIn, SignInSecrets
from shared.errors import Rejected
from shared.events.sign_in import SecondFactorChanged, SignInAsked

LINK = "/sign-in/l/"
"""Where the pages take a mail's link."""
_PAUSE = 0.3
_BATCH = 50
_log = telemetry.logger("kindred.portal")


class SignInMails:
    """Publishes which accounts asked for a mail."""

    def __init__(self, stores: SignInStores, transact: Transact) -> None:
        self._stores = stores
        self._transact = transact

    async def run(self) -> None:
        """Work until cancelled. A failure costs one turn."""
        while True:
            try:
                await self.publish_next()
            except Exception as error:  # noqa: BLE001 - the database may be away; what is due stays due
                _log.warning("sign-in mails wait", error=type(error).__name__)
            await asyncio.sleep(_PAUSE)

    async def publish_next(self) -> int:
        """Look at a batch of attempts; return how many."""
        if not await self._stores.attempts.due(1):
            return 0
        return await self._transact(self._publish, "")

    async def _publish(self, unit: UnitOfWork) -> int:
        due = await self._stores.attempts.due(_BATCH)
        for attempt in due:
            account = await self._stores.accounts.at(attempt.address)
            person_id = account.person_id if account else ""
            await self._stores.attempts.put(replace(attempt, due=False, address="", person_id=person_id))
            if account is not None and attempt.good(unit.now):
                asked = {"attempt_id": attempt.attempt_id, "person_id": person_id, "expires": attempt.expires}
                unit.publish(SignInAsked(version=1, **asked))
        return len(due)


class SignInQueries:
    """One method a query."""

    def __init__(self, stores: SignInStores, secrets: Secrets, now: Callable[[], dt.datetime]) -> None:
        self._stores = stores
        self._secrets = secrets
        self._now = now

    async def show(self, query: ShowSignIn) -> SignInSecrets:
        """Return what the mail of an attempt says."""
        attempt = await self._stores.attempts.find(query.attempt_id)
        if attempt is None or not attempt.person_id or not attempt.good(self._now()):
            raise Rejected("sign-in-over", "This mail would sign nobody in any more.")
        token, code = self._secrets.token(attempt.attempt_id), self._secrets.code(attempt.attempt_id)
        return SignInSecrets(path=f"{LINK}{token}", code=code, expires=attempt.expires)


class SignInCommands:
    """One method a command."""

    def __init__(self, stores: SignInStores, secrets: Secrets, endings: Endings) -> None:
        self._stores = stores
        self._secrets = secrets
        self._endings = endings

    async def reset(self, command: ResetSignIn, work: UnitOfWork) -> Done:
        """Let somebody set up an authenticator anew; whoever else has anything of their sign-in has nothing more."""
        account = await self._stores.accounts.get(command.person_id)
        if account is None:
            raise Rejected("no-coordinator", "Nobody has this id. See `kindred coordinators list`.")
        set_up = await self._stores.factors.get(account.person_id)
        attempt = await self._stores.attempts.get(self._secrets.address(account.address))
        if attempt is not None:
            await self._stores.attempts.put(replace(attempt, used=True, due=False, tries=0, locked_until=None))
        await self._endings.everything(account.person_id, work)
        if set_up is None:
            work.publish(SecondFactorChanged(version=1, person_id=account.person_id, how="reset"))
        sentence = (
            f"{account.name} sets up an authenticator at the next sign-in; whoever was signed in is out, and tokens "
            "and the calendar's address work no more."
        )
        return Done(id=account.person_id, sentence=sentence)
