"""A coordinator keeps schools together or apart."""

from services.matching.domain.decisions.pins import named, pin, pinning
from services.matching.domain.ids import cohort_id
from services.matching.handlers.loading import gather, groups_holding, known_programme
from services.matching.handlers.saving import save
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.matching import PinSchools

__all__ = ["PinCommands"]


class PinCommands:
    """Takes pins."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def pin(self, command: PinSchools, work: UnitOfWork) -> Done:
        """Keep schools together or apart from the next draft on, as far as the hard rules let them."""
        stores = self._stores
        programme = await known_programme(stores, command.programme_id)
        ids = named(command.urns, await stores.enrolments.by_urn(command.programme_id, command.urns))
        groups = await groups_holding(stores, cohort_id(command.programme_id), ids)
        before = await stores.pins.pins(command.programme_id)
        wish = pinning(before, ids, command.how, groups)
        decision = pin(wish, await gather(stores, programme, wish.concerned), command.how)
        await save(stores, decision, work)
        return Done(id=command.programme_id, version=before.version + 1, sentence=decision.sentence)
