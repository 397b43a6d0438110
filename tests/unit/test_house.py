"""The house keeps its own rules: small files and functions, tests for every module, docstrings everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("balancer", "predictors", "loadtest")
SOURCE_LINES, TEST_LINES, FUNCTION_LINES = 300, 500, 40

# Data that reads worse when it is cut in two.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
# Modules, and packages tested as one, whose tests carry another name.
TESTED_BY = {
    "balancer/__main__.py": "tests/integration/test_cli.py",
    "balancer/archive/migrations/env.py": "tests/integration/test_database.py",
    "balancer/archive/migrations/versions/": "tests/integration/test_database.py",
    "balancer/drawn/": "tests/unit/test_drawn.py",
    "balancer/routes/quick_drawings.py": "tests/integration/test_drawing.py",
    "balancer/messages/": "tests/unit/test_messages.py",
    "balancer/wording/": "tests/unit/test_words.py",
    "balancer/languages/": "tests/unit/test_language_files.py",
    "balancer/commands/languages.py": "tests/unit/test_language_files.py",
    "balancer/routes/languages.py": "tests/browser/test_further_language.py",
}


def sources(*suffixes: str) -> list[Path]:
    """Every tracked-looking source file below the product's folders."""
    folders = (*PACKAGES, "public_widget")
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "__pycache__" not in path.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for found in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            yield found


def test_source_files_stay_small() -> None:
    """A file of over 300 lines is two things; the exceptions say why they are one."""
    long = {name_of(p): n for p in sources(".py", ".js", ".lua", ".css") if (n := lines(p)) > SOURCE_LINES}
    assert {name: n for name, n in long.items() if name not in LONG_FILES} == {}
    assert set(LONG_FILES) <= set(long), "an exception that is no longer needed"


def test_test_files_stay_small() -> None:
    """Tests are read too."""
    tests = [p for p in (ROOT / "tests").rglob("*.py") if "__pycache__" not in p.parts]
    assert {name_of(p): lines(p) for p in tests if lines(p) > TEST_LINES} == {}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_functions_stay_small() -> None:
    """A function of over 40 lines wants a name for its parts."""
    long = {
        f"{name_of(path)}:{function.name}": span
        for path in sources(".py")
        for function in functions(path)
        if (span := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert {name: n for name, n in long.items() if name not in LONG_FUNCTIONS} == {}


@pytest.mark.parametrize("path", sources(".py"), ids=name_of)
def test_every_module_and_public_function_says_what_it_is(path: Path) -> None:
    """A module, public class or public function without a docstring is a riddle."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [found.name for found in public_definitions(tree) if not ast.get_docstring(found)]
    assert silent == []


def public_definitions(
    tree: ast.Module,
) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for found in tree.body:
        if isinstance(found, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if not found.name.startswith("_"):
                yield found


def test_every_module_has_its_tests() -> None:
    """`x/y.py` is tested by a `test_y.py`, so that nobody has to search."""
    tests = {p.name for p in (ROOT / "tests").rglob("test_*.py")}
    missing = [
        name_of(path)
        for path in sources(".py")
        if path.name != "__init__.py"
        and f"test_{path.stem}.py" not in tests
        and not any(name_of(path).startswith(place) for place in TESTED_BY)
    ]
    assert missing == []
    assert all((ROOT / test).exists() for test in TESTED_BY.values())


def test_every_lua_script_has_its_header() -> None:
    """A script names its keys, arguments, return value and events; a shared step says what it does."""
    verbs = sorted((ROOT / "balancer/core/lua").glob("*.lua"))
    assert verbs
    for path in verbs:
        head = path.read_text("utf-8")
        for part in ("keys", "args", "returns", "events"):
            assert re.search(rf"^-- {part}:", head, re.M), f"{name_of(path)}: no `-- {part}:` line"
    for path in sorted((ROOT / "balancer/core/lua/include").glob("*.lua")):
        assert path.read_text("utf-8").startswith("--"), f"{name_of(path)}: no comment that says what it does"


def test_no_script_counts_its_keys() -> None:
    """Scripts use the names that the loader makes from the header, never positions."""
    for path in (ROOT / "balancer/core/lua").rglob("*.lua"):
        code = re.sub(r"--.*", "", path.read_text("utf-8"))
        assert not re.search(r"\b(KEYS|ARGV)\s*\[", code), name_of(path)


def test_tests_do_not_sleep() -> None:
    """A test waits for a condition; a pause that is long enough here is too short elsewhere."""
    napping = [
        f"{name_of(path)}:{number}"
        for path in (ROOT / "tests").rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"(time|asyncio)\.sleep\((0\.[1-9]|[1-9])", line)
    ]
    assert napping == []
