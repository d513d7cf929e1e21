"""Whoever an entry that counts names by address, as an owner or to be introduced, is found or becomes a contact."""

from services.programmes.domain.owners import identified
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.naming import NamedOwners
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.bus.subscriptions import Effect
from shared.events.forms import FormAgreed, PlanChanged
from shared.events.programmes_parts import OwnersNamed
from shared.template import Template

__all__ = ["OwnersWorker"]


class OwnersWorker:
    """Asks for names and addresses outside the transaction, says who they are inside."""

    def __init__(self, programmes: Programmes, contacts: Contacts, owners: NamedOwners) -> None:
        self._programmes = programmes
        self._contacts = contacts
        self._owners = owners

    async def agreed(self, event: FormAgreed) -> Effect:
        """An entry counts, and with it its action plan."""
        programme = await self._programmes.get(event.programme_id)
        form = programme.template.form(event.form) if isinstance(programme.template, Template) else None
        asks = form is not None and (form.introduces or any(field.kind == "actions" for field in form.fields))
        return await self._named(event) if asks else _nothing

    async def changed(self, event: PlanChanged) -> Effect:
        """A plan names somebody else."""
        return await self._named(event) if any(line.awaited for line in event.plan) else _nothing

    async def _named(self, event: FormAgreed | PlanChanged) -> Effect:
        found = await self._owners.owners(event.entry_id)
        if found is None or not found.owners:
            return _nothing

        async def say(work: UnitOfWork) -> None:
            known = await self._contacts.known([one.address for one in found.owners], ())
            owners, people = identified(found.owners, known, self._contacts.new_id)
            await self._contacts.keep(people, work)
            facts = {"entry_id": event.entry_id, "programme_id": event.programme_id, "number": found.number}
            work.publish(OwnersNamed(version=event.version, owners=owners, **facts))

        return say


async def _nothing(work: UnitOfWork) -> None:
    """Nobody is named."""
