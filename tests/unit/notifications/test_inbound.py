"""What comes in by mail, and that nobody speaks for somebody else."""

import datetime as dt
from email.message import EmailMessage

import pytest

from services.notifications.domain.invitations import uid as sealed_uid
from shared.events.scheduling import InvitationAnswered, VisitCancelled, VisitMoved
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, PLAIN_UID, SEALED_UID, case, mailbox

UNPROVEN = "An answer that nothing proves. The person has been mailed a link to answer with."
OTHER = "An answer from another address than the one that was invited."
TRUSTED = "mx.kindred.example"
PASS = f"Authentication-Results: {TRUSTED}; spf=pass; dmarc=pass (p=none) header.from=schools.example\n"


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def uid_of(mail: EmailMessage) -> str:
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    lines = str(part.get_content()).replace("\r\n", "\n").replace("\n ", "").splitlines()
    return next(line.removeprefix("UID:") for line in lines if line.startswith("UID:"))


def moved(on: dt.date, sequence: int = 1) -> VisitMoved:
    facts = {**world.visit_facts(version=2 + sequence, on=on, sequence=sequence), "why": "decline"}
    return VisitMoved.model_validate({**facts, "moved_from": dt.date(2027, 5, 13)})


@pytest.mark.parametrize("name", ["009", "016", "028", "030"])
async def test_an_answer_with_the_seal_of_the_persons_own_entry_counts(name):
    box = await mailbox()
    assert await box.take(case(name)) == "reply"
    assert box.answers() == [(ANN, "accepted")]
    assert (await box.waiting(), box.asked()) == ([], [])


async def test_words_beside_an_answer_wait_for_a_person_and_the_answer_counts():
    box = await mailbox()
    only = case("003").replace("COMMENT:I can only stay until noon\n", "").replace("ID: <", "ID: <2")
    assert [await box.take(one) for one in (case("003"), case("003"), only)] == ["reply", "ignored", "reply"]
    assert box.answers()[:1] == [(ANN, "accepted")]
    assert await box.waiting() == ["The answer (accepted) is taken; somebody wrote words beside it."] * 2


@pytest.mark.parametrize("name", ["037", "095"])
async def test_a_forged_answer_waits_and_the_person_at_the_card_is_asked_by_mail(name):
    box = await mailbox()
    assert await box.take(case(name, PLAIN_UID)) == "triage"
    assert (box.answers(), await box.waiting()) == ([], [UNPROVEN])
    (asked,) = box.asked()
    before = len(box.office.mailboxes.mails)
    await box.office.deliver()
    (_, to, mail), *more = box.office.mailboxes.mails[before:]
    assert (asked.person_id, to, more) == (ANN, world.address(ANN), [])
    assert mail["Subject"] == "Please confirm: are you coming to Hallam Primary School on Thursday 13 May 2027?"
    assert "https://kindred.example/l/" in text_of(mail)


async def test_many_forged_answers_bring_one_mail_a_date():
    box = await mailbox()
    for turn in range(20):
        box.office.clock.advance(dt.timedelta(minutes=1))
        await box.take(case("037", PLAIN_UID).replace("Message-ID: <", f"Message-ID: <{turn}"))
    assert len(box.asked()) == 1
    await box.office.tell(moved(dt.date(2027, 5, 20)))
    await box.take(case("037", PLAIN_UID).replace("20270513", "20270520"))
    assert len(box.asked()) == 2


@pytest.mark.parametrize(
    "uid",
    [
        PLAIN_UID,
        world.uid(world.VISIT, "per-fac"),
        sealed_uid(world.VISIT, world.SEALS.entry(world.CALL, ANN)),
        SEALED_UID.replace(SEALED_UID[40:44], "aaaa"),
        SEALED_UID.replace(SEALED_UID.partition(".")[2], SEALED_UID.partition(".")[2][:12] + "@kindred"),
        f"{world.VISIT}.@kindred",
    ],
    ids=["none", "a colleague's", "of another date", "guessed", "cut short", "empty"],
)
async def test_no_other_seal_proves_an_answer(uid):
    box = await mailbox()
    assert await box.take(case("037", uid)) == "triage"
    assert box.answers() == []


async def test_who_holds_the_seal_of_one_cannot_answer_for_another():
    box = await mailbox()
    assert await box.take(case("037", world.uid(world.VISIT, "per-3-headteacher"), ANN)) == "triage"
    assert (box.answers(), await box.waiting()) == ([], [OTHER])


async def test_an_answer_under_an_alias_waits_and_the_invited_person_is_asked():
    box = await mailbox()
    assert await box.take(case("007")) == "triage"
    assert (box.answers(), await box.waiting()) == ([], [OTHER])
    assert [mail.person_id for mail in box.asked()] == [ANN]


