"""The coordinator of a demo types commands as a person does: one process each, and reads what they say."""

import pytest

from kindred import __version__
from kindred.demo.coordinator import Coordinator, Outcome
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
        await Coordinator({"KINDRED_NATS_URL": "nats://127.0.0.1:9"}, patience=0).run("programmes", "list")


class Busy(Coordinator):
    """One whose commands end as they are given, one after the other."""

    def __init__(self, *ends: Outcome, patience: float = 60) -> None:
        super().__init__({}, patience=patience, pause=0)
        self.ends = list(ends)

    async def start(self, *arguments: str) -> Outcome:
        self.typed.append(" ".join(arguments))
        return self.ends.pop(0)


LATER = Outcome(3, "", "The database cannot be reached at the moment. Try the same command again in a while.")
UNSURE = Outcome(3, "", "Nobody answered within 10 seconds. It may still be carried out: look before you ask again.")


async def test_a_command_that_says_try_again_is_typed_again() -> None:
    coordinator = Busy(LATER, LATER, Outcome(0, "[1]", ""))
    assert await coordinator.run("cohorts", "show") == [1]
    assert coordinator.typed == ["cohorts show"] * 3


async def test_a_command_that_may_have_been_carried_out_is_not_typed_again() -> None:
    coordinator = Busy(UNSURE, Outcome(0, "[1]", ""))
    with pytest.raises(Permanent, match="It may still be carried out"):
        await coordinator.run("visits", "publish")
    assert coordinator.typed == ["visits publish"]


async def test_patience_has_an_end() -> None:
    coordinator = Busy(LATER, Outcome(0, "[1]", ""), patience=0)
    with pytest.raises(Permanent, match="cannot be reached"):
        await coordinator.run("cohorts", "show")
