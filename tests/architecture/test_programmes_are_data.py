"""No programme stands in code: its keys, roles, forms, reports and mails are said by its template alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.architecture.test_shape import ROOT, tracked

TEMPLATES = tuple(sorted((ROOT / "services" / "programmes" / "templates").glob("*.yaml")))
CODE = tracked("services/*.py", "shared/*.py")
SECTIONS = ("roles", "forms", "reports", "mails")
CLOSED_LISTS = {
    "services/notifications/domain/kinds.py",
    "services/notifications/domain/links.py",
    "services/notifications/domain/programme_roles.py",
    "services/notifications/domain/routing.py",
    "services/notifications/mail/contexts.py",
    "services/portal/domain/access.py",
    "services/portal/domain/renewal.py",
    "services/portal/pages/forms/findings.py",
    "services/portal/pages/forms/findings_fields.py",
    "services/portal/pages/fresh_link.py",
    "services/programmes/domain/tables/headings.py",
    "services/reporting/domain/facts.py",
    "services/reporting/domain/reports/action_plan.py",
    "services/reporting/domain/reports/appraisal.py",
    "services/reporting/domain/reports/impact.py",
    "services/reporting/handlers/queries/forms.py",
    "services/reporting/store/erasure.py",
    "shared/commands/reporting.py",
    "shared/events/notifications.py",
    "shared/events/people.py",
    "shared/events/reporting.py",
    "shared/events/template.py",
}
"""Lists of programmes that were opened before templates said everything. None may be added; one that falls away goes
from here, too."""


def declared() -> set[str]:
    """What templates in their own language declare; older ones say what they are by closed lists."""
    found = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in TEMPLATES)
    whole = [template for template in found if "clock" in template]
    assert whole
    return {one["key"] for template in whole for section in SECTIONS for one in template.get(section, ())}


def named_in(path: Path) -> set[str]:
    """The texts in a module's enums, literal types, constants and comparisons."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {part.value for node in _lists(tree) for part in ast.walk(node) if _is_text(part)}  # type: ignore[attr-defined]  # a constant has a value


def _lists(tree: ast.Module) -> Iterator[ast.AST]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            yield statement.value
    for node in ast.walk(tree):
        enum = isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)
        literal = isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal")
        if enum or literal or isinstance(node, ast.Compare | ast.MatchValue):
            yield node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("key", [path.stem for path in TEMPLATES])
def test_no_module_names_a_programme(key: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in CODE if key in path.read_text(encoding="utf-8")] == []


def test_no_list_in_code_names_what_a_template_declares() -> None:
    keys = declared()
    found = {str(path.relative_to(ROOT)) for path in CODE if keys & named_in(path)}
    assert found == CLOSED_LISTS


def test_a_list_that_names_a_form_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    for text in ('FORMS = ("diary",)', 'def f(x):\n    return x == "diary"', 'X: Literal["diary"]'):
        module.write_text(text, encoding="utf-8")
        assert named_in(module) == {"diary"}
