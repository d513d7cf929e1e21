"""The bus keeps collections of its own beside a service's: no store may use their names."""

import ast
from pathlib import Path

from shared.bus.collections import NAMES

ROOT = Path(__file__).parents[3]


def subscripts(path):
    """Every name in `something["name"]`, and every string in a list of collections, of one file."""
    return {
        node.slice.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    }


def test_no_store_uses_a_collection_of_the_bus():
    found = {
        str(path.relative_to(ROOT)): used
        for path in ROOT.glob("services/*/store/**/*.py")
        if (used := subscripts(path) & NAMES)
    }
    assert found == {}


def test_a_store_that_does_is_found(tmp_path):
    trespass = tmp_path / "store.py"
    trespass.write_text('rows = database["command_replies"]\n', encoding="utf-8")
    assert subscripts(trespass) & NAMES == {"command_replies"}
