"""Reporting as `build()` wires it, with the exchange's facts known, and short ways to fill in forms."""

import datetime as dt
from itertools import count

from services.reporting.app import build
from services.reporting.settings import ReportingSettings
from shared.commands import forms as asks
from tests.fakes import FakeClock, FakeWork
from tests.fakes.bus import MemoryBus
from tests.fakes.memory import Attributes
from tests.fakes.reporting.renderer import FakeRenderer
from tests.fakes.reporting.stores import Memory
from tests.unit.reporting.entries import exchange

HOLIDAYS = frozenset({dt.date(2026, 12, 25), dt.date(2026, 12, 28), dt.date(2027, 1, 1)})
GOOD_FINDINGS = {
    "summary": "Reading is taught well.",
    "found": [{"title": "Books", "detail": "", "evidence": "Six lessons", "source": ""}],
    "plan": [
        {"what": "Read daily", "owner": "Head", "due": "2027-03-01", "success": "All read", "status": "not-started"}
    ],
}


class Exchange(MemoryBus):
    """The service, its stores and its time."""

    def __init__(self):
        numbers = count(1)

        def new_id(prefix):
            return f"{prefix}-{next(numbers)}"

        self.memory, self.time = Memory(), FakeClock(exchange.NOW)
        self.memory_renderer = FakeRenderer()
        made = build(
            ReportingSettings(),
            renderer=self.memory_renderer,
            stores=self.memory.stores(),
            new_id=new_id,
            clock=self.time,
            is_holiday=HOLIDAYS.__contains__,
        )
        super().__init__(self.time, Attributes(*vars(self.memory).values()))
        self.carry(made)

    async def do(self, command):
        """Carry out a command; return its reply and what was published with it."""
        work = FakeWork(now=self.time.now())
        return await self.carry_out(command, work), work

    async def save(self, form, about, person, answers, revision=0, another=""):
        command = asks.SaveDraft(
            programme_id=exchange.PROGRAMME, form=form, about_id=about, person_id=person, answers=answers,
            revision=revision, another=another,
        )  # fmt: skip
        reply, _ = await self.do(command)
        return reply

    async def submit(self, saved, person):
        return await self.do(asks.SubmitEntry(entry_id=saved.entry_id, person_id=person, revision=saved.revision))

    async def send(self, form, about, person, answers, another="", revision=0):
        """Save and hand in; return the entry's id and what was published."""
        saved = await self.save(form, about, person, answers, revision, another)
        _, work = await self.submit(saved, person)
        return saved.entry_id, work

    async def show(self, person, entry="", view="fill", **about):
        given = {"programme_id": exchange.PROGRAMME, **about} if about else {}
        return await self.find(asks.ShowEntry(person_id=person, entry_id=entry, view=view, **given))

    def kept(self, entry_id):
        return self.memory.entries.rows[entry_id]


def published(work):
    """The names of what was published, in order."""
    return [type(event).__name__ for event in work.published]


def days(number):
    return dt.timedelta(days=number)


async def at_work(*, placed=True):
    """The exchange before anybody fills in a form."""
    made = Exchange()
    await made.handle(*exchange.everything())
    if placed:
        await made.handle(exchange.placed())
    return made


async def findings_sent(made, **changes):
    """The visitor's findings, handed in; return their id."""
    answers = {**GOOD_FINDINGS, **changes}
    entry_id, _ = await made.send("findings", exchange.MATCH, exchange.VISITOR, answers)
    return entry_id
