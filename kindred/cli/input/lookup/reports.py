"""Reports."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.reports import ListReports, ReportRow, ReportRows


def report(named: str) -> ReportRow:
    """The report with that id or its beginning."""
    rows = find(ListReports(named=named, limit=2), ReportRows).reports if len(named) >= LEAST else ()
    return one(named, rows, "report")
