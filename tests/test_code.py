"""The project's own rules: which package may import which, lint, types."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "newsspider"
BASE = {"source", "tomlfile", "records", "errors", "clock", "addresses", "coding", "charsets", "__init__"}
STAGES = {"discover", "fetch", "archive", "split", "store", "history", "exports", "browse", "demo"}
# Each part and what it may import, besides itself.
MAY_IMPORT = {
    **dict.fromkeys(STAGES, BASE),
    "exports": BASE | {"store"},  # the schema's descriptions and the search functions
    "history": BASE | {"store"},  # what counts as a change
    "browse": BASE | {"archive", "store", "history", "exports"},
    "runs": BASE | STAGES,
    "spiders": BASE | STAGES | {"runs"},
    "settings": BASE,
    "cli": BASE | STAGES | {"runs", "spiders"},
    **dict.fromkeys(BASE, BASE),
}


def parts(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """The parts of newsspider that a module imports, at its head or anywhere inside."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "newsspider"
                else [node.module]
            )
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("newsspider.")}
    return found - {"__version__", "split_page"}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_point_one_way(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return  # loads split_page when it is asked for
    part = parts(path)
    assert imported(path) <= MAY_IMPORT[part] | {part}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_every_package_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=lambda c: " ".join(c),
)
def test_tools_find_nothing(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_help_is_quick_because_it_loads_no_heavy_part() -> None:
    heavy = ("scrapy", "lxml", "datasette", "sqlite_utils", "twisted")
    code = f"import sys, newsspider.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
