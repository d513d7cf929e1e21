"""Entries of forms."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.forms import EntryRow, EntryRows, ListEntries


def entry(named: str) -> EntryRow:
    """The entry with that id or its beginning."""
    rows = find(ListEntries(named=named, limit=2), EntryRows).entries if len(named) >= LEAST else ()
    return one(named, rows, "entry", "entries list")
