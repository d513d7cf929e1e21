"""What holds mails back, the key of seals, aliases."""

from services.notifications.ports.stores import Stores
from tests.fakes import START


class ControlsContract:
    async def test_mails_go_out_until_they_are_paused(self, stores: Stores):
        found = [await stores.switch.paused()]
        for paused in (True, False):
            await stores.switch.pause(paused, "A wrong date")
            assert await stores.switch.reason() == ("A wrong date" if paused else "")
            found.append(await stores.switch.paused())
        assert found == [False, True, False]

    async def test_a_suppressed_address_is_held_in_any_case_until_it_is_lifted(self, stores: Stores):
        await stores.suppressions.add("Ann@Schools.example", "mai-1", START)
        await stores.suppressions.add("ann@schools.example", "mai-2", START)
        assert await stores.suppressions.among(["ANN@schools.example", "sam@schools.example"]) == {
            "ann@schools.example"
        }
        await stores.suppressions.lift(["ann@SCHOOLS.example", "sam@schools.example"])
        assert await stores.suppressions.among(["ann@schools.example"]) == set()

    async def test_a_person_chooses_and_chooses_again(self, stores: Stores):
        await stores.preferences.choose("per-1", essential_only=True)
        await stores.preferences.choose("per-1", essential_only=True)
        await stores.preferences.choose("per-2", essential_only=False)
        assert await stores.preferences.essential_only(["per-1", "per-2", "per-3"]) == {"per-1"}
        await stores.preferences.choose("per-1", essential_only=False)
        assert await stores.preferences.essential_only(["per-1"]) == set()

    async def test_the_key_of_seals_is_made_once(self, stores: Stores):
        key = await stores.seal_key.get()
        assert len(key) == 32
        assert await stores.seal_key.get() == key

    async def test_an_alias_is_remembered_in_any_case_until_its_person_is_forgotten(self, stores: Stores):
        for person in ("per-1", "per-1", "per-2"):
            await stores.aliases.remember("Am@Schools.example", person)
        assert sorted(await stores.aliases.people_at("am@SCHOOLS.example")) == ["per-1", "per-2"]
        await stores.aliases.forget("per-1")
        assert await stores.aliases.people_at("am@schools.example") == ["per-2"]
        assert await stores.aliases.people_at("other@schools.example") == []
