"""Rules of the house that people forget."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from contracts.subscribers import SERVICES, wired
from shared.bus.topology import Topology
from shared.setting_names import known

ROOT = Path(__file__).parent.parent.parent


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).exists()]


GENERATED = {"events.md", "templates.md"}
"""Generated references, for looking things up."""


def test_no_file_is_over_300_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("*.py", "*.md", "*.css", "*.js", "*.html", "*.typ", "*.yml", "Makefile")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300 and path.name not in GENERATED
    }
    assert long == {}


def test_no_function_is_over_40_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.name} {length(node)}"
        for path in tracked("services/*.py", "shared/*.py", "kindred/*.py", "contracts/*.py", "deploy/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > 40
    ]
    assert long == []


def test_only_one_package_imports_a_mongo_driver():
    drivers = {"motor", "pymongo", "gridfs", "bson"}
    importing = {
        str(path.relative_to(ROOT))
        for path in tracked("services/*.py", "shared/*.py", "kindred/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names(node)
        if name.partition(".")[0] in drivers
    }
    assert {str(Path(path).parent) for path in importing} <= {"shared/mongo"}


def test_domains_are_pure():
    forbidden = {"faststream", "nats", "motor", "pymongo", "starlette", "aiosmtplib", "typst", "pydantic_settings"}
    clocks = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "random.random", "uuid4"}
    found = []
    for path in tracked("services/*/domain/*.py", "services/*/domain/**/*.py", "services/*/planner/**/*.py"):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        found += [
            f"{path}: imports {n}" for node in ast.walk(tree) for n in names(node) if n.partition(".")[0] in forbidden
        ]
        found += [f"{path}: calls {call}" for call in clocks if f"{call}(" in text]
    assert found == []


def test_no_service_reads_the_wall_clock():
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("services/*.py")
        for call in ("datetime.now(", "dt.datetime.now(", "date.today(", "time.time(")
        if call in path.read_text(encoding="utf-8")
    ]
    assert found == []


def length(node):
    return (node.end_lineno or node.lineno) - node.lineno + 1


def names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_the_same_files(name):
    folder = ROOT / "services" / name
    for wanted in ("app.py", "settings.py", "ports.py", "store.py", "pyproject.toml", "domain/__init__.py"):
        assert (folder / wanted).exists() or (folder / wanted.removesuffix(".py")).is_dir(), f"{name} lacks {wanted}"
    assert (folder / "handlers.py").exists() or (folder / "handlers").is_dir()


def test_every_durable_is_unique():
    joined = Topology.of([wired(name).topology() for name in SERVICES])
    assert all(consumer.durable.startswith(SERVICES) for consumer in joined.consumers)


def test_no_file_names_a_package_registry():
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".md", ".txt", ".toml", ".yml", ".yaml", ".json", ".lock", ""}
        and any(host in path.read_text(errors="replace", encoding="utf-8") for host in hosts)
    ]
    assert found == []


def test_every_setting_named_for_containers_exists():
    named = set(re.findall(r"\b(KINDRED_[A-Z_]+)\b", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert {name.removesuffix("_FILE") for name in named} - known() == set()
