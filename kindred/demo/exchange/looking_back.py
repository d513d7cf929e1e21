"""After the year: every mail of the exchange that was owed, and no other."""

from collections import Counter

from kindred.demo.exchange.moves import exchange
from kindred.demo.exchange.story import said
from kindred.demo.round import Round
from shared.commands.tasks import ListTasks, TaskRows

PLAYED = ("post", "nominate", "line-agreement", "consent")
"""Tasks that people of the demo carry out, by their keys; they go on to owe what follows."""
MOST = 500


async def play(this: Round) -> None:
    """Compare what came with what was owed, subject by subject and person by person."""
    second, left = exchange(this), await _not_played(this)
    rows = [row for row in this.ledger.rows.values() if row.programme_id == second.programme_id]
    found = Counter((*said(row.subject), row.to.casefold()) for row in rows)
    for how, what in sorted({mail[:2] for mail in (*found, *second.expected) if mail[1] not in left}):
        this.checks.same_counts(
            f"exchange: mails {what!r}, {how}, person by person",
            Counter({mail: count for mail, count in found.items() if mail[:2] == (how, what)}),
            Counter({mail: count for mail, count in second.expected.items() if mail[:2] == (how, what)}),
        )


async def _not_played(this: Round) -> set[str]:
    """What the tasks are called that nobody of the demo carries out yet."""
    rows: TaskRows = await this.client.find(ListTasks(programme_id=exchange(this).programme_id, limit=MOST))
    return {row.title for row in rows.tasks if row.task not in PLAYED}
