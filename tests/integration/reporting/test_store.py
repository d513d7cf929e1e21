"""The contract suite of the ports: MongoDB on both drivers, and the fakes that unit tests use."""

import datetime as dt

import pytest

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.impact import Answer, Block
from services.reporting.domain.records import Edition, FileFacts, ReportRecord
from services.reporting.store.facts import MongoFacts
from services.reporting.store.forms import MongoForms
from services.reporting.store.impact import MongoImpact
from services.reporting.store.reports import MongoReports
from shared.mongo import DuplicateKey
from tests.unit.reporting import world
from tests.unit.reporting.fakes import FakeFacts, FakeFiles, FakeForms, FakeImpact, FakeReports

pytestmark = pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
NOON = world.at(world.FIRST_VISIT)


class Ports:
    def __init__(self, facts, forms, impact, reports, files):
        self.facts, self.forms, self.impact, self.reports, self.files = facts, forms, impact, reports, files


@pytest.fixture(params=["mongo", "fake"])
async def ports(request, settings, mongo):
    if request.param == "fake":
        forms = FakeForms()
        return Ports(FakeFacts(), forms, FakeImpact(forms), FakeReports(), FakeFiles())
    database = mongo.database(f"{settings.database_prefix}reporting")
    made = Ports(
        MongoFacts(database), MongoForms(database), MongoImpact(database), MongoReports(database),
        database.files("report_files"),
    )  # fmt: skip
    for store in (made.facts, made.forms, made.impact, made.reports):
        await store.prepare()
    return made


async def test_facts_come_back_as_they_were(ports):
    programme, group = Programme.of(world.opened()), Group.of(world.group_formed())
    member = Member.of(world.enrolled("sch-1"), 1)
    visit = Meeting.of_visit(world.visit_scheduled(1), 1)
    event = Meeting.of_event(world.event_scheduled(), 1)
    await ports.facts.put_programme(programme)
    await ports.facts.put_group(group)
    await ports.facts.put_member(member)
    for meeting in (visit, event):
        await ports.facts.put_meeting(meeting)
    assert await ports.facts.programme("prg-1") == programme
    assert await ports.facts.programme("prg-2") is None
    assert await ports.facts.group("grp-1") == group
    assert await ports.facts.groups("coh-1") == [group]
    assert await ports.facts.enrolled("enr-sch-1") == member
    assert await ports.facts.member("prg-1", "sch-1") == member
    assert await ports.facts.member("prg-2", "sch-1") is None
    assert await ports.facts.meeting("vis-1") == visit
    assert await ports.facts.meetings("coh-1") == [event, visit]


async def test_a_school_that_left_and_came_back_counts_as_it_is_now(ports):
    left = Member.of(world.enrolled("sch-1"), 2).model_copy(update={"enrolment_id": "enr-z", "withdrawn": True})
    back = Member.of(world.enrolled("sch-1"), 1)
    for member in (back, left):
        await ports.facts.put_member(member)
    assert await ports.facts.member("prg-1", "sch-1") == back


async def test_forms_come_back_and_versions_stay(ports):
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
        take_home_id="tkh-1", visit_id="vis-1", person_id="per-1", learnt="\x00 é", will_use="u", contact_consent=True,
        version=1,
    )  # fmt: skip
    submitted = world.submit_findings().model_dump()
    first = Findings(**submitted, findings_id="fnd-1", action_ids=("act-1", "act-2"), submitted_at=NOON, version=1)
    second = first.model_copy(update={"version": 2, "summary": "x" * 50_000})
    action = ActionState(
        action_id="act-1", findings_id="fnd-1", programme_id="prg-1", school_id="sch-1", due=dt.date(2027, 7, 1),
        status="under-way",
    )  # fmt: skip
    await ports.forms.put_appraisal(appraisal)
    await ports.forms.put_take_home(note)
    await ports.forms.put_findings(first)
    await ports.forms.put_findings(first.with_status("act-1", "done"))
    await ports.forms.put_findings(second)
    await ports.forms.put_action(action)
    assert await ports.forms.appraisal("vis-1") == appraisal
    assert await ports.forms.take_home("tkh-1") == note
    assert await ports.forms.findings("fnd-1") == second
    assert await ports.forms.findings_version("fnd-1", 1) == first
    assert await ports.forms.findings_version("fnd-1", 3) is None
    assert await ports.forms.action("act-1") == action
    assert await ports.forms.actions("fnd-1") == {"act-1": action}


def survey_answer(number, person):
    return SurveyAnswer(
        response_id=f"rsp-{number}",
        target_id="vis-1",
        cohort_id="coh-1",
        person_id=person,
        answers=world.YES,
        version=1,
    )


