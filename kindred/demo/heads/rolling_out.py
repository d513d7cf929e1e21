"""Schools say how coaching has come among their own staff: sessions, how many came, the stage reached."""

from kindred.demo.heads.story import heads
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed


async def count(this: Round) -> None:
    """Every head gives three numbers."""
    mine = heads(this)
    rows = await owed(this, mine.programme_id, "roll-out")
    this.checks.equal("every head is asked how coaching stands", len(rows), len(mine.heads))
    stages = ("some-trained", "all-trained", "regular")
    await this.together(
        do(this, row, {"stage": stages[number % 3], "sessions": str(1 + number % 3), "came": str(4 + number)})
        for number, row in enumerate(rows)
    )
    await this.settle()
    left = await owed(this, mine.programme_id, "roll-out")
    this.checks.equal("every school has said how coaching stands", left, [])
