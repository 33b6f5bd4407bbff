"""Builds the service: the only place that wires the parts together."""

import contextlib
import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import words
from bot.apart import fit_gate, fit_matcher, read
from bot.config import Settings
from bot.core import matching, safety
from bot.core.asking import Questions
from bot.core.first_words import Reader
from bot.core.going_on import GoingOn
from bot.core.knowledge.folder import (
    read_folder,
    read_language_files,
    read_safety_files,
    signature,
    signature_of_program,
)
from bot.core.knowledge.plain import FORMAT, from_plain, to_plain
from bot.core.language import LANGUAGE_FORMAT, Language
from bot.core.matching import Matcher
from bot.core.matching.themes import NO_THEMES, Themes
from bot.core.matching.weightless import NOTHING_WEIGHTLESS, Weightless
from bot.core.model import Knowledge
from bot.core.safety import Gate, SafetyRules
from bot.core.safety.values import OUTSIDE
from bot.errors import ConfigError, KnowledgeError
from bot.progress import LoggedProgress, Progress
from bot.sentences import say
from bot.service import Service
from bot.service.answerer import WARNING_SIGNS
from bot.service.reload import faults_of
from bot.store.cache import FileCache, Shipped

if TYPE_CHECKING:
    from bot.pictures import ShippedPictures
    from bot.service.workshop import Workshop

log = logging.getLogger(__name__)
shipped_knowledge = words.shipped_knowledge


def shipped_state() -> Shipped:
    """Return what was fitted to the shipped knowledge: it comes in the wheel, and `legpress fit` makes it in a checkout."""
    return Shipped(Path(__file__).resolve().parent / "_state")


def shipped_pictures() -> "ShippedPictures":
    """Return the drawings that come with the program; `legpress fit` makes them, as it does the rest of the state."""
    from bot.pictures import ShippedPictures  # late: a terminal that answers needs no renderer

    return ShippedPictures(Path(__file__).resolve().parent / "_state" / "pictures")


def default_cache(settings: Settings | None = None) -> FileCache:
    """Return the cache in the folder that `settings` name (None: the defaults, the system's folder for caches)."""
    folder = (settings or Settings()).cache_folder()
    if folder is None:
        log.warning("There is no home folder to keep start-up work in, so each start does it anew; set CACHE_DIR.")
    return FileCache(folder, shipped_state())


def build_service(
    knowledge_dir: Path | None = None,
    *,
    region: str = "",
    cache: FileCache | None = None,
    progress: Progress | None = None,
    wait: bool = True,
    elsewhere: bool = False,
) -> Service:
    """Return a service on the knowledge of a folder (None: the one that is shipped).

    `elsewhere`: changed files are read in a process of their own, for a program that stays.

    `progress` hears of fitting that takes long (None: the log does, once). The gate comes first: without `wait`, where
    the matcher would have to be fitted, the service has the gate alone and says that it is still reading.
    Raises ConfigError for a missing folder or an unknown region, KnowledgeError with every fault for invalid files.
    """
    cache = default_cache() if cache is None else cache
    shipped, key = _read(shipped_knowledge(), cache, elsewhere=elsewhere)
    knowledge, version = shipped, key
    if knowledge_dir is not None and knowledge_dir != shipped_knowledge():
        knowledge, version = _read(knowledge_dir, cache, elsewhere=elsewhere)
    rules, key = _rules(shipped, key, cache)
    if faults := region_fault(region, rules):
        raise ConfigError(*faults)
    progress = progress or LoggedProgress()
    gate = fitted_gate(rules, cache, key, progress)
    language = load_language(cache)
    weightless = Weightless(language.weightless)
    first_words, questions = first_words_of(language), Questions(language.asking)
    shapes, going_on = language.shapes, GoingOn(language.following)
    if not wait and cache.get(_matcher_key(knowledge)) is None:
        nothing = matching.build((), weightless=weightless, themes=language.themes)
        return Service(
            knowledge, nothing, gate, rules,
            region=region, reading=True, first_words=first_words, questions=questions, shapes=shapes,
            lists=language.words, complaints=language.complaints, version=version[:12],
            going_on=going_on,
        )  # fmt: skip
    matcher = fitted_matcher(knowledge, cache, progress, weightless, language.themes)
    return Service(
        knowledge, matcher, gate, rules,
        region=region, first_words=first_words, questions=questions, shapes=shapes,
            lists=language.words, complaints=language.complaints, version=version[:12],
            going_on=going_on,
    )  # fmt: skip


def region_fault(region: str, rules: SafetyRules) -> tuple[str, ...]:
    """Return the sentence for a region that `rules` have no numbers for; nothing where they have, or for no region."""
    if not region or region in rules.told["regions"]:
        return ()
    return (say("host.bootstrap.unknown_region", region=region, regions=", ".join(rules.told["regions"])),)


NAME_ALARMS = frozenset({WARNING_SIGNS, "pain-down-the-leg"})
"""Claims whose questions name what alarms, or nearly: they teach the gate nothing harmless."""

STILL_SECONDS = 1.0
MUCH = 200_000
"""Bytes of knowledge that a running bot has read in a process of its own: fewer are read before one is there."""


