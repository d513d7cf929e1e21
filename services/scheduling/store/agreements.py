"""Days that people agree, in MongoDB: `agreements`, and `held_days` with one document for each person and day.

A unique index on (person, day) refuses a second hold of a day, also in a race. A hold has the instant at which it
lapses; that of a settled day has none. Lapsed holds of people are deleted when an agreement of theirs is saved.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from itertools import product
from typing import Any

from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.store.turns import take_turns
from shared.errors import Rejected, Retryable
from shared.mongo import ASCENDING, DESCENDING, Database, Document, is_duplicate_key

__all__ = ["MongoAgreements"]


class MongoAgreements:
    """Port `Agreements`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._agreements = database["agreements"]
        self._held = database["held_days"]

    async def agreement(self, agreement_id: str) -> AgreementRecord:
        """An agreement. Raises Rejected("unknown-agreement")."""
        found = await self._agreements.find_one({"_id": agreement_id})
        if found is None:
            raise Rejected("unknown-agreement", f"There is no agreement '{agreement_id[:60]}'.")
        return AgreementRecord.model_validate(found)

    async def of(self, person_id: str) -> AsyncIterator[AgreementRecord]:
        """A person's agreements, or all where no person is named; those with the latest days first."""
        order = [("offers", DESCENDING), ("_id", ASCENDING)]
        async for document in self._agreements.find({"people": person_id} if person_id else {}, sort=order):
            yield AgreementRecord.model_validate(document)

    async def put(self, record: AgreementRecord, now: dt.datetime) -> None:
        """Save it with the days that it holds at this time. Raises Retryable when another agreement holds one."""
        key = record.agreement_id
        await self._agreements.put({"_id": key, **record.model_dump(mode="json")})
        held = record.agreement.held(now)
        await take_turns(self._database, product(record.people, held))
        lapsed = {"person_id": {"$in": list(record.people)}, "until": {"$lte": now}}
        await self._held.delete_many({"$or": [{"agreement_id": key}, lapsed]})
        try:
            await self._held.insert_many([_hold(record, person, day) for person in record.people for day in held])
        except Exception as error:
            if is_duplicate_key(error):
                raise Retryable("Somebody has meanwhile been offered one of these days.", after=0.1) from error
            raise

    async def held(self, people: Iterable[str], now: dt.datetime) -> dict[str, list[dt.date]]:
        """The days held for these people at this time, in order."""
        where: dict[str, Any] = {"person_id": {"$in": list(people)}, "$or": [{"until": None}, {"until": {"$gt": now}}]}
        found = defaultdict[str, list[dt.date]](list)
        async for document in self._held.find(where, sort=[("on", ASCENDING)]):
            found[document["person_id"]].append(dt.date.fromisoformat(document["on"]))
        return dict(found)

    async def forget(self, person_id: str) -> None:
        """Hold nothing for a person any more, and drop their notes."""
        await self._held.delete_many({"person_id": person_id})
        theirs = {"notes": {"person_id": person_id}}
        await self._agreements.update_many({"people": person_id}, {"$pull": theirs})


def _hold(record: AgreementRecord, person: str, day: dt.date) -> Document:
    return {
        "_id": f"{record.agreement_id}|{person}|{day}",
        "agreement_id": record.agreement_id,
        "person_id": person,
        "on": day.isoformat(),
        "until": None if record.settled else record.deadline,
    }
