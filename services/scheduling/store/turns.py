"""Turns of a person's day: whoever gives out part of a day takes a turn of it.

Of two transactions that change the turn of the same day, the second fails, runs again and sees what the first gave out.
An offered day and a call on it need that: they are documents of different collections, which no unique index compares.
"""

import datetime as dt
from collections.abc import Iterable

from shared.errors import Retryable
from shared.mongo import Collection, Database, UpdateOne, is_duplicate_key

__all__ = ["take", "take_turns"]


async def take_turns(database: Database, taken: Iterable[tuple[str, dt.date]]) -> None:
    """Count a turn of each (person, day). Raises Retryable when somebody else is at one of them."""
    await take(database["day_turns"], {f"{person}|{day}" for person, day in taken}, "one of these days")


async def take(turns: Collection, keys: Iterable[str], what: str) -> None:
    """Count a turn of each of these keys. Raises Retryable when somebody else is at one; `what` they are, in words."""
    counts = [UpdateOne({"_id": key}, {"$inc": {"n": 1}}, upsert=True) for key in sorted(keys)]
    if not counts:
        return
    try:
        await turns.bulk_write(counts)
    except Exception as error:
        if is_duplicate_key(error):
            raise Retryable(f"Somebody else is just taking {what}.", after=0.1) from error
        raise
