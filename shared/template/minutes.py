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
    minutes = [form for form in forms if any(form.key == minutes_key(one) for one in meetings)]
    if (plan := next(filter(None, map(_plan, minutes)), "")) and not any(form.about == "action" for form in forms):
        forms = _beside(forms, [_progress(plan)])
    progress = next((form for form in forms if form.about == "action"), None)
    declared = {form.key: form for form in forms}
    tasks = [task for one in meetings for task in _tasks(one, declared[minutes_key(one)], progress)]
    return template.model_copy(update={"forms": forms, "tasks": _beside(template.tasks, tasks)})


def _beside(declared: Sequence[D], usual: Iterable[D]) -> tuple[D, ...]:
    """What is declared, and what is usual under keys that nothing is declared under."""
    keys = {one.key for one in declared}
    return (*declared, *(one for one in usual if one.key not in keys))


def _form(meeting: Activity) -> Form:
    return Form(
        key=minutes_key(meeting),
        title="Minutes",
        intro="Write what was decided rather than who said what. Everybody who was there is asked whether it is right.",
        by=(meeting.minutes,),
        together=True,
        about=meeting.key,
        after=f"{meeting.key}.held",
        fields=(
            FormField(key="said", kind="text", label="What was said, in short?", required=False),
            FormField(key="decisions", kind="lines", label="What was decided?", required=False),
            FormField(key="actions", kind="actions", label="Who does what, by when?", required=False),
        ),
        sign_off=SignOff(by="present", each=True, silence="agrees", silent_working_days=WORKING_DAYS),
        release=Release(to=("attendees",)),
    )


def _plan(form: Form) -> str:
    """The question of a form that asks for actions; empty where none does."""
    return next((field.key for field in form.fields if field.kind == "actions"), "")


def _progress(plan: str) -> Form:
    choices = tuple(Entry(key=key, title=title) for key, title in _STATES.items())
    return Form(
        key="action-progress",
        title="How an action stands",
        by=(f"{plan}.owner",),
        about="action",
        fields=(
            FormField(key="status", kind="choice", label="Where does it stand?", choices=choices, told=True),
            FormField(key="line", kind="text", label="In a sentence, what was done?", required=False, longest=500),
        ),
    )


def _tasks(meeting: Activity, form: Form, progress: Form | None) -> list[Task]:
    title, plan = meeting.title.rstrip("."), _plan(form)
    within = f"opened + {WORKING_DAYS} working days"
    tasks = [
        Task(
            key=f"{form.key}-write",
            title=f"Write the minutes: {title}",
            who=(meeting.minutes,),
            together=True,
            do=Do(form=form.key),
            opens=f"{meeting.key}.held",
            due=within,
            remind=("due - 1 working days",),
            missed=Missed(tell=("coordinator",)),
        )
    ]
    if form.sign_off:
        tasks.append(
            Task(
                key=f"{form.key}-agree",
                title=f"Say whether the minutes are right: {title}",
                who=(form.sign_off.by,),
                do=Do(agree=form.key),
                opens=f"{form.key}.submitted",
                due=within,
                remind=("opened + 3 working days",),
            )
        )
    return [*tasks, _action(form, plan, progress)] if plan and progress else tasks


def _action(form: Form, plan: str, progress: Form) -> Task:
    """Its owner is asked when the minutes are agreed to, and until the action is over."""
    status = next((field.key for field in progress.fields if field.kind == "choice" and field.told), "")
    over = Condition(field=f"{progress.key}.{status}", equals=("done", "dropped")) if status else None
    return Task(
        key=f"{form.key}-action",
        title="Say how your action stands",
        who=(f"{plan}.owner",),
        do=Do(form=progress.key),
        done_when=over,
        opens=f"{form.key}.agreed",
        each=plan,
        due=f"{plan}.due",
        remind=("due - 10 days", "due + 1 days"),
        missed=Missed(tell=("coordinator",)),
    )
