"""What the ports of the school register promise, for the store in memory and the one on MongoDB."""

import datetime as dt
from dataclasses import replace

from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import AREAS, AreaGrade, ReportCard
from services.programmes.domain.register.links import Link
from services.programmes.domain.register.school import Change
from services.programmes.domain.register.words import OverallGrade, Status
from tests.unit.programmes.made import entry, school

ANY = ("", "", (), 10, 0)


def card(urn, inspected, **changed):
    return replace(
        ReportCard(urn, inspected, dict.fromkeys(AREAS, AreaGrade.EXPECTED), safeguarding_met=True), **changed
    )


class SchoolsContract:
    async def test_what_the_register_says_of_a_school_comes_back_whole(self, stores):
        whole = school(
            106557, opened=dt.date(2012, 9, 1), closed=None, census=dt.date(2025, 1, 16), pupils=244, fsm_percent=36.5,
            overall_grade=OverallGrade.GOOD, inspected=dt.date(2023, 5, 4), easting=435000, northing=406000,
            trust_code="5140", trust="Acorn Trust", name="Saint Zoë's",
        )  # fmt: skip
        one = RegisterEntry("sch-1", whole)
        await stores.register.put_entries([one], [])
        assert await stores.register.entries(iter([106557, 999])) == {106557: one}
        assert await stores.register.school_ids(iter([106557, 999])) == {106557: "sch-1"}

    async def test_an_entry_that_changed_replaces_the_one_before(self, stores):
        await stores.register.put_entries([entry(1), entry(2)], [])
        renamed = entry(1, name="New Name")
        await stores.register.put_entries([entry(3)], [renamed])
        found = await stores.register.entries([1, 2, 3])
        assert found == {1: renamed, 2: entry(2), 3: entry(3)}

    async def test_nothing_to_save_is_fine(self, stores):
        await stores.register.put_entries([], [])
        await stores.register.put_history([])
        await stores.register.put_links([])
        await stores.register.identify({})
        await stores.register.put_report_cards([])
        assert await stores.register.search(*ANY) == (0, [])

    async def test_what_changed_is_kept_and_hinders_nothing(self, stores):
        await stores.register.put_entries([entry(1)], [])
        change = FieldChange(
            1, "imp-1", dt.datetime(2026, 9, 7, tzinfo=dt.UTC), Change("opened", None, dt.date(2020, 1, 1))
        )
        await stores.register.put_history([change])
        assert await stores.register.entries([1]) == {1: entry(1)}

    async def test_a_school_has_the_entries_of_all_its_urns(self, stores):
        one, two, other = (replace(entry(urn), school_id=school) for urn, school in ((1, "a"), (2, "a"), (3, "b")))
        await stores.register.put_entries([two, one, replace(other, published=2)], [])
        found = await stores.register.entries_of(iter(["a", "b", "c"]))
        assert found == {"a": [one, two], "b": [replace(other, published=2)]}

    async def test_the_places_of_schools_are_their_authorities_and_regions(self, stores):
        await stores.register.put_entries(
            [entry(1, region="London"), entry(2, authority_code="926", authority="Norfolk")], []
        )
        found = await stores.register.places()
        assert found.authorities == {"370": "Barnsley", "926": "Norfolk"}
        assert (found.regions, found.region_of) == (frozenset({"London"}), {"370": "London"})

    async def test_a_school_may_get_another_id(self, stores):
        await stores.register.put_entries([entry(1), entry(2)], [])
        await stores.register.identify({1: "sch-new", 9: "sch-9"})
        assert await stores.register.school_ids([1, 2, 9]) == {1: "sch-new", 2: "sch-2"}
        assert (await stores.register.entries([1]))[1].school == entry(1).school


