"""Whose list it is, and what somebody looks for in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from services.portal.domain import access
from services.portal.domain.geography import PHASES
from services.portal.domain.reading import whole_number
from services.portal.domain.records import School
from services.portal.domain.whole import WholeProgramme, listed_forms
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.template import Form, FormField
from shared.template.answers import choices

PAGE = "projects"
WITHIN = (10, 20, 40, 80)
"""Distances that one can choose, in kilometres."""
CHOSEN = "is."
_KINDS = ("topic", "topics", "choice", "several")
LONGEST_TEXT = 100


@dataclass(frozen=True)
class Filter:
    """A question by whose answer one can look."""

    field: FormField
    options: Mapping[str, str]


@dataclass(frozen=True)
class Looking:
    """Somebody before a list. `own`: their schools in this programme; `wanted`: what they look for, as it is kept."""

    portal: Portal
    visitor: Visitor
    programme: WholeProgramme
    form: Form
    forms: tuple[Form, ...]
    own: tuple[School, ...]
    filters: tuple[Filter, ...]
    wanted: Mapping[str, str]

    @property
    def root(self) -> str:
        """Where the list is."""
        return f"{self.visitor.root}/{PAGE}"

    @property
    def text(self) -> str:
        """The words that are looked for."""
        return self.wanted.get("q", "")

    @property
    def phase(self) -> str:
        """The phase of the school; blank: any."""
        return self.wanted.get("phase", "")

    @property
    def within(self) -> int:
        """How many kilometres away at most; 0: any."""
        return int(self.wanted.get("within", "0"))

    @property
    def number(self) -> int:
        """The page of the list, from 1."""
        return int(self.wanted.get("page", "1"))

    def chosen(self) -> dict[str, str]:
        """Question -> the answer that is looked for."""
        return {key.removeprefix(CHOSEN): value for key, value in self.wanted.items() if key.startswith(CHOSEN)}

    def narrowed(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(set(self.wanted) - {"page", "list", "programme"})

    def address(self, entry_id: str = "", **changes: str) -> str:
        """The list with some of what is wanted changed, or one of its entries."""
        wanted = {key: value for key, value in {**self.wanted, **changes}.items() if value}
        if entry_id:
            wanted = {key: value for key, value in wanted.items() if key in {"list", "programme"}}
        query = f"?{urlencode(wanted)}" if wanted else ""
        return f"{self.root}{f'/{entry_id}' if entry_id else ''}{query}"


async def looking(request: Request) -> Looking:
    """Return what the address asks for. Raises Hidden for who takes no part in the programme."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    asked = {key: value.strip()[:LONGEST_TEXT] for key, value in request.query_params.items() if value.strip()}
    programme_id = access.programme_of(visitor.link, asked.get("programme", ""))
    programme = await portal.programme(programme_id)
    forms = listed_forms(programme.template)
    form = next((form for form in forms if form.key == asked.get("list", form.key)), None)
    if form is None:
        raise Hidden
    held = await portal.read.roster.of_person(programme_id, visitor.person_id)
    today = programme.today(visitor.now)
    standing = [one for one in held if one.holds_on(today)]
    if not access.may_look(visitor.person_id, standing, programme):
        raise Hidden
    own = await portal.read.schools.of_programme(programme_id, {one.school_id for one in standing if one.school_id})
    filters = tuple(_filters(form, programme))
    return Looking(portal, visitor, programme, form, forms, tuple(own), filters, _wanted(asked, filters))


def _filters(form: Form, programme: WholeProgramme) -> list[Filter]:
    asked = [field for field in form.fields if field.told and field.kind in _KINDS]
    return [Filter(field, options) for field in asked if (options := choices(field, programme.template))]


def _wanted(asked: Mapping[str, str], filters: tuple[Filter, ...]) -> dict[str, str]:
    """What of the address means something; the rest is left out."""
    kept = {key: asked[key] for key in ("q", "list", "programme") if key in asked}
    kept |= {
        name: value for one in filters if (value := asked.get(name := f"{CHOSEN}{one.field.key}", "")) in one.options
    }
    if asked.get("phase") in PHASES:
        kept["phase"] = asked["phase"]
    if whole_number(asked.get("within", "")) in WITHIN:
        kept["within"] = asked["within"]
    if (page := whole_number(asked.get("page", ""))) > 1:
        kept["page"] = str(page)
    return kept
