"""What is kept for signing in. The database drops attempts a day, and sessions a week, after they have ended."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from services.portal.domain.sign_in.attempts import Attempt
from services.portal.domain.sign_in.second_factor import SecondFactor
from services.portal.domain.sign_in.secrets import plain
from services.portal.domain.sign_in.sessions import Account, Session
from services.portal.ports.sign_in import SignInStores
from shared.mongo import ASCENDING, Database

_ATTEMPT, _FACTOR = TypeAdapter(Attempt), TypeAdapter(SecondFactor)
_SESSION = TypeAdapter(Session)
_DAY = 86_400
_AT_A_PARTY = {"party_id": {"$ne": None}, "until": None}
"""Roles at a trust or partnership that are held; one that ends on a day to come is given up at once."""
_ONE = [{"$match": _AT_A_PARTY}, {"$limit": 1}, {"$project": {"_id": 1}}]
_HELD = {
    "$lookup": {
        "from": "roster_memberships", "localField": "_id", "foreignField": "person_id", "pipeline": _ONE, "as": "held",
    }
}  # fmt: skip
"""Looks one of them up with the account: every page asks for it, in one turn."""


def account(found: dict[str, Any], *, leads: bool) -> Account:
    """Read an account."""
    return Account(found["_id"], found["name"], found["address"], coordinator=found["coordinator"], leads=leads)


class MongoAccounts:
    """The port `Accounts` on the cards that have come, and on the roster."""

    def __init__(self, database: Database) -> None:
        self._accounts = database["accounts"]

    async def at(self, address: str) -> Account | None:
        """Return whose address this is, in any letter case."""
        return await self._one({"address": plain(address)})

    async def get(self, person_id: str) -> Account | None:
        """Return an account; None where the person may not sign in."""
        return await self._one({"_id": person_id})

    async def coordinators(self) -> list[str]:
        """Return who coordinates this deployment."""
        found = self._accounts.find({"coordinator": True}, sort=[("_id", ASCENDING)])
        return [one["_id"] async for one in found]

    async def _one(self, where: dict[str, Any]) -> Account | None:
        found = await self._accounts.aggregate([{"$match": where}, {"$limit": 1}, _HELD]).to_list()
        return account(found[0], leads=bool(found[0]["held"])) if found else None


class MongoAttempts:
    """The port `Attempts` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._attempts = database["sign_in_attempts"]

    async def get(self, key: str) -> Attempt | None:
        """Return the newest attempt of an address."""
        return _attempt(await self._attempts.find_one({"_id": key}))

    async def find(self, attempt_id: str) -> Attempt | None:
        """Return an attempt by its id; None once a newer one has taken its place."""
        return _attempt(await self._attempts.find_one({"attempt_id": attempt_id}))

    async def put(self, attempt: Attempt) -> None:
        """Keep an attempt."""
        await self._attempts.put({"_id": attempt.key, **asdict(attempt)})

    async def due(self, limit: int) -> list[Attempt]:
        """Return attempts whose mail has still to be sent."""
        return [_ATTEMPT.validate_python(found) async for found in self._attempts.find({"due": True}, limit=limit)]


class MongoSessions:
    """The port `Sessions` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._sessions = database["sessions"]

    async def get(self, key: str) -> Session | None:
        """Return a session."""
        found = await self._sessions.find_one({"_id": key})
        return _SESSION.validate_python(found) if found else None

    async def put(self, session: Session) -> None:
        """Keep a session."""
        await self._sessions.put({"_id": session.key, **asdict(session)})

    async def seen(self, key: str, at: dt.datetime) -> None:
        """Note that somebody is here."""
        await self._sessions.update_one({"_id": key}, {"$set": {"seen": at}})

    async def end(self, key: str) -> None:
        """Drop a session."""
        await self._sessions.delete_one({"_id": key})

    async def of_person(self, person_id: str) -> list[Session]:
        """Return a person's sessions."""
        return [_SESSION.validate_python(found) async for found in self._sessions.find({"person_id": person_id})]


class MongoSecondFactors:
    """The port `SecondFactors` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._factors = database["second_factors"]

    async def get(self, person_id: str) -> SecondFactor | None:
        """Return what is kept of a person's second factor."""
        found = await self._factors.find_one({"_id": person_id})
        return _FACTOR.validate_python(found) if found else None

    async def put(self, factor: SecondFactor) -> None:
        """Keep a second factor."""
        document = {"_id": factor.person_id, **asdict(factor)}
        await self._factors.put(document)

    async def drop(self, person_id: str) -> None:
        """Forget it."""
        await self._factors.delete_one({"_id": person_id})


def sign_in_stores(database: Database) -> SignInStores:
    """Return everything that is kept for signing in."""
    return SignInStores(
        MongoAccounts(database), MongoAttempts(database), MongoSessions(database), MongoSecondFactors(database)
    )


async def prepare(database: Database) -> None:
    """Create the indexes it is read by, and those by which the database drops what is over."""
    await database["accounts"].create_index("address")
    await database["accounts"].create_index("coordinator")
    await database["sign_in_attempts"].create_index("attempt_id")
    await database["sign_in_attempts"].create_index("due")
    await database["sign_in_attempts"].create_index("expires", expireAfterSeconds=_DAY)
    await database["sessions"].create_index("person_id")
    await database["sessions"].create_index("expires", expireAfterSeconds=7 * _DAY)


def _attempt(found: dict[str, Any] | None) -> Attempt | None:
    return _ATTEMPT.validate_python(found) if found else None
