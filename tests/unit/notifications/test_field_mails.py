"""Every kept mail comes to what `expected.toml` says, on fakes. `python -m tests.field` plays them on a real stack."""

import pytest

from shared.commands.notifications_replies import ListReplies, ReplyRow, ReplyState
from tests.field.mail_cases import FOLDER, Invited, MailCase, MailSeen, mail_cases, mail_differences, written
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, PLAIN_UID, SEALED_UID, Mailbox, mailbox

PLAYED_BY_TESTS_ALONE = {
    "036-host-cpd-lead-presses-accept.eml",
    "096-late-bounce-of-the-old-address-after-correction.eml",
}
"""They need more than somebody's invitation."""
STATES: tuple[ReplyState, ...] = ("waiting", "filed")


@pytest.mark.parametrize("case", mail_cases(), ids=lambda case: case.name)
async def test_it_comes_to_what_is_expected(case: MailCase):
    box = await mailbox()
    sender, mail = box.mail_to(ANN)
    uid = SEALED_UID if case.proof == "seal" else PLAIN_UID
    start, end = "DTSTART:20270513T080000Z", "DTEND:20270513T140000Z"
    invited = Invited(world.address(ANN), uid, mail.mail_id, MAILBOX, start, end)
    for name in case.files:
        await box.take(written(name, invited).decode(), to=sender if case.to == "bounces" else MAILBOX)
    assert mail_differences(case, await seen(box)) == []


async def seen(box: Mailbox) -> MailSeen:
    rows: list[ReplyRow] = []
    for state in STATES:
        rows += (await box.office.bus.find(ListReplies(state=state))).rows
    return MailSeen(
        answer=box.answers()[-1][1] if box.answers() else "",
        kept=rows[0].state if rows else "",
        reason=f"{rows[0].why} {rows[0].words}" if rows else "",
        asked=[mail.person_id for mail in box.asked()] == [ANN],
        forwarded="reply-forwarded" in {mail.template for mail in await box.announce()},
        held=await box.held(ANN),
    )


def test_no_kept_mail_is_left_out():
    played = {name for case in mail_cases() for name in case.files}
    assert {path.name for path in FOLDER.glob("*.eml")} - PLAYED_BY_TESTS_ALONE == played
