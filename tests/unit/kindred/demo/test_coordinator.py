"""The coordinator of a demo types commands as a person does: one process each, and reads what they say."""

import pytest

from kindred import __version__
from kindred.demo.coordinator import Coordinator
from shared.errors import Permanent


async def test_what_is_typed_is_run_and_its_json_is_read() -> None:
    coordinator = Coordinator({})
    assert await coordinator.run("--version") == {"version": __version__}
    assert coordinator.typed == ["--version"]


async def test_a_command_that_must_succeed_and_does_not_is_named_with_what_it_said() -> None:
    with pytest.raises(Permanent, match=r"^`kindred nonsense` ended with 2: .*No such command 'nonsense'"):
        await Coordinator({}).run("nonsense")


async def test_a_refusal_is_read_as_its_rule_and_sentence() -> None:
    said = await Coordinator({}).refused("dlq", "replay")
    assert said["sentence"] == "Say which one: a number as `kindred dlq ls` shows it, or --all."


async def test_a_command_that_should_have_been_refused_is_named() -> None:
    with pytest.raises(Permanent, match=r"^`kindred --version` should have been refused; it ended with 0\.$"):
        await Coordinator({}).refused("--version")


async def test_commands_go_to_the_kindred_that_is_meant() -> None:
    with pytest.raises(Permanent, match=r"ended with 3: .*Nothing answers at nats://127\.0\.0\.1:9\."):
        await Coordinator({"KINDRED_NATS_URL": "nats://127.0.0.1:9"}).run("programmes", "list")
