"""How members are likely to ask about a claim that was just written: made from its own words, before anybody asked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.core.lead import lead_of
from bot.core.matching.english import OF_THE_MACHINE
from bot.core.model import Claim, WordGroup
from bot.core.text import clean, stem, words
from bot.core.word_lists import ShapeList

FEWEST, MOST = 8, 15
"""How many wordings are made: enough to see a hole, few enough to read."""
MOST_KEPT = 4
"""Of the kept questions, those that share most with the claim."""
LEAST_SHARED = 0.5
"""Share of a kept question's telling words that must be the claim's, for it to be one of the claim's."""
LONGEST = 100
"""Characters: what one line of a list in Discord shows."""
LONG_STATEMENT = 12
"""A statement of more words is nothing that anybody asks in one breath: its telling words stand in."""
MOST_KEYWORDS = 5
MOST_OF_A_NAME = 4
MOST_OF_A_SUBJECT = 5
"""Words before the verb of a statement that is turned into a question."""
MOST_UNLIKE = 12
"""How many wordings that were not made from the claim's own words are tried: enough to count with, few enough to wait for."""
DOING = "ing"
"""How a word ends that says what somebody does."""
LONG_WORD = 5
"""Letters of a word that is worth mistyping."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is `asked` where one of the words `about` stands."""

    about: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of questions, each with `{it}` in the place of what they are about (`likely_wordings.yaml`).

    `things`: for a title that names something (and `judged`, where no aspect is stated of it), `actions` for one that tells somebody to do something (it begins with a
    word of `begins`), `refused` for one that tells them not to (a word of `negates`), `questions` for one that asks (a word of `asks`), `choices` for one with an "or", `statements` for what is judged. `drops`: left away at the beginning of a
    title. `mine`: words as members say them of themselves, `objects` those behind which "you" is "me", `mended` what that leaves wrong. `greets`, `called`, `polite`, `announces`, `softens`, `leans`, `written`, `yes_or_no` and `subjects_said` are read in messages that teach (`bot.core.teaching`). `small`: words that tell nothing apart. `verbs`: those that make a statement of a title, with what stands behind "does"; `turned`: those that
    a question begins with; behind one of `relatives` it makes none. `months`: words that name a month behind one of `dated` or beside a number. `the`: how a title begins that names
    what is known; behind its name, `of` says so too. `ends`: left away at the end of what a title names. `aspects`: shapes for what a statement
    speaks of, a price or a time; `subjects`: questions about what a title names, in words that it has not. `says`: what a preview
    says of what it tried.
    """

    things: ShapeList = ()
    judged: ShapeList = ()
    actions: ShapeList = ()
    refused: ShapeList = ()
    questions: ShapeList = ()
    choices: ShapeList = ()
    statements: ShapeList = ()
    drops: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    greets: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    polite: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    softens: tuple[str, ...] = ()
    leans: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    yes_or_no: tuple[str, ...] = ()
    subjects_said: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    verbs: Mapping[str, str] = field(default_factory=dict)
    turned: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    the: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    mine: Mapping[str, str] = field(default_factory=dict)
    objects: tuple[str, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    negates: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    aspects: tuple[Spoken, ...] = ()
    subjects: tuple[Spoken, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)


NO_SHAPES = Shapes()


def likely_wordings(
    claim: Claim, shapes: Shapes, kept: Iterable[str] = (), vocabulary: Sequence[WordGroup] = ()
) -> tuple[str, ...]:
    """Return at most 15 wordings, the likeliest first, none of which the claim has already.

    `kept`: questions that nothing answered, of which the claim's own are taken; `vocabulary` gives other words for its.
    """
    known = {clean(each).strip() for each in claim.questions}
    found: dict[str, str] = {}
    for wording in _made(claim, shapes, kept, vocabulary):
        said = " ".join(wording.split())
        plain = clean(said).strip()
        if plain and plain not in known and len(said) <= LONGEST:
            found.setdefault(plain, said)
    return tuple(found.values())[:MOST]


def unlike_wordings(
    claim: Claim, shapes: Shapes, kept: Iterable[str] = (), vocabulary: Sequence[WordGroup] = ()
) -> tuple[str, ...]:
    """Return at most 12 ways of asking for a claim that were not made from its own words, of which it may have some already.

    They are what members really asked (`kept`; not a wording of the claim's that says what its title says), what gyms are asked about the claim's subject, and what its author wrote down in
    words most of which stand neither in title nor statement nor first line. Whoever tries one that the claim has takes it away from the
    claim first.
    """
    title, own = _title(claim, shapes), claim.questions
    spelt = {
        clean(each).strip()
        for texts in (_other_words(claim, title, vocabulary), _mistyped((title, *own[:2])))
        for each in texts
    }
    written = _gist(" ".join((claim.title, claim.claim, lead_of(claim))), shapes)
    others = [each for each in own if _is_unlike(_gist(each, shapes), written) and clean(each).strip() not in spelt]
    has = {gist for each in own if not _is_unlike(gist := _gist(each, shapes), written)}
    asked = [each for each in _of_claim(claim, shapes, kept) if _gist(each, shapes) not in has]
    found: dict[frozenset[str], str] = {}
    for wording in (*asked, *others, *_about(shapes.subjects, [claim.title], shapes)):
        said = " ".join(wording.split())
        if (gist := _gist(said, shapes)) and len(said) <= LONGEST:
            found.setdefault(gist, said)
    return tuple(found.values())[:MOST_UNLIKE]


def _is_unlike(gist: frozenset[str], written: frozenset[str]) -> bool:
    """Say whether most of what a wording says stands nowhere in what is written."""
    return len(gist - written) > len(gist) / 2


def _gist(text: str, shapes: Shapes) -> frozenset[str]:
    """Return the words of a text that tell something, in whatever order and form."""
    return frozenset(map(stem, _telling(text, shapes)))


def _made(claim: Claim, shapes: Shapes, kept: Iterable[str], vocabulary: Sequence[WordGroup]) -> Iterator[str]:
    yield from _of_claim(claim, shapes, kept)
    title = _title(claim, shapes)
    subjects = list(_about(shapes.subjects, [claim.title], shapes))
    head = _head(title, shapes)
    aspects = list(_about(shapes.aspects, (claim.claim, lead_of(claim)), shapes)) if head else []
    known = _is_known(claim.title, head, shapes)
    by_turns = (
        list(_shaped(title, shapes, is_judged=not aspects, is_known=known)),
        subjects[::2],
        [_filled(each, head, is_known=known) for each in aspects],
        subjects[1::2],
        list(_of_statement(claim, shapes)),
        list(_of_lead(claim, shapes)),
        list(_other_words(claim, title, vocabulary)),
        list(_mistyped([title, *claim.questions[:2]])),
    )
    for turn in zip_longest(*by_turns):
        yield from (each for each in turn if each)


def _title(claim: Claim, shapes: Shapes) -> str:
    """Return the title as it stands inside a question: in lower case, without marks, articles and the like."""
    title = _inside(claim.title, shapes)
    dropped = True
    while dropped:
        dropped = False
        for each in shapes.drops:
            if title.startswith(f"{each} ") and len(title) > len(each) + 1:
                title, dropped = title[len(each) + 1 :], True
    return title


def _head(title: str, shapes: Shapes) -> str:
    """Return what a title names, in few words: up to the first mark or small word; "" where it is no thing that has a name.

    What somebody does ("replacing a lost card") is named as a whole, where that is short.
    """
    first = title.partition(" ")[0]
    if first in shapes.asks or first in shapes.begins or _refused(title, shapes):
        return ""
    if (stated := _stated(title, shapes)) is not None:
        title = stated[0]
    part = re.split(r"[^\w\s'-]", title, maxsplit=1)[0].split()
    named: list[str] = []
    for word in part:
        if word in shapes.small:
            break
        named.append(word)
    if len(named) == 1 and len(part) > 1 and (part[1] == "and" or _is_doing(named[0], shapes)):
        named = part
    while len(named) > 1 and named[-1] in shapes.ends:
        named.pop()
    if OF_THE_MACHINE.issuperset(map(stem, named)):
        return ""  # all claims are about it: "is leg press bad" asks for another
    return " ".join(named) if len(named) <= MOST_OF_A_NAME else ""


def _is_doing(word: str, shapes: Shapes) -> bool:
    """Say whether a title's first word says what somebody does, rather than what gyms have: parking, opening, training."""
    return word.endswith(DOING) and all(word not in each.about for each in shapes.subjects)


def _is_known(title: str, head: str, shapes: Shapes) -> bool:
    """Say whether a title names one thing that everybody there knows: "the manual", "manual of the sled"."""
    said = _inside(title, shapes).split()
    if said and title.lower().split()[0] in shapes.the:
        return True
    named = head.split()
    behind = [said[i + len(named)] for i in range(len(said) - len(named)) if said[i : i + len(named)] == named]
    return bool(named) and not {*behind[:1]}.isdisjoint(shapes.of)


def _stated(said: str, shapes: Shapes) -> tuple[str, str, str] | None:
    """Return what a statement is about, its verb and the rest, up to its first mark; None for what states nothing so plainly."""
    words_ = re.split(r"[,;:()]| [-–—] ", said, maxsplit=1)[0].split()
    if not words_ or words_[0] in shapes.begins or words_[0] in shapes.leans:
        return None
    for i, word in enumerate(words_[: MOST_OF_A_SUBJECT + 1]):
        if word in shapes.asks and word not in shapes.verbs:
            return None  # "machines where ...": what follows says which
        if i and word in shapes.verbs and i + 1 < len(words_):
            is_relative = words_[i - 1] in shapes.relatives or (i > 1 and words_[i - 1] in shapes.subjects_said)
            return None if is_relative else (" ".join(words_[:i]), word, " ".join(words_[i + 1 :]))
    return None


def _whether(said: str, shapes: Shapes) -> str:
    """Return the question whether a statement is so: "bikes stay outside", "do bikes stay outside"; "" where it states nothing."""
    stated = _stated(said, shapes)
    if stated is None:
        return ""
    about, verb, rest = stated
    if verb in shapes.turned:
        return f"{verb} {about} {rest}"
    plain = shapes.verbs[verb]
    return f"{'do' if plain == verb else 'does'} {about} {plain} {rest}"


def _filled(shape: str, it: str, *, is_known: bool = False) -> str:
    """Return a shape with what it asks about, in the singular or plural."""
    is_many = (it.endswith("s") and not it.endswith("ss") and not it.partition(" ")[0].endswith(DOING)) or " and " in it
    said = shape.replace("{is}", "are" if is_many else "is").replace("{does}", "do" if is_many else "does")
    return said.replace("{it}", f"the {it}" if is_known and not said.startswith("{it}") else it)


def _refused(text: str, shapes: Shapes) -> str:
    """Return what a text tells somebody not to do; "" where it tells nothing of the kind."""
    return next((text[len(each) + 1 :] for each in shapes.negates if text.startswith(f"{each} ")), "")


def _inside(text: str, shapes: Shapes) -> str:
    """Return a sentence as it stands inside a question of a member's."""
    plain = re.sub(r"[\"“”]", "", text).strip().rstrip(".!?… ").lower()
    before = ""
    said: list[str] = []
    for word in plain.split():
        said.append("me" if word == "you" and before in shapes.objects else shapes.mine.get(word, word))
        before = word
    mine = " ".join(said)
    for wrong, right in shapes.mended.items():
        mine = re.sub(rf"\b{re.escape(wrong)}\b", right, mine)
    return mine


def _shaped(title: str, shapes: Shapes, *, is_judged: bool, is_known: bool) -> Iterator[str]:
    first = title.partition(" ")[0]
    if refused := _refused(title, shapes):
        title, kinds = refused, (*shapes.refused, "{it}")
    elif first in shapes.asks:
        kinds = shapes.questions
    elif " or " in title:
        kinds = shapes.choices
    elif first in shapes.begins and " " in title:
        kinds = (*shapes.actions, "{it}")
    else:
        yield title
        if whether := _whether(title, shapes):
            yield whether
        head = _head(title, shapes)
        if whether and not head:
            return
        title = head or re.sub(r"[,;:]", "", title)
        kinds = (*shapes.things, *(shapes.judged if is_judged and head and not whether else ()))
    yield from (_filled(shape, title, is_known=is_known) for shape in kinds)


def _about(spoken: Sequence[Spoken], texts: Iterable[str], shapes: Shapes) -> Iterator[str]:
    """Yield in turns what is asked about all that the texts have a word of."""
    said = {stem(word) for text in texts for word in _undated(words(clean(text)), shapes)}
    asked = [each.asked for each in spoken if not said.isdisjoint(map(stem, each.about))]
    yield from (each for turn in zip_longest(*asked) for each in turn if each)


def _undated(said: Sequence[str], shapes: Shapes) -> Iterator[str]:
    """Yield the words that name no month: "in may" and "may 3", but "kids may train"."""
    for i, word in enumerate(said):
        before, behind = said[i - 1] if i else "", said[i + 1] if i + 1 < len(said) else ""
        is_date = before in shapes.dated or before[:1].isdigit() or behind[:1].isdigit()
        if not (word in shapes.months and is_date):
            yield word


def _of_statement(claim: Claim, shapes: Shapes) -> Iterator[str]:
    said = _inside(claim.claim.partition(";")[0], shapes)
    keywords = [word for word in dict.fromkeys(_telling(claim.claim, shapes)) if not word.isdigit()]
    if keywords:
        yield " ".join(keywords[:MOST_KEYWORDS])
    if len(said.split()) <= LONG_STATEMENT:
        yield said
        if refused := _refused(said, shapes):
            yield from (_filled(shape, refused) for shape in shapes.refused)
        elif said.partition(" ")[0] in shapes.begins:
            yield from (_filled(shape, said) for shape in shapes.actions)
        else:
            made = [_filled(shape, said) for shape in shapes.statements]
            if made and (whether := _whether(said, shapes)):
                made[-1] = whether  # the same once more, as somebody would ask it
            yield from made


def _of_lead(claim: Claim, shapes: Shapes) -> Iterator[str]:
    """Yield what members ask that the first line answers: its first part, where that tells somebody to do something."""
    part = re.split(r"[.;:!?]|, (?:then|and|but) ", _inside(lead_of(claim), shapes), maxsplit=1)[0].strip()
    if not 1 < len(part.split()) <= LONG_STATEMENT:
        return
    if refused := _refused(part, shapes):
        yield from (_filled(shape, refused) for shape in shapes.refused)
    elif part.partition(" ")[0] in shapes.begins:
        yield f"should i {part}"


def _other_words(claim: Claim, title: str, vocabulary: Sequence[WordGroup]) -> Iterator[str]:
    """Yield the claim's own wordings, and its title, with one word in another's place that means the same here."""
    same = {word: group for group in vocabulary for word in (group.word, *group.same) if " " not in word}
    for text in (*claim.questions[:4], title):
        said = text.lower().split()
        for i, word in enumerate(said):
            group = same.get(word)
            if group is not None:
                other = next(
                    (
                        each
                        for each in (group.word, *group.same)
                        if each != word and not {each, *each.split()} & {*said}
                    ),
                    "",
                )
                if other:
                    yield " ".join([*said[:i], other, *said[i + 1 :]])
                    break


def _mistyped(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as they are typed in a hurry: two letters of the longest word have changed places, or one is missing."""
    for number, text in enumerate(texts):
        said = text.lower().split()
        long = [word for word in said if len(word) >= LONG_WORD and word.isalpha()]
        if not long:
            continue
        word = max(long, key=len)
        middle = len(word) // 2
        if number % 2:
            wrong = word[:middle] + word[middle + 1 :]
        else:
            wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
        if wrong != word:
            yield " ".join(wrong if each == word else each for each in said)


def _of_claim(claim: Claim, shapes: Shapes, kept: Iterable[str]) -> list[str]:
    """Return the kept questions that speak of the claim, those that share most with it first."""
    own = set(map(stem, _telling(" ".join((claim.title, claim.claim, lead_of(claim), *claim.questions)), shapes)))
    shared: list[tuple[float, str]] = []
    for text in kept:
        asked = set(map(stem, _telling(text, shapes)))
        if asked and (share := len(asked & own) / len(asked)) >= LEAST_SHARED:
            shared.append((share, text))
    return [text for _, text in sorted(shared, key=lambda each: -each[0])[:MOST_KEPT]]


def _telling(text: str, shapes: Shapes) -> list[str]:
    return [word for word in words(clean(text)) if word not in shapes.small]
