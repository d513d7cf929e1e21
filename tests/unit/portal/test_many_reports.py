"""Somebody with two hundred reports: a page at a time, found by words; what is not for them is not counted."""

import datetime as dt

from shared.commands.forms import EntryRows
from shared.commands.reports import ListReports, ReportRow, ReportRows, ShowReport
from tests.unit.portal.signing import enter
from tests.unit.portal.world import PROGRAMME

ADDRESS, SCHOOL = "per-a-head@example.org", "sch-a"
MANY = 230
FIRST = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)


def row(number: int) -> ReportRow:
    return ReportRow(
        report_id=f"rpt-letter-{number}", kind="letter", title=f"Letter {number}", programme_id=PROGRAMME,
        about="school", about_id=SCHOOL, state="compiled", edition=1, compiled_at=FIRST + dt.timedelta(days=number),
        may_read=number != 7,
    )  # fmt: skip


def page_of(query: ListReports) -> ReportRows:
    every = [row(number) for number in reversed(range(MANY))]
    return ReportRows(total=MANY, reports=tuple(every[query.offset : query.offset + query.limit]))


async def reports(world, browser, query=""):
    await enter(world, browser, ADDRESS)
    return await browser.get(f"/me/reports{query}")


async def test_two_hundred_reports_come_by_the_page_the_newest_first(world):
    world.owners.finds |= {"ListReports": page_of, "ListEntries": EntryRows(total=0, entries=())}
    async with world.browser() as browser:
        page = await reports(world, browser)
        assert page.text.count('href="/me/report/') == 50
        assert page.text.index("Letter 229") < page.text.index("Letter 228")
        assert "Page 1 of 5" in page.text
        assert f"{MANY - 1} things to read" in page.text
        page = await browser.get("/me/reports?page=5")
        assert page.text.count('href="/me/report/') == MANY - 1 - 200
        assert "Letter 7<" not in page.text
        assert [one for one in world.owners.found if isinstance(one, ShowReport)] == []


async def test_they_are_found_by_words_and_shown_again(world):
    world.owners.finds |= {"ListReports": page_of, "ListEntries": EntryRows(total=0, entries=())}
    async with world.browser() as browser:
        page = await reports(world, browser, "?search=letter%2022")
        assert page.text.count('href="/me/report/') == 11
        assert 'value="letter 22"' in page.text
        assert 'href="/me/reports">Show all' in page.text
        page = await browser.get("/me/reports?search=nothing+like+it")
        assert page.text.count('href="/me/report/') == 0
        assert "0 things to read" in page.text
        assert "There is nothing to read yet." not in page.text
