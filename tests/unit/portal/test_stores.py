"""The portal's stores in memory keep the contract of those on MongoDB."""

import pytest

from tests.fakes.portal.contract import StoresContract
from tests.fakes.portal.models import Collections
from tests.fakes.portal.stores import memory_stores


class TestMemoryStores(StoresContract):
    @pytest.fixture
    def stores(self):
        return memory_stores(Collections())
