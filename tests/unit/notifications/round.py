"""Every kind of mail, brought about by the event that brings it in a programme; some kinds in several shapes."""

import datetime as dt

from services.notifications.domain.decisions.unproven import ask_again
from services.notifications.domain.kept import Concern, KeptMessage
from services.notifications.domain.mail import Mail
from services.notifications.handlers.records import Records
from services.notifications.handlers.workers.announcements import Announcer
from services.notifications.handlers.workers.outcomes import OutcomePublisher
from shared.commands.enquiries import EnquiryRow
from shared.events.enquiries import EnquiryReceived
from shared.events.matching import Blocked, CohortDrafted, CohortFormationFailed, CohortFormed, GroupChanged, Waiting
from shared.events.reporting import ActionOverdue, FindingsRequested, ReportCompiled, ReportFailed
from shared.events.scheduling import (
    CalendarDrafted,
    Clash,
    CohortEventCancelled,
    CohortEventChanged,
    CohortEventHeld,
    CohortEventMoved,
    CoordinatorAsked,
    InvitationReminderDue,
    SchedulingFailed,
    VisitBriefDue,
    VisitBriefWritten,
    VisitCancelled,
    VisitChanged,
    VisitDayEnded,
    VisitHeld,
    VisitMoved,
)
from shared.events.sign_in import SignInAsked, SignInLocked
from tests.fakes import FakeClock
from tests.fakes.notifications import FixedServices, MemoryTransactions
from tests.unit.notifications import world
from tests.unit.notifications.story import Story
from tests.unit.notifications.world import COHORT, GROUP, LAUNCH, PROGRAMME, VISIT

ENQUIRY = EnquiryRow(
    enquiry_id="enq-2c1f0b9a8d7e4c6fb5a4938271605f4e", programme_id=PROGRAMME,
    programme="Yorkshire peer visits 2026/27", state="waiting", name="Ada Marsh", school="Hill Top School",
    role="Deputy headteacher", email="ada@hilltop.example",
    message="How many days does it take?\n\nCan two of us come, and do we pay for cover?",
    received_at=dt.datetime(2026, 9, 2, 8, 30, tzinfo=dt.UTC), until=dt.date(2027, 3, 1),
)  # fmt: skip
BEFORE = {"programme_id": PROGRAMME, "cohort_id": COHORT}
OF_VISIT = {"visit_id": VISIT, "programme_id": PROGRAMME, "cohort_id": COHORT, "host_school_id": "sch-1"}


async def cohort_mails(story: Story) -> list[Mail]:
    tell = story.tell
    waiting = (Waiting(school_id="sch-4", rule="too-far-from-everybody"),)
    blocked = (Blocked(rule="travel", sentence="No three schools lie within 10 km of each other."),)
    return [
        *await tell(CohortDrafted(version=1, revision=1, groups=16, waiting=waiting, **BEFORE)),
        *await tell(
            CohortFormationFailed(
                version=1, programme_id=PROGRAMME, blocking=blocked, sentence="Five schools cannot form a group."
            ),
        ),
        *await tell(
            CohortFormed(version=2, revision=1, groups=1, schools=4, waiting=waiting, score=0.5, **BEFORE),
        ),
        *await tell(world.group_formed()),
        *await tell(
            GroupChanged(
                version=2, group_id=GROUP, school_ids=("sch-1", "sch-2", "sch-3", "sch-4"), joined=("sch-4",), **BEFORE
            ),
        ),
    ]


async def visit_mails(story: Story) -> list[Mail]:
    tell = story.tell
    new_day = {"on": dt.date(2027, 5, 20), "sequence": 1}
    less = world.attendees("sch-1", "sch-2")
    moved = {**world.visit_facts(version=3, **new_day), "moved_from": dt.date(2027, 5, 13), "why": "decline"}
    changed = {**world.visit_facts(version=4, **{**new_day, "sequence": 2}, attendees=less), "why": "withdrawal"}
    left = {"left": ("per-3-headteacher", "per-3-senior-leader")}
    back = {"joined": ("per-3-headteacher", "per-3-senior-leader"), "why": "coordinator"}
    again = {**world.visit_facts(version=5, **{**new_day, "sequence": 3}), **back}
    cancelled = world.visit_facts(version=9, **{**new_day, "sequence": 5})
    return [
        *await tell(world.visit_scheduled()),
        *await tell(VisitMoved.model_validate(moved)),
        *await tell(VisitChanged.model_validate({**changed, **left})),
        *await tell(VisitChanged.model_validate(again)),
        *await tell(
            VisitBriefDue(
                version=6, visit_id=VISIT, programme_id=PROGRAMME, host_school_id="sch-1", on=dt.date(2027, 5, 20)
            ),
        ),
        *await tell(
            VisitBriefWritten(version=7, group_id=GROUP, written_by="per-1-cpd-lead", sequence=4, **OF_VISIT),
        ),
        *await tell(VisitCancelled.model_validate({**cancelled, "why": "The boiler has failed."})),
    ]


