"""The web application: every route stands here."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from services.portal.pages import brochures, link_over, public
from services.portal.pages.access_log import AccessLog
from services.portal.pages.actions.page import actions_page
from services.portal.pages.cohort import cohort_page
from services.portal.pages.console.routes import CONSOLE
from services.portal.pages.days.page import DaysPage
from services.portal.pages.duties.week import DutyWeekPage
from services.portal.pages.entries.routes import EntryPages, by_link
from services.portal.pages.forms.agree_day import AgreeDayPage
from services.portal.pages.forms.answer import AnswerPage
from services.portal.pages.forms.appraisal import AppraisalPage
from services.portal.pages.forms.attendance import AttendancePage
from services.portal.pages.forms.book_call import BookCallPage
from services.portal.pages.forms.findings import FindingsPage
from services.portal.pages.forms.form import FormPage
from services.portal.pages.forms.participation import ParticipationPage
from services.portal.pages.forms.route import ForgedForm, FormRoute
from services.portal.pages.forms.survey import SurveyPage
from services.portal.pages.forms.take_home import TakeHomePage
from services.portal.pages.forms.unsubscribe import UnsubscribePage
from services.portal.pages.forms.visit_brief import VisitBriefPage
from services.portal.pages.link import open_link, press_link
from services.portal.pages.my_visits import my_visits, send_again
from services.portal.pages.offer import offer_page
from services.portal.pages.portal import Hidden, LinkOver, NotAdmitted, Portal, StandsStill, TooEarly
from services.portal.pages.projects.listing import projects_page
from services.portal.pages.projects.one import project_page
from services.portal.pages.rendering import STATIC
from services.portal.pages.report import download, read_report, report_page
from services.portal.pages.saved import opened, saved_page
from services.portal.pages.security import Shield
from services.portal.pages.shared_form import MOST_FROM_ONE_NETWORK, shared_form
from services.portal.pages.sign_in import asking, second
from services.portal.pages.sign_in.guard import SignInNeeded, sign_in_first
from services.portal.pages.sign_in.peers import PeerLimit, TooOften
from services.portal.pages.todo.doing import (
    task_page,
    visitor_of_days,
    visitor_of_duties,
    visitor_of_form,
    visitor_of_open_form,
)
from services.portal.pages.todo.listing import todo_page
from shared.errors import Permanent, Rejected, Retryable
from shared.mongo import unavailable

FORMS: tuple[FormPage, ...] = (
    AnswerPage(), VisitBriefPage(), AttendancePage(), AppraisalPage(), TakeHomePage(), SurveyPage(), FindingsPage(),
    UnsubscribePage(), ParticipationPage(),
)  # fmt: skip
ANSWERS: dict[str, FormPage] = {"agreed-day": AgreeDayPage(), "call-offer": BookCallPage()}
"""The forms that answer other kinds of target than visits and events."""


Look = Callable[[Request], Awaitable[Response]]
"""What answers a request."""


def routes() -> list[Route | Mount]:
    """Every route of the portal."""
    others = {"answer": ANSWERS}
    form_routes = [
        _form(f"/p/{{ref}}/{page.purpose}", FormRoute(page, page.purpose, others=others.get(page.purpose)))
        for page in FORMS
    ]
    return [
        *(Route(path, public.public_page) for path in public.PAGES),
        Route("/robots.txt", public.robots),
        Route("/offline-worker.js", public.offline_worker),
        _page("/l/{token:path}", open_link),
        _page("/l/{token:path}", press_link, "POST"),
        *form_routes,
        *entry_routes("/p/{ref}/entry", EntryPages(by_link)),
        _page("/p/{ref}/todo", todo_page),
        *both("/p/{ref}/task", "/{task_id}", task_page),
        *entry_routes("/p/{ref}/task/{task_id}/entry", EntryPages(visitor_of_form)),
        *entry_routes("/p/{ref}/open/{programme_id}/{form}/{about_id}", EntryPages(visitor_of_open_form)),
        _form("/p/{ref}/days", FormRoute(DaysPage(), "days")),
        _form("/p/{ref}/task/{task_id}/days", FormRoute(DaysPage(), "task", admit=visitor_of_days)),
        _form("/p/{ref}/task/{task_id}/duties", FormRoute(DutyWeekPage(), "task", admit=visitor_of_duties)),
        _page("/p/{ref}/actions", actions_page, "GET", "POST"),
        _page("/p/{ref}/projects", projects_page),
        _page("/p/{ref}/projects/{entry_id}", project_page, "GET", "POST"),
        *both("/p/{ref}/offer", "/{offer_id}", offer_page),
        *report_routes("/p/{ref}/report"),
        *report_routes("/p/{ref}/days/papers/{report_id}"),
        _page("/p/{ref}/my-visits", my_visits),
        _page("/p/{ref}/my-visits/send", send_again, "POST"),
        _form("/p/{ref}/my-visits/{target_id}", FormRoute(AnswerPage(), "my-visits", "target_id", ANSWERS)),
        _page("/p/{ref}/cohort", cohort_page),
        _page("/s/{token}", shared_form, "GET", "POST"),
        _page("/p/{ref}/saved", saved_page),
        _page("/p/{ref}/opened", opened, "POST"),
        _page("/p/{ref}/fresh", link_over.mail_from_session, "POST"),
        *(*brochure_routes(), *sign_in_routes(), *console_routes()),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def both(here: str, one: str, look: Look) -> list[Route]:
    """What a link is about, and one of a list."""
    return [_page(here, look, "GET", "POST"), _page(f"{here}{one}", look, "GET", "POST")]


def report_routes(here: str) -> list[Route]:
    """A report below an address: what it is, its text, its files."""
    return [
        _page(here, report_page),
        _page(f"{here}/read", read_report),
        _page(f"{here}/download/{{format}}", download),
    ]


def entry_routes(here: str, pages: EntryPages) -> list[Route]:
    """Entries of templates' forms, below an address."""
    both = ("GET", "POST")
    return [
        _page(here, pages.first, *both),
        _page(f"{here}/new", pages.new, *both),
        _page(f"{here}/read", pages.read, *both),
        _page(f"{here}/{{entry_id}}", pages.one, *both),
        _page(f"{here}/{{entry_id}}/read", pages.read, *both),
    ]


