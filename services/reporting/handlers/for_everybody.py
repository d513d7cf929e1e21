"""Wires what is done with brochures: the reports that everybody may read."""

from services.reporting.handlers.commands.brochures import BrochureCommands
from services.reporting.handlers.queries.brochures import BrochureQueries
from services.reporting.ports.stores import Stores
from shared.bus import Service
from shared.commands.brochures import FetchBrochure, ListBrochures, PublishBrochure, ShowBrochure, UnpublishBrochure

__all__ = ["for_everybody"]


def for_everybody(service: Service, stores: Stores) -> None:
    """Publish brochures, and show them to whoever asks."""
    acts = BrochureCommands(stores.engine_programmes, stores.reports)
    service.command(PublishBrochure, acts.publish)
    service.command(UnpublishBrochure, acts.unpublish)
    found = BrochureQueries(stores.engine_programmes, stores.reports, stores.files)
    service.query(ListBrochures, found.list)
    service.query(ShowBrochure, found.show)
    service.query(FetchBrochure, found.fetch)
