"""The kept inputs with the outcome each must have; `expected.toml` beside them says it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases" / "data-files"


@dataclass(frozen=True)
class Case:
    """One input: what is done with it, and what must come of it.

    `first`: files that go in before it. `went_in` and `left_out` count rows; each of `says` must be told, none of
    `never`; `enrolled` holds fields of enrolments by URN, `school` fields of schools.
    """

    name: str
    file: str
    what: str
    does: str
    state: str = "done"
    first: tuple[str, ...] = ()
    accept: bool = False
    went_in: int | None = None
    left_out: int | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    enrolled: dict[str, dict[str, Any]] = field(default_factory=dict)
    school: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What came of an input: every sentence that a person is told, and what is stored afterwards."""

    state: str
    told: tuple[str, ...]
    went_in: int = 0
    left_out: int = 0
    enrolled: dict[str, dict[str, Any]] = field(default_factory=dict)
    school: dict[str, dict[str, Any]] = field(default_factory=dict)


def all_cases() -> list[Case]:
    """Every case, in the order of the file."""
    entries = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["case"]
    return [_case(each) for each in entries]


def _case(entry: dict[str, Any]) -> Case:
    listed = {key: tuple(entry.get(key, ())) for key in ("first", "says", "never")}
    return Case(**{**entry, **listed})


def content_of(name: str) -> bytes:
    """A kept file."""
    return (FOLDER / name).read_bytes()


def differences(case: Case, seen: Seen) -> list[str]:
    """In what the outcome is another than it must be; nothing if it is right."""
    return [*_counted(case, seen), *_told(case, seen), *_stored(case, seen)]


def _counted(case: Case, seen: Seen) -> Iterator[str]:
    if seen.state != case.state:
        yield f"{seen.state} instead of {case.state}"
    if case.went_in is not None and seen.went_in != case.went_in:
        yield f"{seen.went_in} rows went in instead of {case.went_in}"
    if case.left_out is not None and seen.left_out != case.left_out:
        yield f"{seen.left_out} rows were left out instead of {case.left_out}"


def _told(case: Case, seen: Seen) -> Iterator[str]:
    told = " ".join("\n".join(seen.told).split())
    yield from (f"is not told: {said}" for said in case.says if said not in told)
    yield from (f"is told: {said}" for said in case.never if said in told)


def _stored(case: Case, seen: Seen) -> Iterator[str]:
    for wanted, found in ((case.enrolled, seen.enrolled), (case.school, seen.school)):
        for urn, fields in wanted.items():
            for name, value in fields.items():
                stored = found.get(urn, {}).get(name)
                if stored != value:
                    yield f"{urn} has {name} {stored!r} instead of {value!r}"
