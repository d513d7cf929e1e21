"""After the year: every mail of the exchange that was owed, and no other."""

from kindred.demo import programme
from kindred.demo.exchange.moves import exchange
from kindred.demo.round import Round


async def play(this: Round) -> None:
    """Compare what came with what was owed."""
    second = exchange(this)
    await this.ledger.refresh(whole=True)
    programme.compare(this, second, "exchange")
    rows = [row for row in this.ledger.rows.values() if row.programme_id == second.programme_id]
    left = [step.__name__ for _, step in this.diary if step.__module__.startswith("kindred.demo.exchange")]
    this.checks.equal("the exchange was played to its end", left, [])
    money = [row.subject for row in rows if "£" in row.subject or "payment" in row.subject.casefold()]
    this.checks.equal("no mail of the exchange speaks of money", money, [])
