"""What lies outside: other services, the system's randomness, transactions."""

import datetime as dt

import pytest

from services.notifications.ports import OtherServices, Randomness, Transact
from shared.bus.unit_of_work import UnitOfWork
from shared.commands.scheduling import BriefText
from shared.errors import Retryable
from shared.events.notifications import MailFailed
from tests.unit.notifications import world

PDF = b"%PDF-1.7 " + b"x" * 1000


class OtherServicesContract:
    """Wants the fixtures ``others``, which know ``brief``, ``world.agreement()`` and ``PDF``, and ``silent_others``."""

    async def test_what_is_there_is_found(self, others: OtherServices, brief: BriefText):
        assert await others.brief(world.VISIT) == brief
        assert await others.agreement(world.AGREEMENT) == world.agreement()
        assert await others.report_pdf("rpt-1", 1, len(PDF)) == PDF

    async def test_working_days_leave_out_weekends(self, others: OtherServices):
        friday = dt.date(2026, 9, 11)
        found = await others.working_days(friday - dt.timedelta(days=1), 3)
        assert found == (friday, dt.date(2026, 9, 14), dt.date(2026, 9, 15))

    async def test_what_is_not_there_or_too_large_is_none(self, others: OtherServices):
        assert await others.brief("vis-unknown") is None
        assert await others.agreement("agr-unknown") is None
        assert await others.report_pdf("rpt-unknown", 1, len(PDF)) is None
        assert await others.report_pdf("rpt-1", 1, len(PDF) - 1) is None

    async def test_what_nobody_answers_is_asked_again_later(self, silent_others: OtherServices):
        for asking in (
            silent_others.brief(world.VISIT), silent_others.agreement(world.AGREEMENT),
            silent_others.report_pdf("rpt-1", 1, len(PDF)), silent_others.working_days(dt.date(2026, 9, 10), 1),
            silent_others.papers("prg-1", "presentation", "mat-1", "per-1"),
        ):  # fmt: skip
            with pytest.raises(Retryable):
                await asking


class RandomnessContract:
    async def test_fractions_are_from_0_to_1(self, randomness: Randomness):
        assert all(0 <= randomness.fraction() <= 1 for _ in range(100))


def failed(number: int) -> MailFailed:
    return MailFailed(version=1, mail_id=f"mai-{number}", person_id="per-1", template="visit-host", reason="given up")


class TransactContract:
    """Wants the fixtures ``transact`` and ``published``, which returns the ids of the mails that failed, in order."""

    async def test_work_gives_its_result_and_publishes_in_order(self, transact: Transact, published):
        async def work(unit: UnitOfWork) -> str:
            unit.publish(failed(1))
            unit.publish(failed(2))
            return "done"

        assert await transact(work) == "done"
        assert await published() == ["mai-1", "mai-2"]

    async def test_work_that_fails_publishes_nothing(self, transact: Transact, published):
        async def work(unit: UnitOfWork) -> None:
            unit.publish(failed(1))
            raise Retryable("Not now.")

        with pytest.raises(Retryable):
            await transact(work)
        assert await published() == []
