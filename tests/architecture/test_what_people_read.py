"""What a token of somebody's own, or a page of theirs, is answered holds nothing that is private to somebody else.

Owners answer people by rules of their own. Whatever in such an answer could be somebody else's (answers, attendance,
free text, addresses, reasons) stands here with why it is not, so that nobody adds such a field without looking.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from shared.commands.base import Query
from shared.commands.catalogue import REQUESTS
from shared.commands.public import OF_PEOPLE
from tests.architecture.test_shape import ROOT

PAGES = ROOT / "services" / "portal" / "pages"
PRIVATE = re.compile(
    r"answer|present|absent|attend|missing|why|history|note|words|reason|because|said|text|changes|silent|declined"
    r"|decided|email|phone|address|detail|^to$"
)
"""Names of fields that could hold it."""
OWN = "the person's own: no other's is in the answer"
HELD = "for those whom the template names, held by tests/unit/reporting/entries/test_access"
OPEN = "open to everybody"
SHAPE = "of the template: what is asked, not what was said"
HIDES = "the page shows no more than is its reader's, held by"
SEEN = {
    "ListedEntry.answers": HELD,
    "EntryShown.answers": HELD,
    "EntryShown.changes": "for who writes or agrees, as above",
    "EntryShown.silent_ids": "who agreed by saying nothing: an entry says how it was agreed",
    "History.changes": "for who writes, agrees or releases: reporting/entries/test_access::"
    "test_a_reader_learns_nothing_of_how_an_entry_came_about",
    "ChangesWanted.text": "as changes",
    "EntryRow.changes": "as history",
    "EntryLine.words": HELD,
    "EntryLine.because": HELD,
    "OtherText.answer": "for who writes the form together",
    "IntroductionShown.said": "of this person: peer_visits/test_introductions",
    "Form.answered": SHAPE,
    "Outcome.because": SHAPE,
    "Release.to": SHAPE,
    "Rule.or_reason": SHAPE,
    "SignOff.silent_working_days": SHAPE,
    "ActionRow.said_on": "the day on which an owner said how an action stands, for who may read the plan",
    "TaskRow.reason": "a word for why nobody owes it; the coordinator's own stand in ShowTask",
    "OwnBrief.notes": "written for the visitors, in their mail",
    "OwnVisit.answer": OWN,
    "OwnVisit.attended": OWN,
    "OwnEvent.answer": OWN,
    "AgreementDetail.said": "ListOwnAgreements leaves others' out; the page does",
    "SaidRow.answer": "as said",
    "AgreementDetail.notes": "written for both, as the form says",
    "NoteRow.note": "written for both, as the form says",
    "AgreedVisitRow.absent": "ShowDays leaves others out: scheduling/agreed/test_changes",
    "AgreedVisitRow.attendees": "who is invited, as the mail names them",
    "AgreedVisitRow.words": "written for the others, as the form says",
    "ArrangementDetail.because": "for who agrees the days: scheduling/agreed/test_agreeing",
    "ArrangementDetail.declined": "ShowDays leaves others' out: scheduling/agreed/test_agreeing",
    "DeclinedRow.words": "as declined",
    "FoundPerson.email": OWN,
    "FoundPerson.phone": OWN,
    "MailRow.to": OWN,
    "MailRow.detail": OWN,
    "MailRows.pause_reason": "neither shown nor in the file: its rows are",
    "CoursePlaceRow.why": OWN,
    "SessionRow.missing": "how many, and not who",
    "SessionRow.present": "how many, and not who",
    "PollRow.answered": "how many, for who settles the poll",
    "LinkRow.answers": "how many, for who shares the form",
    "ParticipationShown.answer": "of their school",
    "ParticipationShown.answers": "what can be answered",
    "ParticipationShown.reason": "of their school",
    "ParticipationShown.missing": "of their school",
    "EnquiryRow.email": "for who is called: scheduling/handlers/test_calls",
    "EventVenue.address": "where the event is",
    "BrochureRow.address": OPEN,
    "BrochurePart.note": OPEN,
    "VisitDetail.answers": f"{HIDES} tests/unit/portal/test_forms: the brief alone is taken",
    "VisitDetail.present": "as answers",
    "VisitDetail.why": "as answers",
    "VisitDetail.history": "as answers",
    "AnswerRow.answer": "as answers",
    "BriefText.notes": "written for the visitors",
    "Visit.attendees": "who is invited, as the mail names them",
}
"""Field of an answer -> why nothing of it is private to somebody else."""


def read_by_people() -> dict[str, type[Query]]:
    """The queries that own tokens may ask, and those that pages outside the console do."""
    queries = {one.__name__: one for one in REQUESTS.values() if issubclass(one, Query)}
    files = [one for one in PAGES.rglob("*.py") if one.relative_to(PAGES).parts[0] not in {"console", "api"}]
    named = {name for path in files for name in _imported(path)} & queries.keys()
    own = {one.__name__: one for one in OF_PEOPLE if issubclass(one, Query)}
    return {name: queries[name] for name in named} | own


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names)


def fields_of(reply: type[BaseModel], known: set[type[BaseModel]]) -> Iterator[str]:
    """Every field of an answer that could hold something private, as `Model.field`."""
    if reply in known:
        return
    known.add(reply)
    for name, field in reply.model_fields.items():
        if PRIVATE.search(name):
            yield f"{reply.__name__}.{name}"
        for kind in _kinds(field.annotation):
            yield from fields_of(kind, known)


def _kinds(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def test_what_could_be_somebody_else_s_is_held_back_in_every_answer() -> None:
    known: set[type[BaseModel]] = set()
    found = {field for query in read_by_people().values() for field in fields_of(query.Reply, known)}
    assert found == SEEN.keys()


def test_what_coordinators_are_told_is_asked_by_no_page_of_people_and_no_token_of_their_own() -> None:
    asked = read_by_people().keys()
    assert not {"ListVisits", "ListAgreements", "ListDuties", "ListDays", "ShowCourse", "ListParticipation"} & asked
    assert {"ListOwnVisits", "ListOwnAgreements", "ListOwnDuties"} <= asked
