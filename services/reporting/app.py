"""Wires the service; nothing else does."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

from services.reporting.adapters.duties import BusDuties
from services.reporting.adapters.outcomes import BusInspections
from services.reporting.domain.entries.introducing import INTRODUCING
from services.reporting.domain.entries.submitting import SILENT
from services.reporting.domain.requests import ASKED, REMINDED
from services.reporting.domain.status import OVERDUE
from services.reporting.handlers.auditing import Auditing
from services.reporting.handlers.cohorts import Cohorts
from services.reporting.handlers.commands.actions import ActionCommands
from services.reporting.handlers.commands.appraisals import AppraisalCommands
from services.reporting.handlers.commands.entries import EntryCommands
from services.reporting.handlers.commands.findings import FindingsCommands
from services.reporting.handlers.commands.impact import ImpactCommands
from services.reporting.handlers.commands.meetings import MeetingsForForms
from services.reporting.handlers.commands.reports import ReportCommands
from services.reporting.handlers.commands.surveys import SurveyCommands
from services.reporting.handlers.commands.take_homes import TakeHomeCommands
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.counted import Counted, counted
from services.reporting.handlers.following import Following
from services.reporting.handlers.for_everybody import for_everybody
from services.reporting.handlers.impact_targets import ImpactTargets
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.handlers.plans import Plans
from services.reporting.handlers.polls import PollHandlers
from services.reporting.handlers.projection.acts import ACTS, ActLines
from services.reporting.handlers.projection.meetings import MeetingProjection
from services.reporting.handlers.projection.pairs import PairProjection
from services.reporting.handlers.projection.placements import PlacementProjection
from services.reporting.handlers.projection.programmes import STATES, ProgrammeProjection
from services.reporting.handlers.projection.sign_ins import SignInLines
from services.reporting.handlers.queries.actions import ActionQueries
from services.reporting.handlers.queries.audit import AuditQueries
from services.reporting.handlers.queries.browsing import BrowsingQueries
from services.reporting.handlers.queries.earlier_reports import EarlierReportQueries
from services.reporting.handlers.queries.entries import EntryQueries
from services.reporting.handlers.queries.forms import FormQueries
from services.reporting.handlers.queries.impact import ImpactQueries
from services.reporting.handlers.queries.offering import OfferingQueries
from services.reporting.handlers.queries.papers import PaperQueries
from services.reporting.handlers.queries.reports import ReportQueries
from services.reporting.handlers.readership import Readership
from services.reporting.handlers.related import Related
from services.reporting.handlers.sheets import CountedSheets
from services.reporting.handlers.timers.actions import ActionTimers
from services.reporting.handlers.timers.entries import EntryTimers
from services.reporting.handlers.timers.findings_requests import FindingsRequestTimers
from services.reporting.handlers.workers.block_sources import BlockSources
from services.reporting.handlers.workers.compiler import ReportCompiler
from services.reporting.handlers.workers.sources import ReportSources
from services.reporting.ports.duties import Duties
from services.reporting.ports.renderer import Renderer
from services.reporting.ports.stores import Stores
from services.reporting.render.pool import RenderPool
from services.reporting.settings import ReportingSettings
from services.reporting.store.stores import mongo_stores, prepare
from shared.bank_holidays import loaded
from shared.bus import Service
from shared.clock import Clock
from shared.commands import actions as actions_of_plans
from shared.commands import audit, entries_listed, forms, people_named
from shared.commands import reporting as asks
from shared.commands import reports as of_templates
from shared.commands.introductions import AnswerIntroduction
from shared.events import (
    matching,
    pairs,
    placements,
    programmes,
    programmes_parts,
    reporting,
    sign_in,
    tokens,
)
from shared.events import reports as facts_of_reports
from shared.roster import RosterProjection
from shared.settings import Settings, validated
from shared.working_days import IsHoliday


def random_id(prefix: str) -> str:
    """Return an id that says nothing."""
    return f"{prefix}-{uuid4().hex}"


def build(
    settings: Settings | None = None,
    *,
    renderer: Renderer | None = None,
    stores: Stores | None = None,
    new_id: Callable[[str], str] = random_id,
    clock: Clock | None = None,
    duties: Duties | None = None,
    is_holiday: IsHoliday | None = None,
) -> Service:
    """Return the service, not yet connected. Tests hand in a renderer, stores, ids, a clock, duties, holidays."""
    own = _own(settings)
    service = Service("reporting", own)
    database = service.database
    service.on_start(lambda: prepare(database))
    stores = stores or mongo_stores(database)
    targets = ImpactTargets(stores.meetings, stores.members)
    related, time = Related(stores), clock or service.clock
    contexts = Contexts(stores, related, is_holiday or loaded(service.on_start, own.bank_holiday_division))
    sheets = CountedSheets(stores.sheets, contexts, related)
    orders = ReportOrders(stores, contexts, sheets)
    readership, auditing = Readership(stores, contexts, related, time), Auditing(stores.audit, time)
    weighing = PollHandlers(stores, contexts, time)
    projection(service, stores, orders, weighing)
    commands(service, stores, new_id, own.survey_settled_days)
    timers(service, stores)
    queries(service, stores, targets)
    reports(service, stores, ReportQueries(stores.reports, stores.files, readership, auditing))
    service.query(of_templates.ListPapers, PaperQueries(stores, contexts, readership).list)
    service.command(of_templates.CompileReport, ReportCommands(stores.engine_programmes, contexts, orders).compile)
    for_everybody(service, stores)
    entries(service, stores, contexts, orders)
    counted(service, stores, Counted(contexts, orders, sheets, weighing, time))
    reading(service, stores, contexts, auditing, time)
    summed = duties or BusDuties(lambda: service.client)
    inspected, sources = BusInspections(lambda: service.client), ReportSources(stores, targets)
    blocks = BlockSources(stores, contexts, related, sheets=sheets, duties=summed, inspections=inspected)
    renderer = renderer or render_pool(service, own)
    workers(service, ReportCompiler(sources, stores, renderer, blocks=blocks, readership=readership))
    return service


def _own(settings: Settings | None) -> ReportingSettings:
    if isinstance(settings, ReportingSettings):
        return settings
    return ReportingSettings(**settings.model_dump()) if settings else ReportingSettings()


def render_pool(service: Service, settings: ReportingSettings) -> RenderPool:
    """Return the render workers, which end when the service stops."""
    pool = RenderPool(settings.render_workers, settings.render_seconds, settings.render_megabytes)

    async def keep_until_stopped() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await pool.close()

    service.task("render-pool", keep_until_stopped)
    return pool


def projection(service: Service, stores: Stores, orders: ReportOrders, weighing: PollHandlers) -> None:
    """Keep what other services publish. One durable: what a meeting is about precedes it."""
    members = ProgrammeProjection(stores, (weighing, orders))
    paired = PairProjection(stores.pairs)
    placed = PlacementProjection(stores.placements, stores.engine_programmes, orders)
    meetings = MeetingProjection(stores.meetings, orders)
    service.projection(
        "reporting-facts",
        {
            programmes.ProgrammeOpened: members.opened,
            programmes_parts.ProgrammeOpened: members.opened_as_data,
            programmes_parts.MomentReached: members.moment,
            **dict.fromkeys(STATES, members.standing),
            programmes_parts.SchoolEnrolled: members.enrolled,
            programmes_parts.EnrolmentAmended: members.enrolled,
            programmes_parts.SchoolWithdrawn: members.withdrawn,
            **RosterProjection(stores.roster).handlers(),
            placements.PersonPlaced: placed.changed,
            placements.PlacementEnded: placed.changed,
            **dict.fromkeys((pairs.PairFormed, pairs.PairEnded), paired.changed),
            programmes.SchoolEnrolled: members.enrolled,
            programmes.EnrolmentAmended: members.enrolled,
            programmes.PersonReplaced: members.replaced,
            programmes.SchoolWithdrawn: members.withdrawn,
            programmes.PersonErased: members.erased,
            matching.GroupFormed: members.group_formed,
            matching.GroupChanged: members.group_changed,
            **meetings.handlers(),
        },
    )


def commands(service: Service, stores: Stores, new_id: Callable[[str], str], settled_days: int) -> None:
    """Take forms, and compile impact reports when asked to."""
    found = MeetingsForForms(stores.meetings, stores.programmes)
    appraisals = AppraisalCommands(found, stores.members, stores.appraisals, stores.reports)
    service.command(asks.SubmitAppraisal, appraisals.submit)
    service.command(asks.RecordTakeHome, TakeHomeCommands(found, stores.take_homes).record)
    service.command(asks.AnswerSurvey, SurveyCommands(found, stores.survey_answers, new_id).answer)
    findings = FindingsCommands(
        programmes=stores.programmes,
        members=stores.members,
        groups=stores.groups,
        findings=stores.findings,
        actions=stores.actions,
        reports=stores.reports,
    )
    service.command(asks.SubmitFindings, findings.submit)
    actions = ActionCommands(stores.programmes, stores.members, stores.findings, stores.actions)
    service.command(asks.UpdateAction, actions.update)
    cohorts = Cohorts(stores.groups, stores.programmes)
    impact = ImpactCommands(cohorts, stores.meetings, stores.releases, stores.reports, settled_days)
    service.command(asks.CompileImpact, impact.compile)


def timers(service: Service, stores: Stores) -> None:
    """Ask for findings on their day, and watch due dates of actions."""
    requests = FindingsRequestTimers(stores.programmes, stores.members, stores.groups, stores.findings)
    service.timer(ASKED, requests.ask)
    service.timer(REMINDED, requests.ask_again)
    service.timer(OVERDUE, ActionTimers(stores.programmes, stores.actions).overdue)


def queries(service: Service, stores: Stores, targets: ImpactTargets) -> None:
    """Show forms and figures."""
    cohorts = Cohorts(stores.groups, stores.programmes)
    service.query(asks.ShowForm, FormQueries(cohorts, stores).show)
    service.query(asks.ShowImpact, ImpactQueries(cohorts, stores.releases, targets).show)


def reports(service: Service, stores: Stores, found: ReportQueries) -> None:
    """Show reports to whoever may read them."""
    earlier = EarlierReportQueries(stores.reports, found)
    service.query(asks.ListReports, earlier.list)
    service.query(asks.ShowReport, earlier.show)
    service.query(asks.FetchReport, earlier.fetch)
    service.query(of_templates.ListReports, found.list)
    service.query(of_templates.ShowReport, found.show)
    service.query(of_templates.FetchReport, found.fetch)


def entries(service: Service, stores: Stores, contexts: Contexts, orders: ReportOrders) -> None:
    """Keep what people fill in on the forms of templates."""
    plans = Plans(contexts, stores.entries)
    service.command(actions_of_plans.ChangeAction, plans.change)
    service.subscribe(programmes_parts.OwnersNamed, "reporting-owners-of-actions", plans.owners)
    following = Following(stores.entries, orders, plans)
    taken = EntryCommands(contexts, stores.entries, following)
    service.command(forms.SaveDraft, taken.save)
    service.command(forms.SubmitEntry, taken.submit)
    service.command(forms.AskForChanges, taken.ask_for_changes)
    service.command(forms.AnswerLines, taken.answer)
    service.command(forms.AgreeEntry, taken.agree)
    service.command(forms.ReleaseEntry, taken.release)
    service.command(forms.WithdrawEntry, taken.withdraw)
    service.command(AnswerIntroduction, taken.introduce)
    days = EntryTimers(contexts, stores.entries, following)
    service.timer(SILENT, days.silent)
    service.timer(INTRODUCING, days.introducing)


def reading(service: Service, stores: Stores, contexts: Contexts, auditing: Auditing, clock: Clock) -> None:
    """Show entries to whoever may read them, and who read what."""
    reads = AuditQueries(stores.audit, auditing)
    service.query(audit.ListAudit, reads.list)
    service.query(audit.VerifyAudit, reads.verify)
    lines, acts = SignInLines(auditing), ActLines(auditing)
    service.projection(
        "reporting-audit",
        {
            sign_in.SignedIn: lines.signed_in,
            sign_in.SignedInByMail: lines.signed_in_by_mail,
            sign_in.SignedOut: lines.signed_out,
            sign_in.SignInFailed: lines.failed,
            sign_in.SignInLocked: lines.locked,
            sign_in.SecondFactorChanged: lines.second_factor,
            tokens.TokenMade: lines.token_made,
            tokens.TokenRevoked: lines.token_revoked,
            **dict.fromkeys(ACTS, acts.acted),
        },
    )
    found = EntryQueries(contexts, stores.engine_programmes, stores.entries, auditing, clock)
    service.query(forms.ShowForms, found.forms)
    service.query(forms.ShowEntry, found.show)
    service.query(people_named.ShowNamedPeople, found.named)
    service.query(forms.ListEntries, found.list)
    service.query(forms.EntryHistory, found.history)
    plans = ActionQueries(contexts, stores.engine_programmes, stores.entries, auditing, clock)
    service.query(actions_of_plans.ListActions, plans.list)
    service.query(actions_of_plans.ShowOwnersOfActions, plans.owners)
    service.query(entries_listed.BrowseEntries, BrowsingQueries(stores, clock).browse)
    service.query(entries_listed.ListOpenForms, OfferingQueries(stores, contexts, clock).open)


def workers(service: Service, compiler: ReportCompiler) -> None:
    """Compile reports on the service's own events, each kind on a durable of its own."""
    service.worker(reporting.ProjectFindingsSubmitted, "reporting-compile-findings", compiler.findings)
    service.worker(reporting.AppraisalSubmitted, "reporting-compile-appraisal", compiler.appraisal)
    service.worker(facts_of_reports.ReportRequested, "reporting-compile-requested", compiler.requested)
    service.worker(reporting.ImpactReleased, "reporting-compile-impact", compiler.impact)


if __name__ == "__main__":
    build(validated(ReportingSettings)).run()
