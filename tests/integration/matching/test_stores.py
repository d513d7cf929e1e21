"""What the ports of matching promise: MongoDB keeps it, and so do the fakes that handlers are tested on."""

import pytest

from services.matching.domain.pin_records import PinsRecord
from services.matching.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    GroupRecord,
    OptionRecord,
    PersonRecord,
    ProgrammeRecord,
    Proposal,
)
from services.matching.store import MongoStores, create_indexes
from shared.errors import Retryable
from tests.fakes.matching import facts
from tests.fakes.matching.stores import FakeStores


@pytest.fixture(params=["memory", "mongodb"])
def stores(request):
    if request.param == "memory":
        return FakeStores()
    return request.getfixturevalue("stored")


@pytest.fixture
async def stored(mongo, settings):
    database = mongo.database(f"{settings.database_prefix}matching")
    await create_indexes(database)
    return MongoStores.of(database)


def enrolment(number, programme="prg-1", **changes):
    told = facts.enrolled(number, programme=programme)
    return EnrolmentRecord.model_validate(told.model_dump()).model_copy(update=changes)


def cohort(programme="prg-1", version=1, **changes):
    fields = {"revision": 1, "state": "draft", "started": "2026-09-07T08:00:00+00:00", **changes}
    return CohortRecord(cohort_id=f"coh-{programme}", programme_id=programme, version=version, **fields)


def group(number, *schools, programme="prg-1", **changes):
    fields = {"school_ids": schools, "ever": schools, **changes}
    return GroupRecord(
        group_id=f"grp-{programme}-{number}", cohort_id=f"coh-{programme}", programme_id=programme, revision=1,
        number=number, **fields,
    )  # fmt: skip


def published(number, *schools, **changes):
    return group(number, *schools, **{"state": "published", "told": True, "version": 1, **changes})


def proposal(*schools, **changes):
    return Proposal(school_ids=schools, **changes)


def numbers(groups):
    return [one.number for one in groups]


async def put(stores, *groups):
    for one in groups:
        await stores.groups.put_group(one)


async def test_a_programme_is_kept_as_it_was_put_last(stores):
    assert await stores.programmes.programme("prg-1") is None
    told = ProgrammeRecord.model_validate(facts.opened().model_dump())
    await stores.programmes.put_programme(told)
    await stores.programmes.put_programme(told)
    assert await stores.programmes.programme("prg-1") == told


async def test_enrolments_come_by_school_withdrawn_ones_too(stores):
    for one in (enrolment(2), enrolment(0), enrolment(1, withdrawn=True), enrolment(3, "prg-2")):
        await stores.enrolments.put_enrolment(one)
    assert await stores.enrolments.enrolment("enr-102") == enrolment(2)
    assert await stores.enrolments.enrolment("enr-999") is None
    every = await stores.enrolments.enrolments("prg-1")
    assert [one.school.school_id for one in every] == ["sch-00", "sch-01", "sch-02"]
    some = await stores.enrolments.enrolments("prg-1", {"sch-02", "sch-03"})
    assert [one.school.school_id for one in some] == ["sch-02"]
    assert await stores.enrolments.enrolments("prg-1", ()) == []


async def test_schools_are_found_by_urn_while_they_take_part(stores):
    for one in (enrolment(0), enrolment(1, withdrawn=True), enrolment(2)):
        await stores.enrolments.put_enrolment(one)
    found = await stores.enrolments.by_urn("prg-1", (100000, 100001, 999999))
    assert [one.school.urn for one in found] == [100000]
    assert await stores.enrolments.by_urn("prg-2", (100000,)) == []


async def test_a_schools_enrolments_are_found_in_all_programmes(stores):
    for programme in ("prg-2", "prg-1"):
        await stores.enrolments.put_enrolment(enrolment(1, programme))
    await stores.enrolments.put_enrolment(enrolment(2))
    found = await stores.enrolments.of_school("sch-01")
    assert [one.programme_id for one in found] == ["prg-1", "prg-2"]


async def test_enrolments_are_counted_by_name_or_all_and_those_in_force(stores):
    for one in (enrolment(0), enrolment(1, withdrawn=True), enrolment(2)):
        await stores.enrolments.put_enrolment(one)
    assert await stores.enrolments.known("prg-1", ()) == 3
    assert await stores.enrolments.known("prg-1", ("enr-100", "enr-101", "enr-109")) == 2
    assert await stores.enrolments.in_force("prg-1") == 2
    assert await stores.enrolments.in_force("prg-2") == 0


