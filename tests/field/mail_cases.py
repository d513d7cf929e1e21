"""The kept mails with the outcome each must have; `expected.toml` beside them says it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parents[1] / "cases" / "mail-calendar"
ANN = "ann.marsh@hillside.example"
_UID = "vis-00000000000000000000000000000001@kindred"
_MAIL = "mai-00000000000000000000000000000001"
_MAILBOX = "programmes@kindred.example"
_START = "DTSTART:20271209T090000Z"
_END = "DTEND:20271209T150000Z"


@dataclass(frozen=True)
class MailCase:
    """Mails of one person about one invitation, handed in one after the other, and what must come of them.

    `proof`: whether the UID in them is the person's own (`seal`) or anybody's (`none`). `to`: the mailbox, or the
    address that a bounce of the invitation comes back to. `answer`: the answer that stands afterwards, "" for none.
    `kept`: in which list the last mail is found, "" for none; each of `says` must stand in its reason or words.
    `asked`: the person is mailed a link; `forwarded`: the coordinator gets the mail at once; `held`: the invitation
    came back and its address is held.
    """

    name: str
    files: tuple[str, ...]
    what: str
    proof: Literal["seal", "none"] = "seal"
    to: Literal["mailbox", "bounces"] = "mailbox"
    answer: str = ""
    kept: Literal["waiting", "filed", ""] = ""
    says: tuple[str, ...] = ()
    asked: bool = False
    forwarded: bool = False
    held: bool = False


@dataclass(frozen=True)
class MailSeen:
    """What came of them, by the same names; `reason`: why the last one is kept, and what was written in it."""

    answer: str = ""
    kept: str = ""
    reason: str = ""
    asked: bool = False
    forwarded: bool = False
    held: bool = False


@dataclass(frozen=True)
class Invited:
    """What stands in a case for Ann's invitation: the person's address, ids, times and SEQUENCE in their calendar."""

    address: str
    uid: str
    mail_id: str
    mailbox: str
    start: str
    end: str


def mail_cases() -> list[MailCase]:
    """Every case, in the order of the file."""
    entries = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["case"]
    return [_case(each) for each in entries]


def _case(entry: dict[str, Any]) -> MailCase:
    return MailCase(**{**entry, "files": tuple(entry["files"]), "says": tuple(entry.get("says", ()))})


def written(name: str, invited: Invited) -> bytes:
    """A kept mail with a person's own invitation in it."""
    values = {
        _UID: invited.uid, ANN: invited.address, ANN.replace(".", "%2E", 1): invited.address.replace(".", "%2E", 1),
        _MAIL: invited.mail_id, _MAILBOX: invited.mailbox, _START: invited.start, _END: invited.end,
    }  # fmt: skip
    text = (FOLDER / name).read_text(encoding="utf-8")
    for found, put in values.items():
        text = text.replace(found, put)
    return text.encode()


def mail_differences(case: MailCase, seen: MailSeen) -> list[str]:
    """In what the outcome is another than it must be; nothing if it is right."""
    names = ("answer", "kept", "asked", "forwarded", "held")
    wrong = [
        f"{name}: {getattr(seen, name)!r} instead of {getattr(case, name)!r}"
        for name in names if getattr(seen, name) != getattr(case, name)
    ]  # fmt: skip
    return [*wrong, *(f"is not told: {said}" for said in case.says if said not in seen.reason)]
