"""After the year: every mail of the exchange that was owed, and no other."""

from collections import Counter

from kindred.demo.exchange.moves import exchange
from kindred.demo.exchange.story import said
from kindred.demo.round import Round

UNSENT = "suppressed"
"""How a mail stands that had nothing to say any more when its turn came."""


async def play(this: Round) -> None:
    """Compare what came with what was owed, subject by subject and person by person."""
    second = exchange(this)
    await this.ledger.refresh(whole=True)
    rows = [row for row in this.ledger.rows.values() if row.programme_id == second.programme_id]
    found = Counter((*said(row.subject), row.to.casefold()) for row in rows if row.state != UNSENT)
    for how, what in sorted({mail[:2] for mail in (*found, *second.expected)}):
        this.checks.same_counts(
            f"exchange: mails {what!r}, {how}, person by person",
            Counter({mail: count for mail, count in found.items() if mail[:2] == (how, what)}),
            Counter({mail: count for mail, count in second.expected.items() if mail[:2] == (how, what)}),
        )
    this.checks.equal("the exchange was played to its end", this.diary, [])
    money = [row.subject for row in rows if "£" in row.subject or "payment" in row.subject.casefold()]
    this.checks.equal("no mail of the exchange speaks of money", money, [])
