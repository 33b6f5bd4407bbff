"""A small knowledge of its own, and the shipped one, each fitted once."""

import pytest

from bot.bootstrap import fitted_matcher, load_language
from bot.core.matching import Matcher, build
from bot.core.matching.weightless import Weightless
from bot.core.model import Knowledge
from bot.store.cache import FileCache
from tests.core.matching.samples import CLAIMS, OUT_OF_SCOPE, VOCABULARY


@pytest.fixture(scope="session")
def small() -> Matcher:
    """A matcher over the eight claims of `samples.py`."""
    return build(CLAIMS, vocabulary=VOCABULARY, out_of_scope=OUT_OF_SCOPE)


@pytest.fixture(scope="session")
def shipped_matcher(shipped: Knowledge, cache: FileCache) -> Matcher:
    """A matcher over the knowledge that comes with the project."""
    language = load_language(cache)
    return fitted_matcher(shipped, cache, weightless=Weightless(language.weightless), themes=language.themes)
