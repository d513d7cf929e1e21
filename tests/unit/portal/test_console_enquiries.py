"""The coordinator's page of the brochure and of enquiries: made, published, taken back; answered, erased."""

import datetime as dt

import pytest

from shared.commands.brochures import BrochureRow, BrochureRows, PublishBrochure, UnpublishBrochure
from shared.commands.enquiries import CloseEnquiry, EnquiryRow, EnquiryRows, EraseEnquiries
from shared.commands.reports import CompileReport
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME

HERE = f"/console/programmes/{PROGRAMME}/enquiries"
BROCHURE = BrochureRow(
    programme_id=PROGRAMME, programme="Yorkshire peer visits", year=2026, report="brochure", report_id="rpt-1",
    title="About peer visits", state="compiled", edition=2, published=1, address="peer-visits-1f3a9c", enquiries=True,
)  # fmt: skip
ENQUIRY = EnquiryRow(
    enquiry_id="enq-1", programme_id=PROGRAMME, programme="Yorkshire peer visits", state="waiting", name="Ada <b>Marsh",
    school="Hill Top School", role="Deputy", email="ada@hilltop.example", message="How many days?\n<script>",
    received_at=dt.datetime(2026, 9, 2, 9, tzinfo=dt.UTC), until=dt.date(2027, 3, 1),
)  # fmt: skip


@pytest.fixture
async def desk(world, desk):
    world.owners.finds["ListBrochures"] = BrochureRows(brochures=(BROCHURE,))
    world.owners.finds["ListEnquiries"] = EnquiryRows(total=1, waiting=1, enquiries=(ENQUIRY,))
    return desk


async def test_home_says_that_an_enquiry_waits(desk):
    said = " ".join(read(await desk.get("/console")).text.split())
    assert "1 enquiry waits for an answer." in said


async def test_it_shows_what_is_published_and_what_was_asked(desk):
    page = await desk.get(HERE)
    said = " ".join(read(page).text.split())
    assert "Edition 1 can be read by everybody at /brochures/peer-visits-1f3a9c" in said
    assert "Edition 2 is newer." in said
    assert "How many days? <script>" in said
    assert "<script>\n" not in page.text
    assert "Came on Wednesday 2 September 2026; kept until Monday 1 March 2027." in said


async def test_the_brochure_is_made_published_and_taken_back(world, desk):
    page = await desk.get(HERE)
    for do in ("make", "publish", "unpublish"):
        await press(desk, page, {"do": do})
    assert world.owners.commands == [
        CompileReport(programme_id=PROGRAMME, report="brochure"),
        PublishBrochure(programme_id=PROGRAMME),
        UnpublishBrochure(programme_id=PROGRAMME),
    ]


async def test_an_enquiry_is_answered_and_erased(world, desk):
    page = await desk.get(HERE)
    await press(desk, page, {"do": "done"}, form=2)
    await press(desk, page, {"do": "erase"}, form=2)
    assert world.owners.commands == [CloseEnquiry(enquiry_id="enq-1"), EraseEnquiries(enquiry_id="enq-1")]


async def test_what_is_no_button_or_names_nobody_is_refused(world, desk):
    page = await desk.get(HERE)
    assert (await press(desk, page, {"do": "dance"})).status_code == 422
    assert (await press(desk, page, {"do": "done", "enquiry": ""}, form=2)).status_code == 422
    assert world.owners.commands == []


async def test_a_programme_without_one_says_so(world, desk):
    world.owners.finds["ListBrochures"] = BrochureRows(brochures=())
    world.owners.finds["ListEnquiries"] = EnquiryRows(total=0, waiting=0, enquiries=())
    said = read(await desk.get(HERE)).text
    assert "declares no report for everybody" in said
    assert "There are none." in said
