"""Reminders: one contract for JetStream schedules and for the fake; then what the clock does to the real ones."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.bus import Reminder, Service, UnitOfWork
from shared.bus.clock import advance, advance_by
from shared.bus.offset import must_be_adjustable
from shared.errors import Rejected
from tests.fakes import FakeClock, FakeReminders
from tests.integration.bus.samples import idle, subjects_of
from tests.waiting import until

SOON = timedelta(milliseconds=300)
LATER = timedelta(hours=5)


class RealReminders:
    """A running service with an adjustable clock; `advance` moves it as `kindred clock advance` does."""

    def __init__(self, service, jetstream, came):
        self._service, self._jetstream, self.came = service, jetstream, came

    def now(self):
        return self._service.clock.now()

    async def tell(self, work):
        await self._service.transact(work)

        async def relayed():
            return await self._service.database["outbox"].count({"waiting": {"$gt": 0}}) == 0

        await until(relayed)

    async def advance(self, step):
        await advance_by(self._jetstream, step)

    async def expect(self, wanted):
        async def same():
            return sorted(self.came) == sorted(wanted)

        await until(same)
        await until(lambda: idle(self._jetstream, "TIMERS", "diary-reminded-visit-day"))
        assert sorted(self.came) == sorted(wanted)


@pytest.fixture(params=["fake", "real"])
async def reminders(request, real):
    return FakeReminders(FakeClock()) if request.param == "fake" else await real()


@pytest.fixture
def real(settings, running, jetstream):
    """Starts the real one."""

    async def make():
        service = Service("diary", settings.model_copy(update={"clock": "adjustable"}))
        came: list[tuple[str, str]] = []

        async def remember(reminder: Reminder, work: UnitOfWork) -> None:
            early = work.now < reminder.due - timedelta(seconds=1)  # told, not raised: a raise would be tried again
            came.append((reminder.key, "before its time" if early else reminder.data.get("what", "")))

        service.timer("visit-day", remember)
        await running(service)
        return RealReminders(service, jetstream, came)

    return make


async def test_a_reminder_comes_when_it_is_due(reminders):
    async def ask(work):
        work.remind("visit-day", "vis-1", reminders.now() + LATER, {"what": "visit"})

    await reminders.tell(ask)
    await reminders.advance(LATER / 2)
    await reminders.expect([])
    await reminders.advance(LATER)
    await reminders.expect([("vis-1", "visit")])


async def test_one_whose_time_has_passed_comes_at_once(reminders):
    async def ask(work):
        work.remind("visit-day", "vis-1", reminders.now() - LATER)

    await reminders.tell(ask)
    await reminders.advance(timedelta(0))
    await reminders.expect([("vis-1", "")])


async def test_the_same_kind_and_key_is_rescheduled(reminders):
    for number in (1, 2):

        async def ask(work, number=number):
            work.remind("visit-day", "vis-1", reminders.now() + LATER * number, {"what": f"try {number}"})

        await reminders.tell(ask)
    await reminders.advance(LATER * 1.5)
    await reminders.expect([])
    await reminders.advance(LATER)
    await reminders.expect([("vis-1", "try 2")])


async def test_a_cancelled_one_does_not_come(reminders):
    async def ask(work):
        work.remind("visit-day", "vis-1", reminders.now() + LATER)
        work.remind("visit-day", "vis-2", reminders.now() + LATER)

    async def cancel(work):
        work.cancel_reminder("visit-day", "vis-1")
        work.cancel_reminder("visit-day", "never asked for")

    await reminders.tell(ask)
    await reminders.tell(cancel)
    await reminders.advance(LATER * 2)
    await reminders.expect([("vis-2", "")])


async def test_each_comes_once_and_in_any_key(reminders):
    keys = ["vis-1", "a.b c", "ä*>"]

    async def ask(work):
        for key in keys:
            work.remind("visit-day", key, reminders.now() + LATER)

    await reminders.tell(ask)
    await reminders.advance(LATER * 2)
    await reminders.advance(LATER * 2)
    await reminders.expect([(key, "") for key in keys])


async def test_in_real_time_the_schedule_fires_by_itself(real):
    diary = await real()

    async def ask(work):
        work.remind("visit-day", "vis-1", datetime.now(UTC) + SOON)

    await diary.tell(ask)
    await diary.expect([("vis-1", "")])


async def test_a_fired_reminder_that_was_cancelled_meanwhile_is_dropped(real, jetstream, settings, mongo):
    """The row in the outbox decides, not the message that is already on its way."""
    diary = await real()
    service = diary._service

    async def ask(work):
        work.remind("visit-day", "vis-1", diary.now() + LATER)

    await diary.tell(ask)
    await mongo.database(f"{settings.database_prefix}diary")["outbox"].delete_many({})
    await diary.advance(LATER * 2)

    async def fired():
        return "timers.due.diary.visit-day.vis-1" in await subjects_of(jetstream, "TIMERS")

    await until(fired)
    await until(lambda: idle(jetstream, "TIMERS", "diary-reminded-visit-day"))
    assert (diary.came, service.name) == ([], "diary")


async def test_only_services_on_the_adjustable_clock_may_be_moved_on(real, running, settings, jetstream):
    with pytest.raises(Rejected, match="system-clock"):
        await must_be_adjustable(jetstream)
    await real()
    await must_be_adjustable(jetstream)
    await running(Service("sundial", settings))
    with pytest.raises(Rejected, match="system-clock"):
        await must_be_adjustable(jetstream)


async def test_the_clock_never_runs_backwards(real, jetstream):
    diary = await real()
    await diary.advance(LATER)
    with pytest.raises(Rejected, match="time-runs-forward"):
        await advance(jetstream, datetime.now(UTC))
