"""How a run on several workers hands out tests: by whole files, and everything that starts stacks together."""

from tests.workers import unit


def test_a_file_is_handed_out_whole() -> None:
    assert unit("tests/unit/test_waiting.py::test_one") == unit("tests/unit/test_waiting.py::test_two[a::b@c]")
    assert unit("tests/unit/test_waiting.py::test_one") != unit("tests/unit/test_refusals.py::test_one")


def test_what_starts_stacks_is_handed_out_together() -> None:
    files = ("e2e/test_demo_machine.py", "e2e/test_benchmarks.py", "integration/test_recorded_years.py")
    assert len({unit(f"tests/{file}::test_it") for file in files}) == 1


def test_a_whole_year_is_handed_out_by_itself_beside_them() -> None:
    assert len({unit(f"tests/e2e/{file}::test_it") for file in ("test_demo_round.py", "test_benchmarks.py")}) == 2
