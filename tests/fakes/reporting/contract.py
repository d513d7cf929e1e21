"""The contract of reporting's stores, which MongoDB keeps (tests/integration/reporting) and memory does."""

import datetime as dt

import pytest

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.impact import Answer, Block
from services.reporting.domain.records import Edition, FileFacts, ReportRecord
from shared.mongo import DuplicateKey
from tests.unit.reporting import world

NOON = world.at(world.FIRST_VISIT)


def survey_answer(number, person):
    return SurveyAnswer(
        response_id=f"rsp-{number}",
        target_id="vis-1",
        cohort_id="coh-1",
        person_id=person,
        answers=world.YES,
        version=1,
    )


class StoresContract:
    """A subclass has the fixture `stores`: all stores, empty."""

    async def test_facts_come_back_as_they_were(self, stores):
        programme, group = Programme.of(world.opened()), Group.of(world.group_formed())
        member = Member.of(world.enrolled("sch-1"), 1)
        visit = Meeting.of_visit(world.visit_scheduled(1), 1)
        event = Meeting.of_event(world.event_scheduled(), 1)
        await stores.programmes.put(programme)
        await stores.groups.put(group)
        await stores.members.put(member)
        for meeting in (visit, event):
            await stores.meetings.put(meeting)
        assert await stores.programmes.get("prg-1") == programme
        assert await stores.programmes.get("prg-2") is None
        assert await stores.groups.get("grp-1") == group
        assert await stores.groups.of_cohort("coh-1") == [group]
        assert await stores.groups.of_schools(group.programme_id, [*group.school_ids[:1], "sch-x"]) == [group]
        assert await stores.groups.of_schools(group.programme_id, ["sch-x"]) == []
        assert await stores.groups.of_schools("prg-x", group.school_ids) == []
        assert await stores.members.of_enrolment("enr-sch-1") == member
        assert await stores.members.of_school("prg-1", "sch-1") == member
        assert await stores.members.of_school("prg-2", "sch-1") is None
        assert await stores.meetings.get("vis-1") == visit
        assert await stores.meetings.of_cohort("coh-1") == [event, visit]
        assert visit.host_school_id == "sch-1"
        assert await stores.meetings.at_school("prg-1", "sch-1") == [visit]
        assert await stores.meetings.at_school("prg-1", "sch-2") == []
        assert await stores.meetings.at_school("prg-2", "sch-1") == []

    async def test_a_school_that_left_and_came_back_counts_as_it_is_now(self, stores):
        left = Member.of(world.enrolled("sch-1"), 2).model_copy(update={"enrolment_id": "enr-z", "withdrawn": True})
        back = Member.of(world.enrolled("sch-1"), 1)
        for member in (back, left):
            await stores.members.put(member)
        assert await stores.members.of_school("prg-1", "sch-1") == back

    async def test_forms_come_back_and_versions_stay(self, stores):
        given = {
            "visit_id": "vis-1",
            "person_id": "per-1",
            "strengths": ("a",),
            "develop": (),
            "next_steps": (),
            "evidence": (),
        }
        appraisal = Appraisal(**given, submitted_at=NOON, version=1)
        note = TakeHome(
            take_home_id="tkh-1",
            visit_id="vis-1",
            person_id="per-1",
            learnt="\x00 é",
            will_use="u",
            contact_consent=True,
            version=1,
        )
        submitted = world.submit_findings().model_dump()
        first = Findings(**submitted, findings_id="fnd-1", action_ids=("act-1", "act-2"), submitted_at=NOON, version=1)
        second = first.model_copy(update={"version": 2, "summary": "x" * 50_000})
        action = ActionState(
            action_id="act-1",
            findings_id="fnd-1",
            programme_id="prg-1",
            school_id="sch-1",
            due=dt.date(2027, 7, 1),
            status="under-way",
        )
        await stores.appraisals.put(appraisal)
        await stores.take_homes.put(note)
        await stores.findings.put(first)
        await stores.findings.put(first.with_status("act-1", "done"))
        await stores.findings.put(second)
        await stores.actions.put(action)
        assert await stores.appraisals.get("vis-1") == appraisal
        assert await stores.take_homes.get("tkh-1") == note
        assert await stores.findings.get("fnd-1") == second
        assert await stores.findings.version("fnd-1", 1) == first
        assert await stores.findings.version("fnd-1", 3) is None
        assert await stores.actions.get("act-1") == action
        assert await stores.actions.of_findings("fnd-1") == {"act-1": action}

    async def test_answers_wait_until_they_are_released_in_a_block(self, stores):
        for number in range(6):
            await stores.survey_answers.put(survey_answer(number, f"per-{number}"))
        waiting = await stores.releases.waiting("coh-1")
        assert sorted(waiting) == [Answer(f"rsp-{number}", "vis-1", world.YES) for number in range(6)]
        assert (await stores.releases.last("coh-1"), await stores.releases.blocks("coh-1")) == (0, [])
        answered = tuple(f"rsp-{number}" for number in range(5))
        block = Block(
            scope="target",
            scope_id="vis-1",
            group_id="grp-1",
            answers=5,
            agree={"plan_to_use": 5},
            response_ids=answered,
        )
        await stores.releases.put("coh-1", 1, [block])
        await stores.releases.put("coh-1", 2, [])
        bare = block.model_copy(update={"response_ids": ()})
        assert [answer.response_id for answer in await stores.releases.waiting("coh-1")] == ["rsp-5"]
        assert await stores.releases.last("coh-1") == 2
        assert await stores.releases.blocks("coh-1") == await stores.releases.blocks("coh-1", 1) == [bare]
        assert await stores.releases.blocks("coh-1", 0) == []
        assert (await stores.survey_answers.of_person("vis-1", "per-0")).block_id is not None

    async def test_a_second_answer_of_a_person_is_refused(self, stores):
        await stores.survey_answers.put(survey_answer(1, "per-1"))
        with pytest.raises(DuplicateKey):
            await stores.survey_answers.put(survey_answer(2, "per-1"))

    async def test_reports_are_listed_newest_first(self, stores):
        def record(number, **changes):
            given = {
                "report_id": f"rpt-{number}",
                "kind": "appraisal",
                "title": "t",
                "programme_id": "prg-1",
                "cohort_id": "coh-1",
                "school_id": "sch-1",
                "awaited": 1,
                "changed_at": NOON + dt.timedelta(hours=number),
            }
            return ReportRecord(**{**given, **changes})

        files = (FileFacts(format="pdf", size=3, sha256="ab"),)
        edition = Edition(report_id="rpt-1", edition=1, pages=2, files=files, compiled_at=NOON)
        old, new = record(1, latest=edition, state="compiled"), record(2)
        other = record(3, school_id="sch-2", kind="action-plan")
        for report in (old, new, other):
            await stores.reports.put(report)
        await stores.reports.put_edition(edition)
        everything = {"cohort_id": "", "school_id": "", "kind": "", "named": "", "limit": 10, "offset": 0}
        assert await stores.reports.search(**everything) == (3, [other, new, old])
        assert await stores.reports.search(**{**everything, "limit": 1, "offset": 1}) == (3, [new])
        assert await stores.reports.search(**{**everything, "school_id": "sch-1"}) == (2, [new, old])
        assert await stores.reports.search(**{**everything, "kind": "action-plan"}) == (1, [other])
        assert await stores.reports.search(**{**everything, "named": "rpt-1"}) == (1, [old])
        assert await stores.reports.search(**{**everything, "named": "rpt", "limit": 1}) == (3, [other])
        assert await stores.reports.search(**{**everything, "named": "pt-1"}) == (0, [])
        of_template = old.model_copy(update={"report_id": "rpt-9", "about": "match", "programme_id": "prg-9"})
        await stores.reports.put(of_template)
        assert await stores.reports.search(**{**everything, "programme_id": "prg-9"}) == (1, [of_template])
        assert await stores.reports.search(**{**everything, "earlier": True}) == (3, [other, new, old])
        assert await stores.reports.published() == []
        public = old.model_copy(update={"report_id": "rpt-8", "published": 1, "address": "all", "title": "a"})
        await stores.reports.put(public)
        assert await stores.reports.published() == [public]
        assert await stores.reports.get("rpt-1") == old
        assert await stores.reports.edition("rpt-1", 1) == edition
        assert await stores.reports.edition("rpt-1", 2) is None

    async def test_files_are_kept_and_may_be_written_again(self, stores):
        for content in (b"one", b"two"):
            await stores.files.put("key", content)
        assert await stores.files.get("key") == b"two"
        with pytest.raises(KeyError):
            await stores.files.get("other")

    async def test_an_erased_person_is_nowhere(self, stores):
        gone, stays = world.head("sch-1"), world.lead("sch-1")
        await stores.members.put(Member.of(world.enrolled("sch-1"), 1))
        visit = Meeting.of_visit(world.visit_scheduled(1), 1)
        await stores.meetings.put(visit.model_copy(update={"caught_up": (gone, "per-later")}))
        assert [one.target_id for one in await stores.meetings.of_person("prg-1", "per-later")] == ["vis-1"]
        for number, person in enumerate((gone, stays)):
            await stores.survey_answers.put(survey_answer(number, person))
            note = TakeHome(
                take_home_id=f"tkh-{number}",
                visit_id="vis-1",
                person_id=person,
                learnt="l",
                will_use="u",
                contact_consent=False,
                version=1,
            )
            await stores.take_homes.put(note)
        await stores.erasure.forget(gone)
        member, meeting = await stores.members.of_school("prg-1", "sch-1"), await stores.meetings.get("vis-1")
        assert gone not in member.people.values()
        assert stays in member.people.values()
        assert gone not in [person.person_id for person in meeting.invited]
        assert len(meeting.invited) == 5
        assert meeting.caught_up == ("per-later",)
        assert await stores.survey_answers.of_person("vis-1", gone) is None
        assert await stores.take_homes.get("tkh-0") is None
        assert await stores.take_homes.get("tkh-1") is not None
        assert len(await stores.releases.waiting("coh-1")) == 2
