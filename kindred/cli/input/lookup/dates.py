"""Agreements about days, and calls."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.scheduling_dates import AgreementRows, CallRows, ListAgreements, ListCalls


def agreement_id(named: str) -> str:
    """The id of the agreement with that id or its beginning."""
    rows = find(ListAgreements(named=named, limit=2), AgreementRows).agreements if len(named) >= LEAST else ()
    return one(named, rows, "agreement", "dates list").agreement_id


def call_id(named: str) -> str:
    """The id of the call with that id or its beginning."""
    rows = find(ListCalls(named=named, limit=2), CallRows).calls if len(named) >= LEAST else ()
    return one(named, rows, "call").call_id
