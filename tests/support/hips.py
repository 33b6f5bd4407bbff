"""A claim whose lines are few and known, for what is said to a message after it."""

from bot.core.model import Claim, Confidence, Verdict


def hips_claim(name: str, title: str, *, do: tuple[str, ...] = (), leads: tuple[str, ...] = ()) -> Claim:
    """Return a claim about hips that lift."""
    return Claim(
        id=name,
        topic="depth",
        title=title,
        claim="Hips that lift mean that they ran out of bend.",
        verdict=Verdict.MIXED,
        confidence=Confidence.LOW,
        lead="Stop a bit higher.",
        leads=leads,
        answer="The pelvis tucks. It takes one to two minutes to see on a video.",
        why="Bend runs out at the hip.",
        do=do,
        questions=("q",),
    )


LAST = hips_claim(
    "hips", "Hips peeling off", do=("Recline the back rest.", "Put your feet lower.", "Still lifting? Another seat.")
)
