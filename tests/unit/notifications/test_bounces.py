"""Bounces as they come in: booked on the mail that their address names, and whose fault decides what becomes of it."""

import datetime as dt

import pytest

from shared.commands.notifications import ResendMail
from shared.commands.notifications_replies import ListReplies
from shared.errors import NotYet
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, Mailbox, case, mailbox
from tests.unit.notifications.post_office import DIGEST

HOUR = dt.timedelta(hours=1)


async def bounced(name: str, **changed: str) -> tuple[Mailbox, str, str]:
    """Hand in a kept bounce at the bounce address of Ann's invitation: the mailbox, the fate, the mail's state."""
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    text = case(name, mail_id=mail.mail_id)
    for found, put in changed.items():
        text = text.replace(found.replace("_", " "), put)
    fate = await box.take(text, to=sender)
    return box, fate, box.mail_to(ANN)[1].state


@pytest.mark.parametrize("name", ["067", "068", "076", "083"])
async def test_a_bounce_in_any_shape_is_booked_and_holds_the_address(name):
    box, fate, state = await bounced(name)
    assert (fate, state, await box.held(ANN)) == ("bounce", "bounced", True)
    assert box.mail_to(ANN)[1].status == "5.1.1"
    assert await box.waiting() == []


@pytest.mark.parametrize("name", ["062", "064"])
async def test_a_bounce_about_our_sender_holds_nobody_and_the_mail_goes_out_again(name):
    box, fate, state = await bounced(name)
    assert (fate, state, await box.held(ANN)) == ("bounce", "deferred", False)
    assert await box.office.stores.queue.refused() == {"full": 0, "operator": 1}
    before = len(box.office.mailboxes.to(world.address(ANN)))
    await box.office.deliver(0.9 * HOUR)
    assert len(box.office.mailboxes.to(world.address(ANN))) == before
    await box.office.deliver(0.1 * HOUR)
    first, second = box.office.mailboxes.to(world.address(ANN))
    assert first["Message-ID"] != second["Message-ID"]
    assert (await box.office.states()) == {"accepted": 8}


async def test_after_four_days_of_such_bounces_the_coordinator_is_told():
    box = await mailbox()
    for _ in range(20):
        sender = [one for one, to, _ in box.office.mailboxes.mails if to == world.address(ANN)][-1]
        _, mail = box.mail_to(ANN)
        if mail.state != "accepted":
            break
        await box.take(case("062", mail_id=mail.mail_id), to=sender)
        await box.office.deliver(dt.timedelta(days=1))
    _, mail = box.mail_to(ANN)
    assert (mail.state, mail.permanent, mail.edition) == ("bounced", False, 5)
    await box.office.outcomes.publish()
    await box.office.deliver(DIGEST)
    assert len(box.office.mailboxes.to(world.address("per-co"))) == 1


async def test_a_full_mailbox_is_tried_again_and_not_held():
    box, fate, state = await bounced("076", **{"5.1.1": "5.2.2"})
    assert (fate, state, await box.held(ANN)) == ("bounce", "deferred", False)


async def test_a_forwards_dead_target_does_not_hold_who_was_written_to():
    box, fate, state = await bounced("081")
    assert (fate, state, await box.held(ANN)) == ("bounce", "bounced", False)
    assert box.mail_to(ANN)[1].detail.startswith("It was passed on to old.job@elsewhere.example: 5.1.1")


async def test_a_bounce_that_names_no_mail_is_kept_for_a_person():
    box = await mailbox()
    assert await box.take(case("073")) == "triage"
    assert await box.waiting() == ["A bounce that names no mail of ours."]
    assert (await box.office.states()) == {"accepted": 8}


async def test_a_bounce_to_the_mailbox_is_proven_by_the_bounce_address_in_its_returned_copy():
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    text = case("067", mail_id=mail.mail_id).replace(f"programmes+{mail.mail_id}@kindred.example", sender)
    assert await box.take(text) == "bounce"
    assert await box.held(ANN)


