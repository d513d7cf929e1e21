"""What the rules are asked about: somebody's wish to enrol, and how things stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.records import EnrolmentRecord
from services.programmes.domain.register.words import Status
from shared.errors import Rejected

__all__ = [
    "Broken",
    "Elsewhere",
    "SchoolStanding",
    "Standing",
    "refuse",
    "unless_enrolled",
    "unless_new",
]


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """A school of the register, as far as enrolment cares."""

    school_id: str
    urn: int
    name: str
    status: Status
    successors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody who holds roles at other schools: the name they go by there, and those schools' names."""

    name: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand. `known` are the schools behind the URNs that the wish names, by URN.

    `elsewhere`: of the people that the wish names, those who also act for other schools, by address. `in_parts` and
    `stage` as in `Programme`. `outside`: the school is of no trust or partnership that takes part, and must be.
    `added`: role -> address -> name of who has it at the school by other ways than the enrolment. `arranged`: teams
    that may be larger than the template says.
    """

    state: Literal["enrolling", "closed"]
    terms: EnrolmentTerms
    year: int
    known: Mapping[int, SchoolStanding] = field(default_factory=dict)
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    in_parts: bool = False
    stage: str = ""
    outside: bool = False
    added: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    arranged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that the wish breaks.

    Its name, a sentence for the person, and the column of the enrolment file it is about. `row_kept`: the row goes in
    all the same, without this value.
    """

    rule: str
    sentence: str
    column: str
    row_kept: bool = False


def refuse(broken: Iterable[Broken]) -> None:
    """Raise `Rejected` under the first rule's name with all the sentences; do nothing if none is broken."""
    every = list(broken)
    if every:
        raise Rejected(every[0].rule, " ".join(dict.fromkeys(one.sentence for one in every)))


def unless_new(before: EnrolmentRecord | None) -> Iterator[Broken]:
    """`already-enrolled`: a school takes part once; one that left may come back."""
    if before is not None and before.state == "enrolled":
        sentence = f"The school with URN {before.urn} is already enrolled; amend its enrolment instead."
        yield Broken("already-enrolled", sentence, "URN")


def unless_enrolled(before: EnrolmentRecord | None, urn: int) -> Iterator[Broken]:
    """`not-enrolled`: only what is there can change."""
    if before is None or before.state == "withdrawn":
        yield Broken("not-enrolled", f"The school with URN {urn} is not enrolled in this programme.", "URN")
