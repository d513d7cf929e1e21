"""What a kind of mail must know: kept with the mail, and read as version 0.1.0 kept it."""

import datetime as dt

import pytest

from services.notifications.domain.details import (
    BY_TEMPLATE,
    AskedAgain,
    Blocking,
    CalendarDraft,
    CallLength,
    Change,
    CohortDraft,
    Days,
    Details,
    Due,
    Forwarded,
    GroupChange,
    Handover,
    News,
    Offers,
    OwedStage,
    OwnWords,
    Participation,
    PlaceKept,
    PlacementOver,
    Postponed,
    Question,
    ReportFacts,
    ReportFailure,
    ReportNews,
    SignInEnds,
    SignInLock,
    Span,
    WaitingOn,
    WaitingRule,
)
from services.notifications.domain.mail import Mail
from services.notifications.domain.template_mails.records import Passage
from services.notifications.store.documents import mail, mail_document
from shared.events.matching import CohortDrafted
from tests.unit.notifications import world
from tests.unit.notifications.story import Story
from tests.unit.notifications.test_writing import write

NOON = dt.datetime(2026, 9, 18, 16, tzinfo=dt.UTC)
KEPT_BY_0_1_0 = [
    (
        "visit-moved",
        {"moved_from": "2027-05-13", "why": "decline"},
        Change(moved_from=dt.date(2027, 5, 13), why="decline"),
    ),
    ("visit-invitation", {}, Change()),
    ("visit-cancelled", {"why": "The boiler has failed."}, Change(why="The boiler has failed.")),
    (
        "dates-offered",
        {
            "offers": '["2026-10-12", "2026-10-14"]',
            "deadline": "2026-09-18T16:00:00+00:00",
            "timezone": "Europe/London",
        },
        Offers(offers=(dt.date(2026, 10, 12), dt.date(2026, 10, 14)), deadline=NOON, timezone="Europe/London"),
    ),
    ("call-booked", {"minutes": "30"}, CallLength(minutes=30)),
    ("group-changed", {"joined": "sch-4 sch-5", "left": ""}, GroupChange(joined=("sch-4", "sch-5"))),
    ("waiting-list", {"rule": "too-far"}, WaitingRule(rule="too-far")),
    ("findings-reminder", {"due": "2027-07-02"}, Due(due=dt.date(2027, 7, 2))),
    (
        "report-ready",
        {"kind": "action-plan", "edition": "2", "pages": "3", "bytes": "120000"},
        ReportFacts(kind="action-plan", edition=2, pages=3, size=120_000),
    ),
    ("report-failed", {"reason": "Too long.", "kind": "impact"}, ReportFailure(kind="impact", reason="Too long.")),
    (
        "coordinator-question",
        {"question": "date-chosen", "sentence": "It is in six days."},
        Question(question="date-chosen", sentence="It is in six days."),
    ),
    ("scheduling-failed", {"reasons": '["One.", "Two."]', "more": "3"}, Blocking(reasons=("One.", "Two."), more=3)),
    ("cohort-failed", {"reasons": "[]", "sentence": "Too few."}, Blocking(sentence="Too few.")),
    ("cohort-draft", {"groups": "16", "waiting": "0", "revision": "1"}, CohortDraft(groups=16, waiting=0, revision=1)),
    (
        "calendar-draft",
        {"visits": "60", "events": "3", "unplaced": "", "revision": "2"},
        CalendarDraft(visits=60, events=3, revision=2),
    ),
    (
        "bounce-notice",
        {"since": "2026-09-18T16:00:00+00:00", "until": "2026-09-18T16:10:00+00:00"},
        Span(since=NOON, until=NOON + dt.timedelta(minutes=10)),
    ),
    ("answer-again", {"moved": "true"}, AskedAgain(moved=True)),  # 0.1.0 had none
    ("reply-forwarded", {"reply_id": "a" * 64, "soon": "true"}, Forwarded(reply_id="a" * 64, soon=True)),  # likewise
    ("replies-waiting", {"day": "2026-09-18"}, WaitingOn(day=NOON.date())),  # likewise
    ("task-reminder", {"stage": "reminded"}, OwedStage(stage="reminded")),  # likewise
    ("place-offered", {"until": "2027-01-22", "wish": 2}, PlaceKept(until=dt.date(2027, 1, 22), wish=2)),
    (
        "report-news",
        {"news": "failed", "report": "plan", "about": "match", "about_id": "mat-1", "reason": "None."},
        ReportNews(news="failed", report="plan", about="match", about_id="mat-1", reason="None."),
    ),
    ("entry-news", {"news": "released", "number": "2"}, News(news="released", number=2)),  # likewise
    ("sign-in", {"until": "2026-09-18T16:00:00+00:00"}, SignInEnds(until=NOON)),  # likewise
    (
        "sign-in-locked",
        {"step": "code", "until": "2026-09-18T16:00:00+00:00"},
        SignInLock(step="code", until=NOON),
    ),  # likewise
    ("own-words", {"passages": [{"mail": "list"}]}, OwnWords(passages=(Passage(mail="list"),))),  # likewise
    ("programme-postponed", {"dated": "vis-1 vis-2"}, Postponed(dated=("vis-1", "vis-2"))),  # likewise
    (
        "days",
        {"stage": "asked", "last": "2026-11-13", "needed": 2},
        Days(stage="asked", last=dt.date(2026, 11, 13), needed=2),
    ),  # likewise
    ("participation-asked", {"because": "again"}, Participation(because="again")),  # likewise
    ("placement-ended", {"dated": "vis-1 vis-2"}, PlacementOver(dated=("vis-1", "vis-2"))),
    ("line-handed-over", {"role": "head", "on": "2027-02-22"}, Handover(role="head", on=dt.date(2027, 2, 22))),
]


