"""What is kept for signing in, in memory."""

import datetime as dt
from dataclasses import replace

from services.portal.domain.sign_in.attempts import Attempt
from services.portal.domain.sign_in.second_factor import SecondFactor
from services.portal.domain.sign_in.secrets import plain
from services.portal.domain.sign_in.sessions import Account, Session
from services.portal.ports.sign_in import SignInStores
from services.portal.store.sign_in import account
from shared.roster import Roster
from tests.fakes.portal.models import Collections, Row


def memory_sign_in_stores(collections: Collections, roster: Roster) -> SignInStores:
    return SignInStores(
        MemoryAccounts(collections, roster), MemoryAttempts(), MemorySessions(collections),
        MemorySecondFactors(collections),
    )  # fmt: skip


class MemoryAccounts:
    def __init__(self, collections: Collections, roster: Roster) -> None:
        self._collections = collections
        self._roster = roster

    async def at(self, address: str) -> Account | None:
        found = (one for one in self._collections.all("accounts") if one["address"] == plain(address))
        return await self._one(next(found, None))

    async def get(self, person_id: str) -> Account | None:
        return await self._one(self._collections.one("accounts", person_id))

    async def coordinators(self) -> list[str]:
        return sorted(one["_id"] for one in self._collections.all("accounts") if one["coordinator"])

    async def _one(self, found: Row | None) -> Account | None:
        if found is None:
            return None
        held = await self._roster.held_by(found["_id"])
        return account(found, leads=any(one.party_id and one.until is None for one in held))


class MemoryAttempts:
    def __init__(self) -> None:
        self.kept: dict[str, Attempt] = {}

    async def get(self, key: str) -> Attempt | None:
        return self.kept.get(key)

    async def find(self, attempt_id: str) -> Attempt | None:
        return next((one for one in self.kept.values() if one.attempt_id == attempt_id), None)

    async def put(self, attempt: Attempt) -> None:
        self.kept[attempt.key] = attempt

    async def due(self, limit: int) -> list[Attempt]:
        return [one for one in self.kept.values() if one.due][:limit]


class MemorySessions:
    def __init__(self, collections: Collections) -> None:
        self._kept = collections.of("sessions")

    async def get(self, key: str) -> Session | None:
        found = self._kept.get(key)
        return found["session"] if found else None

    async def put(self, session: Session) -> None:
        self._kept[session.key] = {"person_id": session.person_id, "session": session}

    async def seen(self, key: str, at: dt.datetime) -> None:
        await self.put(replace(self._kept[key]["session"], seen=at))

    async def end(self, key: str) -> None:
        self._kept.pop(key, None)

    async def of_person(self, person_id: str) -> list[Session]:
        return [one["session"] for one in self._kept.values() if one["person_id"] == person_id]


class MemorySecondFactors:
    def __init__(self, collections: Collections) -> None:
        self._kept = collections.of("second_factors")

    async def get(self, person_id: str) -> SecondFactor | None:
        found = self._kept.get(person_id)
        return found["factor"] if found else None

    async def put(self, factor: SecondFactor) -> None:
        self._kept[factor.person_id] = {"factor": factor}

    async def drop(self, person_id: str) -> None:
        self._kept.pop(person_id, None)