class Live:
    """The service of this moment, rebuilt when the knowledge files change; the last good one stays on any fault."""

    def __init__(
        self,
        knowledge_dir: Path | None = None,
        *,
        region: str = "",
        cache: FileCache | None = None,
        wait: bool = True,
        still_seconds: float = STILL_SECONDS,
    ) -> None:
        """Build the first service; without `wait` one that may be still reading, until `refresh` has read for it.

        `still_seconds`: how long a changed folder must stay as it is before it is read, so that no half-saved file is.
        Raises what `build_service` raises.
        """
        self._root = knowledge_dir or shipped_knowledge()
        self._region = region
        self._cache = default_cache() if cache is None else cache
        self._seen = self._signature()
        content = self._content()
        self._service = build_service(self._root, region=region, cache=self._cache, wait=wait)
        self._used = self._unless_changed(content)
        self._still_seconds = still_seconds
        self._faulty = False
        self.on_fault: list[Callable[[str], None]] = []
        """Called from `refresh`, in its thread, with what is wrong: once for each faulty state of the files."""
        self.on_mended: list[Callable[[], None]] = []
        """Called from `refresh`, in its thread, when the files are right again after a fault."""

    def service(self) -> Service:
        """Return the newest good service."""
        return self._service

    def refresh(self) -> bool:
        """Rebuild the service if a file changed since last time, and say whether a new one is in use.

        A folder that still changes is left for the next time. A fault is logged once for each state of the files. Blocks
        for as long as a build takes: not for an event loop.
        """
        self._service.warm()
        if self._service.reading:
            nothing = self._service.matcher
            self._service = self._service.ready(
                fitted_matcher(
                    self._service.knowledge, self._cache, weightless=nothing.weightless, themes=nothing.themes
                )
            )
            log.info("The knowledge is read: %d claims", len(self._service.knowledge.claims))
            return True
        now = self._signature()
        if now == self._seen:
            return False
        time.sleep(self._still_seconds)
        if self._signature() != now:
            return False
        self._seen = now
        try:
            content = self._content()
            new = build_service(self._root, region=self._region, cache=self._cache, elsewhere=True)
            # What is in use, and stands in the files again after a fault, has nothing to lose.
            faults = "" if content == self._used else "\n".join(faults_of(new, self._service))
        except (ConfigError, KnowledgeError) as error:
            faults = str(error)
        if faults:
            log.error("The changed knowledge is not used, the last good one stays:\n%s", faults)
            self._faulty = True
            for tell in self.on_fault:
                tell(faults)
            return False
        new.warm()
        self._service = new
        self._used = self._unless_changed(content)
        if self._faulty:
            self._faulty = False
            for mended in self.on_mended:
                mended()
        log.info("The changed knowledge is in use: %d claims", len(self._service.knowledge.claims))
        return True

    def _content(self) -> tuple[str, ...]:
        """Return hashes of all that a service is built from. Raises ConfigError for a missing folder."""
        shipped = shipped_knowledge()
        return (
            read_folder(self._root).fingerprint(),
            read_folder(shipped).fingerprint(),
            read_safety_files(shipped).fingerprint(),
            read_language_files(shipped).fingerprint(),
        )

    def _unless_changed(self, content: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return `content` where it stands there still, after a service was built from it; else it may be another's."""
        try:
            return content if self._content() == content else None
        except ConfigError:
            return None

    def _signature(self) -> tuple[object, ...]:
        """Return what tells of a change: in the folder in use, and in what is read of the program's own wherever that is."""
        return signature(self._root), signature_of_program(shipped_knowledge())


async def open_workshop(
    live: Live,
    *,
    database_url: str = "",
    state_dir: Path | None = None,
    deleted_copy_days: int = 0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> "Workshop":
    """Return what servers do with their knowledge, on the database at `database_url` (DATABASE_URL) or in `state_dir`.

    What is deleted of servers that the bot left stays as a file in `state_dir` for `deleted_copy_days`.
    Raises ConfigError for a wrong address or a PostgreSQL schema that is behind, StoreError where it is out of reach.
    """
    # Late, since they bring in SQLAlchemy, which the terminal does without.
    from bot.service.workshop import put_together
    from bot.store.copies import Copies
    from bot.store.store import open_store

    store = await open_store(database_url, state_dir)
    copies = Copies(state_dir, deleted_copy_days)
    return put_together(store, live.service, regions=live.service().regions, clock=clock, copies=copies)


def load_knowledge(root: Path, cache: FileCache) -> Knowledge:
    """Return the knowledge below `root`, from the cache where its files have been read before."""
    return _read(root, cache)[0]


def load_rules(cache: FileCache) -> SafetyRules:
    """Return the safety rules, which always come from the project. Raises KnowledgeError: no bot without its gate.

    What the shipped knowledge answers, or knows to be out of scope, is harmless by definition: the gate's small model
    learns it as such. (The questions of `NAME_ALARMS` are left out.)
    """
    return _rules(*_read(shipped_knowledge(), cache), cache)[0]


def load_gate(cache: FileCache) -> Gate:
    """Return the gate on the safety rules, from its fitted state where that is in `cache`. Raises what `load_rules` does."""
    rules, made_from = _rules(*_read(shipped_knowledge(), cache), cache)
    return fitted_gate(rules, cache, made_from)


def load_language(cache: FileCache) -> Language:
    """Return how people talk, which always comes with the project. Raises ConfigError or KnowledgeError for faulty files."""
    files = read_language_files(shipped_knowledge())
    key = f"language-{LANGUAGE_FORMAT}-{files.fingerprint()}"
    if not files.faults and (kept := _plain(cache.get(key))) is not None:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return Language.from_data(kept)
    from bot.core.knowledge.language_loader import load_language as load  # brings in pydantic, as above

    language = load(files)
    cache.put(key, json.dumps(language.to_data()).encode())
    return language


def first_words_of(language: Language) -> Reader:
    """Return what tells first words; courtesies and whoever is called may stand around them."""
    return Reader(language.first_words, (*language.weightless.called, *language.weightless.anywhere))


def _read(root: Path, cache: FileCache, *, elsewhere: bool = False) -> tuple[Knowledge, str]:
    """Return the knowledge below `root`, and a hash of its files; much of it is read in a process of its own where that is to be done `elsewhere`."""
    folder = read_folder(root)
    content = folder.fingerprint()
    key = f"knowledge-{FORMAT}-{content}"
    for fault in folder.left_out:
        log.warning("%s", fault)
    if not folder.faults and (kept := _plain(cache.get(key))) is not None:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return from_plain(kept), content
    if elsewhere and folder.size > MUCH and (found := read(root)) is not None and found[0] == content:
        knowledge = found[1]
    else:
        from bot.core.knowledge.loader import load_folder  # brings in pydantic, which a cached start does without

        loaded = load_folder(folder)
        if loaded.knowledge is None:
            raise KnowledgeError(loaded.faults)
        knowledge = loaded.knowledge
    cache.put(key, json.dumps(to_plain(knowledge)).encode())
    return knowledge, content


def _rules(shipped: Knowledge, content: str, cache: FileCache) -> tuple[SafetyRules, str]:
    """Return the safety rules with what `shipped` adds to them, and a name for both: `content` is its files' hash."""
    files = read_safety_files(shipped_knowledge())
    own = files.fingerprint()
    key = f"safety-{FORMAT}-{own}"
    rules: SafetyRules | None = None
    if (kept := _plain(cache.get(key))) is not None:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            rules = SafetyRules.from_data(kept)
    if rules is None:
        from bot.core.knowledge.safety_loader import load_safety

        rules = load_safety(files)
        cache.put(key, json.dumps(rules.to_data()).encode())
    questions = [q for claim in shipped.claims.values() if claim.id not in NAME_ALARMS for q in claim.questions]
    outside = [q for group in shipped.out_of_scope for q in group.questions]
    # How words are written out, and which are everyday English and so no slips, the gate is fitted with as well.
    made_from = f"{FORMAT}-{safety.FORMAT}-{words.fingerprint(words.GATES)}-{own}-{content}"
    groups = {**rules.groups, OUTSIDE: tuple(outside)}
    return replace(rules, harmless=(*rules.harmless, *outside, *questions), groups=groups), made_from


def fitted_matcher(
    knowledge: Knowledge,
    cache: FileCache,
    progress: Progress | None = None,
    weightless: Weightless = NOTHING_WEIGHTLESS,
    themes: Themes = NO_THEMES,
) -> Matcher:
    """Return the matcher for `knowledge`, from its fitted state where that is in the cache."""
    progress = progress or LoggedProgress()
    claims = tuple(knowledge.claims.values())
    words, outside = knowledge.vocabulary, knowledge.out_of_scope
    key = _matcher_key(knowledge)
    fitted = cache.get(key)
    if fitted is None:
        fitted = fit_matcher(knowledge, progress.told)
        cache.put(key, fitted)
        progress.done()
    return matching.build(
        claims, vocabulary=words, out_of_scope=outside, weightless=weightless, themes=themes, fitted=fitted
    )


def _matcher_key(knowledge: Knowledge) -> str:
    content = matching.fingerprint(
        knowledge.claims.values(), vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope
    )
    return f"matcher-{content}"


def fitted_gate(rules: SafetyRules, cache: FileCache, made_from: str = "", progress: Progress | None = None) -> Gate:
    """Return the safety gate for `rules`, from its fitted state where that is in the cache.

    `made_from` names the content that the rules were read from; without it, the rules themselves are hashed.
    """
    made_from = made_from or safety.fingerprint(rules)
    key = f"gate-{hashlib.sha256(made_from.encode()).hexdigest()}"
    progress = progress or LoggedProgress()
    fitted = cache.get(key)
    if fitted is None:
        fitted = fit_gate(rules, made_from, progress.told)
        cache.put(key, fitted)
        progress.done()
    return safety.build(rules, fitted=fitted, key=made_from)


def _plain(content: bytes | None) -> dict[str, Any] | None:
    """Return a cached JSON object, or None where there is none that can be read."""
    if content is None:
        return None
    try:
        data = json.loads(content)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
