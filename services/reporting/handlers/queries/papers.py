"""The papers of meetings: which have been compiled, and which of them somebody may read."""

from services.reporting.domain.decisions.block_reports import known_id
from services.reporting.domain.entries.context import subject_id
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.readership import Readership
from services.reporting.ports.stores import Stores
from shared.commands.reports import ListPapers, Paper, Papers

__all__ = ["PaperQueries"]


class PaperQueries:
    """One method a query."""

    def __init__(self, stores: Stores, contexts: Contexts, readership: Readership) -> None:
        self._stores = stores
        self._contexts = contexts
        self._readership = readership

    async def list(self, query: ListPapers) -> Papers:
        """Return the papers as they stand; none of a meeting that is not known."""
        programme = await self._stores.engine_programmes.get(query.programme_id)
        activity = programme.template.activity(query.activity) if programme else None
        subject = await self._contexts.subject(programme, "match", query.match_id) if programme else None
        if programme is None or activity is None or subject is None:
            return Papers(papers=())
        found = []
        for report in (one for one in programme.template.reports if one.key in activity.papers):
            about_id = subject_id(subject, report.about, programme)
            record = await self._stores.reports.get(known_id(programme.programme_id, report.key, about_id))
            paper = Paper(report=report.key, title=report.title, received=bool(record and record.latest))
            if record and record.latest:
                reads = await self._readership.may_read(query.person_id, record)
                known = {"edition": record.latest.edition, "compiled_at": record.latest.compiled_at}
                paper = paper.model_copy(update={**known, "report_id": record.report_id if reads else ""})
            found.append(paper)
        return Papers(papers=tuple(found))
