"""After two years: every mail of the journey that was owed, and no other."""

from kindred.demo import programme
from kindred.demo.journey.story import journey
from kindred.demo.round import Round
from kindred.demo.tasks import expect_mails


async def play(this: Round) -> None:
    """Compare what came with what was owed."""
    mine = journey(this)
    await this.ledger.refresh(whole=True)
    await expect_mails(this, mine)
    programme.compare(this, mine, "journey")