async def after_visit_mails(story: Story) -> list[Mail]:
    tell, day = story.tell, dt.date(2027, 5, 13)
    await tell(world.visit_scheduled())
    await story.stores.completions.put(f"brief/{VISIT}")
    present = world.attendees("sch-1", "sch-2")
    ended = VisitDayEnded(version=3, facilitator_id="per-fac", on=day, **OF_VISIT)
    held = VisitHeld(version=4, group_id=GROUP, facilitator_id="per-fac", on=day, present=present, **OF_VISIT)
    return [*await tell(ended), *await tell(held)]


async def event_mails(story: Story) -> list[Mail]:
    tell = story.tell
    other = {"on": dt.date(2026, 11, 12), "sequence": 1}
    moved = {**world.event_facts(version=3, **other), "moved_from": dt.date(2026, 11, 5), "why": "closure"}
    later = {"starts": dt.time(10), "on": dt.date(2026, 11, 12), "sequence": 2}
    changed = {**world.event_facts(version=4, **later), "why": "The room is free from 10:00 only."}
    cancelled = {**world.event_facts(version=5, **{**later, "sequence": 3}), "why": "coordinator"}
    return [
        *await tell(world.event_scheduled()),
        *await tell(CohortEventMoved.model_validate(moved)),
        *await tell(CohortEventChanged.model_validate(changed)),
        *await tell(CohortEventCancelled.model_validate(cancelled)),
    ]


async def answer_mails(story: Story) -> list[Mail]:
    tell, cohort = story.tell, BEFORE
    await tell(world.event_scheduled(version=8))
    present = world.attendees("sch-1", "sch-2")
    clash = Clash(rule="no-free-day", sentence="Canon Lee School has no free Thursday or Friday in the summer term.",
                  relaxing_gives="Allowing Wednesdays gives 6 days.")  # fmt: skip
    return [
        *await tell(InvitationReminderDue(
                version=1, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME,
                person_ids=("per-2-headteacher", "per-fac"), round=1,
            ),
        ),
        *await asked_again(story),
        *await tell(CoordinatorAsked(
                version=1, target_id=VISIT, target_kind="visit", question="decline-inside-notice",
                person_id="per-2-headteacher", sentence="The visit is in 6 working days.", **cohort,
            ),
        ),
        *await tell(CalendarDrafted(version=1, revision=2, visits=60, events=3, unplaced_groups=1, **cohort),
        ),
        *await tell(SchedulingFailed(version=2, blocking=(clash,), **cohort)),
        *await tell(CohortEventHeld(
                version=9, event_id=LAUNCH, activity="launch", on=dt.date(2026, 11, 5), present=present, **cohort
            ),
        ),
    ]  # fmt: skip


async def asked_again(story: Story) -> list[Mail]:
    """Two calendars have answered: one for a date that has moved, one without proof."""
    before, target = set(story.mails.mails), (await story.stores.targets.find([VISIT]))[VISIT]
    programme = (await story.stores.programmes.find([PROGRAMME]))[PROGRAMME]
    mails = ask_again(programme, target, "per-2-headteacher", story.at, moved=False)
    await story.mails.add([*mails, *ask_again(programme, target, "per-fac", story.at, moved=True)])
    return await story.brought_since(before)


async def date_mails(story: Story) -> list[Mail]:
    tell = story.tell
    return [
        *await tell(world.dates_offered()),
        *await tell(world.dates_refused()),
        *await tell(world.dates_agreed()),
        *await tell(world.dates_withdrawn()),
        *await tell(world.call_offered()),
        *await tell(world.call_booked(("per-2-headteacher", "per-3-cpd-lead", "per-fac"))),
        *await tell(world.call_cancelled(("per-2-headteacher", "per-3-cpd-lead", "per-fac"))),
    ]


