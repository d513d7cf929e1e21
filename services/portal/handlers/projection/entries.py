"""Entries of templates' forms, as `reporting` tells of them."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.forms import ChangesAsked, EntryFacts, EntryWithdrawn, FormAgreed, FormReleased, FormSubmitted

AnyEntry = FormSubmitted | ChangesAsked | FormAgreed | FormReleased | EntryWithdrawn
_STATES: dict[type[EntryFacts], str] = {
    FormSubmitted: "submitted",
    ChangesAsked: "changes-asked",
    FormAgreed: "agreed",
    FormReleased: "released",
    EntryWithdrawn: "withdrawn",
}
_KEPT = set(EntryFacts.model_fields) - {"entry_id"}


class EntryProjection:
    """Keeps each entry as it stands, with the answers that are told."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def changed(self, event: AnyEntry, work: UnitOfWork) -> None:
        """Keep what the event says; one without answers leaves those of before."""
        fields = {**event.model_dump(mode="json", include=_KEPT), "state": _STATES[type(event)]}
        if isinstance(event, FormSubmitted | FormAgreed):
            fields["answers"] = event.model_dump(mode="json")["answers"]
        await self._models.put("entries", event.entry_id, event.version, fields)
