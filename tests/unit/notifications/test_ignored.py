"""Answers that calendars sent and that changed nothing leave a trace that a coordinator sees."""

import datetime as dt

import pytest

from shared.commands.notifications_replies import ListReplies, ReplyState
from shared.events.scheduling import CalendarReplyIgnored, InvitationAnswered
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, mailbox
from tests.unit.notifications.test_inbound import moved


def ignored(rule: str, target_id: str = world.VISIT) -> CalendarReplyIgnored:
    return CalendarReplyIgnored(
        version=1, reply_id="evn-1", target_id=target_id, target_kind="visit", person_id=ANN, answer="accepted",
        rule=rule,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "state", "why"),
    [
        ("answered-since", "filed", "A later answer of theirs is here already, so this one does not count."),
        ("already-over", "filed", "An answer to what has taken place or been cancelled."),
        ("not-invited", "waiting", "An answer of somebody who is no longer invited."),
        ("not-published", "waiting", "An answer that changed nothing (not-published)."),
    ],
)
async def test_it_is_kept_by_person_and_visit(rule: str, state: ReplyState, why: str):
    box = await mailbox()
    for _ in range(2):
        await box.office.tell(ignored(rule))
    (row,) = (await box.office.bus.find(ListReplies(state=state))).rows
    assert (row.why, row.answer, row.person, row.visit, row.sender) == (
        why, "accepted", world.NAMES[ANN], "Hallam Primary School", world.address(ANN),
    )  # fmt: skip
    assert box.asked() == []


async def test_one_to_something_unknown_is_kept_as_well():
    box = await mailbox()
    await box.office.tell(ignored("unknown-visit", "vis-unknown"))
    (row,) = (await box.office.bus.find(ListReplies())).rows
    assert (row.person, row.visit) == (world.NAMES[ANN], "")


@pytest.mark.parametrize("answered", [False, True])
async def test_who_answered_a_date_that_moved_is_asked_about_the_new_one_once(answered):
    box = await mailbox()
    await box.office.tell(moved(dt.date(2027, 5, 20)))
    facts = {"target_id": world.VISIT, "target_kind": "visit", "programme_id": world.PROGRAMME, "person_id": ANN}
    said = {"version": 1, "answer": "accepted", "via": "page", "sequence": 1}
    if answered:
        await box.office.tell(InvitationAnswered.model_validate({**facts, **said}))
    await box.office.tell(ignored("out-of-date-invitation"))
    await box.office.tell(ignored("out-of-date-invitation").model_copy(update={"reply_id": "evn-2"}))
    assert [mail.person_id for mail in box.asked()] == ([] if answered else [ANN])
    assert len((await box.office.bus.find(ListReplies())).rows) == 2
