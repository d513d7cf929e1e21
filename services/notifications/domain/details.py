"""What a kind of mail must know beyond its recipient and the ids it is about: plain facts of its event.

Mails queued by version 0.1.0 hold text only: numbers and days as text, lists as JSON or as words with spaces between.
Every model here reads that shape as well.
"""

import datetime as dt
import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from services.notifications.domain.kinds import COURSE_DATES, COURSE_OVER
from services.notifications.domain.template_mails.records import NewsKind, Passage
from shared.events.reporting import ReportKind
from shared.events.sign_in import Step

T = TypeVar("T")


def _listed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.startswith("[") else value.split()


def _counted(value: Any) -> Any:
    return 0 if value == "" else value


Listed = Annotated[tuple[T, ...], BeforeValidator(_listed)]
Count = Annotated[int, BeforeValidator(_counted)]


class Details(BaseModel):
    """No details, which is enough for most kinds of mail."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


NOTHING = Details()


class Change(Details):
    """What is different about a visit or event. ``why`` is a code of `domain/words` or a sentence."""

    moved_from: dt.date | None = None
    why: str = ""


class Offers(Details):
    """Days to choose from, and until when."""

    offers: Listed[dt.date]
    deadline: dt.datetime
    timezone: str


class CallLength(Details):
    """How long a call takes. `chosen_by`: who chose its time, and can choose another."""

    minutes: int
    chosen_by: str = ""


class GroupChange(Details):
    """Ids of the schools that joined a group and of those that left it."""

    joined: Listed[str] = ()
    left: Listed[str] = ()


class WaitingRule(Details):
    """The rule that keeps a school without a group."""

    rule: str = ""


class Due(Details):
    """When something is due."""

    due: dt.date


class ReportFacts(Details):
    """A report's kind, edition and size in pages and bytes."""

    kind: ReportKind
    edition: int
    pages: int
    size: int = Field(0, alias="bytes")


class ReportFailure(Details):
    """Why a report could not be compiled."""

    kind: ReportKind
    reason: str


class Question(Details):
    """What a coordinator is asked: a code of `domain/words`, and a sentence about this case."""

    question: str
    sentence: str = ""


class Blocking(Details):
    """What keeps groups or dates from being found. ``more`` counts the reasons beyond those listed."""

    reasons: Listed[str] = ()
    more: Count = 0
    sentence: str = ""


class CohortDraft(Details):
    """How many groups were drafted, how many schools wait, which draft it is."""

    groups: int
    waiting: int
    revision: int


class CalendarDraft(Details):
    """How many visits and events have dates, how many groups have none, which draft it is."""

    visits: int
    events: int
    unplaced: Count = 0
    revision: int


class Span(Details):
    """The span of time that one notice covers."""

    since: dt.datetime
    until: dt.datetime


class AskedAgain(Details):
    """Whether the answer that does not count was to an earlier date."""

    moved: bool = False


class Forwarded(Details):
    """A message that came in, by its key. ``soon``: it concerns a day that is near."""

    reply_id: str
    soon: bool = False


class WaitingOn(Details):
    """The day of a list of what waits."""

    day: dt.date


class SignInEnds(Details):
    """When the link and the code of a mail that signs in end."""

    until: dt.datetime


class SignInLock(Details):
    """Which codes are not taken, and until when."""

    step: Step
    until: dt.datetime


class OwedStage(Details):
    """Why somebody hears of a task: it is asked of them, they are reminded, or they are told that it was missed."""

    stage: Literal["asked", "reminded", "missed"]


class News(Details):
    """What happened to an entry of a form, and to which of its versions."""

    news: NewsKind
    number: int = 1


class Days(Details):
    """Why somebody hears of days that are to be agreed, with the days that were named and until when they are kept."""

    stage: Literal["asked", "proposed", "declined"]
    days: tuple[dt.date, ...] = ()
    until: dt.datetime | None = None
    timezone: str = "Europe/London"
    last: dt.date | None = None
    needed: int = 1


class PlaceKept(Details):
    """Until the end of which day a place is kept, and whose wish it is: 1 the first."""

    until: dt.date
    wish: int | None = None


class ReportNews(Details):
    """What became of a report of a template: its key, what it is about, and the edition or why there is none."""

    news: Literal["released", "failed"]
    report: str
    about: str
    about_id: str
    edition: int = 1
    pages: int = 0
    size: int = 0
    reason: str = ""


class OwnWords(Details):
    """The passages of a mail in the template's own words; those of a digest are kept beside it.

    `dated`: the ids of the dates that fall away with what it tells.
    """

    passages: tuple[Passage, ...] = ()
    dated: Listed[str] = ()


class PlacementOver(Details):
    """The ids of the dates that fall away with a placement."""

    dated: Listed[str] = ()


class Postponed(Details):
    """When a programme is meant to go on, since when it stood still, and the ids of the dates that fall away.

    `total`: how many there are where they are too many for one mail.
    """

    until: dt.date | None = None
    since: dt.date | None = None
    dated: Listed[str] = ()
    total: int = 0


class Handover(Details):
    """From which day somebody has a role in another's place; refs `person`, `left` and `people` say who it concerns."""

    role: str = ""
    on: dt.date | None = None


class Participation(Details):
    """Why a school is asked whether it takes part, and until when a maybe counts."""

    because: Literal["invited", "again", "provisional"] = "invited"
    until: dt.date | None = None


_CHANGES = tuple(
    f"{what}-{how}" for what in ("visit", "event") for how in ("invitation", "moved", "changed", "cancelled")
)
BY_TEMPLATE: dict[str, type[Details]] = {
    **dict.fromkeys((*_CHANGES, "visit-host", "visit-facilitator"), Change),
    **dict.fromkeys(("agreed-day", "agreed-day-cancelled", "course-ended"), Change),
    **dict.fromkeys(("days", "days-declined"), Days),
    "dates-offered": Offers,
    **dict.fromkeys(("call-offered", "call-booked", "call-cancelled"), CallLength),
    "group-changed": GroupChange,
    "waiting-list": WaitingRule,
    **dict.fromkeys(("findings-request", "findings-reminder", "action-overdue"), Due),
    **dict.fromkeys(("report-ready", "appraisal-report", "impact-report"), ReportFacts),
    "report-failed": ReportFailure,
    "coordinator-question": Question,
    **dict.fromkeys(("scheduling-failed", "cohort-failed"), Blocking),
    "cohort-draft": CohortDraft,
    "calendar-draft": CalendarDraft,
    "bounce-notice": Span,
    "answer-again": AskedAgain,
    "reply-forwarded": Forwarded,
    "replies-waiting": WaitingOn,
    **dict.fromkeys(("task", "task-reminder"), OwedStage),
    "entry-news": News,
    "report-news": ReportNews,
    **dict.fromkeys(("own-words", COURSE_DATES, COURSE_OVER), OwnWords),
    "place-offered": PlaceKept,
    "sign-in": SignInEnds,
    "sign-in-locked": SignInLock,
    **dict.fromkeys(("programme-postponed", "programme-resumed"), Postponed),
    "participation-asked": Participation,
    "line-handed-over": Handover,
    "placement-ended": PlacementOver,
}
"""The model of each kind of mail that needs more than `Details`."""


def read(template: str, stored: Any) -> Details:
    """Return the stored details of a mail. Details that do not fit are dropped, so that only this mail fails."""
    try:
        return BY_TEMPLATE.get(template, Details).model_validate(stored)
    except (ValidationError, ValueError):
        return Details()
