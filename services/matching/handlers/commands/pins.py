"""A coordinator keeps schools together or apart."""

from dataclasses import replace

from services.matching.domain.ids import cohort_id
from services.matching.domain.pins import pinned, refusal
from services.matching.domain.records import GroupRecord
from services.matching.handlers.loading import gather
from services.matching.handlers.pinned_groups import bonds, groups_of
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PinSchools
from shared.errors import Rejected

__all__ = ["PinCommands"]


class PinCommands:
    """Takes pins."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def pin(self, command: PinSchools, work: UnitOfWork) -> Done:
        """Keep schools together or apart from the next draft on, as far as the hard rules let them."""
        programme = await self._stores.enrolments.programme(command.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", f"There is no programme '{command.programme_id[:60]}'.")
        enrolled = {
            one.school.urn: one for one in await self._stores.enrolments.by_urn(command.programme_id, command.urns)
        }
        for urn in command.urns:
            if urn not in enrolled:
                raise Rejected("unknown-school", f"No school with URN {urn} takes part in this programme.")
        before = await self._stores.enrolments.pins(command.programme_id)
        ids = tuple(sorted({one.school.school_id for one in enrolled.values()}))
        if len(ids) < 2:
            raise Rejected("one-school", "Name at least two different schools.")
        here: list[GroupRecord] = []
        if command.how != "free":
            here = await groups_of(self._stores, cohort_id(command.programme_id), ids, command.how)
        pins = pinned(before.as_pins(), ids, command.how)
        together = pins.together | bonds(here)
        concerned = {school for pair in together for school in pair} | set(ids)
        matching = await gather(self._stores, programme, concerned)
        by_id = {school.id: school for school in matching.schools}
        refused = refusal(matching.rules, replace(pins, together=together), by_id)
        if refused and command.how != "free":
            raise Rejected(*refused)
        after = before.changed(pins)
        await self._stores.enrolments.put_pins(after)
        sentence = "Counts from the next draft; ask for it with a re-match."
        return Done(id=command.programme_id, version=after.version, sentence=sentence)
