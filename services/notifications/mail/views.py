"""What templates see: plain words, ready to print."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonView:
    """Somebody by name, with their role in words."""

    name: str
    role: str


@dataclass(frozen=True)
class SchoolView:
    """A school with those of its people who matter here."""

    name: str
    town: str = ""
    people: tuple[PersonView, ...] = ()


@dataclass(frozen=True)
class MeView:
    """Whom the mail is written to. ``because``: why they get it, for the foot."""

    name: str
    role: str
    school: str
    because: str


@dataclass(frozen=True)
class BriefView:
    """The host's brief; ``notes`` are (label, text) for arrival."""

    practice: str
    challenge: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TargetView:
    """A visit, event, agreed day or call in words.

    ``host`` is empty for all but visits; ``here``: the reader's own school hosts it; ``others``: with whom the reader
    has agreed the day or has the call; ``hours`` are empty for what takes the whole day; ``brief_follows``: the host
    writes one. Of an event: ``access``: how to get in; ``agenda``: what happens with who speaks, and a link to its
    material; ``tables``: whether people are seated; ``course``: whether it is a day of a course; ``notes``: what the
    host has written for who comes, (title, page); ``notes_follow``: the host has yet to write it.
    """

    title: str
    when: str
    day: str
    hours: str
    starts: str
    place: str
    purpose: str
    host: str = ""
    here: bool = False
    facilitator: str = ""
    schools: tuple[SchoolView, ...] = ()
    brief: BriefView | None = None
    brief_follows: bool = False
    moved_from: str = ""
    why: str = ""
    others: str = ""
    access: str = ""
    agenda: tuple[tuple[str, str], ...] = ()
    tables: bool = False
    course: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    notes_follow: bool = False

    @property
    def visitors(self) -> tuple[SchoolView, ...]:
        """The schools that come from elsewhere."""
        return tuple(school for school in self.schools if school.name != self.host)


@dataclass(frozen=True)
class GroupView:
    """A group and its schools; ``others`` leaves the reader's own school out."""

    number: int
    schools: tuple[SchoolView, ...]
    others: tuple[SchoolView, ...]
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportView:
    """A report in words."""

    title: str
    about: str
    pages: int
    attached: bool
    again: bool


@dataclass(frozen=True)
class EnquiryView:
    """What somebody outside asks, as it came by the page of a brochure."""

    name: str
    school: str
    role: str
    email: str
    message: str
    received: str
    until: str


@dataclass(frozen=True)
class ReplyView:
    """A message that came in, for the coordinator. ``who``: the person, or else the sender; ``key``: of its page."""

    who: str
    sender: str
    visit: str
    subject: str
    why: str
    answer: str
    words: str
    received: str
    key: str


@dataclass(frozen=True)
class TroubleView:
    """A mail that did not arrive, for the coordinator."""

    name: str
    address: str
    subject: str
    detail: str
