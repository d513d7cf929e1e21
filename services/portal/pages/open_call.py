"""Booking a call without an account: what is asked first, and one of the times that are left.

Of two who want one time the first has it; the other sees the rest, with everything still there that they wrote.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.questions import Question
from services.portal.domain.reading import Problem, Reading
from services.portal.pages import brochures, strangers
from services.portal.pages.forms.book_call import FIELD, by_day, slot_instant, slot_key
from services.portal.pages.limits import TooOften
from services.portal.pages.portal import Hidden, Portal
from services.portal.pages.strangers import TRAP, Typed
from shared.commands.base import Done
from shared.commands.brochures import Brochure
from shared.commands.enquiries import AskForCall, CallQuestions, ShowCallQuestions
from shared.commands.open_calls import BookOpenCall, OpenSlots, ShowOpenSlots
from shared.errors import Rejected
from shared.telemetry import logger
from shared.template import FormField

WHO = (
    Question("name", "Your name", kind="line", longest=200),
    Question("school", "Your school, and where it is", kind="line", longest=200),
    Question("role", "What you do there", kind="line", longest=100, required=False),
    Question("email", "Your work e-mail address", "The call comes to it for your calendar.", kind="line", longest=254),
)
RULES = {"invalid-address": "email", "slot-taken": FIELD, "day-taken": FIELD, "not-open": FIELD, "too-late": FIELD}
BOOKED = "A call is booked already under this address. The mail about it leads to a page on which you can change it."
_YES_NO = {"yes": "Yes", "no": "No"}
_log = logger("kindred.portal")


@dataclass(frozen=True)
class Shown:
    """The page: the programme's brochure, what is asked, and the times that are left."""

    brochure: Brochure
    asked: CallQuestions
    slots: OpenSlots

    @property
    def about(self) -> str:
        """What the form is sealed to."""
        return f"{self.brochure.row.address}/call"


async def open_call(request: Request) -> Response:
    """Show what is asked and the times that are left, or book one."""
    portal: Portal = request.app.state.portal
    shown = await _shown(portal, request)
    if request.method != "POST":
        return _page(portal, request, shown, Typed())
    posted = await strangers.posted_to(portal, request)
    try:
        portal.count("call", request)
    except TooOften:
        said = "So many came from your network that this one is not taken. Try again in ten minutes."
        return _page(portal, request, shown, Typed(posted, (Problem("", said),), 429))
    if posted.get(TRAP, "").strip():
        _log.warning("call not booked", why="the field that people do not see was filled in")
        return _booked(portal, request, "")
    if said := strangers.complaint(portal, shown.about, posted):
        return _page(portal, request, shown, Typed(posted, (Problem("", said),), 422))
    return await _take(portal, request, shown, posted)


async def _take(portal: Portal, request: Request, shown: Shown, posted: Mapping[str, str]) -> Response:
    reading = Reading(posted)
    facts = {one.key: reading.line(one.key, one) for one in WHO}
    if facts["email"] and "@" not in facts["email"].strip("@"):
        reading.wrong("email", "Write your e-mail address, such as name@school.example.")
    answers = {one.key: _answer(reading, one) for one in shown.asked.fields}
    start = slot_instant(posted.get(FIELD, ""))
    if start is None:
        reading.wrong(FIELD, "Choose a time.")
    if reading.problems or start is None:
        return _page(portal, request, shown, Typed(posted, tuple(reading.problems), 422))
    programme_id = shown.brochure.row.programme_id
    ask = AskForCall(programme_id=programme_id, answers={key: text for key, text in answers.items() if text}, **facts)
    once = hashlib.sha256(repr(sorted(posted.items())).encode()).hexdigest()
    try:
        asked: Done = await portal.owners.ask(ask, key=f"asked-{once}", actor="")
        book = BookOpenCall(programme_id=programme_id, person_id=asked.id, start=start)
        await portal.owners.ask(book, key=f"booked-{once}", actor="")
    except Rejected as refused:
        sentence = BOOKED if refused.rule == "already-booked" else refused.sentence
        problem = Problem(RULES.get(refused.rule, ""), sentence)
        return _page(portal, request, await _shown(portal, request), Typed(posted, (problem,), 422))
    local = start.astimezone(words.LONDON)
    return _booked(portal, request, words.moment(local.date(), local.time()))


def _answer(reading: Reading, one: FormField) -> str:
    name = _name(one)
    if options := _options(one):
        return reading.choice(name, one.label or one.key, tuple(options), required=one.required)
    return reading.text(name, Question(name, one.label or one.key, required=one.required, longest=one.longest))


def _name(one: FormField) -> str:
    return f"asked.{one.key}"


def _options(one: FormField) -> dict[str, str]:
    return {choice.key: choice.title for choice in one.choices} or (_YES_NO if one.kind == "yes-no" else {})


def _page(portal: Portal, request: Request, shown: Shown, typed: Typed) -> Response:
    return portal.renderer.page(
        request,
        "open-call.html",
        typed.status,
        title=shown.slots.title,
        shown=shown,
        here=request.url.path,
        back=f"{brochures.HERE}/{shown.brochure.row.address}",
        who=WHO,
        asked=[(_name(one), one, _options(one)) for one in shown.asked.fields],
        days=by_day(shown.slots.slots),
        first=slot_key(shown.slots.slots[0]) if shown.slots.slots else "",
        trap=TRAP,
        values=typed.values,
        once=strangers.opened_now(portal, shown.about),
        problems=typed.problems,
        errors={problem.field: problem.sentence for problem in typed.problems if problem.field},
        keep=portal.settings.enquiry_days,
    )


def _booked(portal: Portal, request: Request, when: str) -> Response:
    said = (
        f"{f'Your call is on {when}. ' if when else ''}You get a mail with it for your calendar. If the time does not "
        "suit you after all, the mail leads to a page on which you call it off and choose another."
    )
    return portal.renderer.page(request, "notice.html", title="Your call is booked", sentence=said)


async def _shown(portal: Portal, request: Request) -> Shown:
    brochure = await brochures.found(portal, request)
    if not brochure.row.enquiries:
        raise Hidden
    programme_id = brochure.row.programme_id
    asked: CallQuestions = await portal.shown(ShowCallQuestions(programme_id=programme_id))
    slots: OpenSlots = await portal.shown(ShowOpenSlots(programme_id=programme_id))
    return Shown(brochure, asked, slots)
