"""Every route of the console."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.actions import actions
from services.portal.pages.console.audit import audit
from services.portal.pages.console.calendar import calendar, publish_calendar
from services.portal.pages.console.courses.course import course
from services.portal.pages.console.courses.listing import courses
from services.portal.pages.console.courses.publish import publish as publish_course
from services.portal.pages.console.courses.roll import roll
from services.portal.pages.console.dates.agreed import agreed
from services.portal.pages.console.dates.agreed_day import agreed_day
from services.portal.pages.console.dates.event import event
from services.portal.pages.console.dates.overview import dates
from services.portal.pages.console.dates.visit import visit
from services.portal.pages.console.dates.what_if import what_if
from services.portal.pages.console.duties import duties
from services.portal.pages.console.enquiries import enquiries
from services.portal.pages.console.exports import export
from services.portal.pages.console.groups import groups, one_group, publish
from services.portal.pages.console.health import health
from services.portal.pages.console.home import home
from services.portal.pages.console.imported import import_report, undo_import
from services.portal.pages.console.imports import enrolment_form, import_file, problem_file
from services.portal.pages.console.mails import held, mail, mails, pause
from services.portal.pages.console.owed import tasks
from services.portal.pages.console.participation import part, participation
from services.portal.pages.console.parties.listing import parties
from services.portal.pages.console.parties.one import party
from services.portal.pages.console.parties.relations import relations
from services.portal.pages.console.people.listing import people
from services.portal.pages.console.people.person import erase, kept, out, person
from services.portal.pages.console.polls import polls
from services.portal.pages.console.programmes import close, open_programme, programme, programmes
from services.portal.pages.console.register import register
from services.portal.pages.console.replies import replies, reply
from services.portal.pages.console.reports import file_of, reports
from services.portal.pages.console.rounds.page import one_round
from services.portal.pages.console.rounds.page import publish as publish_round
from services.portal.pages.console.schools import school, schools
from services.portal.pages.console.setup.check import check
from services.portal.pages.console.setup.newer import newer
from services.portal.pages.console.setup.previews import form_preview, mail_preview, wording
from services.portal.pages.console.setup.steps import programme_steps
from services.portal.pages.console.setup.templates import template_file, templates
from services.portal.pages.console.states import state
from services.portal.pages.console.stuck import stuck
from services.portal.pages.console.tokens import new_token, tokens
from services.portal.pages.console.year import year

Look = Callable[[Request], Awaitable[Response]]

READ: tuple[tuple[str, Look], ...] = (
    ("/console/programmes/{programme_id}/groups/{group_id}", one_group),
    ("/console/replies", replies),
    ("/console/mails", mails),
    ("/console/people", people),
    ("/console/people/{person_id}/kept.json", kept),
    ("/console/register/imports/{import_id}", import_report),
    ("/console/register/imports/{import_id}/to-put-right.csv", problem_file),
    ("/console/audit", audit),
    ("/console/templates/{key}.yaml", template_file),
    ("/console/health", health),
    ("/console/programmes", programmes),
    ("/console/export/{what}.{format}", export),
    ("/console/reports/{report_id}/{format}", file_of),
    ("/console/programmes/{programme_id}", programme),
    ("/console/programmes/{programme_id}/schools", schools),
    ("/console/programmes/{programme_id}/year", year),
    ("/console/programmes/{programme_id}/wording", wording),
    ("/console/programmes/{programme_id}/mails/{key}", mail_preview),
    ("/console/programmes/{programme_id}/forms/{form}", form_preview),
    ("/console/programmes/{programme_id}/duties", duties),
    ("/console/programmes/{programme_id}/agreed", agreed),
    ("/console/programmes/{programme_id}/dates", dates),
    ("/console/programmes/{programme_id}/enrolments.xlsx", enrolment_form),
    ("/console/programmes/{programme_id}/imports/{import_id}/to-put-right.csv", problem_file),
)
"""Pages that only show something."""
ACT: tuple[tuple[str, Look], ...] = (
    ("/console/programmes/{programme_id}/steps", programme_steps),
    ("/console", home),
    ("/console/replies/{reply_id}", reply),
    ("/console/mails/pause", pause),
    ("/console/mails/held", held),
    ("/console/mails/{mail_id}", mail),
    ("/console/stuck", stuck),
    ("/console/tokens", tokens),
    ("/console/tokens/new", new_token),
    ("/console/register", register),
    ("/console/templates", templates),
    ("/console/templates/checks/{check_id}", check),
    ("/console/people/{person_id}", person),
    ("/console/people/{person_id}/erase", erase),
    ("/console/people/{person_id}/out", out),
    ("/console/programmes/open", open_programme),
    ("/console/programmes/{programme_id}/close", close),
    ("/console/programmes/{programme_id}/state", state),
    ("/console/programmes/{programme_id}/template", newer),
    ("/console/programmes/{programme_id}/import", import_file),
    ("/console/programmes/{programme_id}/imports/{import_id}", import_report),
    ("/console/programmes/{programme_id}/imports/{import_id}/undo", undo_import),
    ("/console/programmes/{programme_id}/schools/{urn}", school),
    ("/console/programmes/{programme_id}/groups", groups),
    ("/console/programmes/{programme_id}/groups/publish", publish),
    ("/console/programmes/{programme_id}/rounds/{round}", one_round),
    ("/console/programmes/{programme_id}/rounds/{round}/publish", publish_round),
    ("/console/programmes/{programme_id}/calendar", calendar),
    ("/console/programmes/{programme_id}/calendar/publish", publish_calendar),
    ("/console/programmes/{programme_id}/calendar/what-if", what_if),
    ("/console/programmes/{programme_id}/visits/{visit_id}", visit),
    ("/console/programmes/{programme_id}/events/{event_id}", event),
    ("/console/programmes/{programme_id}/agreed/{visit_id}", agreed_day),
    ("/console/programmes/{programme_id}/courses", courses),
    ("/console/programmes/{programme_id}/courses/{activity}", course),
    ("/console/programmes/{programme_id}/courses/{activity}/publish", publish_course),
    ("/console/programmes/{programme_id}/courses/{activity}/{number}", roll),
    ("/console/programmes/{programme_id}/parties", parties),
    ("/console/programmes/{programme_id}/parties/{party_id}", party),
    ("/console/programmes/{programme_id}/relations", relations),
    ("/console/programmes/{programme_id}/tasks", tasks),
    ("/console/programmes/{programme_id}/actions", actions),
    ("/console/programmes/{programme_id}/polls", polls),
    ("/console/programmes/{programme_id}/reports", reports),
    ("/console/programmes/{programme_id}/enquiries", enquiries),
    ("/console/programmes/{programme_id}/participation", participation),
    ("/console/programmes/{programme_id}/participation/{urn}", part),
)
"""Pages with forms that do something."""
CONSOLE: tuple[tuple[str, Look, tuple[str, ...]], ...] = (
    *((path, look, ("GET", "POST")) for path, look in ACT),
    *((path, look, ("GET",)) for path, look in READ),
)
"""In an order in which names stand before ids."""
