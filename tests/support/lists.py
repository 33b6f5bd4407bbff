"""The project's own lists of words, for what is tested without a service."""

from bot.bootstrap import shipped_knowledge
from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language

LISTS = load_language(read_language_files(shipped_knowledge())).words
