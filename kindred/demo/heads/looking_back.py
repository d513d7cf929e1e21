"""After the year: every mail of the partnership that was owed, and no other."""

from kindred.demo import programme
from kindred.demo.heads.story import heads
from kindred.demo.heads.voting import told_to_choose
from kindred.demo.round import Round
from kindred.demo.tasks import expect_mails


async def play(this: Round) -> None:
    """Compare what came with what was owed."""
    mine = heads(this)
    await this.ledger.refresh(whole=True)
    await expect_mails(this, mine)
    await told_to_choose(this)
    programme.compare(this, mine, "heads")