def document(template: str, facts: object) -> dict[str, object]:
    """A mail as it lies in the database, less what stays at its default."""
    return {
        "_id": "mai-1", "template": template, "person_id": "per-1", "role": "coordinator", "standing": "coordinator",
        "programme_id": "prg-1", "refs": {}, "facts": facts, "queued_at": NOON, "changed_at": NOON, "try_at": NOON,
        "told": 1, "untold": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("template", "facts", "details"), KEPT_BY_0_1_0, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_mail_that_0_1_0_has_queued_is_read(template, facts, details):
    found = mail(document(template, facts))
    assert (found.details, type(found.details)) == (details, type(details))
    assert found.published == 1


def test_no_kind_with_details_of_its_own_is_left_out_above():
    assert {type(details) for _, _, details in KEPT_BY_0_1_0} == set(BY_TEMPLATE.values())


@pytest.mark.parametrize(
    ("template", "facts", "details"), KEPT_BY_0_1_0, ids=lambda one: one if isinstance(one, str) else ""
)
def test_what_is_kept_now_comes_back_the_same(template, facts, details):
    kept = mail_document(mail(document(template, facts)))
    assert "details" not in kept
    assert all(not isinstance(value, dt.date | tuple) for value in kept["facts"].values()), "BSON has neither"
    assert mail(kept).details == details


async def test_details_that_do_not_fit_keep_only_their_own_mail_from_being_written():
    broken = mail(document("findings-request", {"due": "soon"}))
    assert broken.details == Details()
    story = await Story().enrol()
    with pytest.raises(ValueError, match="a findings-request without its details"):
        await write(story, broken.model_copy(update={"person_id": "per-co"}))


async def test_a_draft_without_schools_that_wait_says_so():
    story = await Story().enrol()
    drafted = CohortDrafted(version=1, cohort_id="coh-1", programme_id=world.PROGRAMME, revision=1, groups=16)
    (queued,) = await story.tell(drafted)
    text = (await write(story, Mail.model_validate(queued.model_dump()))).built.text
    assert "Waiting: 0" in " ".join(text.split())