async def test_enrolments_are_found_by_their_people_while_in_force(stores):
    head = (PersonRecord(person_id="per-1", role="headteacher"), PersonRecord(person_id="per-2", role="clerk"))
    for one in (
        enrolment(0, people=head),
        enrolment(1, people=head[1:]),
        enrolment(2, people=head, withdrawn=True),
        enrolment(3, "prg-2", people=head),
        enrolment(4),
    ):
        await stores.enrolments.put_enrolment(one)
    found = {
        tuple(people): sorted(one.school.school_id for one in await stores.enrolments.of_people("prg-1", people))
        for people in (["per-1"], ["per-2", "per-9"], ["per-9"])
    }
    assert found == {("per-1",): ["sch-00"], ("per-2", "per-9"): ["sch-00", "sch-01"], ("per-9",): []}


async def test_a_programme_without_pins_has_empty_ones(stores):
    assert await stores.pins.pins("prg-1") == PinsRecord(programme_id="prg-1")
    pins = PinsRecord(programme_id="prg-1", version=1, together=(("sch-00", "sch-01"),))
    await stores.pins.put_pins(pins)
    assert await stores.pins.pins("prg-1") == pins
    assert (await stores.pins.pins("prg-2")).version == 0


async def test_a_cohort_is_saved_only_with_a_later_version(stores):
    assert await stores.cohorts.cohort("coh-prg-1") is None
    await stores.cohorts.put_cohort(cohort())
    await stores.cohorts.put_cohort(cohort(version=2, sentence="later"))
    with pytest.raises(Retryable):
        await stores.cohorts.put_cohort(cohort(version=2, sentence="at the same time"))
    assert await stores.cohorts.cohort("coh-prg-1") == cohort(version=2, sentence="later")


async def test_cohorts_are_listed_newest_first(stores):
    for name, month in (("a", 9), ("b", 11), ("c", 11), ("d", 10)):
        await stores.cohorts.put_cohort(cohort(f"prg-{name}", started=f"2026-{month:02}-01T08:00:00+00:00"))
    assert [one.programme_id for one in await stores.cohorts.listed("")] == ["prg-b", "prg-c", "prg-d", "prg-a"]
    assert [one.programme_id for one in await stores.cohorts.listed("prg-d")] == ["prg-d"]


async def test_groups_come_by_number_by_the_page_and_without_those_that_are_empty(stores):
    dissolving = published(3, "g", "h", "i", proposed=proposal())
    emptied = published(4)
    filled = published(5, proposed=proposal("x", "y", "z"))
    await put(stores, group(2, "d", "e", "f"), group(1, "a", "b", "c"), dissolving, emptied, filled)
    await put(stores, group(1, "q", programme="prg-2"))
    assert numbers(await stores.groups.groups("coh-prg-1")) == [1, 2, 5]
    assert numbers(await stores.groups.groups("coh-prg-1", 1, 1)) == [2]
    assert await stores.groups.last_number("coh-prg-1") == 5
    assert await stores.groups.last_number("coh-prg-9") == 0
    assert await stores.groups.group("grp-prg-1-3") == dissolving
    assert await stores.groups.group("grp-9") is None


async def test_the_nearest_groups_come_first_and_enough_of_them(stores):
    places = {
        1: (400_000.0, 300_000.0),
        2: (401_000.0, 300_000.0),
        3: (900_000.0, 300_000.0),
        4: (400_000.0, 304_000.0),
    }
    await put(stores, *(group(n, f"s{n}", middle=place) for n, place in places.items()))
    assert numbers(await stores.groups.groups_near("coh-prg-1", (400_100.0, 300_000.0), 2))[:2] == [1, 2]
    assert numbers(await stores.groups.groups_near("coh-prg-1", (400_100.0, 300_000.0), 4)) == [1, 2, 4, 3]
    assert numbers(await stores.groups.groups_near("coh-prg-1", (400_100.0, 300_000.0), 9)) == [1, 2, 4, 3]


async def test_a_school_is_in_the_group_that_the_draft_puts_it_in(stores):
    await put(stores, published(1, "a", "b", "c"), published(2, "d", "e", "f", proposed=proposal("d", "e", "x")))
    find = stores.groups.group_of
    assert (await find("coh-prg-1", "a")).number == 1
    assert (await find("coh-prg-1", "x")).number == 2
    assert await find("coh-prg-1", "f") is None
    as_published = await stores.groups.published_group_of("coh-prg-1", "f")
    assert (as_published.number, as_published.proposed) == (2, None)
    assert await stores.groups.published_group_of("coh-prg-1", "x") is None


