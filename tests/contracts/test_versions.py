"""A durable hears every version of what it subscribes to, so it must say what it does with each newer one."""

import pytest

from contracts.subscribers import SERVICES, wired
from shared.events.catalogue import EVENTS


@pytest.mark.parametrize("name", SERVICES)
def test_no_version_that_this_release_publishes_is_parked(name):
    parked = [
        f"{one.consumer.durable}: {newer}"
        for one in wired(name).declaration.subscriptions
        for known in one.handlers
        for newer in EVENTS
        if newer.rpartition(".v")[0] == known.rpartition(".v")[0]
        and int(newer.rpartition(".v")[2]) > int(known.rpartition(".v")[2])
        and newer not in one.handlers
    ]
    assert parked == []
