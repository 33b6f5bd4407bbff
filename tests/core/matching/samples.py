"""Eight claims of six topics, words that mean the same, and what is out of scope: enough to fit, small enough to read."""

from bot.core.model import Claim, Confidence, OutOfScopeGroup, Verdict, WordGroup


def claim(name: str, topic: str, *questions: str, decoys: tuple[str, ...] = ()) -> Claim:
    """Return a claim of which only what the matcher reads is of interest."""
    return Claim(
        id=name,
        topic=topic,
        title=name,
        claim=name,
        verdict=Verdict.MIXED,
        confidence=Confidence.LOW,
        answer=name,
        questions=questions,
        decoys=decoys,
    )


CLAIMS = (
    claim(
        "find-your-depth",
        "depth",
        "how deep should i go on the leg press",
        "how low do i bring the sled",
        "leg press depth guide",
        "where is the right stopping point at the bottom",
        "how far down is far enough",
        "do my thighs have to touch my chest at the bottom",
        decoys=("how deep should i squat", "depth chart for the football team"),
    ),
    claim(
        "half-reps",
        "depth",
        "are half reps on the leg press a waste of time",
        "is a quarter rep with more plates any good",
        "everyone here does tiny reps, does that even count",
        "short range of motion on the sled good or bad",
    ),
    claim(
        "locking-out",
        "lockout",
        "is it bad to lock my knees on the leg press",
        "should i lock out at the top",
        "leg press lockout safe or not",
        "my trainer says never straighten your legs fully",
        "can locking the knees break them",
        decoys=("how do i fix my bench lockout",),
    ),
    claim(
        "stance-width",
        "stance",
        "wide or narrow stance on leg press",
        "how far apart should my feet be",
        "does a close stance hit the outer quads",
        "feet together or shoulder width",
    ),
    claim(
        "foot-height",
        "stance",
        "feet high or low on the platform",
        "do high feet work the glutes more",
        "where on the plate do i put my feet for quads",
        "low foot placement knees hurt",
    ),
    claim(
        "why-back-hurts",
        "back-pain",
        "why does my lower back hurt after leg press",
        "lower back pain from the leg press",
        "my back kills the day after sled work",
        "sore low back after legs, what did i do wrong",
        "does not hurt during, only later in my lower back",
    ),
    claim(
        "how-much-weight",
        "load",
        "how much weight should a beginner leg press",
        "what is a good starting weight for the sled",
        "how many plates should i put on",
        "is 100 kg a lot for a leg press",
    ),
    claim(
        "breathing",
        "setup",
        "how do i breathe on the leg press",
        "when do i exhale, pushing or lowering",
        "should i hold my breath for heavy sets",
        "breathing on the sled",
    ),
)

VOCABULARY = (
    WordGroup("glutes", ("glute", "bum", "butt", "backside"), ("gluets",)),
    WordGroup("leg press", ("legpress", "lp", "sled"), ("leg prss",)),
    WordGroup("lower back", ("low back", "lumbar"), ("lower bak",)),
)

OUT_OF_SCOPE = (
    OutOfScopeGroup(
        "other lifts",
        (
            "how do i break a bench plateau",
            "should the bar touch my chest on bench",
            "my shoulder hurts when i bench",
            "how many pull ups should i be able to do",
            "deadlift grip, mixed or hook",
            "is the french press exercise good for triceps",
        ),
    ),
    OutOfScopeGroup(
        "chatter",
        (
            "who is training tonight",
            "good morning everyone",
            "that press release was a disaster",
            "what protein powder tastes best",
            "is the gym open on sunday",
            "anyone selling a phone",
        ),
    ),
)