async def test_published_groups_come_as_they_are(stores):
    changing = published(2, "d", "e", "f", proposed=proposal("d", "e", "x"))
    await put(stores, changing, published(1, "a", "b", "c"), published(3), group(4, "m", "n", "o"))
    found = await stores.groups.published("coh-prg-1")
    assert [(one.number, one.school_ids, one.proposed) for one in found] == [
        (1, ("a", "b", "c"), None),
        (2, ("d", "e", "f"), None),
    ]


async def test_schools_of_other_programmes_groups_have_met_before_if_those_were_published(stores):
    await put(stores, published(1, "a", "b", programme="prg-2", ever=("a", "b", "c")))
    await put(stores, group(2, "a", "d", programme="prg-3"), published(3, "a", "e"))
    assert await stores.groups.grouped_before("prg-1", ["a", "b", "z"]) == {"a": {"b", "c"}, "b": {"a", "c"}}


async def test_a_new_draft_replaces_the_last_and_drops_its_proposals(stores):
    await put(stores, group(1, "a", "b", "c"), published(2, "d", "e", "f", proposed=proposal("d", "e", "x")))
    await put(stores, group(1, "q", "r", "s", programme="prg-2"))
    assert numbers(await stores.groups.changing("coh-prg-1")) == [2]
    assert await stores.groups.drafted("coh-prg-1") == 1
    await stores.groups.replace_drafts("coh-prg-1", [group(3, "a", "b", "x"), group(4, "u", "v", "w")])
    assert [(one.number, one.members) for one in await stores.groups.groups("coh-prg-1")] == [
        (2, ("d", "e", "f")),
        (3, ("a", "b", "x")),
        (4, ("u", "v", "w")),
    ]
    assert await stores.groups.changing("coh-prg-1") == []
    assert await stores.groups.drafted("coh-prg-1") == 2
    assert await stores.groups.drafted("coh-prg-2") == 1


async def test_publishing_leaves_new_and_changed_groups_to_be_told_in_order_and_once(stores):
    still = published(1, "m", "n", "o")
    changing = published(3, "d", "e", "f", version=4, proposed=proposal("d", "e", "x"))
    await put(stores, group(2, "a", "b", "c"), still, changing, group(1, "q", "r", "s", programme="prg-2"))
    assert await stores.groups.telling("coh-prg-1") is False
    await stores.groups.publish_groups("coh-prg-1")
    assert await stores.groups.telling("coh-prg-1") is True
    assert await stores.groups.telling("coh-prg-2") is False
    (first,) = await stores.groups.untold(1)
    assert (first.number, first.state, first.version) == (2, "published", 1)
    rest = await stores.groups.untold(5)
    assert [(one.number, one.version, one.proposed) for one in rest] == [(3, 4, changing.proposed)]
    assert await stores.groups.untold(5) == []
    assert await stores.groups.telling("coh-prg-1") is False
    assert await stores.groups.drafted("coh-prg-2") == 1


async def test_progress_is_of_the_revision_that_it_was_put_for(stores):
    assert await stores.progress.progress("coh-1", 1) is None
    await stores.progress.put_progress("coh-1", 1, 0.2)
    await stores.progress.put_progress("coh-1", 1, 0.4)
    assert await stores.progress.progress("coh-1", 1) == 0.4
    await stores.progress.put_progress("coh-1", 2, 0.1)
    assert (await stores.progress.progress("coh-1", 1), await stores.progress.progress("coh-1", 2)) == (None, 0.1)


async def test_the_options_of_a_cohort_are_replaced_whole(stores):
    one, two = (
        OptionRecord(cohort_id="coh-prg-1", number=n, outcome=cohort(version=n), groups=(proposal("a", "b", "c"),))
        for n in (1, 2)
    )
    await stores.options.put_options("coh-prg-1", [one, two])
    assert await stores.options.option("coh-prg-1", 2) == two
    assert await stores.options.option("coh-prg-2", 2) is None
    await stores.options.put_options("coh-prg-1", [one])
    assert await stores.options.option("coh-prg-1", 1) == one
    assert await stores.options.option("coh-prg-1", 2) is None
    await stores.options.put_options("coh-prg-1", [])
    assert await stores.options.option("coh-prg-1", 1) is None
