"""Mails that may have gone out before a restore: they are held, and somebody lets them go or drops them."""

import datetime as dt

from services.notifications.mail.link_issuing import issue
from services.notifications.mail.snapshot import Sources, take
from services.notifications.ports import Held
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.notifications_held import DropHeld, ReleaseHeld
from shared.errors import Rejected

_BATCH = 100
_log = telemetry.logger("kindred.notifications")


class Holds:
    """What becomes of mails that may have gone out before a restore."""

    def __init__(self, held: Held, sources: Sources, clock: Clock) -> None:
        self._held = held
        self._sources = sources
        self._clock = clock
        self._waiting = 0

    async def hold(self, until: dt.datetime) -> None:
        """Hold what was on its way at the backup. Again changes nothing: what is held is on its way no more."""
        count = await self._held.hold(until, self._clock.now())
        _log.warning("held_after_restore", mails=count, what="see `kindred mails held`")

    async def issue_links(self, work: UnitOfWork) -> int:
        """Make the links of held mails work that people may have, batch by batch; return how many mails had some.

        A mail that went out before the restore has the links that are made for it now (``Seals.link``). They work
        whether it is let go or dropped.
        """
        self._waiting = await self._held.held()
        telemetry.MAILS_HELD.set(self._waiting)
        mails = await self._held.without_links(_BATCH)
        if not mails:
            return 0
        known = await take(self._sources, mails, work.now)
        reachable = [mail for mail in mails if mail.person_id in known.cards]
        for mail in reachable:
            for link in issue(mail, known, work.now)[1]:
                work.publish(link)
        await self._held.links_issued([mail.mail_id for mail in reachable])
        return len(reachable)

    def notes(self) -> list[str]:
        """Return in words how many mails wait for somebody, as last counted."""
        waiting = f"{_mails(self._waiting)} held since a restore: see `kindred mails held`"
        return [waiting] if self._waiting else []

    async def release(self, command: ReleaseHeld, work: UnitOfWork) -> Done:
        """Send held mails after all."""
        count = await self._held.release(command, work.now)
        if count == 0:
            raise Rejected("nothing-held", "No mail that is held fits.")
        return Done(id="mails", sentence=f"{_mails(count)} let go; what is out of date is not sent.")

    async def drop(self, command: DropHeld, work: UnitOfWork) -> Done:
        """Never send held mails."""
        count = await self._held.drop(command, work.now)
        if count == 0:
            raise Rejected("nothing-held", "No mail that is held fits.")
        return Done(id="mails", sentence=f"{_mails(count)} dropped; links in what went out before work.")


def _mails(count: int) -> str:
    return "1 mail is" if count == 1 else f"{count:,} mails are"
