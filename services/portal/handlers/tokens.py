"""Tokens of the API: made and revoked in the console or on the machine, and looked up with every request."""

import dataclasses

from services.portal.domain import tokens as rules
from services.portal.domain.tokens import PREFIX, Bearer, Token, Wanted
from services.portal.handlers.sign_in import Draw, Transact
from services.portal.ports.people import People
from services.portal.ports.sign_in import Accounts
from services.portal.ports.tokens import Made, TokenStore
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.tokens import ListTokens, RevokeToken, TokenRow, TokenRows
from shared.errors import Rejected
from shared.events.tokens import TokenMade, TokenRevoked


class TokenSteps:
    """The port `Tokens`."""

    def __init__(self, store: TokenStore, accounts: Accounts, transact: Transact, *, clock: Clock, draw: Draw) -> None:
        self._store = store
        self._accounts = accounts
        self._transact = transact
        self._clock = clock
        self._draw = draw

    async def make(self, person_id: str, wanted: Wanted, once: str) -> Made:
        """Make a token; the same `once` makes one. Its text is shown by whoever made it first."""
        token_id = f"tok-{rules.token_key(f'{person_id} {once}')[:32]}"

        async def work(unit: UnitOfWork) -> Made:
            before = await self._store.get(token_id)
            if before is not None:
                return Made(before, "")
            text = f"{PREFIX}{self._draw()}"
            rules.must_have_room(await self._store.listed(person_id), unit.now)
            token = rules.make(wanted, person_id, token_id, text, unit.now)
            await self._store.put(token)
            facts = {"scopes": token.scopes, "programme_ids": token.programme_ids, "expires": token.expires}
            unit.publish(TokenMade(version=1, token_id=token_id, person_id=person_id, **facts))
            return Made(token, text)

        return await self._transact(work, person_id)

    async def listed(self, person_id: str = "") -> list[Token]:
        """Return all tokens or a person's, the newest first."""
        return await self._store.listed(person_id)

    async def revoke(self, token_id: str, by: str) -> Token:
        """Let a token work no more."""

        async def work(unit: UnitOfWork) -> Token:
            return await revoked(self._store, token_id, by, unit)

        return await self._transact(work, by)

    async def behind(self, text: str) -> Bearer | None:
        """Return whose good token this is; who they still are is looked up each time."""
        now = self._clock.now()
        token = await self._store.by_key(rules.token_key(text)) if text.startswith(PREFIX) else None
        if token is None or token.state(now) != "good":
            return None
        account = await self._accounts.get(token.person_id)
        if account is None or not (account.coordinator or token.own):
            return None
        if account.strong and token.own and not token.proved:
            return None  # made by a mail alone, before its person saw many schools
        if token.unnoted(now):
            await self._store.used(token.token_id, now)
        return Bearer(token, account)


class TokenRequests:
    """What the command line asks for: one method a command or query."""

    def __init__(self, store: TokenStore, people: People, clock: Clock) -> None:
        self._store = store
        self._people = people
        self._clock = clock

    async def list(self, query: ListTokens) -> TokenRows:
        """Return tokens with whose they are."""
        found, now = await self._store.listed(query.person_id), self._clock.now()
        names = await self._people.names({one.person_id for one in found})
        rows = (
            TokenRow(person=names.get(one.person_id, ""), state=one.state(now), **_shown(one)) for one in found
        )  # fmt: skip
        return TokenRows(tokens=tuple(rows))

    async def revoke(self, command: RevokeToken, work: UnitOfWork) -> Done:
        """Let a token work no more."""
        token = await revoked(self._store, command.token_id, work.actor, work)
        return Done(id=token.token_id, sentence=f"“{token.name}” opens nothing any more.")


async def revoked(store: TokenStore, token_id: str, by: str, unit: UnitOfWork) -> Token:
    """Return the token after it was revoked; raises Rejected where there is none. Twice is once."""
    token = await store.get(token_id)
    if token is None:
        raise Rejected("unknown-token", "There is no such token. `kindred tokens list` shows which there are.")
    if token.revoked is None:
        token = dataclasses.replace(token, revoked=unit.now)
        await store.put(token)
        unit.publish(TokenRevoked(version=2, token_id=token_id, person_id=token.person_id, by=by))
    return token


def _shown(token: Token) -> dict[str, object]:
    return {key: value for key, value in dataclasses.asdict(token).items() if key not in {"key", "revoked"}}
