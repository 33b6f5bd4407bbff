"""Measures how the code is built: `python -m tests.house` prints the table, and `tests/test_house.py` holds parts of it.

Everything is read from the source text of `bot/`; nothing of the bot is imported, but for `pressed`.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOT, TESTS = ROOT / "bot", ROOT / "tests"

_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@cache
def files() -> dict[str, Path]:
    """Return each module of the bot by its dotted name; a package is its `__init__.py`."""
    found = {}
    for path in sorted(BOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(files()[module].read_text(encoding="utf-8"))


def code_lines(source: str) -> int:
    """Return the number of lines that hold code: no comment, docstring or blank line."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


# Imports


@cache
def imports() -> dict[str, frozenset[str]]:
    """Return which modules each module imports: at its head, within functions, and for types only."""
    return {module: frozenset(_imported(module)) - {module} for module in files()}


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in files())
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module in files():
            for each in node.names:
                inside = f"{node.module}.{each.name}"
                yield inside if inside in files() else node.module


def circles(graph: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """Return the sets of nodes that reach each other, each of two nodes at least."""
    reached = {node: _reached(graph, node) for node in graph}
    found = {frozenset({node} | {other for other in reached[node] if node in reached[other]}) for node in graph}
    return sorted((each for each in found if len(each) > 1), key=sorted)


def _reached(graph: Mapping[str, frozenset[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph[node])
    return seen


def rooms(package: str) -> dict[str, frozenset[str]]:
    """Return the imports among the files and folders that stand directly in a package, a folder counted as one."""
    depth = package.count(".") + 1

    def room(module: str) -> str:
        return ".".join(module.split(".")[: depth + 1])

    found: dict[str, set[str]] = {room(module): set() for module in files() if module.startswith(f"{package}.")}
    for module, others in imports().items():
        if room(module) in found:
            found[room(module)] |= {room(each) for each in others if room(each) in found} - {room(module)}
    return {each: frozenset(others) for each, others in found.items()}


def within(package: str) -> dict[str, frozenset[str]]:
    """Return the imports among the modules of a package, in whatever folder of it they stand."""
    own = {module: others for module, others in imports().items() if module.startswith(f"{package}.")}
    return {module: frozenset(others & own.keys()) for module, others in own.items()}


def floors(graph: Mapping[str, frozenset[str]]) -> tuple[int, int]:
    """Return how many floors a graph has, each node above all that it imports, and how many arrows run back up.

    An arrow runs back up where it closes a circle, in the order of names.
    """
    floor: dict[str, int] = {}
    above: list[str] = []
    climbs = 0

    def visit(node: str) -> int:
        nonlocal climbs
        if node in floor:
            return floor[node]
        above.append(node)
        highest = 0
        for each in sorted(graph[node]):
            if each in above:
                climbs += 1
            else:
                highest = max(highest, visit(each))
        above.pop()
        floor[node] = highest + 1
        return floor[node]

    return max(map(visit, sorted(graph)), default=0), climbs


# Tests


@cache
def _test_files() -> dict[str, list[tuple[str, ...]]]:
    """Return the folders below `tests/` that hold a test file, by its name."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        found.setdefault(path.stem, []).append(path.relative_to(TESTS).parts[:-1])
    return found


def own_test(module: str) -> Path | None:
    """Return the test file with a module's name, in the folder that mirrors its own or one above; None where there is none."""
    *folder, name = module.split(".")[1:] or ["bot"]
    for found in _test_files().get(f"test_{name}", []):
        if tuple(folder[: len(found)]) == found and (found or not folder):
            return TESTS.joinpath(*found, f"test_{name}.py")
    return None


@cache
def thinking() -> list[str]:
    """Return the modules that have code of their own: no package's face that only hands names on."""
    return [module for module in files() if any(isinstance(node, DEFINES) for node in ast.walk(tree(module)))]


DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


# Words

_WORD = re.compile(r"[\"'“(*_`#-]*[A-Za-z][A-Za-z’'-]*[.,;:!?)”\"'*_`]*")
_OTHER = re.compile(
    r"\\|\(\?|\)\?|\|.*\(|\(.*\|"  # patterns
    r"|\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA)\b|Content-Disposition|<[a-z]+|-src "  # other languages
    r"|^(?=\S+( \S+){8})[a-z ]+$",  # words of a list
    re.DOTALL,
)
FEWEST_WORDS = 4
"""Words that a string has at least, to count as a sentence: "Back to the preview" is one."""


def strings(module: str) -> Iterator[tuple[int, str]]:
    """Return the strings of a module with their lines; docstrings are left out, and of an f-string its fixed parts are joined."""
    skipped: set[int] = set()
    for node in ast.walk(tree(module)):
        if id(node) in skipped:
            skipped.update(id(each) for each in ast.iter_child_nodes(node))
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call) and _is_log(node):
            skipped.update(id(each) for each in node.args)
        elif isinstance(node, ast.JoinedStr):
            skipped.update(id(each) for each in node.values)
            parts = (each.value if isinstance(each, ast.Constant) else "…" for each in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).rpartition(".")[2].endswith("log")


_LOG = "names what is done, for the log"
_CODE = "of an error that only a mistake in the code raises"
_READ = "words that are read in messages, or in YAML's own faults; nothing of it is said"
_KEYS = "names of figures, which stand in the files that `legpress eval --save` and `--json` write"
NOT_FOR_PEOPLE = {
    "bot.cli.early": (1, "said before anything may be imported"),
    "bot.evaluation.scoreboard": (2, _KEYS),
    "bot.client.bot": (3, _LOG),
    "bot.client.connecting": (2, _LOG),
    "bot.client.desk": (2, _LOG),
    "bot.client.digests": (3, _LOG),
    "bot.client.doors": (1, "the beginning of a line that discord.py logs"),
    "bot.client.fleet": (1, _LOG),
    "bot.client.late": (1, _LOG),
    "bot.cogs.presence": (1, _LOG),
    "bot.cogs.settings": (1, _LOG),
    "bot.cogs.welcome": (2, _LOG),
    "bot.evaluation.perturbations": (21, "what people write around a question, to try the matcher with"),
    "bot.evaluation.scores": (2, _KEYS),
    "bot.evaluation.summary": (3, _KEYS),
    "bot.core.knowledge.confusions": (1, _CODE),
    "bot.core.knowledge.honesty": (1, _READ),
    "bot.core.knowledge.yaml_reader": (1, _READ),
    "bot.core.matching.features": (1, _CODE),
    "bot.core.matching.matcher": (3, _CODE),
    "bot.core.matching.overlay": (1, _CODE),
    "bot.core.matching.said": (1, _CODE),
    "bot.core.matching.state": (1, _CODE),
    "bot.core.safety.phrasebank": (2, _CODE),
    "bot.service.for_them": (1, "what is put to the matcher"),
    "bot.service.service": (2, "what is put to the matcher, to warm it"),
    "bot.sentences": (2, "what is wrong with the sentences themselves, which then cannot say it"),
    "bot.words": (7, _READ),
    "bot.ui.answer.sending": (1, _LOG),
    "bot.ui.curation.drafting": (2, _LOG),
    "bot.ui.desks.telling": (1, _LOG),
}
"""Texts of four words and more in Python that nobody is told: how many a module has, and what they are."""


def sentences() -> dict[str, list[tuple[int, str]]]:
    """Return the texts for people that stand in Python, by module: all of a module that has more than NOT_FOR_PEOPLE says."""
    found = long_texts()
    return {name: said for name, said in found.items() if len(said) > NOT_FOR_PEOPLE.get(name, (0,))[0]}


@cache
def long_texts() -> dict[str, list[tuple[int, str]]]:
    """Return the texts in Python that read as said to somebody, by module; what is logged is none."""
    found = {module: [(line, text) for line, text in strings(module) if is_sentence(text)] for module in files()}
    return {module: said for module, said in found.items() if said}


def is_sentence(text: str) -> bool:
    """Say whether a string reads as something said to people: FEWEST_WORDS words, and no pattern, SQL, HTML or list of words."""
    return sum(_WORD.fullmatch(word) is not None for word in text.split()) >= FEWEST_WORDS and not _OTHER.search(text)


@cache
def said() -> list[tuple[str, int, str | None, frozenset[str]]]:
    """Return where the code says a sentence of `bot/sentences/`: module, line, its name (None: worked out), and the gaps it fills."""
    found = []
    for module in files():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"say", "sentences.say"}:
                name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                gaps = frozenset(each.arg or "**" for each in node.keywords)
                found.append((module, node.lineno, name if isinstance(name, str) else None, gaps))
    return found


def said_whole() -> list[tuple[str, str]]:
    """Return the parts of `bot/sentences/` that are said sentence by sentence, by the names in them: module, part."""
    return [
        (module, ast.literal_eval(node.args[0]))
        for module in files()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sentences.part"
    ]


FEWEST_LISTED = 8
"""Words that a collection, a pattern or a text has at least, to count as a list of words."""
_PLAIN_WORD = re.compile(r"[a-z][a-z' -]*")
_ALTERNATIVE = re.compile(r"(?<![\\\\a-z])[a-z']{2,}(?=[|)?])")


def word_lists() -> dict[str, list[tuple[int, str]]]:
    """Return the lists of English words in Python by module, each with its line and beginning; all of a module with more than NO_WORDS says."""
    found = all_lists()
    return {module: lists for module, lists in found.items() if len(lists) > NO_WORDS.get(module, (0,))[0]}


@cache
def all_lists() -> dict[str, list[tuple[int, str]]]:
    """Return what looks like a list of words, by module: collections, mappings, patterns, texts."""
    found: dict[str, list[tuple[int, str]]] = {}
    for module in files():
        lists = [*_collections(module), *_patterns(module)]
        if lists:
            found[module] = sorted(lists)
    return found


NO_WORDS = {
    "bot.core.addresses": (1, "names of parameters in addresses, the same in each language"),
    "bot.core.matching.signals": (1, "names of the model's signals"),
    "bot.core.matching.taught": (1, "names of the model's signals"),
    "bot.core.safety.assertion": (1, "names of roles, which the lexicon's classes have"),
    "bot.core.safety.evidence": (1, "names of the model's evidence"),
    "bot.core.yaml_text": (1, "words that YAML itself reads as something else"),
}
"""What looks like a list of words and is none that anybody says: how many a module has, and what they are."""


def _collections(module: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            plain = [word for word in words if _PLAIN_WORD.fullmatch(word)]
            if len(plain) >= FEWEST_LISTED and len(plain) == len(node.elts):
                yield node.lineno, ", ".join(plain[:4])
        elif isinstance(node, ast.Dict):
            both = [each.value for each in (*node.keys, *node.values) if isinstance(each, ast.Constant)]
            said = [each for each in both if isinstance(each, str) and (not each or _PLAIN_WORD.fullmatch(each))]
            if len(said) >= 2 * FEWEST_LISTED and len(said) == 2 * len(node.keys):
                yield node.lineno, ", ".join(said[:4])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = node.func.value.value if isinstance(node.func.value, ast.Constant) else None
            if isinstance(text, str) and len(text.split()) >= FEWEST_LISTED:
                yield node.lineno, text[:40]


def _patterns(module: str) -> Iterator[tuple[int, str]]:
    for line, text in strings(module):
        alternatives = _ALTERNATIVE.findall(text) if "|" in text else []
        listed = text.split() if "\n" in text and not re.search(r"[A-Z.:{]", text) else []
        if max(len(alternatives), len(listed)) >= FEWEST_LISTED:
            yield line, text.strip()[:40]


# The picture

GROUND = (
    "bare_imports",
    "config",
    "errors",
    "measures",
    "memory",
    "private_files",
    "progress",
    "sentences",
    "way",
    "words",
)
"""Modules without any of their own above them: drawn as one."""


@cache
def picture() -> str:
    """Return the layers and the imports among them as a Mermaid flow chart, without arrows that longer ways imply."""
    found: dict[str, set[str]] = {}
    for module, others in imports().items():
        if module.count(".") and module != "bot.__main__":
            found.setdefault(_part(module), set()).update(_part(each) for each in others if each != "bot")
    graph = {part: frozenset(others - {part}) for part, others in found.items()}
    lines = ["flowchart TD"]
    for part in sorted(graph, key=lambda each: (-_height(graph, each), each)):
        shown = "config, errors, measures, ..." if part == "ground" else part
        lines.append(f'    {part}["{shown}"]')
        beyond = {each for other in graph[part] for each in _reached(graph, other)}
        lines += [f"    {part} --> {other}" for other in sorted(graph[part] - beyond)]
    return "\n".join(lines)


def _part(module: str) -> str:
    part = module.split(".")[1]
    return "ground" if part in GROUND else part


def _height(graph: Mapping[str, frozenset[str]], node: str) -> int:
    return 1 + max((_height(graph, each) for each in graph[node]), default=0)


# The table


def table() -> list[tuple[str, str]]:
    """Return the figures, each with its name."""
    sources = [path.read_text(encoding="utf-8") for path in files().values()]
    think = thinking()
    alone = [module for module in think if own_test(module) is None]
    said, words = sentences(), word_lists()
    ui = rooms("bot.ui")
    height, climbs = floors(ui)
    inside = within("bot.ui")
    return [
        ("modules of bot/", f"{len(sources)}"),
        ("lines", f"{sum(len(each.splitlines()) for each in sources):,}"),
        ("lines of code", f"{sum(map(code_lines, sources)):,}"),
        ("import circles, type-only imports included", f"{len(circles(imports()))}"),
        ("modules with code, and of these with a test file of their name", f"{len(think)}, {len(think) - len(alone)}"),
        ("sentences for people in Python", f"{sum(map(len, said.values()))} in {len(said)} modules"),
        (
            "lists of English words in Python",
            f"{sum(map(len, words.values()))} in {len(words)} modules",
        ),
        ("ui: floors, arrows, climbs", f"{height}, {sum(map(len, ui.values()))}, {climbs}"),
        ("ui file by file: floors, arrows", f"{floors(inside)[0]}, {sum(map(len, inside.values()))}"),
    ]


def pressed() -> Iterator[tuple[str, str, str, str]]:
    """Yield all that can be pressed, picked or sent in: its sort, its kind, what it calls, and whether a stop holds it back."""
    from bot.ui.registry import HANDLERS  # the one thing that is imported: the registry joins what screens name

    for sort in ("buttons", "lists", "texts", "forms"):
        for kind, action in sorted(getattr(HANDLERS, sort).items()):
            marks = " (held)" if sort == "buttons" and kind in HANDLERS.held else ""
            yield sort, kind, f"{action.__module__}:{action.__qualname__}", marks


LONG = 450
"""Lines beyond which a module is long, and the guide says why it is one."""


def long_modules() -> set[str]:
    """Return the paths of modules of more than `LONG` lines."""
    paths = files().values()
    return {str(path.relative_to(ROOT)) for path in paths if len(path.read_text(encoding="utf-8").splitlines()) > LONG}


def main() -> None:
    """Print the table; with an argument what stands behind one of its figures."""
    if sys.argv[1:] == ["circles"]:
        for circle in circles(imports()):
            _say(" ".join(sorted(circle)))
    elif sys.argv[1:] == ["words"]:
        for module, lists in word_lists().items():
            for line, text in lists:
                _say(f"{files()[module].relative_to(ROOT)}:{line}: {text!r}")
    elif sys.argv[1:] == ["picture"]:
        _say(picture())
    elif sys.argv[1:] == ["untested"]:
        _say("\n".join(module for module in thinking() if own_test(module) is None))
    elif sys.argv[1:] == ["sentences"]:
        for module, said in sentences().items():
            for line, text in said:
                _say(f"{files()[module].relative_to(ROOT)}:{line}: {text!r}")
    elif sys.argv[1:] == ["pressed"]:
        for sort, kind, action, marks in pressed():
            _say(f"{sort:<9}{kind:<13}{action}{marks}")
    else:
        for name, figure in table():
            _say(f"{name:<64}{figure:>20}")


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- a command


if __name__ == "__main__":
    main()
