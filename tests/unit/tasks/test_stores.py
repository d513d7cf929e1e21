"""The stores of tasks in memory keep the contract of those on MongoDB."""

import pytest

from tests.fakes.memory import Memory
from tests.fakes.tasks import memory_stores
from tests.fakes.tasks.contract import StoresContract


class TestMemoryStores(StoresContract):
    @pytest.fixture
    def stores(self):
        return memory_stores(Memory())