class SchoolSearchContract:
    async def test_schools_are_found_by_part_of_their_name_in_order(self, stores):
        b, a, other = entry(2, name="North Star B"), entry(1, name="north star a"), entry(3, name="South")
        await stores.register.put_entries([b, a, other], [])
        assert await stores.register.search("NORTH  star", "", (), 10, 0) == (2, [a, b])
        assert await stores.register.search("", "", (), 1, 1) == (3, [b])
        assert await stores.register.search("[n", "", (), 10, 0) == (0, [])

    async def test_a_number_is_a_urn(self, stores):
        await stores.register.put_entries([entry(106557), entry(106564, name="School 106557 Annexe")], [])
        assert await stores.register.search(" 106557 ", "", (), 10, 0) == (1, [entry(106557)])

    async def test_schools_among_others_by_name_town_postcode_or_urn(self, stores):
        star = entry(106557, name="North Star", town="Barnsley", postcode="S70 1AA")
        moor = entry(106564, name="Moor (Infant)", town="Leeds", postcode="LS8 1QQ")
        await stores.register.put_entries([star, moor, entry(3, name="North Star", postcode="S70 1AA")], [])
        both = [106564, 106557]
        for text, found in (
            ("north  STAR", [106557]), ("leeds", [106564]), ("s701a", [106557]), ("ls8", [106564]), ("1QQ", []),
            (" 106564", [106564]), ("(inf", [106564]), ("10656", []), ("r", [106557, 106564]),
        ):  # fmt: skip
            assert await stores.register.among(both, text) == found, text

    async def test_an_authority_goes_by_its_code_or_its_whole_name(self, stores):
        barnsley, leeds = entry(1), entry(2, authority="Leeds", authority_code="383")
        await stores.register.put_entries([barnsley, leeds], [])
        assert await stores.register.search("", "383", (), 10, 0) == (1, [leeds])
        assert await stores.register.search("", " barnsley ", (), 10, 0) == (1, [barnsley])
        assert await stores.register.search("", "barn", (), 10, 0) == (0, [])

    async def test_only_schools_of_these_states(self, stores):
        await stores.register.put_entries([entry(1), entry(2, status=Status.CLOSED)], [])
        assert await stores.register.search("", "", (Status.OPEN, Status.CLOSING), 10, 0) == (1, [entry(1)])

    async def test_those_not_simply_open_are_named_and_who_may_enrol_is_counted_by_region(self, stores):
        closing, closed = entry(2, status=Status.CLOSING, region="London"), entry(3, status=Status.CLOSED)
        others = (entry(1, region="London"), entry(4, region=""), entry(5, region="London"))
        await stores.register.put_entries([*others, closing, closed], [])
        assert await stores.register.standing(iter([4, 3, 2, 1, 99])) == ([closing, closed], {"London": 2, "": 1})
        assert await stores.register.standing([]) == ([], {})


class LinksContract:
    async def test_links_are_found_from_either_end_oldest_first(self, stores):
        newer, undated = Link(1, 2, "continues", dt.date(2020, 9, 1)), Link(3, 2, "merged")
        older, elsewhere = Link(2, 4, "continues", dt.date(2019, 9, 1)), Link(8, 9, "continues", dt.date(2001, 1, 1))
        await stores.register.put_links([newer, undated, older, elsewhere])
        assert await stores.register.links(iter([2])) == [undated, older, newer]
        assert await stores.register.links() == [undated, elsewhere, older, newer]
        assert await stores.register.links([7]) == []

    async def test_the_same_link_is_kept_once_as_it_was_said_last(self, stores):
        await stores.register.put_links([Link(1, 2, "continues")])
        dated = Link(1, 2, "continues", dt.date(2020, 9, 1))
        await stores.register.put_links([dated])
        assert await stores.register.links([1]) == [dated]


class ReportCardsContract:
    async def test_each_inspection_of_a_school_has_its_card(self, stores):
        first = card(1, dt.date(2025, 11, 12), published=dt.date(2025, 12, 20), web_link="https://reports.example/1")
        second, other = card(1, dt.date(2026, 3, 10), safeguarding_met=False), card(2, dt.date(2026, 3, 10))
        await stores.register.put_report_cards([first, second, other])
        assert await stores.register.report_cards(iter([1])) == {
            (1, first.inspected): first,
            (1, second.inspected): second,
        }

    async def test_a_card_of_the_same_inspection_replaces_the_one_before(self, stores):
        before = card(1, dt.date(2026, 3, 10))
        after = card(1, dt.date(2026, 3, 10), grades=dict.fromkeys(AREAS, AreaGrade.STRONG))
        await stores.register.put_report_cards([before])
        await stores.register.put_report_cards([after])
        assert await stores.register.report_cards([1, 2]) == {(1, after.inspected): after}
