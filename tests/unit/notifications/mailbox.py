"""The mailbox for answers, on fakes: messages in, and what the service notes, tells and mails."""

from pathlib import Path

from services.notifications.domain.mail import Mail
from services.notifications.handlers.workers.announcements import Announcer
from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.receiving import Receiving
from services.notifications.inbound.records import Records
from shared.commands.base import Command
from shared.events.notifications import CalendarReplyReceived
from tests.fakes import FakeWork
from tests.unit.notifications import world
from tests.unit.notifications.post_office import PostOffice, opened

CASES = Path(__file__).parents[2] / "cases" / "mail-calendar"
MAILBOX = "programmes@kindred.example"
ANN = "per-2-headteacher"
"""Whom the kept inputs call Ann Marsh."""
PLAIN_UID = f"{world.VISIT}@kindred"
SEALED_UID = world.uid(world.VISIT, ANN)


class Mailbox:
    """Everybody has the invitation to a visit. ``authserv``: the server whose word is taken."""

    def __init__(self, office: PostOffice, authserv: str = "") -> None:
        self.office = office
        self.receiving = Receiving(Records.of(office.stores), office.transact, authserv, mailbox=MAILBOX)
        self.announcer = Announcer(office.stores, office.services, office.transact, office.clock)

    async def take(self, message: str, to: str = MAILBOX) -> str:
        """Hand in a message; the fate it has."""
        return await self.receiving.receive(Incoming((to,), message.encode()))

    async def announce(self) -> list[Mail]:
        """Tell of what waits; the mails that this queues."""
        before = set(self.office.story.mails.mails)
        await self.announcer.announce()
        return [one for one in self.office.story.mails.mails.values() if one.mail_id not in before]

    async def ask(self, command: Command) -> None:
        """Carry out a command; what it publishes is told."""
        work = FakeWork(now=self.office.clock.at)
        await self.office.bus.carry_out(command, work)
        self.office.transact.published += work.published

    async def waiting(self) -> list[str]:
        """Why messages wait for a person."""
        return [why for _, why, _ in await self.office.stores.triage.waiting()]

    def answers(self) -> list[tuple[str, str]]:
        """Who has answered what, in order of arrival."""
        told = [one for one in self.office.transact.published if isinstance(one, CalendarReplyReceived)]
        return [(one.person_id, one.answer) for one in told]

    def asked(self) -> list[Mail]:
        """The mails that ask for an answer by the page."""
        return [one for one in self.office.story.mails.mails.values() if one.template == "answer-again"]

    def mail_to(self, person_id: str) -> tuple[str, Mail]:
        """The bounce address and the row of somebody's invitation."""
        sender = next(sender for sender, to, _ in self.office.mailboxes.mails if to == world.address(person_id))
        mails = self.office.story.mails.mails.values()
        return sender, next(one for one in mails if one.person_id == person_id and one.target_id == world.VISIT)

    async def held(self, person_id: str) -> bool:
        """Whether nothing is sent to somebody's address any more."""
        return bool(await self.office.stores.suppressions.among([world.address(person_id)]))


async def mailbox(authserv: str = "") -> Mailbox:
    """Return the mailbox once the invitations to a visit have gone out."""
    office = await opened()
    await office.tell(world.visit_scheduled())
    await office.deliver()
    return Mailbox(office, authserv)


def case(name: str, uid: str = SEALED_UID, person_id: str = ANN, mail_id: str = "") -> str:
    """Return a kept input with the people, ids and dates of the world in it."""
    (path,) = CASES.glob(f"{name}-*.eml")
    values = {
        "vis-00000000000000000000000000000001@kindred": uid,
        "ann.marsh@hillside.example": world.address(person_id),
        "ann%2Emarsh@hillside.example": world.address(person_id).replace("-", "%2D", 1),
        "DTSTART:20271209T090000Z": "DTSTART:20270513T080000Z",
        "mai-00000000000000000000000000000001": mail_id,
    }
    text = path.read_text(encoding="utf-8")
    for found, put in values.items():
        text = text.replace(found, put)
    return text
