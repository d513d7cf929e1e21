"""What the port of kept templates promises, for the store in memory and the one on MongoDB."""

import datetime as dt

import pytest

from services.programmes.domain.templates.kept import KeptTemplate, SentTemplate
from shared.errors import Rejected

NOW = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)


class TemplatesContract:
    async def test_what_was_sent_in_is_kept_as_it_was(self, stores):
        sent = SentTemplate(check_id="tpc-1", text="key: a\n", filename="a.yaml", at=NOW)
        await stores.templates.send(sent)
        assert await stores.templates.sent("tpc-1") == sent
        with pytest.raises(Rejected, match=r"^unknown-check"):
            await stores.templates.sent("tpc-2")

    async def test_a_version_takes_the_place_of_the_one_before(self, stores):
        for key, version in (("b", 1), ("a", 1), ("b", 2)):
            await stores.templates.put(KeptTemplate(key=key, version=version, text=f"{key}{version}", at=NOW))
        assert [one.text for one in await stores.templates.kept()] == ["a1", "b2"]
        await stores.templates.drop("b")
        await stores.templates.drop("unknown")
        assert [one.text for one in await stores.templates.kept()] == ["a1"]
