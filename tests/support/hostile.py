"""Files that cost a reader much more than they look: each a function of the size in bytes."""

from collections.abc import Callable, Mapping

HEAD = "- id: aa\n  title: t\n  claim: c\n  verdict: opinion\n  confidence: low\n  answer: a\n  questions: [q]\n"
CLAIM = "- id: aa{}\n  title: t{}\n  claim: c\n  verdict: opinion\n  confidence: low\n  answer: a\n  questions: [q{}]\n"


def _again(text: str, size: int) -> str:
    return text * (size // len(text.encode()))


def _numbered(text: str, size: int) -> str:
    made: list[str] = []
    length = number = 0
    while length < size:
        made.append(text.replace("{}", str(number)))
        length += len(made[-1])
        number += 1
    return "".join(made)


def _of(before: str, repeated: str, after: str = "") -> Callable[[int], bytes]:
    repeat = _numbered if "{}" in repeated else _again
    return lambda size: f"{before}{repeat(repeated, size)}{after}".encode()


WORST: Mapping[str, Callable[[int], bytes]] = {
    "unknown keys": _of("", "k{}: v\n"),
    "unknown keys of a claim": _of("claims:\n  depth:\n  - id: aa\n", "    k{}: v\n"),
    "plain entries": _of("", "- x\n"),
    "empty entries": _of("", "-\n"),
    "claims without anything": _of("claims:\n  depth:\n", "  - 0: 0\n"),
    "anchors": _of("", "- &a{} x\n"),
    "anchored mappings": _of("", "- &a{} 0: 0\n"),
    "aliases": _of("- &a x\n", "- *a\n"),
    "tags": _of("", "- !x y\n"),
    "the same key": _of("", "a: b\n"),
    "keys without values": _of("", "? a\n"),
    "lists as keys": _of("", "? [a]\n: b\n"),
    "flow list": _of("[", "a,", "]"),
    "flow mapping": _of("[0: 0, ", "k{}: ,", "]"),
    "flow pairs": _of("[", "? a : b,", "]"),
    "brackets": _of("", "["),
    "dashes": _of("", "- "),
    "nested lists": _of("", "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - x\n"),
    "documents": _of("", "---\n"),
    "directives": _of("", "%TAG ! !\n"),
    "one long word": _of("- ", "a"),
    "one long key": _of("", "a", ": b"),
    "quotes": _of('- "', "\\n", '"'),
    "folded": _of("- >\n", "  a\n"),
    "comments": _of("", "#\n"),
    "topics": _of("claims:\n", "  t{}: []\n"),
    "wrong topics": _of("claims:\n", " t{}:\n - id: aa{}\n   title: t\n   claim: c\n   answer: a\n   questions: [q]\n"),
    "claims": _of("", CLAIM),
    "sources": _of(HEAD + "  sources:\n", "  - bohannon{}\n"),
    "steps": _of(HEAD + "  do:\n", "  - b{}\n"),
    "wordings": _of("questions:\n  knees-to-chest:\n", "  - x{}\n"),
    "wordings of claims": _of("questions:\n", "  c{}: [a]\n"),
    "hidden": _of("hidden:\n", "- aa{}\n"),
    "pictures": _of("pictures:\n", "  a{}: [file, alt]\n"),
    "out of scope": _of("out_of_scope:\n", "- aa{}\n"),
    "mixed indents": _of("claims:\n  depth:\n", "   - id: aa{}\n     title:\n      - t\n     claim: [a]\n"),
    "escapes in keys": _of("", '"\\x41{}\\u0042": v\n'),
    "pictures of mappings": _of("pictures:\n", "  a{}:\n    file: x.png\n    alt: t\n    content: AAAA\n"),
    "blanks in a text": _of("out_of_scope:\n- ", " \u00a0x"),
    "dashes in a text": _of('out_of_scope:\n- "', "- ", '"'),
    "marks in a text": _of('out_of_scope:\n- "', "\u0301\u200b\u202e", '"'),
}
