"""Trusts and partnerships."""

from shared.commands.parties import PartyRow, PartyRows
from shared.errors import Rejected


def party(rows: PartyRows, named: str) -> PartyRow:
    """The trust or partnership of that name, id or code. Raises Rejected("unknown-party")."""
    wanted = " ".join(named.split()).casefold()
    for row in rows.parties:
        code = (row.trust_id or "").removeprefix("trust-")
        if wanted in {row.party_id, row.name.casefold(), row.trust_id, code or None}:
            return row
    known = ", ".join(row.name for row in rows.parties) or "none"
    raise Rejected("unknown-party", f"{named!r} does not take part; those that do: {known}.")
