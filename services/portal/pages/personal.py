"""Where a person's pages stand: behind a mail's link, which opens what it is for, and behind a session.

The pages are the same. `access.opens` says which of them a visitor has; each page asks besides for the thing itself.
"""

from starlette.requests import Request
from starlette.routing import Route

from services.portal.pages import link_over
from services.portal.pages.actions.page import actions_page
from services.portal.pages.cohort import cohort_page
from services.portal.pages.courses.place import CoursePlacePage
from services.portal.pages.courses.roll import RollPage
from services.portal.pages.days.page import DaysPage
from services.portal.pages.duties.week import DutyWeekPage
from services.portal.pages.entries.routes import EntryPages
from services.portal.pages.entries.routes import by_link as entry_of_link
from services.portal.pages.forms.agree_day import AgreeDayPage
from services.portal.pages.forms.answer import AnswerPage
from services.portal.pages.forms.appraisal import AppraisalPage
from services.portal.pages.forms.attendance import AttendancePage
from services.portal.pages.forms.book_call import BookCallPage
from services.portal.pages.forms.call import CallPage
from services.portal.pages.forms.findings import FindingsPage
from services.portal.pages.forms.form import FormPage
from services.portal.pages.forms.participation import ParticipationPage
from services.portal.pages.forms.poll import PollPage
from services.portal.pages.forms.profile import ProfilePage
from services.portal.pages.forms.route import FormRoute
from services.portal.pages.forms.survey import SurveyPage
from services.portal.pages.forms.take_home import TakeHomePage
from services.portal.pages.forms.unsubscribe import UnsubscribePage
from services.portal.pages.forms.visit_brief import VisitBriefPage
from services.portal.pages.me.acting import act_as, begin
from services.portal.pages.me.details import details, kept
from services.portal.pages.me.feed import change_feed
from services.portal.pages.me.reports import reports
from services.portal.pages.me.schools import schools
from services.portal.pages.me.tokens import own_tokens
from services.portal.pages.my_visits import my_visits, send_again
from services.portal.pages.offer import offer_page
from services.portal.pages.portal import Visitor
from services.portal.pages.projects.listing import projects_page
from services.portal.pages.projects.one import project_page
from services.portal.pages.routing import both, entry_routes, form, page, report_routes
from services.portal.pages.saved import opened, saved_page
from services.portal.pages.todo.doing import (
    task_page,
    visitor_of_days,
    visitor_of_duties,
    visitor_of_form,
    visitor_of_open_form,
    visitor_of_place,
    visitor_of_roll,
)
from services.portal.pages.todo.listing import todo_page

OF_MEETINGS: tuple[FormPage, ...] = (VisitBriefPage(), AttendancePage(), AppraisalPage(), TakeHomePage(), SurveyPage())
"""The forms about a visit or event."""
FORMS: tuple[FormPage, ...] = (AnswerPage(), *OF_MEETINGS, FindingsPage(), UnsubscribePage(), ParticipationPage())
ANSWERS: dict[str, FormPage] = {"agreed-day": AgreeDayPage(), "call-offer": BookCallPage(), "call": CallPage()}
"""The forms that answer other kinds of target than visits and events."""


def by_link(root: str) -> list[Route]:
    """The pages behind links: what the link is about, and the lists that some links open."""
    others = {"answer": ANSWERS}
    return [
        *(form(f"{root}/{one.purpose}", FormRoute(one, one.purpose, others=others.get(one.purpose))) for one in FORMS),
        *entry_routes(f"{root}/entry", EntryPages(entry_of_link)),
        form(f"{root}/days", FormRoute(DaysPage(), "days")),
        form(f"{root}/poll", FormRoute(PollPage(), "poll")),
        *report_routes(f"{root}/report"),
        *report_routes(f"{root}/days/papers/{{report_id}}"),
        page(f"{root}/cohort", cohort_page),
        page(f"{root}/opened", opened, "POST"),
        page(f"{root}/fresh", link_over.mail_from_session, "POST"),
        page(f"{root}/my-visits/send", send_again, "POST"),
        *lists(root),
    ]


def lists(root: str) -> list[Route]:
    """What somebody finds on a list of their own, by either way."""
    return [
        page(f"{root}/todo", todo_page),
        *both(f"{root}/task", "/{task_id}", task_page),
        *entry_routes(f"{root}/task/{{task_id}}/entry", EntryPages(visitor_of_form)),
        *entry_routes(f"{root}/open/{{programme_id}}/{{form}}/{{about_id}}", EntryPages(visitor_of_open_form)),
        form(f"{root}/task/{{task_id}}/days", FormRoute(DaysPage(), "task", admit=visitor_of_days)),
        form(f"{root}/task/{{task_id}}/duties", FormRoute(DutyWeekPage(), "task", admit=visitor_of_duties)),
        form(f"{root}/task/{{task_id}}/sessions", FormRoute(CoursePlacePage(), "task", admit=visitor_of_place)),
        form(f"{root}/task/{{task_id}}/roll", FormRoute(RollPage(), "task", admit=visitor_of_roll)),
        form(f"{root}/sign-up/{{target_id}}", FormRoute(CoursePlacePage(), "sign-up", "target_id", kind="place")),
        form(f"{root}/poll/{{target_id}}", FormRoute(PollPage(), "poll", "target_id", kind="poll")),
        page(f"{root}/actions", actions_page, "GET", "POST"),
        page(f"{root}/projects", projects_page),
        page(f"{root}/projects/{{entry_id}}", project_page, "GET", "POST"),
        *both(f"{root}/offer", "/{offer_id}", offer_page),
        page(f"{root}/my-visits", my_visits),
        form(f"{root}/my-visits/{{target_id}}", FormRoute(AnswerPage(), "my-visits", "target_id", others=ANSWERS)),
        page(f"{root}/saved", saved_page),
    ]


def by_session(root: str) -> list[Route]:
    """The pages of somebody who has signed in. The address names what a link would be about."""
    return [
        page(root, begin),
        *(form(f"{root}/{one.purpose}/{{target_id}}", FormRoute(one, one.purpose, "target_id")) for one in OF_MEETINGS),
        form(f"{root}/findings/{{target_id}}", FormRoute(FindingsPage(), "findings", "target_id", kind="school")),
        form(
            f"{root}/participation/{{programme_id}}/{{target_id}}",
            FormRoute(ParticipationPage(), "participation", "target_id", kind="school"),
        ),
        form(
            f"{root}/profile/{{programme_id}}/{{target_id}}",
            FormRoute(ProfilePage(), "profile", "target_id", kind="school"),
        ),
        form(f"{root}/unsubscribe", FormRoute(UnsubscribePage(), "unsubscribe")),
        *entry_routes(f"{root}/entry/{{target_id}}", EntryPages(entry_of_session)),
        *report_routes(f"{root}/report/{{target_id}}"),
        page(f"{root}/cohort/{{programme_id}}", cohort_page),
        page(f"{root}/reports", reports),
        page(f"{root}/schools", schools),
        page(f"{root}/details", details),
        page(f"{root}/details/kept.json", kept),
        page(f"{root}/tokens", own_tokens, "GET", "POST"),
        page(f"{root}/feed", change_feed, "POST"),
        page(f"{root}/acting", act_as, "POST"),
        *lists(root),
    ]


async def entry_of_session(request: Request) -> Visitor:
    """The visitor as if they had come by a link to the entry that the address names."""
    visitor = await entry_of_link(request)
    return visitor.about("entry")