async def test_a_bounce_whose_reason_stands_in_words_alone_is_nobodys_work():
    box = await mailbox()
    sender, _ = box.mail_to(ANN)
    text = f"From: MAILER-DAEMON@mx.example\nSubject: failed\n\n{world.address(ANN)}\n  Unrouteable address\n"
    assert await box.take(text, to=sender) == "bounce"
    assert (await box.held(ANN), await box.waiting()) == (True, [])


async def test_a_bounce_without_a_reason_is_booked_and_kept_for_a_person():
    box = await mailbox()
    sender, _ = box.mail_to(ANN)
    text = f"From: MAILER-DAEMON@mx.example\nSubject: failed\n\nNot delivered:\n\n{world.address(ANN)}\n"
    assert await box.take(text, to=sender) == "bounce"
    assert (box.mail_to(ANN)[1].state, await box.held(ANN)) == ("bounced", False)
    assert await box.waiting() == ["A bounce that gives no reason. It is booked on its mail, and no address is held."]


@pytest.mark.parametrize("by", ["its envelope", "the copy in it"])
async def test_a_kept_bounce_shows_whose_mail_it_was_and_about_which_visit(by):
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    unproven = sender.replace(mail.mail_id, f"{mail.mail_id}.forged-")
    to = unproven if by == "its envelope" else MAILBOX
    text = case("067", mail_id=mail.mail_id).replace(f"programmes+{mail.mail_id}@kindred.example", unproven)
    assert await box.take(text, to=to) == "triage"
    (row,) = (await box.office.bus.find(ListReplies())).rows
    assert row.why == "A bounce that nothing proves. No address is held."
    assert (row.target_id, row.person_id, row.on) == (world.VISIT, ANN, dt.date(2027, 5, 13))


async def test_a_late_bounce_of_an_earlier_sending_changes_nothing():
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    await box.ask(ResendMail(mail_id=mail.mail_id))
    await box.office.deliver()
    assert await box.take(case("083", mail_id=mail.mail_id), to=sender) == "ignored"
    assert (box.mail_to(ANN)[1].state, await box.held(ANN)) == ("accepted", False)
    (filed,) = (await box.office.bus.find(ListReplies(state="filed"))).rows
    assert filed.why == "A bounce of a mail that has been sent again since."
    later = [one for one, to, _ in box.office.mailboxes.mails if to == world.address(ANN)][-1]
    assert await box.take(case("083", mail_id=mail.mail_id), to=later) == "bounce"
    assert await box.held(ANN)


async def test_a_bounce_that_comes_while_its_mail_is_handed_over_is_brought_again():
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    box.office.story.mails.mails[mail.mail_id] = mail.model_copy(update={"state": "sending"})
    with pytest.raises(NotYet):
        await box.take(case("083", mail_id=mail.mail_id), to=sender)
    box.office.story.mails.mails[mail.mail_id] = mail
    assert await box.take(case("083", mail_id=mail.mail_id), to=sender) == "bounce"


async def test_an_absence_note_to_the_bounce_address_is_no_bounce_whatever_digits_it_holds():
    box = await mailbox()
    sender, _ = box.mail_to(ANN)
    note = f"From: {world.address(ANN)}\nAuto-Submitted: auto-replied\nSubject: Away\n\nCall 01452 550 123 or 5.1.1.\n"
    assert await box.take(note, to=sender) == "ignored"
    assert (box.mail_to(ANN)[1].state, await box.waiting()) == ("accepted", [])


async def test_who_reports_a_mail_as_unwanted_is_left_to_a_person():
    box = await mailbox()
    report = (
        "From: complaints@provider.example\nSubject: Complaint\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n--b--\n"
    )
    assert await box.take(report, to=MAILBOX) == "triage"
    assert await box.waiting() == ["Somebody has reported a mail of ours as unwanted."]
