"""Reporting's stores in memory keep the contract of those on MongoDB."""

import pytest

from tests.fakes.reporting.contract import StoresContract
from tests.fakes.reporting.entries_contract import EntriesContract
from tests.fakes.reporting.stores import Memory


class TestMemoryStores(StoresContract, EntriesContract):
    @pytest.fixture
    def stores(self):
        return Memory().stores()
