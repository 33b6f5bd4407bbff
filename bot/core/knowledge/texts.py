"""What a claim's texts must hold to beyond their shape: references to sources of its own."""

from collections.abc import Iterator

from bot.core.model import Claim
from bot.core.references import TEXTS, references
from bot.sentences import say


def misread(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Yield field, the words in it that are wrong and a sentence, for each fault."""
    for name in TEXTS:
        text = getattr(claim, name)
        for source in dict.fromkeys(references(text, claim.sources)):
            if source not in claim.sources:
                cited = f"(it has {', '.join(claim.sources)})" if claim.sources else "(it has none)"
                yield (
                    name,
                    source,
                    say("files.texts.is_no_source_of_this_claim", source=source, cited=cited),
                )
