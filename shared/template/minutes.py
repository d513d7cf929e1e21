"""What a meeting brings with it where its template says nothing: the form of its minutes, and the tasks around them.

Each stands under a key of its own; a template that declares something under that key has its own instead.

    presentation-minutes          the form: what was said, what was decided, who does what by when
    presentation-minutes-write    the task of whoever keeps the minutes
    presentation-minutes-agree    the task of everybody who was there
    presentation-minutes-action   for each action the task of its owner
    action-progress               the form on which owners say how an action stands, where none is about actions
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from shared.template.activities import Activity
from shared.template.forms import Form, FormField, Release, SignOff
from shared.template.tasks import Do, Missed, Task
from shared.template.template import Template
from shared.template.words import Condition, Declared, Entry

__all__ = ["minutes_key", "with_minutes"]

WORKING_DAYS = 5
"""How long minutes are written, and how long those who were there have to say that something is wrong."""
_ACTIONS, _STATUS = "actions", "status"
_STATES = {"not-started": "Not started", "under-way": "Under way", "done": "Done", "dropped": "Dropped"}
D = TypeVar("D", bound=Declared)


def minutes_key(activity: Activity) -> str:
    """The key of the form on which a meeting's minutes are written."""
    return f"{activity.key}-minutes"


def with_minutes(template: Template) -> Template:
    """The template with all that its meetings bring; the same where it has none, or declares everything itself."""
    meetings = [one for one in template.activities if one.minutes]
    if not meetings:
        return template
    forms = _beside(template.forms, [_form(one) for one in meetings])
    if not any(form.about == "action" for form in forms):
        forms = _beside(forms, [_progress()])
    progress = next((form for form in forms if form.about == "action"), _progress())
    tasks = [task for one in meetings for task in _tasks(one, template, progress)]
    return template.model_copy(update={"forms": forms, "tasks": _beside(template.tasks, tasks)})


def _beside(declared: Sequence[D], usual: Iterable[D]) -> tuple[D, ...]:
    """What is declared, and what is usual under keys that nothing is declared under."""
    keys = {one.key for one in declared}
    return (*declared, *(one for one in usual if one.key not in keys))


def _form(meeting: Activity) -> Form:
    return Form(
        key=minutes_key(meeting),
        title=f"Minutes: {meeting.title.rstrip('.')}",
        intro="Write what was decided rather than who said what. Everybody who was there is asked whether it is right.",
        by=(meeting.minutes,),
        together=True,
        about=meeting.key,
        after=f"{meeting.key}.held",
        fields=(
            FormField(key="said", kind="text", label="What was said, in short?", required=False),
            FormField(key="decisions", kind="lines", label="What was decided?", required=False),
            FormField(key=_ACTIONS, kind="actions", label="Who does what, by when?", required=False),
        ),
        sign_off=SignOff(by="present", each=True, silence="agrees", silent_working_days=WORKING_DAYS),
        release=Release(to=("attendees",)),
    )


def _progress() -> Form:
    choices = tuple(Entry(key=key, title=title) for key, title in _STATES.items())
    return Form(
        key="action-progress",
        title="How an action stands",
        by=(f"{_ACTIONS}.owner",),
        about="action",
        fields=(
            FormField(key=_STATUS, kind="choice", label="Where does it stand?", choices=choices, told=True),
            FormField(key="line", kind="text", label="In a sentence, what was done?", required=False, longest=500),
        ),
    )


def _tasks(meeting: Activity, template: Template, progress: Form) -> list[Task]:
    key, within = minutes_key(meeting), f"opened + {WORKING_DAYS} working days"
    tasks = [
        Task(
            key=f"{key}-write",
            title=f"Write the minutes: {meeting.title.rstrip('.')}",
            who=(meeting.minutes,),
            together=True,
            do=Do(form=key),
            opens=f"{meeting.key}.held",
            due=within,
            remind=("due - 1 working days",),
            missed=Missed(tell=("coordinator",)),
        ),
        Task(
            key=f"{key}-agree",
            title=f"Say whether the minutes are right: {meeting.title.rstrip('.')}",
            who=("present",),
            do=Do(agree=key),
            opens=f"{key}.submitted",
            due=within,
            remind=("opened + 3 working days",),
        ),
    ]
    form = template.form(key)
    plan = next((field.key for field in form.fields if field.kind == "actions"), "") if form else _ACTIONS
    status = next((field.key for field in progress.fields if field.kind == "choice" and field.told), "")
    over = Condition(field=f"{progress.key}.{status}", equals=("done", "dropped")) if status else None
    if plan:
        tasks.append(
            Task(
                key=f"{key}-action",
                title="Say how your action stands",
                who=(f"{plan}.owner",),
                do=Do(form=progress.key),
                done_when=over,
                opens=f"{key}.agreed",
                each=plan,
                due=f"{plan}.due",
                remind=("due - 10 days", "due + 1 days"),
                missed=Missed(tell=("coordinator",)),
            )
        )
    return tasks
