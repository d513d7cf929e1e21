"""Who gets which mail, and nobody else."""

import datetime as dt

from shared.events.matching import CohortFormed, GroupChanged, Waiting
from shared.events.programmes import PersonReplaced, SchoolWithdrawn
from shared.events.reporting import FindingsRequested, ReportCompiled
from shared.events.scheduling import InvitationReminderDue, VisitBriefWritten, VisitChanged, VisitHeld, VisitMoved
from tests.unit.notifications import world
from tests.unit.notifications.story import Story, who
from tests.unit.notifications.world import COHORT, GROUP, PROGRAMME, ROLES, VISIT

EVERYBODY = [f"per-{school}-{role}" for school in (1, 2, 3) for role in ("headteacher", "senior-leader")]
OF_VISIT = {"visit_id": VISIT, "programme_id": PROGRAMME, "cohort_id": COHORT, "host_school_id": "sch-1"}


async def test_each_person_of_a_group_hears_once_which_group_they_are_in():
    story = await Story().enrol()
    mails = await story.tell(world.group_formed())
    assert who(mails) == {"cohort-formed": sorted(f"per-{school}-{role}" for school in (1, 2, 3) for role in ROLES)}
    assert await story.tell(world.group_formed()) == []


async def test_a_person_with_several_roles_gets_one_mail():
    story = await Story().enrol()
    same = dict.fromkeys(ROLES, "per-1-headteacher")
    await story.tell(world.enrolled("sch-1", same, version=2))
    mails = await story.tell(world.group_formed())
    assert [mail.person_id for mail in mails].count("per-1-headteacher") == 1


async def test_a_school_without_a_group_hears_why_and_the_others_nothing_of_it():
    story = await Story().enrol()
    waiting = (Waiting(school_id="sch-4", rule="too-far"),)
    formed = CohortFormed(
        version=2, cohort_id=COHORT, programme_id=PROGRAMME, revision=1, groups=1, schools=4, waiting=waiting, score=0.5
    )
    mails = await story.tell(formed)
    assert who(mails) == {"waiting-list": ["per-4-cpd-lead", "per-4-headteacher"]}


async def test_a_visit_invites_the_pairs_and_its_facilitator_and_tells_the_host():
    story = await Story().enrol()
    mails = await story.tell(world.visit_scheduled())
    assert who(mails) == {
        "visit-invitation": EVERYBODY,
        "visit-facilitator": ["per-fac"],
        "visit-host": ["per-1-cpd-lead"],
    }
    assert {mail.method for mail in mails} == {"REQUEST"}


async def test_a_headteacher_who_is_also_cpd_lead_gets_the_hosts_mail_and_stays_invited():
    story = await Story().enrol()
    people = {role: f"per-1-{role}" for role in ROLES} | {"cpd-lead": "per-1-headteacher"}
    await story.tell(world.enrolled("sch-1", people, version=2))
    mails = await story.tell(world.visit_scheduled())
    (mail,) = [mail for mail in mails if mail.person_id == "per-1-headteacher"]
    assert (mail.template, mail.standing) == ("visit-host", "attendees")


async def test_a_moved_visit_is_told_to_those_affected_and_who_left_is_taken_out():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())
    facts = world.visit_facts(version=3, on=dt.date(2027, 5, 20), sequence=1, facilitator_id=None)
    moved = VisitMoved.model_validate({**facts, "moved_from": dt.date(2027, 5, 13), "why": "decline"})
    mails = await story.tell(moved)
    assert who(mails) == {"visit-moved": sorted([*EVERYBODY, "per-1-cpd-lead", "per-fac"])}
    assert {mail.person_id: mail.method for mail in mails}["per-fac"] == "CANCEL"
    assert [mail.sequence for mail in mails] == [1] * 8
    assert await story.tell(moved) == []


async def test_a_newer_invitation_takes_the_place_of_one_that_still_waits():
    story = await Story().enrol()
    first = await story.tell(world.visit_scheduled())
    facts = world.visit_facts(version=3, on=dt.date(2027, 5, 20), sequence=1)
    await story.tell(
        VisitMoved.model_validate({**facts, "moved_from": dt.date(2027, 5, 13), "why": "decline"}),
    )
    assert {story.mails.mails[mail.mail_id].state for mail in first} == {"suppressed"}


async def test_who_is_replaced_is_taken_out_who_takes_over_is_invited_and_nobody_else_is_written_to():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())
    replaced = PersonReplaced(
        version=2, programme_id=PROGRAMME, enrolment_id="enr-2", school_id="sch-2", role="senior-leader",
        person_id="per-2-senior-leader", replaced_by="per-2-cpd-lead",
    )  # fmt: skip
    await story.tell(replaced)
    attendees = tuple(
        each.model_copy(update={"person_id": "per-2-cpd-lead"}) if each.person_id == "per-2-senior-leader" else each
        for each in world.attendees("sch-1", "sch-2", "sch-3")
    )
    changed = VisitChanged.model_validate(
        {
            **world.visit_facts(version=3, sequence=1, attendees=attendees),
            "joined": ("per-2-cpd-lead",),
            "left": ("per-2-senior-leader",),
        }
    )
    mails = await story.tell(changed)
    assert {(mail.person_id, mail.method, mail.left) for mail in mails} == {
        ("per-2-cpd-lead", "REQUEST", False),
        ("per-2-senior-leader", "CANCEL", True),
    }


