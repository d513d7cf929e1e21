"""How far a service has come: what it saves, it saves with a row of its inbox or with the stored reply of a command.

So who has computed something from what is stored can tell whether anything may have changed since. Of two transactions
the one that began first may commit last; the newest rows are compared, not the newest one.
"""

from shared.bus.collections import COMMAND_REPLIES, INBOX
from shared.mongo import DESCENDING, Database

__all__ = ["Mark", "mark"]

NEWEST = 100
"""More than transactions that are under way at once."""
Mark = frozenset[str]


async def mark(database: Database) -> Mark:
    """Return what is the same as long as the service has handled nothing."""
    found = [
        str(row["_id"])
        for name in (INBOX, COMMAND_REPLIES)
        async for row in database[name].find({}, projection={"_id": 1}, sort=[("at", DESCENDING)], limit=NEWEST)
    ]
    return frozenset(found)
