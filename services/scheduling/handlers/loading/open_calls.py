"""Loads the call that anybody books: who offers times for it now, and which are left."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from services.scheduling.domain.dates.open_calls import OpenCall, declared, free_hosts, none_here, with_host
from services.scheduling.domain.dates.records import CallOfferRecord
from services.scheduling.handlers.loading.hours import hours_of
from services.scheduling.ports.stores import Stores
from shared.roster import directory
from shared.template.resolving import Situation, people_for

__all__ = ["OpenCalls"]


class OpenCalls:
    """What commands, queries and the pages of those who booked share."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self.hours = partial(hours_of, stores)

    async def of(self, programme_id: str, now: dt.datetime) -> OpenCall:
        """The call of a programme. Raises Rejected("no-open-call")."""
        programme = await self._stores.engine.programme(programme_id)
        if programme is None:
            raise none_here()
        activity = declared(programme.template)
        about, template = Situation(coordinator_id=programme.coordinator_id), programme.template
        known = await directory(
            self._stores.roster, programme_id, activity.who, template, about=about, on=programme.today(now)
        )
        return OpenCall(programme_id, activity, people_for(activity.who, template, about, known))

    async def left(self, call: OpenCall, person_id: str, now: dt.datetime) -> Mapping[dt.datetime, str]:
        """When it could begin -> who would hold it."""
        hours = await self.hours({*call.hosts, *((person_id,) if person_id else ())}, now)
        return free_hosts(hours, call, person_id, now)

    async def host_for(self, offer: CallOfferRecord, start: dt.datetime, now: dt.datetime) -> CallOfferRecord:
        """The call with whoever is free at that time. Raises Rejected("slot-taken", "no-open-call")."""
        call = await self.of(offer.programme_id, now)
        left = await self.left(call, offer.person_id, now)
        return with_host(offer, start.astimezone(dt.UTC), dict(left))
