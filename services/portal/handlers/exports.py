"""Publishes that a list was exported, for the audit log."""

from collections.abc import Callable

from services.portal.handlers.sign_in import Transact
from shared.bus import UnitOfWork
from shared.events.portal import ListExported


class ExportNotes:
    """The port `Exports`. `draw`: returns an id that nobody else has."""

    def __init__(self, transact: Transact, draw: Callable[[], str]) -> None:
        self._transact = transact
        self._draw = draw

    async def exported(self, person_id: str, what: str, programme_id: str) -> None:
        """Publish it."""

        async def work(unit: UnitOfWork) -> None:
            facts = {"person_id": person_id, "what": what, "programme_id": programme_id}
            unit.publish(ListExported(version=1, export_id=f"exp-{self._draw()}", **facts))

        await self._transact(work, person_id)
