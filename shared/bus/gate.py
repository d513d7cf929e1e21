"""Without MongoDB nothing is fetched, so an outage uses up no deliveries."""

import asyncio

from shared import telemetry
from shared.mongo import Mongo

_log = telemetry.logger("kindred.gate")


class Gate:
    """Open while the database takes writes."""

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self.opened = asyncio.Event()
        self.opened.set()

    def close(self) -> None:
        """The database failed: stop fetching until it is back."""
        if self.opened.is_set():
            _log.warning("database_away")
            self.opened.clear()

    async def run(self) -> None:
        """Open again when the database is back; runs for ever."""
        while True:
            await asyncio.sleep(0.25)
            if not self.opened.is_set() and await self._mongo.writable():
                _log.info("database_back")
                self.opened.set()
