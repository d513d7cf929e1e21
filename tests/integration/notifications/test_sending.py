"""From an event to a mail that the relay has taken."""

from shared.commands.notifications import ListMails, ShowMail
from tests.fakes import START
from tests.integration.notifications.conftest import listed
from tests.unit.notifications import world
from tests.waiting import at_rest, until, until_equal


async def states(client) -> dict[str, int]:
    return (await listed(client)).by_state


async def test_a_scheduled_visit_is_mailed_once_to_each_person_concerned(
    service, teller, publish, mailboxes, client, jetstream
):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) >= 8)
    await publish(world.visit_scheduled(), world.visit_scheduled())
    await at_rest(jetstream, [teller.database, service.database])
    await until_equal(lambda: states(client), {"accepted": 8})
    assert sorted(recipient for _, recipient, _ in mailboxes.mails) == sorted(
        world.address(person)
        for person in (
            "per-1-headteacher", "per-1-senior-leader", "per-1-cpd-lead", "per-2-headteacher", "per-2-senior-leader",
            "per-3-headteacher", "per-3-senior-leader", "per-fac",
        )
    )  # fmt: skip
    rows = await listed(client)
    assert rows.by_template == {"visit-facilitator": 1, "visit-host": 1, "visit-invitation": 6}
    assert set(mailboxes.ids()) == {row.message_id for row in rows.mails}


async def test_what_is_kept_of_a_sent_mail_has_no_tokens(service, publish, mailboxes, client, database):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    await until_equal(lambda: states(client), {"accepted": 8})
    (mail,) = mailboxes.to("per-2-headteacher@schools.example")
    text = mail.get_body(("plain",)).get_content()
    tokens = [word.rsplit("/", 1)[1] for word in text.split() if word.startswith("https://kindred.example/l/")]
    assert [len(token) for token in tokens] == [32, 32]
    for name in await database.collections():
        async for row in database[name].find():
            assert not any(token in str(row) for token in tokens), name
    found = await client.find(ListMails(person_id="per-2-headteacher"))
    shown = await client.find(ShowMail(mail_id=found.mails[0].mail_id))
    assert "https://kindred.example/l/(link)" in shown.text
    assert shown.attachments == ("invite.ics",)
    assert [line.split(" ", 2)[2].split(":")[0] for line in shown.timeline] == ["queued", "accepted"]


async def test_a_mail_that_0_1_0_has_queued_goes_out(service, publish, mailboxes, database):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    queued = {
        "_id": "mai-" + "0" * 32, "template": "visit-moved", "person_id": "per-2-headteacher", "role": "headteacher",
        "school_id": "sch-2", "standing": "attendees", "programme_id": world.PROGRAMME, "method": "REQUEST",
        "refs": {"target": world.VISIT, "target_kind": "visit", "cohort": world.COHORT, "group": world.GROUP},
        "facts": {"moved_from": "2027-05-06", "why": "illness"}, "sequence": 0, "left": False, "essential": True,
        "rank": 0, "state": "queued", "queued_at": START, "changed_at": START, "try_at": START, "attempts": 0,
        "edition": 1, "extra_used": False, "owner": "", "handing": False, "built": False, "to": "", "subject": "",
        "template_version": "", "message_id": "", "detail": "", "timeline": ["2026-09-07 08:00:00 queued"],
        "status": "", "permanent": False, "accepted_once": False, "told": 0,
    }  # fmt: skip
    await database["mails"].insert_one(queued)
    await until(lambda: len(mailboxes.mails) == 9)
    text = mailboxes.to("per-2-headteacher@schools.example")[1].get_body(("plain",)).get_content()
    assert "Instead of: Thursday 6 May 2027" in " ".join(text.split())
    assert "Somebody who is needed on the day is ill." in " ".join(text.split())
