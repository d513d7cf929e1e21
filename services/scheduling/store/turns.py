"""Turns of a person's day: whoever gives out part of a day takes a turn of it.

Of two transactions that change the turn of the same day, the second fails, runs again and sees what the first gave out.
An offered day and a call on it need that: they are documents of different collections, which no unique index compares.
"""

import datetime as dt
from collections.abc import Iterable

from shared.errors import Retryable
from shared.mongo import Database, UpdateOne, is_duplicate_key

__all__ = ["take_turns"]


async def take_turns(database: Database, taken: Iterable[tuple[str, dt.date]]) -> None:
    """Count a turn of each (person, day). Raises Retryable when somebody else is at one of them."""
    keys = sorted({f"{person}|{day}" for person, day in taken})
    if not keys:
        return
    try:
        await database["day_turns"].bulk_write(
            [UpdateOne({"_id": key}, {"$inc": {"n": 1}}, upsert=True) for key in keys]
        )
    except Exception as error:
        if is_duplicate_key(error):
            raise Retryable("Somebody else is just taking one of these days.", after=0.1) from error
        raise
