"""A task that is asked on the real bus becomes a mail that the relay takes, with links that the portal is told of."""

from tests.integration.notifications.conftest import listed
from tests.unit.notifications import exchange
from tests.waiting import until


async def test_a_task_that_is_asked_is_mailed(service, publish, client, mailboxes):
    cards = [exchange.card(exchange.COORDINATOR, "Cora Denholm"), exchange.card(exchange.VISITOR, "Viola Swift")]
    facts = [exchange.opened(), exchange.enrolled(1), exchange.enrolled(2), exchange.placed()]
    await publish(*cards, *facts, exchange.taken(exchange.VISITOR, "practitioner", 1), exchange.asked())

    async def accepted() -> bool:
        rows = await listed(client, person_id=exchange.VISITOR)
        return rows.by_state == {"accepted": 1}

    await until(accepted)
    (mail,) = mailboxes.to(f"{exchange.VISITOR}@schools.example")
    assert mail["Subject"] == "Write your findings and action plan, by Monday 15 March 2027"
    links = await service.database["outbox"].count({"subject": {"$regex": r"\.LinkIssued\.v2\."}})
    assert links == len(["the task", "all that is owed"])
