"""Rules about how many people a school has in a role or a set of roles."""

from collections.abc import Iterator

from shared.template.kinds import PEOPLE_RULES
from shared.template.reading.faults import Fault
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Rules of roles that there are not, or that no school names people for; forms counted that there are not."""
    here = [role.key for role in template.roles if role.at == "school"]
    for index, rule in enumerate(template.participation.rules):
        known = here if rule.rule in PEOPLE_RULES else [form.key for form in template.forms]
        what = "role at a school, or set of roles" if rule.rule in PEOPLE_RULES else "form"
        if rule.of and rule.of not in known:
            listed = ", ".join(known) or "none"
            at = ("participation", "rules", index, "of")
            yield Fault(at, f"'{rule.of}' is no {what}; declared: {listed}.")
        if rule.suggest and rule.suggest not in here:
            at = ("participation", "rules", index, "suggest")
            yield Fault(at, f"'{rule.suggest}' is no role at a school; declared: {', '.join(here) or 'none'}.")
