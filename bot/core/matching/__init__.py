"""The matcher: which claims a question is about, and how sure that is."""

from bot.core.matching.engine import fingerprint
from bot.core.matching.explanation import Contender, Evidence, Explanation, Repair
from bot.core.matching.matcher import Matcher, build

__all__ = ["Contender", "Evidence", "Explanation", "Matcher", "Repair", "build", "fingerprint"]
