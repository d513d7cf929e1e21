"""What other services have told: programmes, enrolments, facilitators, cohorts and groups."""

from services.scheduling.domain.visits.records import ProgrammeRecord
from services.scheduling.ports.stores import Stores
from tests.unit.scheduling import facts
from tests.unit.scheduling.ports.records import (
    ADA,
    BO,
    COHORT,
    CY,
    OTHER,
    PROGRAMME,
    cohort,
    enrolment,
    facilitator,
    group,
)


class ProgrammesContract:
    async def test_a_programme_is_read_as_it_was_saved(self, stores: Stores):
        programme = ProgrammeRecord.model_validate(facts.opened().model_dump())
        assert await stores.programmes.programme(PROGRAMME) is None
        await stores.programmes.put(programme)
        assert await stores.programmes.programme(PROGRAMME) == programme

    async def test_enrolments_are_found_by_programme_school_and_person(self, stores: Stores):
        mine = [enrolment(1, (ADA,)), enrolment(2, (BO,)), enrolment(3, (ADA, CY))]
        other = enrolment(4, (ADA,), programme_id="prg-2")
        for each in (*mine[::-1], other):
            await stores.enrolments.put(each)
        assert await stores.enrolments.enrolment("enr-2") == mine[1]
        assert await stores.enrolments.enrolment("enr-9") is None
        assert await stores.enrolments.of_programme(PROGRAMME) == mine
        assert await stores.enrolments.of_programme(PROGRAMME, ["sch-3", "sch-1", "sch-4"]) == [mine[0], mine[2]]
        assert await stores.enrolments.of_programme(PROGRAMME, []) == []
        assert await stores.enrolments.naming(people=[ADA]) == [mine[0], mine[2], other]
        assert await stores.enrolments.naming(people=[CY], schools=["sch-2"]) == [mine[1], mine[2]]
        assert await stores.enrolments.naming() == []

    async def test_the_schools_of_an_authority_are_those_that_are_still_in(self, stores: Stores):
        for each in (
            enrolment(2), enrolment(1), enrolment(3, authority_code="380"), enrolment(4, withdrawn=True),
            enrolment(5, school_id="sch-1", programme_id="prg-2"),
        ):  # fmt: skip
            await stores.enrolments.put(each)
        assert await stores.enrolments.of_authority("373") == ["sch-1", "sch-2"]

    async def test_an_enrolment_is_saved_in_place_of_the_one_before(self, stores: Stores):
        await stores.enrolments.put(enrolment(1))
        after = enrolment(1, (BO,), version=2)
        await stores.enrolments.put(after)
        assert await stores.enrolments.of_programme(PROGRAMME) == [after]

    async def test_of_a_person_who_is_forgotten_no_date_is_kept(self, stores: Stores):
        await stores.enrolments.put(enrolment(1, (ADA, BO)))
        await stores.facilitators.put(facilitator(1, person_id=ADA))
        await stores.facilitators.put(facilitator(2))
        await stores.enrolments.forget(ADA)
        await stores.facilitators.forget(ADA)
        (found,) = await stores.enrolments.of_programme(PROGRAMME)
        assert [(one.person_id, bool(one.dates_not_possible)) for one in found.people] == [(ADA, False), (BO, True)]
        leading = await stores.facilitators.of_programme(PROGRAMME)
        assert [bool(one.dates_not_possible) for one in leading] == [False, True]

    async def test_facilitators_are_found_by_programme_person_and_region(self, stores: Stores):
        north, anywhere = facilitator(1, ("North",)), facilitator(2)
        south, other = facilitator(3, ("South", "East")), facilitator(4, programme_id="prg-2", person_id="per-f1")
        for each in (other, south, anywhere, north):
            await stores.facilitators.put(each)
        found = stores.facilitators
        assert await found.of_programme(PROGRAMME) == [north, anywhere, south]
        assert await found.of_programme(PROGRAMME, ["per-f3", "per-f9"]) == [south]
        assert await found.serving(PROGRAMME, "North") == [north, anywhere]
        assert await found.serving(PROGRAMME, "") == [north, anywhere, south]
        assert await found.appointments(["per-f1"]) == [north, other]

    async def test_an_older_fact_about_a_facilitator_changes_nothing(self, stores: Stores):
        later = facilitator(1, ("North",), version=2)
        for each in (facilitator(1), later, facilitator(1), facilitator(1, ("South",), version=2)):
            await stores.facilitators.put(each)
        assert await stores.facilitators.of_programme(PROGRAMME) == [later]


class CohortsContract:
    async def test_a_cohort_names_the_draft_that_is_being_saved(self, stores: Stores):
        assert await stores.cohorts.cohort(COHORT) is None
        await stores.cohorts.put(cohort())
        await stores.cohorts.mark_drafting(COHORT, "a-draft")
        assert await stores.cohorts.cohort(COHORT) == cohort(drafting="a-draft")
        await stores.cohorts.put(cohort(state="draft"))
        assert await stores.cohorts.cohort(COHORT) == cohort(state="draft")
        assert await stores.cohorts.of_programme(cohort().programme_id) == [cohort(state="draft")]
        assert await stores.cohorts.of_programme("prg-none") == []

    async def test_only_a_published_cohort_is_published_in_batches(self, stores: Stores):
        for each in (cohort("coh-a", state="draft", publishing=True), cohort("coh-b", state="published")):
            await stores.cohorts.put(each)
        assert await stores.cohorts.publishing() is None
        wanted = cohort("coh-c", state="published", publishing=True)
        await stores.cohorts.put(wanted)
        assert await stores.cohorts.publishing() == wanted

    async def test_groups_come_by_number(self, stores: Stores):
        second, first, third = group(2, ("sch-2", "sch-3")), group(1, ("sch-1",)), group(3, ("sch-2",), OTHER)
        for each in (second, third, first):
            await stores.groups.put(each)
        assert await stores.groups.of_cohort(COHORT) == [first, second]
        assert await stores.groups.named(["grp-3", "grp-1", "grp-9"]) == [first, third]
        assert await stores.groups.group("grp-2") == second
        assert await stores.groups.group("grp-9") is None
        assert await stores.groups.of_school(PROGRAMME, "sch-2") == [second, third]
        assert await stores.groups.of_school("prg-2", "sch-2") == []

    async def test_groups_are_found_by_who_is_enrolled_at_their_schools(self, stores: Stores):
        for each in (group(1, ("sch-1",)), group(2, ("sch-2", "sch-3")), group(3, ("sch-1",), OTHER)):
            await stores.groups.put(each)
        for one in (enrolment(1, (ADA,)), enrolment(3, (ADA, BO)), enrolment(2, (CY,), programme_id="prg-2")):
            await stores.enrolments.put(one)
        assert await stores.groups.with_people(cohort(), [ADA]) == {"grp-1", "grp-2"}
        assert await stores.groups.with_people(cohort(), [BO, CY]) == {"grp-2"}
        assert await stores.groups.with_people(cohort(), [CY]) == set()
