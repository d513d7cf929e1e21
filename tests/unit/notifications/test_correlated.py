"""A mail is found by the correlation id of what set it off: in the log, in its events, and in those of its links."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.testing import capture_logs

from tests.fakes import FakeWork
from tests.unit.notifications import world
from tests.unit.notifications.post_office import PostOffice, opened


@contextmanager
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """All log lines, with the ids that are bound to them."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
            yield lines
    finally:
        structlog.configure(wrapper_class=before)


async def told(office: PostOffice, event: Any, correlation_id: str) -> None:
    work = FakeWork(now=office.clock.at)
    work.correlation_id = correlation_id
    await office.story.tell(event, work)


def ends(lines: list[MutableMapping[str, Any]]) -> set[tuple[Any, ...]]:
    settled = [line for line in lines if line["event"] == "mail_settled"]
    return {(line["template"], line["state"], line["correlation_id"]) for line in settled}


async def test_every_mail_that_an_event_sets_off_is_logged_at_its_end_under_the_event_s_correlation_id() -> None:
    office = await opened()
    await office.deliver()
    await told(office, world.visit_scheduled(), "cor-visit")
    with logged() as lines:
        await office.deliver()
    assert ends(lines) == {
        ("visit-invitation", "accepted", "cor-visit"),
        ("visit-host", "accepted", "cor-visit"),
        ("visit-facilitator", "accepted", "cor-visit"),
    }


async def test_what_a_mail_publishes_follows_what_set_it_off() -> None:
    office = await opened()
    await office.deliver()
    await told(office, world.visit_scheduled(), "cor-visit")
    del office.transact.follows[:]
    del office.transact.published[:]
    await office.deliver()
    assert {name for name, _ in office.transact.follows} == {"LinkIssued", "InvitationSent"}
    assert {follows for _, follows in office.transact.follows} == {"cor-visit"}
    assert len(office.transact.follows) == len(office.transact.published)
