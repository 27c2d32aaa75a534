"""The tests of this folder hold on the newest Datasette 1.0, too."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

BROWSE = Path(__file__).parent
ROOT = BROWSE.parent.parent
# What comes out the same whatever Datasette is there.
LEFT_OUT = (
    *(
        f"--ignore={BROWSE / name}"
        for name in ("test_charts.py", "test_serve.py", "test_snippets.py", "test_text.py")
    ),
    "--deselect=tests/browse/test_accessibility.py::test_pages_are_accessible[ours]",
)


@pytest.fixture(scope="module")
def newer() -> dict[str, str]:
    """The environment of a process that has Datasette 1.0."""
    folder = runpy.run_path(str(ROOT / "tests" / "prepare.py"))["newer_folder"]()
    assert folder.is_dir(), "no Datasette 1.0: run python tests/prepare.py"
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    paths = (str(folder), str(ROOT), os.environ.get("PYTHONPATH", ""))
    return own | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def run(newer: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=newer, capture_output=True, text=True, check=False)


def test_pages_are_the_same_on_datasette_1(newer: dict[str, str]) -> None:
    version = run(newer, "-c", "import datasette; print(datasette.__version__)").stdout
    assert version.startswith("1.")
    done = run(newer, "-m", "pytest", "-n2", "--tb=short", "-rfEp", *LEFT_OUT, str(BROWSE))
    failed = done.stdout.partition("= FAILURES =")[2] or done.stdout
    assert done.returncode == 0, f"on Datasette {version}{failed}{done.stderr}"
    assert "PASSED tests/browse/test_safe.py::test_even_root_is_offered_no_writing" in done.stdout
