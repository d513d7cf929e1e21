"""Wires the service; nothing else does."""

import asyncio
from uuid import uuid4

from services.reporting.domain.requests import ASKED, REMINDED
from services.reporting.domain.status import OVERDUE
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
from services.reporting.ports.renderer import Renderer
from services.reporting.render.pool import RenderPool
from services.reporting.settings import ReportingSettings
from services.reporting.store.facts import MongoFacts
from services.reporting.store.forms import MongoForms
from services.reporting.store.impact import MongoImpact
from services.reporting.store.reports import MongoReports
from shared.bus import Service
from shared.commands import reporting as asks
from shared.events import matching, programmes, reporting, scheduling
from shared.settings import Settings, validated


class _Wiring:
    """The service's parts, put together."""

    def __init__(self, settings: ReportingSettings, renderer: Renderer | None) -> None:
        self.settings = settings
        self.service = Service("reporting", settings)
        database = self.service.database
        self.facts, self.forms = MongoFacts(database), MongoForms(database)
        self.impact, self.reports = MongoImpact(database), MongoReports(database)
        self.files = database.files("report_files")
        self.renderer = renderer or self._pool()

    def _pool(self) -> RenderPool:
        settings = self.settings
        pool = RenderPool(settings.render_workers, settings.render_seconds, settings.render_megabytes)

        async def keep_until_stopped() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await pool.close()

        self.service.task("render-pool", keep_until_stopped)
        return pool

    def facts_of_others(self) -> None:
        """What others tell."""
        told, met = ProgrammeFacts(self.facts, self.forms), MeetingFacts(self.facts)
        self.service.projection(
            "reporting-facts",
            {
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
                scheduling.VisitChanged: met.visit_planned,
                scheduling.VisitCancelled: met.visit_cancelled,
                scheduling.VisitHeld: met.visit_held,
                scheduling.CohortEventScheduled: met.event_planned,
                scheduling.CohortEventMoved: met.event_planned,
                scheduling.CohortEventChanged: met.event_planned,
                scheduling.CohortEventCancelled: met.event_cancelled,
                scheduling.CohortEventHeld: met.event_held,
            },
        )

    def commands(self) -> None:
        """What is asked of it, and what it is reminded of."""
        forms = VisitForms(self.facts, self.forms, self.reports, lambda prefix: f"{prefix}-{uuid4().hex}")
        findings = FindingsForms(self.facts, self.forms, self.reports)
        impact = ImpactReleases(self.facts, self.impact, self.reports, self.settings.survey_settled_days)
        requests = FindingsRequests(self.facts, self.forms)
        self.service.command(asks.SubmitAppraisal, forms.appraise)
        self.service.command(asks.RecordTakeHome, forms.take_home)
        self.service.command(asks.AnswerSurvey, forms.survey)
        self.service.command(asks.SubmitFindings, findings.submit)
        self.service.command(asks.UpdateAction, findings.update_action)
        self.service.command(asks.CompileImpact, impact.compile)
        self.service.timer(ASKED, requests.ask)
        self.service.timer(REMINDED, requests.ask_again)
        self.service.timer(OVERDUE, ActionTimers(self.facts, self.forms).overdue)

    def queries(self) -> None:
        """What it tells those who ask."""
        forms = FormQueries(self.facts, self.forms)
        impact = ImpactQueries(self.facts, self.impact)
        reports = ReportQueries(self.reports, self.files)
        self.service.query(asks.ShowForm, forms.form)
        self.service.query(asks.ShowImpact, impact.impact)
        self.service.query(asks.ListReports, reports.list)
        self.service.query(asks.ShowReport, reports.show)
        self.service.query(asks.FetchReport, reports.fetch)

    def compiling(self) -> None:
        """Reports are compiled on its own events, each kind on a durable of its own."""
        sources = ReportSources(self.facts, self.forms, self.impact)
        compiler = ReportCompiler(sources, self.reports, self.files, self.renderer)
        self.service.worker(reporting.ProjectFindingsSubmitted, "reporting-compile-findings", compiler.findings)
        self.service.worker(reporting.AppraisalSubmitted, "reporting-compile-appraisal", compiler.appraisal)
        self.service.worker(reporting.ImpactReleased, "reporting-compile-impact", compiler.impact)


def build(settings: Settings | None = None, renderer: Renderer | None = None) -> Service:
    """The service, ready to run. `renderer` stands in for the render workers in tests."""
    own = settings if isinstance(settings, ReportingSettings) else None
    if own is None:
        own = ReportingSettings(**settings.model_dump()) if settings else ReportingSettings()
    wiring = _Wiring(own, renderer)
    for store in (wiring.facts, wiring.forms, wiring.impact, wiring.reports):
        wiring.service.on_start(store.prepare)
    wiring.facts_of_others()
    wiring.commands()
    wiring.queries()
    wiring.compiling()
    return wiring.service


if __name__ == "__main__":
    build(validated(ReportingSettings)).run()
