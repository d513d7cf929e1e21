"""Queries about days that people agree."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.ports.agreements import Agreements
from shared.commands.scheduling_dates import (
    AgreementDetail,
    AgreementRows,
    ListAgreements,
    NoteRow,
    SaidRow,
    ShowAgreement,
)

__all__ = ["AgreementQueries"]


class AgreementQueries:
    """Queries about agreements."""

    def __init__(self, agreements: Agreements, now: Callable[[], dt.datetime]) -> None:
        self._agreements, self._now = agreements, now

    async def show(self, query: ShowAgreement) -> AgreementDetail:
        """One agreement."""
        return _detail(await self._agreements.agreement(query.agreement_id), self._now())

    async def list(self, query: ListAgreements) -> AgreementRows:
        """A page of agreements. All are read: how one stands depends on the time."""
        now = self._now()
        found = [
            record
            async for record in self._agreements.of(query.person_id)
            if query.state in {None, record.agreement.state(now)} and record.agreement_id.startswith(query.named)
        ]
        shown = found[query.offset : query.offset + query.limit]
        return AgreementRows(total=len(found), agreements=tuple(_detail(record, now) for record in shown))


def _detail(record: AgreementRecord, now: dt.datetime) -> AgreementDetail:
    agreement = record.agreement
    return AgreementDetail.model_validate(
        {
            "agreement_id": record.agreement_id,
            "person_ids": record.people,
            "offers": record.offers,
            "deadline": record.deadline,
            "state": agreement.state(now),
            "said": tuple(SaidRow(**one.model_dump()) for one in record.said),
            "waiting_for": agreement.waiting_for(),
            "settled": None if record.withdrawn else record.settled,
            "withdrawn": record.settled if record.withdrawn else None,
            "held": agreement.held(now),
            "version": record.version,
            "about": record.about,
            "notes": tuple(NoteRow(**one.model_dump()) for one in record.notes),
        }
    )
