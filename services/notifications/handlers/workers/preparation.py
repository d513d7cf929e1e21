"""From claimed mails to messages: check whether each may still go out, write it, keep what was written."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import TemplateError

from services.notifications.domain.built import Built
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.eligibility import refusal
from services.notifications.domain.mail import Mail
from services.notifications.handlers.workers.progress import log_end
from services.notifications.mail.builder import Builder, Written
from services.notifications.mail.snapshot import Snapshot, Sources, take
from services.notifications.ports import Drafts, Transact
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork
from shared.clock import Clock
from shared.errors import KindredError, Retryable

_SOON = dt.timedelta(seconds=5)
_log = telemetry.logger("kindred.notifications")


@dataclass(frozen=True)
class Ready:
    """A claimed mail with what goes to the relay, and the seal of its bounce address."""

    mail: Mail
    to: str
    mime: bytes
    seal: str = ""


class Preparation:
    """Writes claimed mails. A mail that cannot be written does not hold up the others."""

    def __init__(
        self,
        drafts: Drafts,
        sources: Sources,
        *,
        builder: Builder,
        transact: Transact,
        clock: Clock,
    ) -> None:
        self._drafts = drafts
        self._sources = sources
        self._builder = builder
        self._transact = transact
        self._clock = clock

    async def prepare(self, claimed: Sequence[Mail]) -> list[Ready]:
        """Return the messages of those claimed mails that may go out. The others are settled."""
        known = await take(self._sources, claimed, self._clock.now())
        wanted = [mail for mail in claimed if await self._may_go(mail, known)]
        ready, fresh = [], []
        for mail in wanted:
            there = await self._drafts.outgoing(mail.mail_id) if _as_written(mail, known) else None
            if there is None:
                fresh.append(mail)
            else:
                ready.append(Ready(mail, mail.to, there, known.seals.bounce(mail.mail_id, mail.to, mail.edition)))
        return [*ready, *await self._write(fresh, known)]

    async def _may_go(self, mail: Mail, known: Snapshot) -> bool:
        now = self._clock.now()
        refused = refusal(
            mail, card=known.cards.get(mail.person_id), target=known.target(mail), held_addresses=known.held_addresses,
            essential_only=known.essential_only, finished=known.finished, now=now,
            nothing_waits=known.nothing_waits(mail), pointless=known.pointless(mail),
        )  # fmt: skip
        if refused is None:
            return True
        await self._settle(mail, _verdict(refused.what, refused.why, now))
        return False

    async def _write(self, mails: Sequence[Mail], known: Snapshot) -> list[Ready]:
        written: list[tuple[Mail, Written]] = []
        try:
            known = await self._builder.look_up(known, mails)
        except KindredError as error:
            for mail in mails:
                await self._not_written(mail, error)
            return []
        for mail in mails:
            if known.overtaken(mail):
                why = "A newer mail has taken its place, or it is not wanted any more."
                await self._settle(mail, _verdict("hold", why, self._clock.now()))
                continue
            try:
                written.append((mail, await self._builder.write(mail, known, self._clock.now())))
            except (KindredError, TemplateError, LookupError, ValueError, TypeError) as error:
                await self._not_written(mail, error)
            await asyncio.sleep(0)
        await self._keep(written)
        return [
            Ready(mail, one.built.to, one.built.mime, known.seals.bounce(mail.mail_id, one.built.to, mail.edition))
            for mail, one in written
        ]

    async def _keep(self, written: Sequence[tuple[Mail, Written]]) -> None:
        if not written:
            return

        async def work(unit: UnitOfWork) -> None:
            built: list[Built] = [one.built for _, one in written]
            await self._drafts.keep(built)
            for mail, one in written:
                for link in one.links:
                    unit.publish(link, follows=mail.correlation_id)

        await self._transact(work)

    async def _not_written(self, mail: Mail, error: Exception) -> None:
        now = self._clock.now()
        wait = isinstance(error, Retryable)
        why = (
            error.sentence if isinstance(error, KindredError) else f"It could not be written ({type(error).__name__})."
        )
        with telemetry.about(correlation_id=mail.correlation_id):
            _log.warning("mail not written", template=mail.template, mail_id=mail.mail_id, error=type(error).__name__)
        await self._settle(mail, _verdict("wait" if wait else "fail", why, now))

    async def _settle(self, mail: Mail, verdict: Verdict) -> None:
        await self._drafts.settle(mail, verdict, self._clock.now())
        log_end(mail, verdict)


def _as_written(mail: Mail, known: Snapshot) -> bool:
    card = known.cards.get(mail.person_id)
    return mail.built and card is not None and card.email == mail.to


def _verdict(what: str, why: str, now: dt.datetime) -> Verdict:
    if what == "wait":
        return Verdict("deferred", try_at=now + _SOON, detail=why)
    return Verdict("suppressed" if what == "hold" else "failed", detail=why)