async def test_other_hours_are_told_to_everybody():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())
    changed = VisitChanged.model_validate(world.visit_facts(version=3, sequence=1, starts=dt.time(10)))
    mails = await story.tell(changed)
    assert who(mails) == {"visit-changed": sorted([*EVERYBODY, "per-1-cpd-lead", "per-fac"])}


async def test_a_brief_goes_to_the_guests_once_and_again_only_when_the_way_in_has_changed():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())
    guests = sorted(["per-fac", *(person for person in EVERYBODY if not person.startswith("per-1"))])

    def written(version: int, *, notes_changed: bool) -> VisitBriefWritten:
        return VisitBriefWritten(
            version=version, group_id=GROUP, written_by="per-1-cpd-lead", notes_changed=notes_changed, **OF_VISIT
        )

    assert who(await story.tell(written(3, notes_changed=False))) == {"visit-brief-ready": guests}
    assert await story.tell(written(4, notes_changed=False)) == []
    assert len(await story.tell(written(5, notes_changed=True))) == 5


async def test_reminders_go_only_to_those_named_and_once_a_round():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())

    def due(turn: int) -> InvitationReminderDue:
        return InvitationReminderDue(
            version=1, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, round=turn,
            person_ids=("per-2-headteacher", "per-fac"),
        )  # fmt: skip

    assert who(await story.tell(due(1))) == {"invitation-reminder": ["per-2-headteacher", "per-fac"]}
    assert await story.tell(due(1)) == []
    assert len(await story.tell(due(2))) == 2


async def test_after_a_visit_those_present_are_asked_and_attendance_corrected_asks_nobody_twice():
    story = await Story().enrol()
    await story.tell(world.visit_scheduled())

    def held(version: int, *schools: str) -> VisitHeld:
        return VisitHeld(
            version=version, group_id=GROUP, facilitator_id="per-fac", on=dt.date(2027, 5, 13),
            present=world.attendees(*schools), **OF_VISIT,
        )  # fmt: skip

    assert who(await story.tell(held(3, "sch-1", "sch-2"))) == {
        "appraisal-request": ["per-fac"],
        "after-visit": EVERYBODY[:4],
    }
    assert who(await story.tell(held(4, "sch-1", "sch-2", "sch-3"))) == {"after-visit": EVERYBODY[4:]}


async def test_findings_are_asked_of_those_named_and_reminders_are_another_mail():
    story = await Story().enrol()
    facts = {
        "request_id": "req-1", "programme_id": PROGRAMME, "cohort_id": COHORT, "school_id": "sch-2",
        "person_ids": ("per-2-headteacher", "per-2-senior-leader"), "due": dt.date(2027, 7, 2),
    }  # fmt: skip
    asked = await story.tell(FindingsRequested(version=1, **facts))
    again = await story.tell(FindingsRequested(version=2, reminder=True, **facts))
    assert who(asked) == {"findings-request": ["per-2-headteacher", "per-2-senior-leader"]}
    assert who(again) == {"findings-reminder": ["per-2-headteacher", "per-2-senior-leader"]}


async def test_a_report_goes_to_the_roles_it_names_each_edition_once():
    story = await Story().enrol()

    def compiled(edition: int) -> ReportCompiled:
        return ReportCompiled(
            version=edition, report_id="rpt-1", kind="action-plan", programme_id=PROGRAMME, cohort_id=COHORT,
            school_id="sch-2", edition=edition, sha256="0" * 64, pages=3, pdf_bytes=9,
        )  # fmt: skip

    readers = ["per-2-chair-of-governors", "per-2-clerk", "per-2-cpd-lead", "per-2-headteacher"]
    assert who(await story.tell(compiled(1))) == {"report-ready": readers}
    assert await story.tell(compiled(1)) == []
    assert len(await story.tell(compiled(2))) == 4


async def test_the_impact_report_goes_to_the_coordinator():
    story = await Story().enrol()
    compiled = ReportCompiled(
        version=1, report_id="rpt-3", kind="impact", programme_id=PROGRAMME, cohort_id=COHORT, edition=1,
        sha256="0" * 64, pages=3, pdf_bytes=9,
    )  # fmt: skip
    assert who(await story.tell(compiled)) == {"impact-report": ["per-co"]}


async def test_a_school_that_has_left_hears_no_more():
    story = await Story().enrol()
    gone = SchoolWithdrawn(version=2, programme_id=PROGRAMME, enrolment_id="enr-3", school_id="sch-3")
    await story.tell(gone)
    changed = GroupChanged(
        version=2, group_id=GROUP, cohort_id=COHORT, programme_id=PROGRAMME,
        school_ids=("sch-1", "sch-2", "sch-4"), joined=("sch-4",), left=("sch-3",),
    )  # fmt: skip
    mails = await story.tell(changed)
    assert {mail.school_id for mail in mails} == {"sch-1", "sch-2", "sch-4"}
