"""How people talk as the project's own files say it, read once for all that is tested without a service."""

from bot.bootstrap import shipped_knowledge
from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language

LANGUAGE = load_language(read_language_files(shipped_knowledge()))
LISTS = LANGUAGE.words
