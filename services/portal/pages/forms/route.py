"""The route of a form: GET shows it and changes nothing, POST does."""

import dataclasses
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.reading import Reading, cleaned
from services.portal.pages import sessions
from services.portal.pages.forms.form import STEERING, Facts, Filled, FormPage, idempotency_key
from services.portal.pages.portal import Hidden, Portal, Visitor
from services.portal.pages.security import from_our_page
from shared.errors import KindredError, Rejected, Retryable
from shared.events.scheduling import TargetKind

NOT_SAVED_YET = (
    "Not saved yet. Nothing is lost: everything you wrote is still here. Wait a moment and press the button again."
)


class ForgedForm(Exception):  # noqa: N818 (an outcome, not an error)
    """A form that did not come from our page."""


@dataclass(frozen=True)
class Turn:
    """One request to one form."""

    portal: Portal
    visitor: Visitor
    request: Request
    page: FormPage
    facts: Facts

    def show(self, filled: Filled, status: int = 200) -> Response:
        """Show the form as filled."""
        steering = {"visitor": self.visitor, "csrf": self.visitor.csrf, "action": self.request.url.path}
        context = {**self.facts, **filled.context(), **steering}
        return self.portal.renderer.page(self.request, self.page.template, status, **context)

    async def submit(self, filled: Filled, reading: Reading, button: str) -> Response:
        """Send what was filled in to its owner; whatever goes wrong, the form comes back with everything in it."""
        try:
            command = self.page.read(self.visitor, self.facts, reading, button)
            if reading.problems:
                return self.show(filled, 422)
            key = idempotency_key(self.visitor, filled.once, command)
            reply = await self.portal.owners.ask(command, key=key, actor=self.visitor.person_id)
        except (ValidationError, KindredError) as error:
            return (await self._after(error)).show(filled, complain(error, self.page, reading, filled))
        note = self.page.saved(self.facts, command, reply).note(self.request.url.path)
        return to_saved_page(self.portal, self.visitor, note)

    async def _after(self, error: Exception) -> "Turn":
        """What is refused may have changed meanwhile: show it as it stands; where it cannot be had, as it was."""
        if not isinstance(error, Rejected):
            return self
        try:
            return dataclasses.replace(self, facts=await self.page.facts(self.portal, self.visitor))
        except KindredError:
            return self


class FormRoute:
    """One form under one purpose of link; `target` names the path parameter that chooses among the person's targets.

    `others`: the form instead of it for links of that kind of target. `admit`: says who the visitor is, and what the
    form is about, where a link opens it by way of something else. `kind`: of the target, where it is always the same.
    """

    def __init__(
        self,
        page: FormPage,
        purpose: str,
        target: str = "",
        *,
        others: Mapping[str, FormPage] | None = None,
        admit: Callable[[Request], Awaitable[Visitor]] | None = None,
        kind: str = "",
    ) -> None:
        self._page = page
        self._purpose = purpose
        self._target = target
        self._others = others or {}
        self._admit = admit
        self._kind = kind

    async def __call__(self, request: Request) -> Response:
        """Answer a GET or POST."""
        portal: Portal = request.app.state.portal
        visitor = await self._visitor(portal, request)
        sent = await posted_by(portal, visitor, request) if request.method == "POST" else None
        page = self._others.get(visitor.link.target_kind, self._page)
        turn = Turn(portal, visitor, request, page, await page.facts(portal, visitor))
        if sent is None:
            values = await page.start(portal, visitor, turn.facts)
            return turn.show(Filled(values, once=secrets.token_hex(12)))
        button, once = sent.get("do", "save"), sent.get("once", "")[:64]
        values = {name: value for name, value in sent.items() if name not in STEERING}
        stepped = page.step(values, button)
        if stepped is not None:
            return turn.show(Filled(stepped[0], once=once, focus=stepped[1]))
        reading = Reading(values)
        return await turn.submit(Filled(values, reading, once=once), reading, button)

    async def _visitor(self, portal: Portal, request: Request) -> Visitor:
        if self._admit:
            return await self._admit(request)
        visitor = await portal.admit(request, self._purpose)
        if not self._target:
            return visitor
        target_id = request.path_params[self._target]
        kind = self._kind or await _kind_of(portal, visitor.person_id, target_id)
        link = dataclasses.replace(visitor.link, target_id=target_id, target_kind=kind, sequence=None, on=None)
        return dataclasses.replace(visitor, link=link)


async def _kind_of(portal: Portal, person_id: str, target_id: str) -> str:
    """Return what a target is; raises Hidden where it is nothing that this person could answer."""
    kinds: tuple[TargetKind, ...] = ("visit", "cohort-event")
    for kind in kinds:
        if await portal.read.meetings.get(kind, target_id):
            return kind
    if any(one.agreement_id == target_id for one in await portal.read.dates.agreements_of(person_id)):
        return "agreed-day"
    if any(one.offer_id == target_id for one in await portal.read.dates.call_offers_of(person_id)):
        return "call-offer"
    raise Hidden


def complain(error: Exception, page: FormPage, reading: Reading, filled: Filled) -> int:
    """Put what went wrong where the person sees it; return the status."""
    if isinstance(error, Rejected):
        reading.wrong(page.fields.get(error.rule, ""), error.sentence)
        return 422
    if isinstance(error, Retryable):
        filled.banner = NOT_SAVED_YET
        return 503
    if isinstance(error, ValidationError):
        if not reading.problems:
            first = error.errors()[0]
            said = "nothing was filled in" if first["type"] == "too_short" else first["msg"]
            reading.wrong("", f"Something in the form cannot be saved: {said}.")
        return 422
    reading.wrong("", f"This could not be saved. {error} Please tell your coordinator.")
    return 500


async def posted_by(portal: Portal, visitor: Visitor, request: Request) -> dict[str, str]:
    """Return the fields of a form behind a link; raises ForgedForm where it did not come from our own page."""
    fields = await posted(portal, request, visitor.link.link_id)
    await portal.count_schools("school", visitor.person_id)
    return fields


async def posted(portal: Portal, request: Request, holder: str) -> dict[str, str]:
    """Return a form's fields, cleaned, files left out; raises ForgedForm where it did not come from our own page.

    `holder`: to whom its token was given: the id of a link or session, or what ties forms to the browser.
    """
    form = await request.form()
    fields = {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}
    ours = from_our_page(request, portal.settings.public_url)
    if not ours or not sessions.csrf_holds(portal.key, holder, fields.get("csrf", "")):
        raise ForgedForm
    portal.count("form", holder)
    portal.count("forms", request)
    return fields


def to_saved_page(portal: Portal, visitor: Visitor, note: dict[str, object]) -> Response:
    """Send the browser to the page that says what was saved, and note the link's first use."""
    answer = RedirectResponse(
        f"{visitor.root}/saved", 303, background=BackgroundTask(portal.openings.opened, visitor.link)
    )
    answer.set_cookie(
        portal.cookie_name(visitor.link.ref, "note"),
        sessions.sign_note(portal.key, visitor.link.ref, note),
        max_age=600,
        path="/",
        secure=portal.settings.https,
        httponly=True,
        samesite="lax",
    )
    return answer
