"""Signing in from the command line: the steps of the pages, with a token in place of a session at the end."""

import datetime as dt
from dataclasses import replace

from services.portal.domain import tokens as rules
from services.portal.domain.tokens import Token
from services.portal.handlers.sign_in import SignInSteps, end_sessions
from services.portal.ports.sign_in import Here, SignInStores, Verdict
from services.portal.ports.tokens import TokenStore
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.logins import (
    AskLogin,
    LoginSetup,
    LoginShown,
    LoginStep,
    ProveLogin,
    ShowLogin,
    ShowLoginSetup,
    TryLogin,
)
from shared.commands.scopes import EVERYTHING
from shared.errors import Rejected
from shared.events.tokens import TokenMade, TokenRevoked

NOT_SIGNED_IN = Rejected("not-signed-in", "You are not signed in here any more. Sign in: `kindred login ADDRESS`.")


class LoginCommands:
    """One method a command. What a try comes to is a reply and no refusal, so that wrong codes are kept and counted."""

    def __init__(self, steps: SignInSteps, stores: SignInStores, tokens: TokenStore, lasts: dt.timedelta) -> None:
        self._steps = steps
        self._stores = stores
        self._tokens = tokens
        self._lasts = lasts

    async def ask(self, command: AskLogin, work: UnitOfWork) -> Done:
        """Keep the attempt; whose address it is, is looked up apart, as for the pages."""
        await self._steps.asked(work, command.address)
        return Done(id="", sentence="If we know this address, a mail with a code is on its way.")

    async def try_code(self, command: TryLogin, work: UnitOfWork) -> LoginStep:
        """Begin to sign in. Who does not coordinate has the pages, and no command line."""
        verdict = await self._steps.code_tried(work, command.address, command.code, command.key)
        account = verdict.account
        if verdict.outcome != "in" or account is None:
            return _no_good(verdict)
        if not account.coordinator:
            opened = await self._stores.sessions.get(command.key)
            await end_sessions(self._stores, [opened] if opened else [], "by-hand", work)
            return LoginStep(step="no-coordinator", name=account.name)
        factor = await self._stores.factors.get(account.person_id)
        return LoginStep(step="second" if factor and factor.ready else "set-up", name=account.name)

    async def prove(self, command: ProveLogin, work: UnitOfWork) -> LoginStep:
        """Make the token good; one that was made on the same machine before works no more."""
        here = await self._steps.here_by(command.key)
        if here is None:
            return LoginStep(step="over")
        verdict = await self._steps.proved(work, here, command.code, command.key)
        if verdict.outcome != "in":
            return _no_good(verdict)
        await self._stores.sessions.end(command.key)
        for before in await self._tokens.listed(here.account.person_id):
            if before.name == command.name and EVERYTHING in before.scopes and before.state(work.now) == "good":
                await _revoke(self._tokens, before, work)
        token = await self._made(here, command, work)
        who = {"person_id": here.account.person_id, "name": here.account.name}
        return LoginStep(step="in", token_id=token.token_id, expires=token.expires, **who)

    async def _made(self, here: Here, command: ProveLogin, work: UnitOfWork) -> Token:
        person_id = here.account.person_id
        token = Token(
            command.key, f"tok-{rules.token_key(f'{person_id} {command.key}')[:32]}", person_id, command.name,
            (EVERYTHING,), work.now, work.now + self._lasts, proved=True,
        )  # fmt: skip
        await self._tokens.put(token)
        made = {"scopes": token.scopes, "programme_ids": (), "expires": token.expires}
        work.publish(TokenMade(version=1, token_id=token.token_id, person_id=person_id, **made))
        return token


class LoginQueries:
    """One method a query."""

    def __init__(self, steps: SignInSteps, stores: SignInStores, tokens: TokenStore, clock: Clock) -> None:
        self._steps = steps
        self._stores = stores
        self._tokens = tokens
        self._clock = clock

    async def setup(self, query: ShowLoginSetup) -> LoginSetup:
        """Return what an authenticator is set up with, to the token whose mail was proved."""
        here = await self._steps.here_by(query.key)
        setup = await self._steps.setup(here) if here is not None and here.account.strong else None
        if setup is None:
            raise NOT_SIGNED_IN
        return LoginSetup(secret=setup.secret, address=setup.address, recovery=setup.recovery)

    async def show(self, query: ShowLogin) -> LoginShown:
        """Return who acts with a token; whether they still coordinate is looked up each time."""
        token, now = await self._tokens.by_key(query.key), self._clock.now()
        if token is None or token.state(now) != "good" or EVERYTHING not in token.scopes:
            raise NOT_SIGNED_IN
        account = await self._stores.accounts.get(token.person_id)
        if account is None or not account.coordinator:
            raise NOT_SIGNED_IN
        if token.unnoted(now):
            await self._tokens.used(token.token_id, now)
        shown = {"person_id": token.person_id, "token_id": token.token_id, "expires": token.expires}
        return LoginShown(name=account.name, **shown)


async def _revoke(tokens: TokenStore, token: Token, work: UnitOfWork) -> None:
    await tokens.put(replace(token, revoked=work.now))
    work.publish(TokenRevoked(version=2, token_id=token.token_id, person_id=token.person_id, by=token.person_id))


def _no_good(verdict: Verdict) -> LoginStep:
    outcome = verdict.outcome if verdict.outcome != "in" else "over"
    return LoginStep(step=outcome, left=verdict.left)
