"""Everything that a report of blocks is made from, loaded whole before it is made."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.entries.subjects import Placement
from services.reporting.domain.facts import Meeting
from services.reporting.domain.reports.model import SchoolLine
from shared.commands.duties import DutySums
from shared.commands.outcomes import Outcomes
from shared.template import Form
from shared.template.reports import Report

Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """An entry that schools take up, also one that was withdrawn, with everything that each has said of it in turn."""

    entry: Entry
    said: Sequence[tuple[str, Sequence[SubmittedVersion]]] = ()


@dataclass(frozen=True, kw_only=True)
class LastYear:
    """The latest earlier year of programmes with the same template.

    `held`: visits, events and days that took place. `titles`: activity -> what it is called. `placed`: round -> how
    many people were placed in it; `finished`: title of a form of findings -> how many were agreed. `sheets`: form ->
    what was counted.
    """

    year: int
    programmes: int
    schools: int = 0
    people: int = 0
    held: Sequence[Meeting] = ()
    titles: Words = field(default_factory=dict)
    placed: Mapping[str, int] = field(default_factory=dict)
    finished: Mapping[str, int] = field(default_factory=dict)
    sheets: Mapping[str, Sequence[Sheet]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Material:
    """`entries`: form -> those that count and belong to the subject. `options`: `form.field` -> choices in words.

    `sheets`: form -> what was only counted; `asked`: sheet -> group -> how many could answer it.

    `sources`: entry that evidence is linked to -> its title. `schools`: the names of schools. `placed_at`: entry -> the
    school that it is about. `duties`: how they stand this term. `outcomes`: what inspections said, where a block shows
    it. `roles`: what people are whose duties are counted, in
    words. `taken_up`: form in which schools say what becomes of an entry -> the entries; their schools by id.
    `helped`: answered form -> which school's offer which school took up, each time.
    `name`: of the person whom the report is about, where an entry names them. `last_year`: where a block counts it.
    """

    programme: EngineProgramme
    report: Report
    report_id: str
    edition: int
    subject: Subject
    about_id: str
    today: dt.date
    school: SchoolLine | None = None
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    sheets: Mapping[str, Sequence[Sheet]] = field(default_factory=dict)
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    options: Mapping[str, Words] = field(default_factory=dict)
    sources: Words = field(default_factory=dict)
    meetings: Sequence[Meeting] = ()
    placements: Sequence[Placement] = ()
    schools: Words = field(default_factory=dict)
    placed_at: Words = field(default_factory=dict)
    taken_up: Mapping[str, Sequence[TakenUp]] = field(default_factory=dict)
    helped: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    name: str = ""
    duties: DutySums | None = None
    outcomes: Outcomes | None = None
    last_year: LastYear | None = None
    roles: Words = field(default_factory=dict)

    @property
    def whole_programme(self) -> bool:
        """Whether it is about everybody, not about one thing or person."""
        return self.report.about in {"programme", "cohort"}

    def options_of(self, form: Form) -> dict[str, Words]:
        """Question of a form -> the words of what can be chosen and of what is levelled."""
        return {field.key: self.options.get(f"{form.key}.{field.key}", {}) for field in form.fields}
