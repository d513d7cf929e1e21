"""What becomes of a message after an error."""

import pytest
from pymongo.errors import AutoReconnect, OperationFailure

from shared.bus.envelope import UnknownVersion, Unreadable
from shared.bus.verdicts import MOST_RETRIES, MOST_TRIES, MOST_WAITS, Again, Dead, Tries, backoff, judge
from shared.errors import NotYet, Permanent, Rejected, Retryable


@pytest.mark.parametrize(
    ("error", "parked", "reason"),
    [
        (Permanent("Never."), False, "Permanent: Never."),
        (Rejected("rule", "No."), False, "Rejected: rule: No."),
        (Unreadable("Nonsense."), False, "Unreadable: Nonsense."),
        (UnknownVersion("Too new."), True, "UnknownVersion: Too new."),
    ],
)
def test_hopeless_at_the_first_try(error, parked, reason):
    assert judge(error, 1) == Dead(reason, parked)


@pytest.mark.parametrize(
    ("error", "most"), [(ValueError("x"), MOST_TRIES), (Retryable("x"), MOST_RETRIES), (NotYet("x"), MOST_WAITS)]
)
def test_tried_again_until_its_tries_are_used_up(error, most):
    assert isinstance(judge(error, most - 1), Again)
    assert isinstance(judge(error, most), Dead)


@pytest.mark.parametrize("error", [AutoReconnect("gone"), OperationFailure("not primary", 10107)])
def test_an_outage_never_uses_up_tries(error):
    verdict = judge(error, 1_000_000)
    assert isinstance(verdict, Again)
    assert verdict.outage


def test_delays_double_up_to_a_minute_and_respect_the_errors_own():
    assert [backoff(tries) for tries in (1, 2, 3, 4)] == [0.2, 0.4, 0.8, 1.6]
    assert backoff(30) == 60.0
    later = judge(Retryable("in an hour", after=30.0), 1)
    assert isinstance(later, Again)
    assert 24.0 <= later.delay <= 36.0


def test_what_a_library_said_is_not_quoted():
    verdict = judge(ValueError("jane@example.org"), MOST_TRIES)
    assert verdict == Dead(f"ValueError (after {MOST_TRIES} tries)")


def test_tries_are_counted_for_each_message_and_forgotten_with_it():
    tries = Tries(most=2)
    assert [tries.another("d", 1), tries.another("d", 1), tries.another("d", 2)] == [1, 2, 1]
    tries.forget("d", 1)
    assert tries.another("d", 1) == 1
    tries.another("d", 3)
    assert tries.another("d", 2) == 1  # the oldest made room
