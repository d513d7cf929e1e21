"""What the port of enquiries promises, for the store in memory and the one on MongoDB."""

import datetime as dt

from services.programmes.domain.enquiries import Enquiry, PublishedBrochure

NOON = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


def enquiry(number, programme="prg-1", **changed):
    told = {
        "enquiry_id": f"enq-{number}", "programme_id": programme, "name": "Ada", "school": "Hill",
        "email": f"ada{number}@hill.example", "message": "When?", "received_at": NOON + dt.timedelta(hours=number),
        "until": dt.date(2027, 2, 28),
    }  # fmt: skip
    return Enquiry(**(told | changed))


class EnquiriesContract:
    async def test_those_that_wait_come_first_and_of_each_the_newest(self, stores):
        one, two, three = enquiry(1, state="done"), enquiry(2), enquiry(3)
        other = enquiry(4, "prg-2")
        for each in (one, two, three, other):
            await stores.enquiries.put(each)
        everything = {"limit": 10, "offset": 0}
        assert await stores.enquiries.listed("prg-1", "", **everything) == [three, two, one]
        assert await stores.enquiries.listed("", "waiting", **everything) == [other, three, two]
        assert await stores.enquiries.listed("prg-1", "", limit=1, offset=1) == [two]
        assert await stores.enquiries.counted("prg-1", "") == 3
        assert await stores.enquiries.counted("", "done") == 1
        assert await stores.enquiries.since("prg-1", NOON + dt.timedelta(hours=2)) == 1

    async def test_one_is_found_by_the_beginning_of_its_id_where_no_other_begins_so(self, stores):
        for each in (enquiry(1), enquiry(12), enquiry(2)):
            await stores.enquiries.put(each)
        assert await stores.enquiries.one("enq-2") == enquiry(2)
        assert await stores.enquiries.one("enq-1") == enquiry(1)
        assert await stores.enquiries.one("enq-") is None
        assert await stores.enquiries.one("enq-9") is None

    async def test_an_erased_one_is_gone_and_an_address_is_the_same_however_it_is_written(self, stores):
        later = enquiry(3, email="ADA1@Hill.example")
        for each in (later, enquiry(1), enquiry(2)):
            await stores.enquiries.put(each)
        assert await stores.enquiries.from_address("ada1@hill.example") == [enquiry(1), later]
        await stores.enquiries.erase("enq-1")
        assert await stores.enquiries.from_address("ada1@hill.example") == [later]
        assert await stores.enquiries.one("enq-1") is None

    async def test_what_is_known_of_a_brochure_is_kept(self, stores):
        assert await stores.enquiries.brochure("prg-1") is None
        for version, open_ in ((1, True), (2, False)):
            await stores.enquiries.put_brochure(PublishedBrochure(programme_id="prg-1", open=open_, version=version))
        assert await stores.enquiries.brochure("prg-1") == PublishedBrochure(
            programme_id="prg-1", open=False, version=2
        )
