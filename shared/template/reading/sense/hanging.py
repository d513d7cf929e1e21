"""Who gets a mail besides: by an answer that is known when the mail goes out."""

from collections.abc import Iterator

from shared.template.kinds import AGREED
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Conditions on forms of which a mail knows no entry; wishes for what nobody is placed to."""
    for index, mail in enumerate(template.mails):
        known = _known(template, mail.on)
        for place, also in enumerate(mail.also):
            form, dot, _ = also.when.field.partition(".")
            if known is None or not dot or form in known:
                continue
            listed = f"it knows answers to: {', '.join(sorted(known))}." if known else "it knows no answers."
            what = f"nobody gets it by '{also.when.field}': a mail on '{mail.on}' is about no such entry; {listed}"
            yield Fault(("mails", index, "also", place, "when", "field"), what)
    yield from _wishes(template)


def _wishes(template: Template) -> Iterator[Fault]:
    for index, one in enumerate(template.matching):
        key, _, name = (one.wishes or "").rpartition(".")
        form = template.form(key)
        field = form.field(name) if form else None
        if field is not None and one.things and field.of != one.things:
            what = f"'{one.wishes}' ranks '{field.of or 'nothing'}', and people are placed to '{one.things}'."
            yield Fault(("matching", index, "wishes"), what)


def _known(template: Template, on: str) -> frozenset[str] | None:
    """The forms whose entries such a mail is about; None where only the programme tells."""
    instant = moment_in(on)
    if instant is None:
        return None
    key = instant.anchor
    if template.clock.moment(key):
        return frozenset()
    round_ = next((one for one in template.matching if one.key == key), None)
    if round_ is not None:
        placed = round_.kind == "placements" and instant.state != "closed"
        return _placed(template) if placed else frozenset()
    if activity := template.activity(key):
        return _placed(template) if activity.kind in AGREED else frozenset()
    return _chain(template, key) if template.form(key) else None


def _placed(template: Template) -> frozenset[str]:
    return frozenset(form for one in template.matching for form in (one.people, one.things) if form)


def _chain(template: Template, key: str) -> frozenset[str] | None:
    """The form, and the forms whose entries it is about in turn; those that named whoever is placed."""
    found = set[str]()
    about = key
    while (form := template.form(about)) is not None and about not in found:
        found.add(about)
        about = form.about
    if about in {"match", "visit", "event", "entry", "action"} or template.activity(about):
        return None if about in {"entry", "action"} else frozenset(found | _placed(template))
    return frozenset(found)
