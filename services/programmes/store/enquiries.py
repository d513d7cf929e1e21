"""Enquiries in MongoDB."""

import datetime as dt
import re

from services.programmes.domain.enquiries import Enquiry, PublishedBrochure
from services.programmes.domain.enrolment.addresses import address_key
from shared.mongo import ASCENDING, DESCENDING, Database, Document

__all__ = ["MongoEnquiries"]


class MongoEnquiries:
    """Port `Enquiries`."""

    def __init__(self, database: Database) -> None:
        self._enquiries = database["enquiries"]
        self._brochures = database["brochures"]

    async def one(self, enquiry_id: str) -> Enquiry | None:
        """An enquiry, by its id or the beginning of it; None where there is none, or several begin so."""
        where = {"_id": {"$gte": enquiry_id, "$lt": f"{enquiry_id}\uffff"}}
        found = [each async for each in self._enquiries.find(where, sort=[("_id", ASCENDING)], limit=2)]
        whole = [each for each in found if each["_id"] == enquiry_id] or found
        return Enquiry.model_validate(whole[0]) if len(whole) == 1 else None

    async def put(self, enquiry: Enquiry) -> None:
        """Save it."""
        given = enquiry.model_dump(mode="json")
        document = {
            "_id": enquiry.enquiry_id,
            **given,
            "at": enquiry.received_at,
            "order": enquiry.state != "waiting",
            "email_key": address_key(enquiry.email),
        }
        await self._enquiries.put(document)

    async def erase(self, enquiry_id: str) -> None:
        """Delete it."""
        await self._enquiries.delete_one({"_id": enquiry_id})

    async def from_address(self, email: str) -> list[Enquiry]:
        """Every enquiry from an address, whatever case it is written in; the oldest first."""
        found = self._enquiries.find({"email_key": address_key(email)}, sort=[("at", ASCENDING), ("_id", ASCENDING)])
        return [Enquiry.model_validate(each) async for each in found]

    async def since(self, programme_id: str, since: dt.datetime) -> int:
        """How many enquiries a programme got since then."""
        return await self._enquiries.count({"programme_id": programme_id, "at": {"$gt": since}})

    async def listed(
        self, programme_id: str, state: str, search: str = "", *, limit: int, offset: int
    ) -> list[Enquiry]:
        """Enquiries, those that wait first, of each the newest first; blank: of any programme, in any state."""
        order = [("order", ASCENDING), ("at", DESCENDING), ("_id", ASCENDING)]
        found = self._enquiries.find(_where(programme_id, state, search), sort=order, limit=limit, skip=offset)
        return [Enquiry.model_validate(each) async for each in found]

    async def counted(self, programme_id: str, state: str, search: str = "") -> int:
        """How many such enquiries there are."""
        return await self._enquiries.count(_where(programme_id, state, search))

    async def brochure(self, programme_id: str) -> PublishedBrochure | None:
        """What is known of a programme's brochure."""
        found = await self._brochures.find_one({"_id": programme_id})
        return PublishedBrochure.model_validate(found) if found else None

    async def put_brochure(self, brochure: PublishedBrochure) -> None:
        """Save it."""
        document = {"_id": brochure.programme_id, **brochure.model_dump(mode="json")}
        await self._brochures.put(document)


def _where(programme_id: str, state: str, search: str) -> Document:
    where: Document = {name: value for name, value in (("programme_id", programme_id), ("state", state)) if value}
    if search:
        part = {"$regex": re.escape(search), "$options": "i"}
        where["$or"] = [{"name": part}, {"school": part}, {"email": part}]
    return where