async def test_answers_wait_until_they_are_told_in_a_block(ports):
    for number in range(6):
        await ports.forms.put_survey_answer(survey_answer(number, f"per-{number}"))
    waiting = await ports.impact.waiting("coh-1")
    assert sorted(waiting) == [Answer(f"rsp-{number}", "vis-1", world.YES) for number in range(6)]
    assert (await ports.impact.release("coh-1"), await ports.impact.blocks("coh-1")) == (0, [])
    told = tuple(f"rsp-{number}" for number in range(5))
    block = Block(
        scope="target", scope_id="vis-1", group_id="grp-1", answers=5, agree={"plan_to_use": 5}, response_ids=told
    )
    await ports.impact.put_release("coh-1", 1, [block])
    await ports.impact.put_release("coh-1", 2, [])
    bare = block.model_copy(update={"response_ids": ()})
    assert [answer.response_id for answer in await ports.impact.waiting("coh-1")] == ["rsp-5"]
    assert await ports.impact.release("coh-1") == 2
    assert await ports.impact.blocks("coh-1") == await ports.impact.blocks("coh-1", 1) == [bare]
    assert await ports.impact.blocks("coh-1", 0) == []
    assert (await ports.forms.survey_answer("vis-1", "per-0")).block_id is not None


@pytest.mark.parametrize("ports", ["mongo"], indirect=True)  # only an index can refuse what two replicas race on
async def test_a_second_answer_of_a_person_is_refused_by_the_index(ports):
    await ports.forms.put_survey_answer(survey_answer(1, "per-1"))
    with pytest.raises(DuplicateKey):
        await ports.forms.put_survey_answer(survey_answer(2, "per-1"))


async def test_reports_are_listed_newest_first(ports):
    def record(number, **changes):
        given = {
            "report_id": f"rpt-{number}", "kind": "appraisal", "title": "t", "programme_id": "prg-1",
            "cohort_id": "coh-1", "school_id": "sch-1", "awaited": 1, "changed_at": NOON + dt.timedelta(hours=number),
        }  # fmt: skip
        return ReportRecord(**{**given, **changes})

    files = (FileFacts(format="pdf", size=3, sha256="ab"),)
    edition = Edition(report_id="rpt-1", edition=1, pages=2, files=files, compiled_at=NOON)
    old, new = record(1, latest=edition, state="compiled"), record(2)
    other = record(3, school_id="sch-2", kind="action-plan")
    for report in (old, new, other):
        await ports.reports.put(report)
    await ports.reports.put_edition(edition)
    everything = {"cohort_id": "", "school_id": "", "kind": None, "named": "", "limit": 10, "offset": 0}
    assert await ports.reports.search(**everything) == (3, [other, new, old])
    assert await ports.reports.search(**{**everything, "limit": 1, "offset": 1}) == (3, [new])
    assert await ports.reports.search(**{**everything, "school_id": "sch-1"}) == (2, [new, old])
    assert await ports.reports.search(**{**everything, "kind": "action-plan"}) == (1, [other])
    assert await ports.reports.search(**{**everything, "named": "rpt-1"}) == (1, [old])
    assert await ports.reports.search(**{**everything, "named": "rpt", "limit": 1}) == (3, [other])
    assert await ports.reports.search(**{**everything, "named": "pt-1"}) == (0, [])
    assert await ports.reports.get("rpt-1") == old
    assert await ports.reports.edition("rpt-1", 1) == edition
    assert await ports.reports.edition("rpt-1", 2) is None


async def test_files_are_kept_and_may_be_written_again(ports):
    for content in (b"one", b"two"):
        await ports.files.put("key", content)
    assert await ports.files.get("key") == b"two"
    with pytest.raises(KeyError):
        await ports.files.get("other")


async def test_an_erased_person_is_nowhere(ports):
    gone, stays = world.head("sch-1"), world.lead("sch-1")
    await ports.facts.put_member(Member.of(world.enrolled("sch-1"), 1))
    await ports.facts.put_meeting(Meeting.of_visit(world.visit_scheduled(1), 1))
    for number, person in enumerate((gone, stays)):
        await ports.forms.put_survey_answer(survey_answer(number, person))
        note = TakeHome(
            take_home_id=f"tkh-{number}", visit_id="vis-1", person_id=person, learnt="l", will_use="u",
            contact_consent=False, version=1,
        )  # fmt: skip
        await ports.forms.put_take_home(note)
    await ports.facts.forget(gone)
    await ports.forms.forget(gone)
    member, meeting = await ports.facts.member("prg-1", "sch-1"), await ports.facts.meeting("vis-1")
    assert gone not in member.people.values()
    assert stays in member.people.values()
    assert gone not in [person.person_id for person in meeting.invited]
    assert len(meeting.invited) == 5
    assert await ports.forms.survey_answer("vis-1", gone) is None
    assert await ports.forms.take_home("tkh-0") is None
    assert await ports.forms.take_home("tkh-1") is not None
    assert len(await ports.impact.waiting("coh-1")) == 2
