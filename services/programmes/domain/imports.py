"""An import: a file read in the background, step by step, so that it can stop at any moment and be taken up again."""

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.programmes.domain.records import EnrolmentRecord
from shared.commands.imports import CorrectedRow
from shared.commands.programmes import Change, ImportKind, ImportReport, Problem

__all__ = ["MOST_SHOWN", "ImportJob", "ProblemRow", "Progress", "Superseded", "Taken"]

MOST_SHOWN = 1000


class Superseded(Exception):  # noqa: N818 - nothing is wrong: another replica carries the import on
    """Somebody else has taken the import further."""


class ProblemRow(BaseModel):
    """A row with something wrong in it, as it stands in the file, for whoever puts it right.

    `row_kept`: it went in all the same, without the values at fault. Kept for a day, as the file itself is.
    """

    model_config = ConfigDict(frozen=True)

    line: int
    row_kept: bool = False
    reasons: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


class Taken(BaseModel):
    """An enrolment that an import made or changed: its version since, and how it was before, if it was."""

    model_config = ConfigDict(frozen=True)

    enrolment_id: str
    programme_id: str
    school_id: str
    urn: int
    version: int
    before: EnrolmentRecord | None = None


class ImportJob(BaseModel):
    """What was asked and how far it is. `line` is the last line of the file that has been dealt with.

    `check`: nothing goes in. `rows` stand in the place of the file's. `follows`: the check it goes on with.
    """

    model_config = ConfigDict(frozen=True)

    import_id: str
    asked_kind: ImportKind
    upload: str
    filename: str
    programme_id: str | None = None
    accept_unread: bool = False
    check: bool = False
    follows: str = ""
    rows: tuple[CorrectedRow, ...] = ()
    undone: bool = False
    actor: str = ""
    asked: str = ""
    state: Literal["running", "done", "refused"] = "running"
    kind: str = ""
    sentence: str = ""
    line: int = 0
    rows_done: int = 0
    rows_total: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    problems_total: int = 0
    changes: tuple[Change, ...] = ()
    changes_total: int = 0

    def after(self, progress: "Progress") -> "ImportJob":
        """The job with this progress made."""
        return self.model_copy(
            update={
                "state": progress.state or self.state,
                "kind": progress.kind or self.kind,
                "sentence": progress.sentence or self.sentence,
                "line": max(progress.line, self.line),
                "rows_done": self.rows_done + progress.rows,
                "rows_total": max(progress.total or self.rows_total, self.rows_done + progress.rows),
                "added": self.added + progress.added,
                "changed": self.changed + progress.changed,
                "unchanged": self.unchanged + progress.unchanged,
                "rejected": self.rejected + progress.rejected,
                "notes": tuple(dict.fromkeys((*self.notes, *progress.notes))),
                "questions": progress.questions or self.questions,
                "header": progress.header or self.header,
                "names": progress.names or self.names,
                "problems_total": self.problems_total + len(progress.problems),
                "changes_total": self.changes_total + len(progress.changes),
                "problems": (*self.problems, *progress.problems)[:MOST_SHOWN],
                "changes": (*self.changes, *progress.changes)[:MOST_SHOWN],
            }
        )

    def report(self) -> ImportReport:
        """What the person who asked is shown."""
        return ImportReport(
            **self.model_dump(include=set(ImportReport.model_fields) - {"kind"}),
            kind=self.kind or self.asked_kind,
            corrected=len(self.rows),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """What one step of an import did: counts to add, and new states."""

    line: int = 0
    rows: int = 0
    total: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    state: Literal["done", "refused"] | None = None
    kind: str = ""
    sentence: str = ""
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_rows: tuple[ProblemRow, ...] = ()
    changes: tuple[Change, ...] = ()
    taken: tuple[Taken, ...] = ()

    def then(self, more: "Progress") -> "Progress":
        """Both, one after the other."""
        return replace(
            self,
            line=max(self.line, more.line),
            rows=self.rows + more.rows,
            added=self.added + more.added,
            changed=self.changed + more.changed,
            unchanged=self.unchanged + more.unchanged,
            rejected=self.rejected + more.rejected,
            problems=(*self.problems, *more.problems),
            problem_rows=(*self.problem_rows, *more.problem_rows),
            notes=tuple(dict.fromkeys((*self.notes, *more.notes))),
            changes=(*self.changes, *more.changes),
            taken=(*self.taken, *more.taken),
        )

    def finished(self, sentence: str) -> "Progress":
        """The same, and the import is done."""
        return replace(self, state="done", sentence=sentence)