def brochure_routes() -> list[Route]:
    """Brochures for everybody."""
    one = f"{brochures.HERE}/{{address}}"
    return [
        _page(brochures.HERE, brochures.brochures),
        _page(one, brochures.brochure, "GET", "POST"),
        _page(f"{one}/brochure.pdf", brochures.brochure_pdf),
    ]


def sign_in_routes() -> list[Route]:
    """Signing in and out."""
    both = ("GET", "POST")
    return [
        _page("/sign-in", asking.ask, *both),
        _page(asking.CODE, asking.code, *both),
        _page("/sign-in/l/{token}", asking.link),
        _page(asking.CONFIRM, asking.confirm, *both),
        _page("/sign-in/second", second.second, *both),
        _page("/sign-in/set-up", second.set_up, *both),
        _page("/sign-out", second.sign_out, "POST"),
    ]


def console_routes() -> list[Route]:
    """The coordinator's pages."""
    return [_page(path, look, *methods) for path, look, methods in CONSOLE]


def application(portal: Portal) -> Starlette:
    """Build the application."""
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(AccessLog), Middleware(Shield, https=portal.settings.https)],
        exception_handlers={
            SignInNeeded: sign_in_first,
            TooOften: asking.too_often,
            Hidden: public.not_found,
            TooEarly: public.too_early,
            NotAdmitted: public.not_admitted,
            LinkOver: link_over.closed,
            StandsStill: public.stands_still,
            ForgedForm: public.forged,
            Rejected: public.not_found,
            Retryable: public.unavailable,
            Permanent: public.unavailable,
            HTTPException: public.refused,
            Exception: public.refused,
        },
    )
    app.router.redirect_slashes = False  # its redirect would name the scheme and host of the request
    app.state.portal = portal
    app.state.peers = PeerLimit()
    app.state.enquiries = PeerLimit(brochures.MOST_FROM_ONE_NETWORK)
    app.state.answers = PeerLimit(MOST_FROM_ONE_NETWORK)
    return app


def _form(path: str, route: FormRoute) -> Route:
    return _page(path, route, "GET", "POST")


def _page(path: str, look: Look, *methods: str) -> Route:
    """A route that says so in plain English when the database is away."""

    async def endpoint(request: Request) -> Response:
        try:
            return await look(request)
        except Exception as error:
            if unavailable(error):
                raise Retryable("The portal's database does not answer.") from error
            raise

    return Route(path, endpoint, methods=list(methods) or ["GET"])
