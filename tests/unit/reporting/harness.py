"""The service's handlers over fakes, with the world told to them."""

from itertools import count
from typing import Any

from services.reporting.handlers.commands.findings import FindingsForms
from services.reporting.handlers.commands.impact import ImpactReleases
from services.reporting.handlers.commands.visit_forms import VisitForms
from services.reporting.handlers.projection.meetings import MeetingFacts
from services.reporting.handlers.projection.programmes import ProgrammeFacts
from services.reporting.handlers.queries.forms import FormQueries
from services.reporting.handlers.queries.impact import ImpactQueries
from services.reporting.handlers.queries.reports import ReportQueries
from services.reporting.handlers.timers.actions import ActionTimers
from services.reporting.handlers.timers.findings_requests import FindingsRequests
from services.reporting.handlers.workers.compiler import ReportCompiler
from services.reporting.handlers.workers.sources import ReportSources
from shared.events import matching, programmes, scheduling
from tests.fakes import FakeWork
from tests.unit.reporting import world
from tests.unit.reporting.fakes import FakeFacts, FakeFiles, FakeForms, FakeImpact, FakeRenderer, FakeReports


class Reporting:
    """Everything wired as in app.py, in memory."""

    def __init__(self):
        numbers = count(1)
        self.facts, self.forms, self.reports = FakeFacts(), FakeForms(), FakeReports()
        self.impact, self.files, self.renderer = FakeImpact(self.forms), FakeFiles(), FakeRenderer()
        self.told, self.met = ProgrammeFacts(self.facts, self.forms), MeetingFacts(self.facts)
        self.visit_forms = VisitForms(self.facts, self.forms, self.reports, lambda prefix: f"{prefix}-{next(numbers)}")
        self.findings_forms = FindingsForms(self.facts, self.forms, self.reports)
        self.releases = ImpactReleases(self.facts, self.impact, self.reports, 14)
        self.requests = FindingsRequests(self.facts, self.forms)
        self.actions = ActionTimers(self.facts, self.forms)
        self.form_queries = FormQueries(self.facts, self.forms)
        self.impact_queries = ImpactQueries(self.facts, self.impact)
        self.queries = ReportQueries(self.reports, self.files)
        sources = ReportSources(self.facts, self.forms, self.impact)
        self.compiler = ReportCompiler(sources, self.reports, self.files, self.renderer)

    async def tell(self, *events):
        """Handle facts of others; return the unit of work with what was told because of them."""
        work = FakeWork()
        for event in events:
            await self._handler(event)(event, work)
        return work

    def _handler(self, event):
        told, met = self.told, self.met
        handlers: dict[type[Any], Any] = {
            programmes.ProgrammeOpened: told.opened,
            programmes.SchoolEnrolled: told.enrolled,
            programmes.EnrolmentAmended: told.enrolled,
            programmes.PersonReplaced: told.replaced,
            programmes.SchoolWithdrawn: told.withdrawn,
            programmes.PersonErased: told.erased,
            matching.GroupFormed: told.group_formed,
            matching.GroupChanged: told.group_changed,
            scheduling.VisitScheduled: met.visit_planned,
            scheduling.VisitMoved: met.visit_planned,
            scheduling.VisitCancelled: met.visit_cancelled,
            scheduling.VisitHeld: met.visit_held,
            scheduling.CohortEventScheduled: met.event_planned,
            scheduling.CohortEventHeld: met.event_held,
        }
        return handlers[type(event)]


async def at_work():
    """Reporting at the end of the visits."""
    made = Reporting()
    await made.tell(*world.everything())
    return made