@pytest.mark.parametrize(
    ("headers", "fate"),
    [
        (PASS, "reply"),
        (PASS.replace("dmarc=pass", "dmarc=fail"), "triage"),
        (PASS.replace("header.from=schools.example", "header.from=attacker.example"), "triage"),
        (PASS.replace(TRUSTED, "mx.attacker.example"), "triage"),
        (PASS.replace("dmarc=pass", "dmarc=none") + PASS, "triage"),
        (PASS.replace(" (p=none) header.from=schools.example", " (header.from=schools.example)"), "triage"),
        (f"Authentication-Results: {TRUSTED}; none\n" + PASS, "triage"),
        (PASS.replace(TRUSTED, "mx.other.example").replace("pass", "fail") + PASS, "reply"),
    ],
    ids=[
        "pass", "fail", "of another domain", "of another server", "forged below the server's own", "in a comment",
        "none above a forged one", "another server's above",
    ],
)  # fmt: skip
async def test_the_word_of_the_trusted_server_proves_an_answer_and_no_other_header_does(headers, fate):
    box = await mailbox(TRUSTED)
    assert await box.take(headers + case("037", PLAIN_UID)) == fate
    assert box.answers() == ([(ANN, "tentative")] if fate == "reply" else [])


async def test_a_mail_with_two_senders_is_nobodys():
    box = await mailbox(TRUSTED)
    assert (
        await box.take(PASS + case("037", PLAIN_UID).replace("To:", "From: else@attacker.example\nTo:", 1)) == "triage"
    )
    assert box.answers() == []


async def test_no_server_is_trusted_unless_the_settings_name_it():
    box = await mailbox()
    assert await box.take(PASS + case("037", PLAIN_UID)) == "triage"
    assert await box.take(PASS.replace(TRUSTED, "") + case("037", PLAIN_UID)) == "triage"


async def test_a_trusted_sender_cannot_answer_for_somebody_else():
    box = await mailbox(TRUSTED)
    forged = case("037", PLAIN_UID).replace(f"From: Ann Marsh <{world.address(ANN)}>", "From: B <b@schools.example>")
    assert await box.take(PASS + forged) == "triage"
    assert await box.waiting() == ["A reply for somebody else than who sent it."]


async def test_who_is_told_of_a_visit_may_accept_it_without_bothering_anybody():
    box = await mailbox()
    host = "per-1-cpd-lead"
    assert await box.take(case("036", world.uid(world.VISIT, host), host)) == "ignored"
    assert await box.take(case("036", PLAIN_UID, host)) == "ignored"
    assert (box.answers(), await box.waiting(), box.asked()) == ([], [], [])


@pytest.mark.parametrize("name", ["023", "024", "025"])
async def test_the_answer_that_arrived_later_counts(name):
    box = await mailbox()
    for part in "ab":
        assert await box.take(case(name + part)) == "reply"
    assert box.answers() == [(ANN, "accepted"), (ANN, "tentative")]


async def test_a_mail_that_is_handed_in_twice_is_one_answer_even_after_another():
    box = await mailbox()
    first, second = case("023a"), case("023b")
    fates = [await box.take(one) for one in (first, second, "Received: by a second relay\n" + first, second)]
    assert fates == ["reply", "reply", "ignored", "ignored"]
    assert box.answers() == [(ANN, "accepted"), (ANN, "tentative")]


@pytest.mark.parametrize(
    ("start", "fate"),
    [
        ("DTSTART:20270513T080000Z", "reply"),
        ("DTSTART;TZID=Europe/London:20270513T090000", "reply"),
        ("DTSTART;TZID=Europe/Berlin:20270513T100000", "reply"),
        ("DTSTART:20270513T090000", "reply"),
        ("DTSTART;VALUE=DATE:20270513", "reply"),
        ("X-NOTHING:1", "reply"),
        ("DTSTART:20270514T080000Z", "triage"),
        ("DTSTART:20270513T120000Z", "triage"),
    ],
)
async def test_an_answer_is_to_the_date_that_its_start_says(start, fate):
    box = await mailbox()
    assert await box.take(case("037").replace("DTSTART:20270513T080000Z", start)) == fate


async def test_an_answer_to_a_date_that_has_moved_is_kept_and_the_new_date_asked_about():
    box = await mailbox()
    await box.office.tell(moved(dt.date(2027, 5, 20)))
    assert await box.take(case("037")) == "triage"
    assert (box.answers(), await box.waiting()) == ([], ["An answer to a date that has moved since."])
    await box.office.deliver()
    text = text_of(box.office.mailboxes.to(world.address(ANN))[-1])
    assert "The date is now Thursday 20 May 2027." in text


