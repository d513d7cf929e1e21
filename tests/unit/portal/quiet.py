"""What owners answer about somebody of whom they keep nothing."""

from shared.commands.actions import ActionRows
from shared.commands.audit import AuditRows
from shared.commands.base import Reply
from shared.commands.forms import EntryRows
from shared.commands.people import FoundPeople
from shared.commands.reports import ReportRows
from shared.commands.scheduling_dates import AgreementRows, CallOfferRows, CallRows
from shared.commands.scheduling_own import OwnVisitRows
from shared.commands.tasks import TaskRows


def quiet() -> dict[str, Reply]:
    """Replies by the name of their query."""
    return {
        "ListActions": ActionRows(total=0, by_rating={}, actions=()), "ListAudit": AuditRows(total=0, lines=()),
        "ListEntries": EntryRows(total=0, entries=()), "ListReports": ReportRows(total=0, reports=()),
        "FindPeople": FoundPeople(total=0, people=()), "ListTasks": TaskRows(total=0, owed=0, tasks=()),
        "ListOwnVisits": OwnVisitRows(total=0, visits=()), "ListOwnAgreements": AgreementRows(total=0, agreements=()),
        "ListCalls": CallRows(total=0, calls=()), "ListCallOffers": CallOfferRows(total=0, offers=()),
    }  # fmt: skip
