"""Who may know whom, checked over the source text without importing anything."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("desktop", "forms", "resources", "signing", "sync")

# a library or module -> the only places that may import it
KEEPERS = {
    "PySide6": ("desktop.ui", "desktop.__main__"),
    "shiboken6": ("desktop.ui",),
    "sqlalchemy": ("desktop.store",),
    "alembic": ("desktop.store",),
    "requests": ("sync.transport",),
    "urllib3": ("sync.transport",),
    "PyKCS11": tuple(
        f"signing.agent.{name}" for name in ("driver", "opening", "survey", "token", "touch")
    ),
    "xmlsec": ("signing",),
    "lxml": ("forms.xml", "signing"),
    "openpyxl": ("forms.excel",),
    "python_calamine": ("forms.excel",),
    "fpdf": ("forms.paper.pdf", "forms.cover_pdf"),
    "cheroot": ("desktop.practice.gateway",),
    "werkzeug": ("desktop.practice.gateway",),
    "sqlite3": ("desktop.store", "desktop.practice.gateway"),
    "desktop.compose": ("desktop.__main__", "desktop.cli", "desktop.demo"),
    "desktop.frozen": ("desktop.__main__", "desktop.cli.__main__"),
}

# a room -> what it must never reach, not even through others
NEVER = {
    "resources": ("desktop", "forms", "signing", "sync"),
    "forms": ("desktop", "signing", "sync", "PySide6", "sqlalchemy", "requests", "PyKCS11"),
    "signing": ("desktop", "forms", "sync", "PySide6", "sqlalchemy", "openpyxl", "requests"),
    "sync": ("desktop", "forms", "signing", "PySide6", "sqlalchemy", "PyKCS11", "lxml"),
    "desktop.services": (
        "desktop.store",
        "desktop.ui",
        "desktop.practice",
        "PySide6",
        "sqlalchemy",
        "requests",
        "PyKCS11",
    ),
    "desktop.store": ("desktop.ui", "desktop.cli", "desktop.practice", "PySide6"),
    "desktop.cli": ("PySide6",),
    "desktop.practice": ("desktop.ui", "desktop.cli", "PySide6"),
    "desktop.ui": ("desktop.store", "desktop.compose", "sqlalchemy", "requests", "PyKCS11"),
}

# inside the domain, only these places may reach a file format
FORMAT_FREE = ("forms.model", "forms.findings", "forms.states", "forms.numbers", "forms.checks")
FORMATS = ("lxml", "openpyxl", "python_calamine", "xmlsec")

# the token's driver runs in the child process: the parent must not reach it
PARENT_OF_THE_TOKEN = ("signing.tokens", "desktop.services", "desktop.ui", "desktop.cli")


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def entry_point(module: str) -> bool:
    """A frozen program's entry may become the token agent; nobody imports it."""
    return module.endswith(".__main__")


def imported_names(tree: ast.AST, name: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def read_modules() -> dict[str, set[str]]:
    modules = {}
    for path in (found for room in ROOMS for found in (ROOT / room).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = imported_names(ast.parse(path.read_text(encoding="utf-8")), name)
    return modules


MODULES = read_modules()


def reach(start: str) -> dict[str, tuple[str, ...]]:
    """Every name that start imports, with one path to it; parent packages count as imported."""
    paths: dict[str, tuple[str, ...]] = {}
    queue = [(start, (start,))]
    while queue:
        name, path = queue.pop()
        for target in MODULES.get(name, ()):
            parents = [target.rsplit(".", n)[0] for n in range(1, target.count(".") + 1)]
            for part in [target, *parents]:
                if part not in paths:
                    paths[part] = (*path, part)
                    queue.append((part, paths[part]))
    return paths


def forbidden_paths(rooms: tuple[str, ...], targets: tuple[str, ...]) -> list[str]:
    mine = [module for module in MODULES if within(module, rooms) and not entry_point(module)]
    assert mine, f"no module under {rooms}"
    return [
        " -> ".join(path)
        for module in mine
        for target, path in reach(module).items()
        if within(target, targets)
    ]


@pytest.mark.parametrize("library", KEEPERS)
def test_only_its_keeper_imports(library: str) -> None:
    users = [
        module
        for module, found in MODULES.items()
        if any(within(name, (library,)) for name in found) and not within(module, (library,))
    ]
    assert [module for module in users if not within(module, KEEPERS[library])] == []


@pytest.mark.parametrize("room", NEVER)
def test_room_never_reaches(room: str) -> None:
    assert forbidden_paths((room,), NEVER[room]) == []


def test_the_domain_knows_no_file_format() -> None:
    assert forbidden_paths(FORMAT_FREE, FORMATS) == []


def test_the_parent_process_never_loads_a_vendor_driver() -> None:
    assert forbidden_paths(PARENT_OF_THE_TOKEN, ("PyKCS11", "signing.agent.driver")) == []


def test_presenters_know_no_qt() -> None:
    presenters = tuple(name for name in MODULES if name.endswith(".presenter"))
    assert presenters, "no presenters found"
    assert forbidden_paths(presenters, ("PySide6",)) == []


def test_no_package_below_tests_shadows_a_room() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
