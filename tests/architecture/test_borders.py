"""The borders between packages are held by import-linter; each kind of trespass is planted and must be found."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "shared", "kindred", "deploy")
TRESPASSES = {
    "Services are independent of each other": ("services/matching/settings.py", "services.scheduling.settings"),
    "shared imports no service and no client": ("shared/errors.py", "services.portal.settings"),
    "Services know neither the CLI nor deployment": ("services/portal/settings.py", "kindred.location"),
    "The CLI asks through contracts only": ("kindred/location.py", "services.portal.settings"),
    "Layers of notifications": ("services/notifications/mail/builder.py", "services.notifications.store"),
    "Rooms of notifications' handlers": (
        "services/notifications/handlers/events/visits.py",
        "services.notifications.handlers.workers",
    ),
    "Layers of kindred": ("kindred/running/stack.py", "kindred.demo.target"),
    "Rooms of the command line": ("kindred/cli/matching/cohorts.py", "kindred.cli.scheduling.visits"),
    "Rooms of programmes' handlers": (
        "services/programmes/handlers/situations.py",
        "services.programmes.handlers.commands.people",
    ),
    "Layers of programmes": ("services/programmes/domain/records.py", "services.programmes.ports.people"),
    "Layers of portal": ("services/portal/pages/rendering.py", "services.portal.store.models"),
    "Rooms of portal's pages": ("services/portal/pages/forms/route.py", "services.portal.pages.saved"),
    "Layers of reporting": ("services/reporting/render/pool.py", "services.reporting.handlers.workers.compiler"),
    "Rooms of reporting's handlers": (
        "services/reporting/handlers/publishing.py",
        "services.reporting.handlers.commands.findings",
    ),
    "Layers of tasks": ("services/tasks/domain/calendar.py", "services.tasks.store.stores"),
    "Rooms of tasks' handlers": ("services/tasks/handlers/cases.py", "services.tasks.handlers.timers"),
    "Layers of matching": ("services/matching/domain/rules.py", "services.matching.engine.instance"),
    "Layers of scheduling": ("services/scheduling/planner/board.py", "services.scheduling.domain.visits.records"),
    "Layers of scheduling's domain": (
        "services/scheduling/domain/calendars/term_dates.py",
        "services.scheduling.domain.visits.records",
    ),
    "Layers of scheduling's handlers": (
        "services/scheduling/handlers/loading/nearby.py",
        "services.scheduling.handlers.changes",
    ),
    "Layers of scheduling's planner": (
        "services/scheduling/planner/placement.py",
        "services.scheduling.planner.search.ejection",
    ),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The packages' Python files and the contracts, elsewhere."""
    folder = tmp_path_factory.mktemp("borders")
    for package in PACKAGES:
        unwanted = shutil.ignore_patterns("__pycache__", "fonts", "templates", "data", "static")
        shutil.copytree(ROOT / package, folder / package, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder):
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go(['--no-cache'])"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if "BROKEN" in line}


def test_nobody_trespasses(copied):
    assert lint(copied) == (0, set())


@pytest.mark.parametrize("contract", TRESPASSES)
def test_a_planted_trespass_is_found(copied, contract):
    name, forbidden = TRESPASSES[contract]
    file = copied / name
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\nimport {forbidden}\n", encoding="utf-8")
    try:
        code, broken = lint(copied)
    finally:
        file.write_text(before, encoding="utf-8")
    assert code == 1
    assert contract in broken


def test_what_is_started_as_a_process_keeps_to_the_borders_too():
    """import-linter reads imports; a module that is named to be run is a dependency all the same."""
    named = {
        f"{path.relative_to(ROOT)} runs {module}"
        for path in (ROOT / "kindred" / "running").rglob("*.py")
        for module in re.findall(r'"-m", "(kindred\.[\w.]+)"', path.read_text(encoding="utf-8"))
        if not module.startswith("kindred.catcher")
    }
    assert named == set()
