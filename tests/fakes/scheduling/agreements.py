"""Days that people agree, in memory; no two agreements hold a day for one person."""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

from services.scheduling.domain.dates.records import AgreementRecord
from shared.errors import Rejected, Retryable
from tests.fakes.memory import Memory

Hold = tuple[str, dt.datetime | None]
"""The agreement that holds a day, and until when; None for good."""


class MemoryAgreements:
    def __init__(self, memory: Memory) -> None:
        self._kept, self._held = memory["agreements"], memory["held"]

    async def agreement(self, agreement_id: str) -> AgreementRecord:
        if agreement_id not in self._kept:
            raise Rejected("unknown-agreement", f"There is no agreement '{agreement_id[:60]}'.")
        found: AgreementRecord = self._kept[agreement_id]
        return found

    async def of(self, person_id: str) -> AsyncIterator[AgreementRecord]:
        theirs = [each for each in self._kept.values() if not person_id or person_id in each.people]
        theirs.sort(key=lambda each: each.agreement_id)
        for each in sorted(theirs, key=lambda each: max(each.offers), reverse=True):
            yield each

    async def put(self, record: AgreementRecord, now: dt.datetime) -> None:
        until = None if record.settled else record.deadline
        others = {key: hold for key, hold in self._held.items() if self._stays(key, hold, record, now)}
        wanted = [(person, day) for person in record.people for day in record.agreement.held(now)]
        if any(key in others for key in wanted):
            raise Retryable("Somebody has meanwhile been offered one of these days.", after=0.1)
        self._kept[record.agreement_id] = record
        self._held.clear()
        self._held.update({**others, **dict.fromkeys(wanted, (record.agreement_id, until))})

    async def held(self, people: Iterable[str], now: dt.datetime) -> dict[str, list[dt.date]]:
        wanted, found = set(people), defaultdict[str, list[dt.date]](list)
        for (person, day), (_, until) in sorted(self._held.items(), key=lambda item: item[0][1]):
            if person in wanted and (until is None or until > now):
                found[person].append(day)
        return dict(found)

    async def forget(self, person_id: str) -> None:
        for key in [key for key in self._held if key[0] == person_id]:
            del self._held[key]
        for name, each in list(self._kept.items()):
            notes = tuple(one for one in each.notes if one.person_id != person_id)
            self._kept[name] = each.model_copy(update={"notes": notes})

    def _stays(self, key: tuple[str, dt.date], hold: Hold, record: AgreementRecord, now: dt.datetime) -> bool:
        """Whether another agreement's hold stays beside this one; lapsed holds of its people give way."""
        agreement_id, until = hold
        lapsed = key[0] in record.people and until is not None and until <= now
        return agreement_id != record.agreement_id and not lapsed
