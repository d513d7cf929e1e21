"""Every kind has a meaning and an example that the language takes; the reference shows them all."""

import yaml
from pydantic import BaseModel

from contracts import templates_page
from shared.template import Activity, Block, FormField, Party, Round, blocks, kinds
from shared.template.kind import Kind
from shared.template.words import Rule

TABLES: dict[str, tuple[type[BaseModel], dict[str, Kind]]] = {
    "party": (Party, kinds.PARTIES),
    "matching": (Round, kinds.ROUNDS),
    "activities": (Activity, kinds.ACTIVITIES),
    "forms[].fields": (FormField, kinds.FIELDS),
    "reports[].blocks": (Block, blocks.BLOCKS),
    "rules": (Rule, kinds.RULES),
}
EXAMPLES = yaml.safe_load(templates_page.EXAMPLES.read_text(encoding="utf-8"))


def test_every_kind_has_an_example_that_is_of_it() -> None:
    for section, (model, table) in TABLES.items():
        assert list(EXAMPLES[section]) == list(table)
        for name, written in EXAMPLES[section].items():
            part = model.model_validate(written)
            assert name in {getattr(part, "kind", None), getattr(part, "rule", None)}
            assert set(written) <= set(model.model_fields)
            assert table[name].needs <= set(written)


def test_no_kind_is_both_built_and_still_to_come() -> None:
    built = {name for _, table in TABLES.values() for name in table}

    assert not built & set(kinds.OTHERWISE)


def test_every_setting_of_the_reference_has_a_meaning() -> None:
    lines = templates_page.page().splitlines()

    unsaid = [line for line in lines if line.startswith("| `") and line.count("|") == 5 and line.endswith("|  |")]
    assert {line.split("`")[1] for line in unsaid} <= {"key", "title", "kind", *_kinds_without_settings()}


def _kinds_without_settings() -> set[str]:
    return {name for _, table in TABLES.values() for name, kind in table.items() if not kind.may}
