"""What somebody answers when they book a call by the public page: checked against the template's form, put into words.

It is kept as an enquiry, for the same term, and read by who holds the call and who coordinates.
"""

import uuid
from collections.abc import Mapping

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.enrolment.people import Known, NewId
from services.programmes.domain.records import Person, Programme
from shared.errors import Rejected
from shared.template import Form, FormField, Template
from shared.template.kinds import CALL

__all__ = ["asked_by_call", "caller", "enquiry_id", "in_words"]

_IDS = uuid.UUID("3b0f6a52-7a7f-5a53-8c55-0d1f6f1f8b11")
_YES_NO = {"yes": "Yes", "no": "No"}


def asked_by_call(programme: Programme) -> Form:
    """The form whose questions are answered with a call. Raises Rejected("no-open-call")."""
    template = programme.template
    if isinstance(template, Template):
        call = next((one for one in template.activities if one.kind == CALL), None)
        form = template.form(call.asks or "") if call else None
        if form is not None:
            return form
    raise Rejected("no-open-call", "This programme has no call that can be booked.")


def enquiry_id(programme_id: str, email: str) -> str:
    """One for each address and programme, so that who looks for another time asks only once."""
    return f"enq-{uuid.uuid5(_IDS, f'{programme_id}|{address_key(email)}').hex}"


def in_words(form: Form, answers: Mapping[str, str]) -> str:
    """The answers below their questions. Raises Rejected where one is missing, too long or no choice."""
    asked = {field.key: field for field in form.fields}
    if unknown := sorted(answers.keys() - asked.keys()):
        raise Rejected("no-such-question", f"'{unknown[0][:60]}' is not asked here.")
    said = {key: _checked(field, answers.get(key, "").strip()) for key, field in asked.items()}
    return "\n\n".join(f"{asked[key].label or key}\n{text}" for key, text in said.items() if text)


def _checked(field: FormField, text: str) -> str:
    label = field.label or field.key
    if not text:
        if field.required:
            raise Rejected("answer-missing", f"Write something under “{label}”.")
        return ""
    if len(text) > field.longest:
        raise Rejected("answer-too-long", f"“{label}” takes {field.longest} characters at most.")
    choices = {one.key: one.title for one in field.choices} or (_YES_NO if field.kind == "yes-no" else {})
    if choices and text not in choices:
        raise Rejected("no-choice", f"Choose one of the answers to “{label}”.")
    return choices.get(text, text)


def caller(name: str, email: str, known: Known, new_id: NewId) -> tuple[Person, Known, bool]:
    """Who has this address, and whether they are new. Somebody who is known keeps their name and roles."""
    known = known.unchanged()
    found = known.with_address(email)
    if found is not None:
        return found, known, False
    person = Person(person_id=new_id("per"), name=" ".join(name.split()), email=email.strip())
    known.put(person)
    return person, known, True
