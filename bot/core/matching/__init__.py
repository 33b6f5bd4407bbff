"""The matcher: which claims a question is about, and how sure that is."""

from bot.core.matching.engine import Matcher, build, fingerprint
from bot.core.matching.explanation import Contender, Evidence, Explanation, Repair

__all__ = ["Contender", "Evidence", "Explanation", "Matcher", "Repair", "build", "fingerprint"]
