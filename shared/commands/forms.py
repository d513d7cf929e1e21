"""What may be asked of `reporting` about entries; whoever may not is told `unknown-entry`, without a person none."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Message, Query, Reply
from shared.commands.introductions import IntroductionShown
from shared.template import Form
from shared.template.answers import Answer
from shared.template.words import FieldKey

EntryState = Literal["draft", "submitted", "changes-asked", "agreed", "released", "withdrawn"]
EntryAct = Literal["fill", "read", "answer", "ask-for-changes", "agree", "release", "withdraw"]


class DraftSaved(Reply):
    """The draft as it stands: hand in `revision`. In `conflicts` somebody else's text stands; look at both."""

    entry_id: str
    revision: int
    conflicts: tuple[str, ...] = ()
    sentence: str = ""


class SaveDraft(Command):
    """Keep what somebody typed, valid or not: the fields that they changed. The first time it begins the entry."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = DraftSaved
    programme_id: str
    form: str
    about_id: str = Field(description="the school, visit, match, person, group, or entry of another form")
    person_id: str
    another: str = Field("", max_length=64, description="a word that tells several entries of one person apart")
    entry_id: str = Field("", description="an entry that is known; form and thing are then its own")
    answers: dict[FieldKey, Answer] = Field(description="field -> answer as typed; see `shared.template.answers`")
    revision: int = Field(0, ge=0, description="the draft's revision that the person had before them")


class SubmitEntry(Command):
    """Hand in the draft as it stands, as a new version. Every problem is named in one refusal."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    revision: int = Field(ge=0)


class AskForChanges(Command):
    """Send an entry back with what should be changed; the words stay with the entry."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    number: int = Field(ge=1, description="the version that was read")
    text: str


class LineAnswer(Message):
    """How a line is answered: one of the form's outcomes, and why where it asks for that."""

    line_id: str
    outcome: str
    because: str = ""


class AnswerLines(Command):
    """Answer an entry line by line; lines that are not named stay as they were."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    number: int = Field(ge=1, description="the version that was read")
    answers: tuple[LineAnswer, ...] = Field(max_length=100, description="of lines in `EntryShown.lines`")


class AgreeEntry(Command):
    """Agree to the version of an entry that was read."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    number: int = Field(ge=1)


class ReleaseEntry(Command):
    """Let an agreed entry go to its readers, as they are named now."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    number: int = Field(ge=1)


class WithdrawEntry(Command):
    """Take an entry back, or throw a draft away."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str


class FieldProblem(Reply):
    """What is wrong with an answer: the rule, the field (`actions.2.due` in rows), a sentence."""

    rule: str
    field: str
    sentence: str


class OtherText(Reply):
    """What somebody else wrote into a field in which another text stands."""

    person_id: str
    answer: Answer


class ChangesWanted(Reply):
    """What somebody wants changed in a version."""

    person_id: str
    at: dt.datetime
    number: int
    text: str


class EntryLine(Reply):
    """A line that somebody answers, with its answer so far."""

    line_id: str
    field: str
    words: str
    outcome: str = ""
    because: str = ""


class EntryShown(Reply):
    """An entry as one person may see it. `answers` are the draft's where they fill it in, else what was submitted."""

    entry_id: str = ""
    programme_id: str
    programme: str
    form: Form
    options: dict[str, dict[str, str]] = Field({}, description="field -> what can be chosen, key -> words")
    things: dict[str, dict[str, str]] = Field({}, description="field -> what a level is asked of, key -> words")
    descriptors: dict[str, dict[str, dict[str, str]]] = Field({}, description="rubric -> thing -> stage -> its words")
    shown: tuple[str, ...] = Field((), description="the fields that are asked, given the answers so far")
    about: str
    about_id: str
    title: str = Field("", description="what it is about, in words where they are known")
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    state: EntryState = "draft"
    number: int = 0
    revision: int = 0
    answers: dict[str, Answer] = Field({})
    problems: tuple[FieldProblem, ...] = ()
    others: dict[str, tuple[OtherText, ...]] = Field({})
    changes: tuple[ChangesWanted, ...] = ()
    lines: tuple[EntryLine, ...] = Field((), description="what is answered line by line")
    introduction: IntroductionShown | None = None
    may: tuple[EntryAct, ...] = ()
    reader_ids: tuple[str, ...] = Field((), description="who reads it, or would if it were released now")
    promise: str = Field("", description="what is promised where answers are only counted: send them by `CountAnswers`")
    mark: str = Field("", description="of the words, where answers are only counted")
    agreed_ids: tuple[str, ...] = Field((), description="where each of several agrees: who has")
    silent_ids: tuple[str, ...] = Field((), description="who has said nothing, so far or until it was agreed")
    begins: dict[str, str] = Field({}, description="forms about this entry that the person may begin, key -> title")


class ShowEntry(Query):
    """An entry by its id, or by form and thing, as a person may see it; also a form not begun that they may fill in."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = EntryShown
    person_id: str
    entry_id: str = ""
    programme_id: str = ""
    form: str = ""
    about_id: str = ""
    another: str = Field("", max_length=64)
    view: Literal["fill", "read"] = Field("fill", description="the draft or what was submitted, for who may both")


class EntryRow(Reply):
    """An entry without its answers."""

    entry_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    state: EntryState
    number: int
    changes: int = Field(0, description="how often changes were asked for")
    coordinator_asked: bool = False
    changed_at: dt.datetime


class EntryRows(Reply):
    """Entries, the latest change first."""

    total: int
    entries: tuple[EntryRow, ...]


class ListEntries(Query):
    """Entries by what they are about, without answers; with `person_id` only those that this person may read.

    For a person, `total` is more than a page's end where more may follow. Refused where more than a thousand would have
    to be looked through.
    """

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = EntryRows
    named: str = Field("", max_length=100, description="an entry's id or its beginning")
    programme_id: str = ""
    form: str = ""
    about_id: str = ""
    school_id: str = ""
    author_id: str = ""
    state: EntryState | None = None
    person_id: str = ""
    limit: int = Field(100, ge=1, le=200)
    offset: int = Field(0, ge=0)


class VersionRow(Reply):
    """A submitted version: whose, when, and in which fields it differs from the one before."""

    number: int
    person_id: str
    at: dt.datetime
    wording: int
    changed: tuple[str, ...]


class History(Reply):
    """Every version, and every request for changes. `before` and `after`: the answers of the version asked for."""

    entry_id: str
    form: str
    versions: tuple[VersionRow, ...]
    changes: tuple[ChangesWanted, ...] = ()
    before: dict[str, Answer] = Field({})
    after: dict[str, Answer] = Field({})


class EntryHistory(Query):
    """How an entry came about. With a person who may read it: nothing of what they may not read.

    Who writes, agrees or releases it also has the words: what was to be changed, and one version beside the one before.
    """

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = History
    entry_id: str
    person_id: str = ""
    number: int = Field(0, ge=0, description="the version whose changed fields are shown as they were and as they are")


class ProgrammeForms(Reply):
    """What a programme's forms ask. `options`: `form.field` -> what a list lets one choose, by key."""

    programme_id: str
    name: str
    template: str
    wording: int = Field(description="the version of the template that the programme was opened with")
    forms: tuple[Form, ...]
    options: dict[str, dict[str, str]] = Field({})


class ShowForms(Query):
    """The forms of a programme whose template says everything; Rejected("unknown-programme") otherwise."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = ProgrammeForms
    programme_id: str
