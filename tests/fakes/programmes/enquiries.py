"""Enquiries in memory."""

from services.programmes.domain.enquiries import Enquiry, PublishedBrochure
from services.programmes.domain.enrolment.addresses import address_key


class MemoryEnquiries:
    def __init__(self) -> None:
        self.kept: dict[str, Enquiry] = {}
        self.brochures: dict[str, PublishedBrochure] = {}

    async def one(self, enquiry_id):
        found = [key for key in self.kept if key.startswith(enquiry_id)]
        whole = [key for key in found if key == enquiry_id] or found
        return self.kept[whole[0]] if len(whole) == 1 else None

    async def put(self, enquiry):
        self.kept = {**self.kept, enquiry.enquiry_id: enquiry}

    async def erase(self, enquiry_id):
        self.kept = {key: one for key, one in self.kept.items() if key != enquiry_id}

    async def from_address(self, email):
        found = [one for one in self.kept.values() if address_key(one.email) == address_key(email)]
        return sorted(found, key=lambda one: (one.received_at, one.enquiry_id))

    async def since(self, programme_id, since):
        return sum(one.programme_id == programme_id and one.received_at > since for one in self.kept.values())

    async def listed(self, programme_id, state, search="", *, limit, offset):
        found = sorted(self._where(programme_id, state, search), key=lambda one: one.enquiry_id)
        found = sorted(found, key=lambda one: one.received_at, reverse=True)
        return sorted(found, key=lambda one: one.state != "waiting")[offset : offset + limit]

    async def counted(self, programme_id, state, search=""):
        return len(self._where(programme_id, state, search))

    async def brochure(self, programme_id):
        return self.brochures.get(programme_id)

    async def put_brochure(self, brochure):
        self.brochures = {**self.brochures, brochure.programme_id: brochure}

    def _where(self, programme_id, state, search):
        part = search.casefold()
        here = [one for one in self.kept.values() if programme_id in {"", one.programme_id}]
        here = [one for one in here if any(part in each.casefold() for each in (one.name, one.school, one.email))]
        return [one for one in here if state in {"", one.state}]
