"""Signing in: each step loads, decides, saves and publishes, in a transaction of its own."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal, Protocol, TypeVar

from services.portal.domain.sign_in import attempts, second_factor
from services.portal.domain.sign_in.attempts import MOST_TRIES, Attempt, Tried
from services.portal.domain.sign_in.second_factor import SecondFactor
from services.portal.domain.sign_in.secrets import Secrets, same, session_key
from services.portal.domain.sign_in.sessions import NOTED, Account, Session
from services.portal.ports.sign_in import Here, Setup, SignInStores, Verdict
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.events.sign_in import (
    SecondFactorChanged,
    SignedIn,
    SignedInByMail,
    SignedOut,
    SignInFailed,
    SignInLocked,
    Step,
)

T = TypeVar("T")


class Transact(Protocol):
    """Runs work in a transaction with its outbox, on behalf of a person: `Service.transact`."""

    async def __call__(self, work: Callable[[UnitOfWork], Awaitable[T]], actor: str = "") -> T:
        """Return what the work returns."""
        ...


Draw = Callable[[], str]
"""Returns a text that nobody can guess."""


class SignInSteps:
    """The port `SignIn`. `machine`: the time that authenticators go by, also where a demo has moved the service's."""

    def __init__(
        self, stores: SignInStores, transact: Transact, secrets: Secrets, *, clock: Clock, machine: Clock, draw: Draw,
        lasts: dt.timedelta,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._transact = transact
        self._secrets = secrets
        self._clock = clock
        self._machine = machine
        self._draw = draw
        self._lasts = lasts

    async def ask(self, address: str) -> None:
        """Keep the attempt; a task of its own looks whose address it is, so that here all addresses cost the same."""

        async def work(unit: UnitOfWork) -> None:
            await self.asked(unit, address)

        await self._transact(work, "")

    async def asked(self, unit: UnitOfWork, address: str) -> None:
        """The same within a unit of work."""
        key = self._secrets.address(address)
        before = await self._stores.attempts.get(key)
        await self._stores.attempts.put(attempts.ask(before, key, address, self._draw(), unit.now))

    async def by_code(self, address: str, code: str) -> Verdict:
        """Try a code that was mailed to an address."""

        async def work(unit: UnitOfWork) -> Verdict:
            return await self.code_tried(unit, address, code)

        return await self._transact(work, "")

    async def code_tried(self, unit: UnitOfWork, address: str, code: str, key: str = "") -> Verdict:
        """The same within a unit of work. `key`: under which the session is kept where somebody else drew its token."""
        attempt = await self._stores.attempts.get(self._secrets.address(address))
        if attempt is None:
            return Verdict("over")
        fits = same("".join(code.split()), self._secrets.code(attempt.attempt_id))
        tried = attempts.try_code(attempt, unit.now, right=fits and bool(attempt.person_id))
        await self._tell_failure(attempt, tried, unit)
        return await self._settle(tried, unit, key)

    async def behind(self, token: str) -> Account | None:
        """Return whom a mail's link would sign in; changes nothing."""
        attempt = await self._attempt_of(token)
        usable = attempt is not None and attempt.good(self._clock.now())
        return await self._whose(attempt) if attempt and usable else None

    async def by_link(self, token: str) -> Verdict:
        """Use a mail's link."""

        async def work(unit: UnitOfWork) -> Verdict:
            attempt = await self._attempt_of(token)
            if attempt is None or not attempt.person_id:
                return Verdict("over")
            return await self._settle(attempts.use_link(attempt, unit.now), unit)

        return await self._transact(work, "")

    async def by_provider(self, address: str) -> Verdict:
        """Take an address that an OpenID provider has verified; whose it is, and who that is, is Kindred's to say."""

        async def work(unit: UnitOfWork) -> Verdict:
            account = await self._stores.accounts.at(address)
            if account is None:
                return Verdict("over")
            return await self._opened(account, unit, how="provider")

        return await self._transact(work, "")

    async def here(self, token: str) -> Here | None:
        """Return who is signed in by this session; whether they still may is looked up each time."""
        return await self.here_by(session_key(token))

    async def here_by(self, key: str) -> Here | None:
        """The same by the hash of the session's token."""
        session, now = await self._stores.sessions.get(key), self._clock.now()
        if session is None or not session.alive(now):
            return None
        account = await self._stores.accounts.get(session.person_id)
        if account is None:
            return None
        if now - session.seen >= NOTED:
            await self._stores.sessions.seen(session.key, now)
        if session.whole or not account.strong:
            return Here(session, account, ready=session.whole)
        factor = await self._stores.factors.get(session.person_id)
        return Here(session, account, ready=bool(factor and factor.ready))

    async def setup(self, here: Here) -> Setup | None:
        """Return what an authenticator is set up with; the same for a session until it is proved, then None."""

        async def work(_unit: UnitOfWork) -> tuple[SecondFactor, bool]:
            before = await self._stores.factors.get(here.account.person_id)
            factor = second_factor.shown_to(before, here.account.person_id, here.session.session_id, self._draw())
            if factor != before:
                await self._stores.factors.put(factor)
            return factor, before is not None and factor != before

        factor, anew = await self._transact(work, here.account.person_id)
        if factor.ready:
            return None
        return Setup(
            self._secrets.authenticator(factor.person_id, factor.salt),
            second_factor.address_for_apps(factor, self._secrets, here.account.address),
            self._secrets.recovery_codes(factor.person_id, factor.salt),
            anew=anew,
        )

    async def prove(self, here: Here, code: str) -> Verdict:
        """Try a code of the authenticator, or a recovery code; a right one opens a fresh session in place of this."""

        async def work(unit: UnitOfWork) -> Verdict:
            return await self.proved(unit, here, code)

        return await self._transact(work, here.account.person_id)

    async def proved(self, unit: UnitOfWork, here: Here, code: str, key: str = "") -> Verdict:
        """The same within a unit of work. `key`: as in `code_tried`."""
        before = await self._stores.factors.get(here.account.person_id)
        session = await self._stores.sessions.get(here.session.key)
        if before is None or session is None:
            return Verdict("over")
        if not before.ready and before.session_id != session.session_id:
            return Verdict("over")
        proof = second_factor.prove(before, self._secrets, code, unit.now, self._machine.now())
        await self._stores.factors.put(proof.factor)
        if proof.outcome != "in":
            newly = proof.factor.locked_until if before.locked_until != proof.factor.locked_until else None
            await self._tell(session.session_id, before.person_id, "second-factor", unit, locked=newly)
            if proof.outcome == "locked":
                await self._stores.sessions.end(here.session.key)
            return Verdict(proof.outcome, left=MOST_TRIES - proof.factor.tries)
        if not before.ready:
            unit.publish(SecondFactorChanged(version=1, person_id=before.person_id, how="set-up"))
        return await self._whole(session, proof.by if before.ready else "set-up", unit, key)

    async def sign_out(self, here: Here, *, everywhere: bool = False) -> None:
        """End this session, or all of this person."""

        async def work(unit: UnitOfWork) -> None:
            mine = await self._stores.sessions.of_person(here.account.person_id) if everywhere else [here.session]
            await end_sessions(self._stores, mine, "everywhere" if everywhere else "by-hand", unit)

        await self._transact(work, here.account.person_id)

    async def act_as(self, here: Here, acting: str) -> None:
        """Note at which of their schools or trusts this person looks in this session."""

        async def work(_unit: UnitOfWork) -> None:
            session = await self._stores.sessions.get(here.session.key)
            if session is not None:
                await self._stores.sessions.put(replace(session, acting=acting))

        await self._transact(work, here.account.person_id)

    async def _attempt_of(self, token: str) -> Attempt | None:
        attempt_id = self._secrets.attempt_of(token)
        return await self._stores.attempts.find(attempt_id) if attempt_id else None

    async def _settle(self, tried: Tried, unit: UnitOfWork, key: str = "") -> Verdict:
        """Keep what a try came to; the right one opens a session, which may still want the second factor."""
        await self._stores.attempts.put(tried.attempt)
        if tried.outcome != "in":
            return Verdict(tried.outcome, left=tried.left)
        account = await self._whose(tried.attempt)
        if account is None:
            return Verdict("over")
        return await self._opened(account, unit, key)

    async def _whose(self, attempt: Attempt) -> Account | None:
        """Whom an attempt signs in: nobody once its address is not theirs any more."""
        account = await self._stores.accounts.get(attempt.person_id)
        return account if account and self._secrets.address(account.address) == attempt.key else None

    async def _opened(
        self, account: Account, unit: UnitOfWork, key: str = "", how: Literal["mail", "provider"] = "mail"
    ) -> Verdict:
        session = self._begun(account, unit.now)
        if session.by_mail:
            facts = {"session_id": session.session_id, "person_id": account.person_id, "how": how}
            unit.publish(SignedInByMail.model_validate({"version": 1, **facts}))
        return Verdict("in", token=await self._keep(session, key), account=account)

    def _begun(self, account: Account, now: dt.datetime) -> Session:
        return Session(
            "", f"ses-{self._draw()}", account.person_id, opened=now, seen=now, expires=now + self._lasts,
            by_mail=not account.strong,
        )  # fmt: skip

    async def _keep(self, session: Session, key: str = "") -> str:
        """Keep a session under a fresh token, and return that; or under the key of one that somebody else drew."""
        token = "" if key else self._draw()
        await self._stores.sessions.put(replace(session, key=key or session_key(token)))
        return token

    async def _whole(
        self, session: Session, by: Literal["authenticator", "recovery-code", "set-up"], unit: UnitOfWork, key: str
    ) -> Verdict:
        """Put a fresh token in place of the session's: whoever saw the one before has nothing of it."""
        person_id = session.person_id
        await self._stores.sessions.end(session.key)
        if session.whole:
            return Verdict("in", token=await self._keep(replace(session, confirmed=unit.now), key))
        unit.publish(SignedIn(version=1, session_id=session.session_id, person_id=person_id, by=by))
        until = unit.now + self._lasts
        fresh = replace(session, opened=unit.now, seen=unit.now, expires=until, confirmed=unit.now)
        return Verdict("in", token=await self._keep(fresh, key))

    async def _tell_failure(self, before: Attempt, tried: Tried, unit: UnitOfWork) -> None:
        if tried.outcome in {"in", "over"}:
            return
        newly = tried.attempt.locked_until if tried.attempt.locked_until != before.locked_until else None
        await self._tell(before.attempt_id, before.person_id, "code", unit, locked=newly)

    async def _tell(
        self, attempt_id: str, person_id: str, step: Step, unit: UnitOfWork, *, locked: dt.datetime | None
    ) -> None:
        """Publish a failure; of an address that belongs to nobody as well, so that both take the same time."""
        failed = SignInFailed(version=1, attempt_id=attempt_id, person_id=person_id, step=step)
        unit.publish(failed)
        if locked is not None:
            tell = tuple(await self._stores.accounts.coordinators()) if person_id else ()
            unit.publish(
                SignInLocked(version=1, attempt_id=attempt_id, person_id=person_id, step=step, until=locked, tell=tell)
            )


async def end_sessions(
    stores: SignInStores, sessions: list[Session], how: Literal["by-hand", "everywhere"], unit: UnitOfWork
) -> None:
    """End sessions and publish that they have ended."""
    for session in sessions:
        await stores.sessions.end(session.key)
        if session.whole or session.by_mail:
            unit.publish(SignedOut(version=2, session_id=session.session_id, person_id=session.person_id, how=how))
