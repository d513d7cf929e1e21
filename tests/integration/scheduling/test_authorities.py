"""Authorities asked of `programmes` over a real bus keep the contract that the fake keeps."""

import pytest

from services.programmes.domain.register.places import Places
from services.scheduling.adapters.authorities import BusAuthorities
from shared.bus import BusClient, Service
from shared.commands.programmes_queries import AuthorityRow, FindAuthority
from shared.errors import Rejected
from tests.unit.scheduling.ports.authorities import KNOWN, AuthoritiesContract


async def _authority(query: FindAuthority) -> AuthorityRow:
    try:
        code, name = Places(KNOWN).authority(query.named)
    except ValueError as error:
        raise Rejected("unknown-authority", str(error)) from error
    return AuthorityRow(code=code, name=name)


class TestAuthorities(AuthoritiesContract):
    @pytest.fixture
    async def authorities(self, settings, running, client: BusClient) -> BusAuthorities:
        programmes = Service("programmes", settings)
        programmes.query(FindAuthority, _authority)
        await running(programmes)
        return BusAuthorities(lambda: client)

    @pytest.fixture
    def silent_authorities(self, client: BusClient) -> BusAuthorities:
        return BusAuthorities(lambda: client, patience=0.05)
