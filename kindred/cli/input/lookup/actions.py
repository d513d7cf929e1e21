"""Actions of plans."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.actions import ActionRow, ActionRows, ListActions


def action(named: str) -> ActionRow:
    """The action with that id or its beginning."""
    rows = find(ListActions(named=named, limit=2), ActionRows).actions if len(named) >= LEAST else ()
    return one(named, rows, "action")
