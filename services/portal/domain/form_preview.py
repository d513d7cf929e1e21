"""A form as whoever fills it in will see it, before there is anything to fill in."""

from shared.commands.forms import EntryShown
from shared.commands.templates import ProgrammeSetup
from shared.template import Form
from shared.template.answers import choices, descriptors, levelled
from shared.template.counting import is_counted, promise


def preview(form: Form, of: ProgrammeSetup, title: str = "") -> EntryShown:
    """Return the form with nothing in it. `title`: what it would be about, in words."""
    template = of.template
    return EntryShown(
        programme_id=of.programme_id,
        programme=of.name,
        form=form,
        options={field.key: choices(field, template) or {} for field in form.fields},
        things={field.key: levelled(field, template) or {} for field in form.fields if field.kind == "level"},
        descriptors={field.key: found for field in form.fields if (found := descriptors(field, template))},
        shown=tuple(field.key for field in form.fields if field.shown_if is None),
        about=form.about,
        about_id="",
        title=title,
        promise=promise(form, template) if is_counted(form) else "",
        may=("fill",),
    )


def depends(form: Form) -> tuple[str, ...]:
    """Return the labels of questions whose choices are what people will have written elsewhere."""
    return tuple(
        field.label or field.key
        for field in form.fields
        if field.kind in {"choice", "several", "rank"} and field.of and not field.choices
    )
