"""The register, links and report cards as files bring them in, on stores in memory."""

import gzip

import pytest

from services.programmes.domain.register.links import school_id
from shared.commands.programmes_queries import ListSchools, ShowSchool
from shared.errors import Rejected
from tests.unit.programmes.made import DATA

TWO_REGIONS = (DATA / "schools-two-regions.csv").read_bytes()


UTF_16 = "The file is in UTF-16, which registers are not. Please save it as 'CSV UTF-8' and send it again."


def counts(report):
    return report.added, report.changed, report.unchanged, report.rejected


async def test_two_regions_go_in_once_and_again_change_nothing(office):
    first = await office.bring_in("register", TWO_REGIONS)
    again = await office.bring_in("register", TWO_REGIONS)

    assert (first.state, first.kind, counts(first)) == ("done", "schools", (2059, 0, 0, 0))
    assert (first.rows_done, first.rows_total) == (2059, 2059)
    assert first.sentence == "2,059 schools: 2,059 added, 0 changed, 0 unchanged; 0 rows left out."
    assert counts(again) == (0, 0, 2059, 0)
    assert again.changes == ()
    assert (await office.find(ListSchools())).total == 2059


async def test_what_a_later_file_changes_is_shown(office):
    await office.bring_in("register", TWO_REGIONS)
    text = TWO_REGIONS.decode("cp1252").replace('"Burton Road Primary School"', '"Burton Road Academy"')
    later = await office.bring_in("register", text.replace(',244,125,119,"36.5"', ',245,125,119,"36.5"').encode())

    assert counts(later) == (0, 2, 2057, 0)
    told = {(change.key, change.field, change.old, change.new) for change in later.changes}
    assert told == {
        ("106557", "name", "Burton Road Primary School", "Burton Road Academy"),
        ("106579", "pupils", "244", "245"),
    }
    shown = await office.find(ShowSchool(urn=106557))
    assert shown.facts.name == "Burton Road Academy"


@pytest.mark.parametrize("order", [("schools", "closed", "links"), ("links", "closed", "schools")])
async def test_links_may_come_first_or_last(office, order):
    files = {
        "schools": TWO_REGIONS,
        "closed": (DATA / "schools-closed.csv").read_bytes(),
        "links": (DATA / "links.csv").read_bytes(),
    }
    reports = {name: await office.bring_in("register", files[name]) for name in order}

    assert {name: report.kind for name, report in reports.items()} == {
        "schools": "schools",
        "closed": "closed-schools",
        "links": "links",
    }
    assert counts(reports["links"])[3] == 0
    closed = await office.find(ShowSchool(urn=106575))
    successor = await office.find(ShowSchool(urn=closed.successors[0]))
    assert (closed.status, closed.enrollable) == ("closed", False)
    assert successor.predecessors == (106575,)
    assert successor.facts.school_id == closed.facts.school_id == school_id(106575)


async def test_bad_rows_are_named_and_the_rest_goes_in(office):
    header, first, second, third = TWO_REGIONS.decode("cp1252").splitlines()[:4]
    bad = [
        header,
        first,
        second.replace("106564", "10656X"),
        third.replace("16-01-2025", "31-02-2025"),
        third.replace("106579", "106580").replace('"Open"', '"Open').replace("Lacewood", "Half"),
        first,
    ]
    report = await office.bring_in("register", "\r\n".join(bad).encode("cp1252"))

    assert counts(report) == (2, 0, 0, 3)
    assert [(p.line, p.column, p.reason) for p in report.problems] == [
        (3, "URN", "'10656X' is not a URN (six digits). The row was left out."),
        (4, "CensusDate", "'31-02-2025' is no day of the calendar. The rest of the row went in."),
        (5, "whole row", "A quotation mark opens and is not closed. The row was left out."),
        (6, "URN", "URN 106557 already stands on line 2. The row was left out."),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (
            gzip.compress(TWO_REGIONS, mtime=0)[:9000],
            "The compressed file is cut off before its end. Please download it again.",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "The file is a picture (PNG), not a CSV file."),
        (b"PK\x03\x04" + bytes(50), "The file is an Excel workbook or a ZIP archive, not a CSV file."),
        (TWO_REGIONS.decode("cp1252").encode("utf-16"), UTF_16),
    ],
    ids=["empty", "truncated", "png", "xlsx", "utf-16"],
)  # fmt: skip
async def test_a_file_that_is_no_register_gets_one_sentence(office, content, sentence):
    report = await office.bring_in("register", content)
    assert (report.state, report.sentence, report.problems) == ("refused", sentence, ())


async def test_report_cards_stand_beside_old_grades(office):
    await office.bring_in("register", TWO_REGIONS)
    report = await office.bring_in("inspections", (DATA / "report-cards-example.csv").read_bytes())
    again = await office.bring_in("inspections", (DATA / "report-cards-example.csv").read_bytes())

    assert counts(report) == (12, 0, 0, 0)
    assert counts(again) == (0, 0, 12, 0)
    graded = await office.find(ShowSchool(urn=106564))
    carded = await office.find(ShowSchool(urn=106557))
    assert (graded.overall_grade, graded.report_card) == ("good", None)
    assert (carded.overall_grade, carded.inspected_on) == (None, "2026-03-10")
    assert carded.report_card["safeguarding"] == "met"
    assert set(carded.report_card) >= {"inclusion", "achievement", "leadership and governance"}


async def test_an_unknown_urn_is_refused(office):
    with pytest.raises(Rejected, match=r"^unknown-urn: No school in the register has URN 999999\.$"):
        await office.find(ShowSchool(urn=999999))
    with pytest.raises(Rejected, match="unknown-urn"):
        await office.find(ShowSchool(urn=10**30))
