"""Fit what each kind of evidence counts where a message after an answer is weighed: `python -m tests.questions.weighing`.

The turns are those of the project's dialogues, of the `turns_*` (a claim, a message after it, the claims that are right
for it), whole questions that change the subject and messages about other things, each after some claim. Printed are the weights, for
`weighs` in `knowledge/language/en/following.yaml`, and how many turns of each set get a right claim with the weights that were
fitted on the other nine tenths of the dialogues: by the readers alone, then where the weighed one is answered in their place.
The held-out sets (`dialogues_2026_11_30_e.jsonl`, `dialogues_2026_11_30_g.jsonl`) are not read.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.bootstrap import build_service, default_cache
from bot.core.conversation import NOTHING_SAID, Conversation
from bot.core.model import OUT_OF_SCOPE, QUESTION, Claim, Outcome
from bot.core.weighing import NONE, Evidence, Weighing
from bot.service import Service
from bot.service.follow_ups import gave_of
from tests.questions.needed import rows
from tests.service.test_dialogues import DIALOGUES, SAME, SILENT

DIALOGUE_FILES = tuple(f"dialogues_2026_11_30{part}" for part in ("", "_b", "_c", "_d", "_f"))
TURNS = ("turns_2026_11_30", "turns_2026_11_30_b")
FOLLOW_UPS = ("followups_dev", "followups_2026_11_29")
OTHER = ("dev", "frozen_2026_11_22", "frozen_2026_11_22_d", "frozen_2026_11_29")
LONGEST_OTHER = 9
"""Words of a message about other things: a longer one is read by itself."""
FOLDS, STEPS, SLOWLY, HELD_BACK = 10, 800, 0.05, 0.0005


@dataclass(frozen=True, slots=True)
class Turn:
    """A message after an answer: which `dialogue` of which set it is from, the `evidence`, the claims that are `right`, and what was answered."""

    of: str
    dialogue: str
    evidence: dict[str, Evidence]
    right: frozenset[str]
    gave: str
    may_be_weighed: bool
    was_right: bool


def dialogues(
    claims: Mapping[str, Claim],
) -> Iterator[tuple[str, str, Conversation, list[tuple[str, list[str] | None]]]]:
    """Yield each dialogue: its set, its name, the talk before it, and its texts with the claims that are right."""
    for name in DIALOGUE_FILES:
        for row in rows(name):
            texts = [
                (turn, None) if isinstance(turn, str) else (turn["text"], turn.get("claims")) for turn in row["turns"]
            ]
            yield name, row["id"], NOTHING_SAID, texts
    for name in FOLLOW_UPS:
        for number, row in enumerate(rows(name)):
            *before, last = row["turns"]
            right = [each.partition(":")[0] for each in row["right"]] or None
            yield name, f"{name} {number}", NOTHING_SAID, [*((text, None) for text in before), (last, right)]
    for name, turns in DIALOGUES.items():
        texts, last = [], ""
        for text, claim, _ in turns:
            last = {SAME: last, SILENT: NONE}.get(claim, claim)
            texts.append((text, [last]))
        yield "service", name, NOTHING_SAID, texts
    chosen = random.Random(5)
    for name in TURNS:
        for row in rows(name):
            right = row["claims"] + ([NONE] if row["none"] else [])
            yield name, row["id"], after(row["last"], claims, chosen), [(row["text"], right)]
    for row in rows("first_2026_11_30"):
        if row.get("claims"):
            yield (
                "another subject",
                row["id"],
                after(chosen.choice(list(claims)), claims, chosen),
                [(row["text"], row["claims"])],
            )
    for name in OTHER:
        for number, row in enumerate(rows(name)):
            if row["label"] == "out-of-scope" and len(row["text"].split()) <= LONGEST_OTHER:
                yield (
                    "out of scope",
                    f"{name} {number}",
                    after(chosen.choice(list(claims)), claims, chosen),
                    [(row["text"], [NONE])],
                )


def after(claim: str, claims: Mapping[str, Claim], chosen: random.Random) -> Conversation:
    """Return a conversation after a claim was answered."""
    return NOTHING_SAID.answered(claim, 0.0).heard(chosen.choice(claims[claim].questions), 0.0)


def turns(service: Service) -> Iterator[Turn]:
    """Yield each turn whose last answer and right claims are known, with what is answered where nothing is weighed."""
    for of, name, talk, texts in dialogues(service.knowledge.claims):
        for number, (text, right) in enumerate(texts, 1):
            last, heard = talk.claim, talk.heard(text, 20.0 * number)
            answer, talk = service.ask(text, talk, now=20.0 * number)  # noqa: PLW2901 -- each goes on from the one before
            if not right or not last or answer.quiet or answer.kind not in {QUESTION, OUT_OF_SCOPE}:
                continue
            gave = answer.weighed.against if answer.weighed else gave_of(answer, last)
            none_is_right = NONE in right and (gave == NONE if answer.weighed else answer.outcome is not Outcome.ANSWER)
            yield Turn(
                of, name, service.evidence(text, heard, gave=gave, reader=answer.reader), frozenset(right), gave,
                may_be_weighed=answer.weighed is not None or not (answer.also or answer.first or hurts(service, gave, last)),
                was_right=none_is_right or not {gave, *answer.also}.isdisjoint(right),
            )  # fmt: skip


def hurts(service: Service, gave: str, last: str) -> bool:
    """Say whether what is given is another claim than the last and about pain: that is outweighed by nothing."""
    return gave not in {NONE, last} and service.touches_pain(service.knowledge.claims[gave])


def fitted(found: list[Turn], names: list[str]) -> dict[str, float]:
    """Return the weights under which the right claims together are most probable, held back towards 0."""
    found = [turn for turn in found if turn.right & set(turn.evidence)]
    sizes = [len(turn.evidence) for turn in found]
    starts, whose = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(found)), sizes)
    table = np.array(
        [[float(each.get(name, 0.0)) for name in names] for turn in found for each in turn.evidence.values()]
    )
    right = np.array([float(claim in turn.right) for turn in found for claim in turn.evidence])
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[whose])
        shares = raised / np.add.reduceat(raised, starts)[whose]
        of_right = raised * right
        wanted = of_right / np.add.reduceat(of_right, starts)[whose]
        slope = table.T @ (wanted - shares) / len(found) - HELD_BACK * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights = weights + SLOWLY * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    """Print the weights, and how many turns of each set are right with weights of the others."""
    found = list(turns(build_service(cache=default_cache())))
    names = sorted({name for turn in found for each in turn.evidence.values() for name in each})
    groups = sorted({turn.dialogue for turn in found})
    random.Random(1).shuffle(groups)
    fold = {name: number % FOLDS for number, name in enumerate(groups)}
    of, before, then = Counter[str](), Counter[str](), Counter[str]()
    for number in range(FOLDS):
        weighing = Weighing(fitted([turn for turn in found if fold[turn.dialogue] != number], names))
        for turn in (each for each in found if fold[each.dialogue] == number):
            better = weighing.clearly(turn.evidence, turn.gave) if turn.may_be_weighed else None
            of[turn.of] += 1
            before[turn.of] += turn.was_right
            then[turn.of] += better.claim in turn.right if better else turn.was_right
    lines = [f"{name}: {before[name]}, then {then[name]} of {of[name]}" for name in of]
    lines.append(f"together: {before.total()}, then {then.total()} of {of.total()}")
    weights = fitted(found, names)
    lines += ["weighs:", *(f"  {name}: {weights[name]}" for name in names)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
