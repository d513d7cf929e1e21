"""Transactions, and the ambient one that every call joins.

The loop is our own, because Motor's ``with_transaction`` does not try a failed commit again.
https://github.com/mongodb/specifications/blob/master/source/transactions-convenient-api/transactions-convenient-api.md
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar

from shared.mongo.behind import Behind
from shared.mongo.errors import aborted, cut_off, labelled

T = TypeVar("T")
PATIENCE = 30.0
_LONGEST_PAUSE = 0.1
_session: ContextVar[Any] = ContextVar("mongo_session", default=None)
_behind: ContextVar[Behind | None] = ContextVar("mongo_behind", default=None)


def ambient() -> Any:
    """Return the session of the open transaction, or None."""
    return _session.get()


def behind() -> Behind | None:
    """Return the writes that wait in the open transaction; None outside of one."""
    return _behind.get()


async def in_transaction(client: Any, queue: asyncio.Lock, work: Callable[[], Awaitable[T]]) -> T:
    """Run ``work`` in one transaction; it runs again on a write conflict, so it may have no outside effect.

    After a conflict, transactions try again one after the other (``queue``), so that none starves on a busy document.
    One that the server ends twice raises: it lasts too long, and whoever can will do less at once. Inside an open
    transaction ``work`` joins it.
    """
    if ambient() is not None:
        return await work()
    give_up = time.monotonic() + PATIENCE
    attempt = 0
    started = client.start_session()
    async with await started if isinstance(started, Awaitable) else started as session:
        while True:
            attempt += 1
            try:
                async with queue if attempt > 1 else nullcontext():
                    return await _once(session, work, give_up)
            except Exception as error:
                lost = (cut_off(error) and attempt >= 3) or (aborted(error) and attempt >= 2)
                if lost or not labelled(error, "TransientTransactionError") or time.monotonic() > give_up:
                    raise
            await asyncio.sleep(random.random() * min(0.005 * 1.5**attempt, _LONGEST_PAUSE))  # noqa: S311 - spreads load


async def _once(session: Any, work: Callable[[], Awaitable[T]], give_up: float) -> T:
    begun = session.start_transaction()
    if isinstance(begun, Awaitable):
        await begun
    try:
        with _open(session) as waiting:
            result = await work()
            await waiting.flush()
    except BaseException:
        if session.in_transaction:
            await session.abort_transaction()
        raise
    while True:
        try:
            await session.commit_transaction()
        except Exception as error:
            if not labelled(error, "UnknownTransactionCommitResult") or time.monotonic() > give_up:
                raise
            await asyncio.sleep(0.05)
        else:
            return result


@contextmanager
def _open(session: Any) -> Iterator[Behind]:
    waiting = Behind(session)
    tokens = _session.set(session), _behind.set(waiting)
    try:
        yield waiting
    finally:
        _session.reset(tokens[0])
        _behind.reset(tokens[1])