async def test_who_has_answered_for_the_new_date_is_not_asked_again():
    box = await mailbox()
    await box.office.tell(moved(dt.date(2027, 5, 20)))
    answered = {"target_id": world.VISIT, "target_kind": "visit", "programme_id": world.PROGRAMME, "person_id": ANN}
    await box.office.tell(
        InvitationAnswered.model_validate(
            {**answered, "version": 1, "answer": "accepted", "via": "page", "sequence": 1}
        )
    )
    assert await box.take(case("037")) == "triage"
    assert box.asked() == []


async def test_an_answer_to_a_cancelled_visit_is_filed():
    box = await mailbox()
    facts = {**world.visit_facts(version=3, sequence=1), "why": "coordinator"}
    await box.office.tell(VisitCancelled.model_validate(facts))
    assert await box.take(case("037")) == "ignored"
    assert (box.answers(), box.asked()) == ([], [])


async def test_entries_of_the_first_release_keep_their_uid_and_answers_to_it_need_proof():
    box = await mailbox()
    _, mail = box.mail_to(ANN)
    box.office.story.mails.mails[mail.mail_id] = mail.model_copy(update={"sealed": False})
    await box.office.tell(moved(dt.date(2027, 5, 20)))
    await box.office.deliver()
    uids = {to: uid_of(message) for _, to, message in box.office.mailboxes.mails[8:]}
    assert uids[world.address(ANN)] == PLAIN_UID
    assert uids[world.address("per-3-headteacher")] == world.uid(world.VISIT, "per-3-headteacher")
    facts = {**world.visit_facts(version=5, on=dt.date(2027, 5, 20), sequence=2), "why": "coordinator"}
    await box.office.tell(VisitCancelled.model_validate(facts))
    await box.office.deliver()
    assert uid_of(box.office.mailboxes.to(world.address(ANN))[-1]) == PLAIN_UID


async def test_a_bounce_to_the_sealed_address_is_booked_and_holds_the_address():
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    assert len(sender.partition("@")[0]) <= 64
    assert await box.take(case("083", mail_id=mail.mail_id), to=sender.upper()) == "bounce"
    assert await box.held(ANN)


@pytest.mark.parametrize("shape", ["plain", "guessed", "another mail's", "the mailbox"])
async def test_a_forged_bounce_holds_nobody_and_waits(shape):
    box = await mailbox()
    _, mail = box.mail_to(ANN)
    other, _ = box.mail_to("per-3-headteacher")
    plain = f"programmes+{mail.mail_id}@kindred.example"
    to = {
        "plain": plain,
        "guessed": plain.replace("@", "-aaaaaaaaaaaaaaaa@"),
        "another mail's": f"{plain.partition('@')[0]}-{other.partition('@')[0].rpartition('-')[2]}@kindred.example",
        "the mailbox": MAILBOX,
    }[shape]
    assert await box.take(case("083", mail_id=mail.mail_id), to=to) == "triage"
    assert not await box.held(ANN)
    assert await box.waiting() == ["A bounce that nothing proves. No address is held."]
    assert (await box.office.states())["accepted"] == 8


async def test_a_late_bounce_of_the_old_address_does_not_hold_the_corrected_one():
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    box.office.story.mails.mails[mail.mail_id] = mail.model_copy(update={"to": "corrected@schools.example"})
    assert await box.take(case("096", mail_id=mail.mail_id), to=sender) == "triage"
    assert not await box.office.stores.suppressions.among(["corrected@schools.example"])


async def test_a_bounce_of_a_mail_of_the_first_release_is_booked_without_a_seal():
    box = await mailbox()
    _, mail = box.mail_to(ANN)
    box.office.story.mails.mails[mail.mail_id] = mail.model_copy(update={"sealed": False})
    to = f"programmes+{mail.mail_id}@kindred.example"
    assert await box.take(case("083", mail_id=mail.mail_id), to=to) == "bounce"


@pytest.mark.parametrize("tag", ["s-{}", "stop-mai-{}"], ids=["as it is now", "as 0.1.0 wrote it"])
@pytest.mark.parametrize(("seal", "fate"), [("right", "wish"), ("wrong", "triage"), ("none", "triage")])
async def test_a_wish_for_fewer_mails_needs_the_seal_of_its_mail(tag, seal, fate):
    box = await mailbox()
    _, mail = box.mail_to(ANN)
    right = world.SEALS.stop(mail.mail_id)[:11]
    behind = {"right": f"-{right}", "wrong": f"-{right[::-1]}", "none": ""}[seal]
    to = f"programmes+{tag.format(mail.mail_id[4:])}{behind}@kindred.example"
    assert await box.take("From: x@y.example\nSubject: unsubscribe\n\n", to=to) == fate
    chosen = await box.office.stores.preferences.essential_only([ANN])
    assert chosen == ({ANN} if fate == "wish" else set())
