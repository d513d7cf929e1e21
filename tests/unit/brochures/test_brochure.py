"""The report for everybody: from the template and last year's counts; read by nobody outside before it is published."""

import pytest

from services.reporting.domain.brochures import address_of
from services.reporting.domain.entries.records import EngineProgramme
from shared.commands.brochures import FetchBrochure, ListBrochures, PublishBrochure, ShowBrochure, UnpublishBrochure
from shared.commands.programme_states import ArchiveProgramme, CompleteProgramme
from shared.commands.programmes import CloseEnrolment
from shared.errors import Rejected
from shared.events.reports import ReportPublished, ReportUnpublished
from tests.unit.brochures.asking import Asking
from tests.unit.reporting.entries import exchange


async def parts(asking: Asking) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Title of a part -> its rows."""
    found = await asking.town.find(ShowBrochure(address=(await asking.row()).address))
    return {part.title: part.rows for part in found.parts}


async def test_it_says_who_it_is_for_what_it_asks_when_it_is_and_what_came_of_it(asking):
    page = await asking.page(asking.browser())
    assert page.heading == "About project exchange"
    for said in (
        "Who it is for", "Schools with a question that somebody from outside could look into.",
        "What your school gives", "What your school gets", "The year", "What it asks of people",
        "1 September 2026 to 30 September 2026",
    ):  # fmt: skip
        assert said in page.text
    found = await parts(asking)
    assert found["Last year in numbers"] == (
        ("Schools that took part", "6"), ("People of theirs who took part", "12"),
    )  # fmt: skip
    asked = {row[0]: row[1:] for row in found["What it asks of people"]}
    assert asked["Practitioner"][:2] == (
        "Up to four, named later",
        "Visit to the host school; presentation of the findings",
    )
    assert asked["CPD lead"][2].startswith("Post your projects; name your practitioners; ")
    assert "Clerk" not in asked  # who only reads is asked for nothing


async def test_a_few_schools_are_not_counted_out_loud():
    asking = Asking(schools=4)
    await asking.open()
    await asking.make()
    await asking.publish()
    assert (await parts(asking))["Last year in numbers"] == (
        ("Schools that took part", "fewer than five"), ("People of theirs who took part", "8"),
    )  # fmt: skip


async def test_nobody_outside_reads_it_before_it_is_published_or_after():
    asking = Asking()
    await asking.open()
    await asking.make()
    row = await asking.row()
    assert (row.edition, row.published, row.address) == (1, 0, "")
    programme = await asking.town.find(ListBrochures(published=True))
    assert programme.brochures == ()
    browser = asking.browser()
    assert "There is nothing to join just now." in (await browser.open("http://127.0.0.1:8080/brochures")).text
    await asking.publish()
    here = f"http://127.0.0.1:8080/brochures/{(await asking.row()).address}"
    assert "Exchange 2026" in (await browser.open("http://127.0.0.1:8080/brochures")).text
    assert (await browser.fetch(f"{here}/brochure.pdf")).startswith(b"%PDF")
    await asking.town.ask(UnpublishBrochure(programme_id=asking.programme_id))
    for path in (here, f"{here}/brochure.pdf"):
        assert (await browser.look(path)).status == 404
    with pytest.raises(Rejected, match="no such brochure"):
        await asking.town.find(FetchBrochure(address=here.rpartition("/")[2]))
    told = [type(one) for one in asking.town.published if isinstance(one, ReportPublished | ReportUnpublished)]
    assert told == [ReportPublished, ReportUnpublished]


async def test_what_is_published_stays_until_another_edition_is(asking):
    await asking.make()  # says the same again: no edition
    assert (await asking.row()).edition == 1
    await asking.town.ask(CloseEnrolment(programme_id=asking.before))
    await asking.town.ask(CompleteProgramme(programme_id=asking.before))
    again = await asking.town.ask(PublishBrochure(programme_id=asking.programme_id))
    assert again.sentence == "Edition 1 of the brochure is published already."
    with pytest.raises(Rejected, match="There is no edition 7; the latest is edition 1"):
        await asking.town.ask(PublishBrochure(programme_id=asking.programme_id, edition=7))


async def test_a_programme_that_is_over_invites_nobody(asking):
    town, programme_id = asking.town, asking.before
    await asking.town.ask(CloseEnrolment(programme_id=programme_id))
    with pytest.raises(Rejected, match="has not been made yet"):
        await town.ask(PublishBrochure(programme_id=programme_id))
    await town.ask(CloseEnrolment(programme_id=asking.programme_id))
    await town.ask(CompleteProgramme(programme_id=asking.programme_id))
    await town.ask(UnpublishBrochure(programme_id=asking.programme_id))
    with pytest.raises(Rejected, match="is over"):
        await town.ask(PublishBrochure(programme_id=asking.programme_id))
    with pytest.raises(Rejected, match="not published"):
        await town.ask(UnpublishBrochure(programme_id=asking.programme_id))


async def test_of_an_archived_programme_no_page_stays(asking):
    address = (await asking.row()).address
    await asking.town.ask(CloseEnrolment(programme_id=asking.programme_id))
    await asking.town.ask(CompleteProgramme(programme_id=asking.programme_id))
    await asking.town.ask(ArchiveProgramme(programme_id=asking.programme_id))
    with pytest.raises(Rejected, match="no such brochure"):
        await asking.town.find(ShowBrochure(address=address))


async def test_its_address_can_be_read_and_is_no_other_programme_s(asking):
    row = await asking.row()
    assert row.address.startswith("exchange-2026-")
    programme = await asking.town.find(ShowBrochure(address=row.address))
    assert programme.row.programme == "Exchange 2026"
    named = exchange.opened().model_copy(update={"name": "Été, 2026!"})
    alike = [
        address_of(EngineProgramme.of(named.model_copy(update={"programme_id": one}))) for one in ("prg-1", "prg-2")
    ]
    assert [one[:9] for one in alike] == ["ete-2026-"] * 2
    assert len(set(alike)) == 2
