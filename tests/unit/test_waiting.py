"""The waits that all tests share: they end with the condition, and fail in words when it does not come about."""

import pytest

from tests.waiting import until, until_equal, until_now


async def test_a_wait_ends_with_the_condition_and_returns_what_it_gave():
    numbers = iter([0, 0, 7, 8])

    async def later():
        return next(numbers)

    assert await until(later, every=0) == 7
    assert await until(lambda: next(numbers)) == 8
    counting = iter([0, 3])
    assert until_now(lambda: next(counting), every=0) == 3


async def test_what_does_not_come_about_is_named_with_what_was_found_last():
    with pytest.raises(AssertionError, match=r"the draft is told: not within 0.01 seconds; it gave \[\] last"):
        await until(list, "until the draft is told", seconds=0.01, every=0.001)
    with pytest.raises(AssertionError, match=r"the condition: not within 0.01 seconds; it gave False last"):
        until_now(lambda: False, seconds=0.01, every=0.001)
    with pytest.raises(AssertionError, match=r"1 did not become 2 within 0.01 seconds"):
        await until_equal(lambda: 1, 2, seconds=0.01, every=0.001)


async def test_a_value_is_waited_for_even_where_it_is_nothing():
    numbers = iter([2, 1, 0])
    assert await until_equal(lambda: next(numbers), 0, every=0) == 0