async def report_mails(story: Story) -> list[Mail]:
    tell = story.tell
    asked = {"request_id": "req-1", "school_id": "sch-2", "due": dt.date(2027, 7, 2), **BEFORE}
    people = ("per-2-headteacher", "per-2-senior-leader")
    stored = {"sha256": "0" * 64, "pages": 3, "pdf_bytes": 120_000, **BEFORE}
    return [
        *await tell(FindingsRequested(version=1, person_ids=people, **asked)),
        *await tell(FindingsRequested(version=2, person_ids=people, reminder=True, **asked)
        ),
        *await tell(ReportCompiled(
                version=1, report_id="rpt-1", kind="action-plan", school_id="sch-2", edition=1,
                formats=("pdf", "html", "xlsx"), **stored,
            ),
        ),
        *await tell(ReportCompiled(
                version=2, report_id="rpt-2", kind="appraisal", school_id="sch-1", visit_id=VISIT, edition=2, **stored
            ),
        ),
        *await tell(ReportCompiled(version=1, report_id="rpt-3", kind="impact", edition=1, **stored)),
        *await tell(ReportFailed(
                version=1, report_id="rpt-4", kind="action-plan", programme_id=PROGRAMME, school_id="sch-2",
                reason="The report was not finished within its time.",
            ),
        ),
        *await tell(ActionOverdue(
                version=1, action_id="act-1", findings_id="fnd-1", school_id="sch-2", programme_id=PROGRAMME,
                due=dt.date(2027, 9, 30),
            ),
        ),
    ]  # fmt: skip


async def reply_mails(story: Story) -> list[Mail]:
    ann, before = "per-2-headteacher", set(story.mails.mails)
    await story.tell(world.visit_scheduled())
    about = Concern(VISIT, ann, ann, (PROGRAMME,), "accepted", "I can only stay until noon.\nWhere do I park?")
    taken = "The answer (accepted) is taken; somebody wrote words beside it."
    outlook = "An Outlook answer that cannot be read (winmail.dat). It seems to decline."
    kept = (
        KeptMessage("a" * 64, story.at, taken, "Accepted: Visit day", world.address(ann), concern=about),
        KeptMessage("b" * 64, story.at, outlook, "Visit day", "per-fac@schools.example", concern=Concern(
            LAUNCH, "per-fac", "per-fac", (PROGRAMME,))),
        KeptMessage("c" * 64, story.at, "A mail that somebody wrote.", "Hello", "x@elsewhere.example", concern=Concern(
            words="Is this the right mailbox? My invitation never came.")),
    )  # fmt: skip
    await story.tell(world.event_scheduled(on=story.at.date() + dt.timedelta(days=3)))
    for message in kept:
        await story.stores.triage.keep(message)
    clock = FakeClock(story.at)
    await Announcer(story.stores, FixedServices(), MemoryTransactions(clock), clock).announce()
    return await story.brought_since(before)


async def bounce_mails(story: Story) -> list[Mail]:
    (invitation, *_) = await story.tell(world.visit_scheduled())
    returned = {
        "person_id": "per-2-headteacher", "to": "per-2-headteacher@schools.example", "role": "headteacher",
        "subject": "Please answer: visit day at Hallam Primary School, Thursday 13 May 2027",
        "detail": "The relay answered 550 5.1.1 No such user", "state": "bounced",
    }  # fmt: skip
    story.mails.mails[invitation.mail_id] = invitation.model_copy(update=returned)
    story.mails.unpublished_ids.add(invitation.mail_id)
    before = set(story.mails.mails)
    transact = MemoryTransactions(FakeClock(story.at))
    await OutcomePublisher(story.stores.queue, Records.of(story.stores), transact, 600).publish()
    return await story.brought_since(before)


async def sign_in_mails(story: Story) -> list[Mail]:
    until = story.at + dt.timedelta(minutes=10)
    locked = SignInLocked(
        version=1, attempt_id="att-1", person_id="per-co", step="second-factor", until=until, tell=("per-co", "per-fac")
    )  # fmt: skip
    asked = SignInAsked(version=1, attempt_id="att-1", person_id="per-co", expires=until)
    return [*await story.tell(asked), *await story.tell(locked)]


async def enquiry_mails(story: Story) -> list[Mail]:
    event = EnquiryReceived(
        version=1, enquiry_id=ENQUIRY.enquiry_id, programme_id=PROGRAMME, until=ENQUIRY.until
    )  # fmt: skip
    return await story.tell(event)
