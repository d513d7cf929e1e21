"""The roster in memory keeps the contract of that on MongoDB."""

import pytest

from tests.fakes.roster import MemoryRoster
from tests.fakes.roster.contract import RosterContract


class TestMemoryRoster(RosterContract):
    @pytest.fixture
    def roster(self):
        return MemoryRoster()
