"""What happens after each kind of answer of the relay, and which moves between states there are."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.delivery import Attempt, Verdict, judge, pause
from services.notifications.domain.keys import MailKey, cause_of, link_id, mail_id_in, message_id
from services.notifications.domain.links import token
from services.notifications.domain.states import MOVES, comes_from, may_move

NOW = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)


def after(attempt: Attempt, *, hours: float = 0, reminder: bool = False, extra_used: bool = False) -> Verdict:
    first = NOW - dt.timedelta(hours=hours)
    return judge(attempt, attempts=1, first_tried=first, now=NOW, reminder=reminder, extra_used=extra_used, chance=1.0)


def refused(code: int, text: str, stage: str = "data") -> Attempt:
    return Attempt("refused", code, text, stage)


def test_a_250_is_accepted():
    assert after(Attempt("accepted", 250, "2.0.0 taken", "data")).state == "accepted"


@pytest.mark.parametrize(
    ("attempt", "state", "suppress", "status"),
    [
        (refused(550, "5.1.1 No such user", "rcpt"), "bounced", True, "5.1.1"),
        (refused(550, "5.1.10 Null MX", "rcpt"), "bounced", True, "5.1.10"),
        (refused(550, "No such user", "rcpt"), "bounced", True, "550"),
        (refused(550, "5.6.1 Not this", "rcpt"), "failed", False, "5.6.1"),
        (refused(554, "No"), "failed", False, "554"),
    ],
)
def test_a_5xx_ends_it_and_only_a_wrong_address_is_held_back(attempt, state, suppress, status):
    verdict = after(attempt)
    assert (verdict.state, verdict.suppress, verdict.status) == (state, suppress, status)


def test_a_4xx_is_tried_again_for_a_day():
    assert after(refused(451, "4.7.0 later"), hours=23).try_at == NOW + dt.timedelta(seconds=30)
    assert after(refused(451, "4.7.0 later"), hours=24).state == "failed"


def test_a_connection_lost_before_data_is_simply_tried_again():
    assert after(Attempt("unreachable", stage="rcpt")).state == "deferred"


def test_a_connection_lost_after_data_brings_one_extra_and_none_for_a_reminder():
    lost = Attempt("lost-after-data", stage="data")
    assert after(lost).state == "queued"
    assert after(lost, extra_used=True).state == "unknown"
    assert after(lost, reminder=True).state == "unknown"


@given(st.integers(1, 200), st.floats(0, 1))
def test_pauses_grow_to_an_hour_and_never_shrink_below_half(attempts, chance):
    whole = min(3600.0, 30.0 * 2 ** (attempts - 1))
    assert whole / 2 <= pause(attempts, chance).total_seconds() <= whole


def test_every_state_can_be_left_or_is_where_people_step_in():
    assert may_move("accepted", "bounced")
    assert not may_move("accepted", "sending")
    assert comes_from("queued") == ["sending", "accepted", "unknown", "bounced", "suppressed", "failed"]
    assert all(MOVES.values())


def test_the_same_cause_template_and_person_are_the_same_mail():
    cause = cause_of("VisitMoved", "vis-1", 3, once=False)
    first, second = MailKey(cause, "visit-moved", "per-1"), MailKey(cause, "visit-moved", "per-1")
    assert first.mail_id == second.mail_id
    assert MailKey(cause, "visit-moved", "per-2").mail_id != first.mail_id
    assert cause_of("VisitHeld", "vis-1", 3, once=True) == cause_of("VisitHeld", "vis-1", 4, once=True)
    assert mail_id_in(message_id(first.mail_id, "kindred.example")) == first.mail_id
    assert mail_id_in(f"programmes+{first.mail_id}@kindred.example") == first.mail_id
    assert mail_id_in("programmes+mai-nothing@kindred.example") is None


def test_a_token_has_192_bits_and_is_known_by_its_hash_only():
    made = token(bytes(range(32)))
    assert (made, len(link_id(made))) == (token(bytes(range(24))), 64)
    assert len(made) == 32
    with pytest.raises(ValueError, match="24 bytes"):
        token(b"short")
