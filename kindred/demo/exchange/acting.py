"""Summer: owners of actions are asked, reminded before and after the day; then the head hears; who read is kept."""

from kindred.demo.exchange.moves import deliver, exchange, letter
from kindred.demo.programme import MISSED, REMINDED
from kindred.demo.round import Round
from shared.commands.audit import AuditRows, AuditState, ListAudit, VerifyAudit
from shared.commands.tasks import ListTasks, TaskRows

ACT = "Say how your action stands"


async def act(this: Round) -> None:
    """Ten days before, all who own an action are reminded; one says how it stands, and is not reminded again."""
    second = exchange(this)
    for stay in second.stays:
        second.expect(REMINDED, ACT, [stay.lead])
    first = second.stays[0]
    browser, page = await this.follow(letter(this, first.lead, ACT, REMINDED), "entry")
    await deliver(browser, page, {"status": "done", "line": "All year groups do it now."})
    await this.settle()


async def remind(this: Round) -> None:
    """The day after, whoever has said nothing is reminded; then the head hears."""
    second = exchange(this)
    for stay in second.stays[1:]:
        second.expect(REMINDED, ACT, [stay.lead])
        second.expect(MISSED, ACT, [stay.head])
    await this.settle()
    rows: TaskRows = await this.client.find(ListTasks(programme_id=second.programme_id, limit=500))
    stands = {row.state for row in rows.tasks if row.task == "action"}
    this.checks.true("every action is done, or its head knows", stands <= {"done", "missed", "open"}, str(stands))


async def audit(this: Round) -> None:
    """Every view of what was released is a line of a log that is whole."""
    for stay in exchange(this).stays[:2]:
        found: AuditRows = await this.client.find(ListAudit(entry_id=stay.findings_id, limit=100))
        readers = {line.person_id for line in found.lines}
        head = this.story.at(stay.host_id, "headteacher")[0]
        this.checks.true("every view of released findings is in the audit log", head in readers, str(readers))
    state: AuditState = await this.client.find(VerifyAudit())
    this.checks.true("the audit log is whole", state.broken_at is None, str(state))
