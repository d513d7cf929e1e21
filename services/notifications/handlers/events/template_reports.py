"""Reports that a template declares: who may read one hears of it, in the template's words or in ours."""

from services.notifications.domain.decisions import report_news as decisions
from services.notifications.domain.decisions.report_news import ReportRecords
from services.notifications.domain.details import ReportNews
from services.notifications.domain.directory import Programme
from services.notifications.domain.template_mails.people import Recipient
from services.notifications.domain.template_mails.records import Passage
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.reports import ReportCompiled, ReportFacts, ReportFailed, ReportReleased


class TemplateReports:
    """Reactions to what becomes of reports."""

    def __init__(self, records: Records, cases: Cases, own: OwnWords) -> None:
        self._records = records
        self._cases = cases
        self._own = own

    async def compiled(self, event: ReportCompiled, work: UnitOfWork) -> None:
        """Only the template has words for this: nobody may read it yet."""
        await self._own_words(event, "compiled", event.edition, work)

    async def released(self, event: ReportReleased, work: UnitOfWork) -> None:
        """Tell its readers."""
        if not await self._own_words(event, "released", event.edition, work):
            facts = event.model_dump(include={"report", "about", "about_id", "edition", "pages"})
            news = ReportNews(news="released", size=event.pdf_bytes, **facts)
            await self._tell(event, event.reader_ids, news, f"{event.edition}", work)

    async def failed(self, event: ReportFailed, work: UnitOfWork) -> None:
        """Tell the coordinator."""
        if not await self._own_words(event, "failed", event.version, work):
            facts = event.model_dump(include={"report", "about", "about_id", "reason"})
            programme = await self._records.programme(event.programme_id)
            news = ReportNews(news="failed", **facts)
            await self._tell(event, (programme.coordinator_id,), news, f"{event.version}", work)

    async def _own_words(self, event: ReportFacts, state: str, number: int, work: UnitOfWork) -> bool:
        programme = await self._records.programme(event.programme_id)
        if programme.whole is None:
            return True
        case = await self._cases.of_thing(programme, programme.whole, event.about, event.about_id, event.school_id)
        happened = Happened(programme, programme.whole, event.report, state, f"{event.report_id}/{number}")
        about = Passage(mail="", report_id=event.report_id, report=event.report, school_id=event.school_id or "")
        return await self._own.sent(happened, case, about, work)

    async def _tell(
        self, event: ReportFacts, person_ids: tuple[str, ...], news: ReportNews, occasion: str, work: UnitOfWork
    ) -> None:
        programme: Programme = await self._records.programme(event.programme_id)
        people: list[Recipient] = await self._cases.known(programme, person_ids, event.school_id)
        decision = decisions.told(ReportRecords(programme, event, people), news, occasion, work.now)
        await self._records.save(decision, work)
