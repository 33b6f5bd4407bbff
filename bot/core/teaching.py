"""A claim drafted from what somebody wrote in a channel: only words that stand there, tidied, and sorted by rule.

A greeting and what is only polite go. What is listed becomes steps. Of the rest the first sentence that states something is the statement, the first that tells
somebody to do something is the first line, and what is left is the answer. The title is the question that it answers. What
states nothing without that question ("Yes, till ten.", "In the crate.") has it before it in the statement. Sentences of which each tells what to do are
steps, as a list is. What is typed in a hurry ("dont") is written out, but for the question, which is a wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.fields import MOST, Fields, entries_of
from bot.core.likely_wordings import NO_SHAPES, Shapes
from bot.core.text import CHATTER, clean, words
from bot.sentences import say

MOST_ANSWER, MOST_STEPS, MOST_STEP, MOST_WHY = 350, 8, 160, 1200
"""What the schema of a claim takes: characters, or entries."""
MOST_QUESTIONS, LONGEST_QUESTION = 3, 200
FEWEST_LISTED = 2
"""Lines that begin with a dash or a number make a list from so many on: one alone may be a dash in a sentence."""
FEWEST_TOLD = 3
"""Sentences of which each tells what to do are a list from so many on."""
FEWEST_IN_A_HEADING = 3
"""Words of a heading that ends at a pause: fewer would be no more than how somebody begins to speak."""
FEWEST_WORDS = 4
"""Words of a sentence that states something: "Hey Sam," does not."""

_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:<>]{1,64}:|a?:\w{1,64}:|t:|id:)-?\w{1,25}(?::\w)?>|@(?:everyone|here)\b")
_YES_OR_NO = re.compile(r"\A(?:yes|yeah|yep|no|nope|nah)[,.!;:]+\s+(?=\w)", re.IGNORECASE)
"""How an answer begins that is no heading without its question."""
_SHORT_FOR = re.compile(r"\A(?:yes|yeah|yep|yup|nope|nah|no(?= *[,.!;:]|\Z))\b", re.IGNORECASE)
"""How an answer begins that is no statement without its question: "No weight is too light" is one."""
_CHATTER = "|".join(sorted(CHATTER - {"bro", "bruh"}))
_IDLE = re.compile(
    rf"(?:^|(?<=[.!?] ))(?:{_CHATTER})\b[ ,]*(?=\w)|(?<=\w)[ ,]+(?:{_CHATTER})(?=[ .!?]*$|[.!?] )",
    re.IGNORECASE | re.MULTILINE,
)
"""What says nothing before or after a sentence: "tbh"."""
_NAMED_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?https?://[^\s)]+\)", re.IGNORECASE)
_LINK = re.compile(r"<?(?:https?://|www\.)[^\s>]+>?", re.IGNORECASE)
_FENCE = re.compile(r"```(?:[a-z0-9+#-]*\n)?|```")
_QUOTED = re.compile(r"^\s*>(?:>>)?\s")
"""A line that says again what somebody else wrote."""
_HEADED = re.compile(r"^\s*(?:#{1,3}|-#)\s+")
_GONE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Where a link stood: a sentence that says nothing without it goes with it."""
_MARKS = re.compile(r"\*\*|__|~~|\|\||`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_PAUSE = re.compile(r"[,;:]\s|\s[-–—(]")
_AND = re.compile(r"\s(?:and then|and|then)\s+([\w'’]+)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\.\.)(?<!…)[\"”’)]*\s+|(?<=[.…])\s+(?=[^\W\d_a-z])")
"""Where a sentence ends: at dots that only wait ("it depends... on the day"), where a capital follows."""
_I = re.compile(r"(?<![\w.'’-])i(?![\w.-])")
"""The word "I" as it is typed in a hurry, also before "'m"."""
_EMOJI = r"[\u2600-\u27bf\U0001f000-\U0001faff]"
_JOINED = r"\ufe0f\u200d"
_DRAWN_LAST = rf"(?<![\s{_EMOJI[1:-1]}{_JOINED}])\s*+(?:{_EMOJI}[{_JOINED}]*+\s*+)++\Z"  # looked for once in each run
_DRAWN = re.compile(rf"\A\s*+(?:{_EMOJI}[{_JOINED}]*+\s*+)++|{_DRAWN_LAST}")
"""Emoji before and after what is said."""
_HOLE = re.compile(r" ([,.;:!?])|\( ?\)")
"""What a link that was taken out leaves, in words with one blank between them."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a message gives: the fields of a claim, and a sentence for each thing of it that no field took."""

    fields: Fields
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """The lines of a message: what it lists, what stands above its lists, and its other sentences."""

    steps: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def taught(answer: str, question: str = "", title: str = "", shapes: Shapes = NO_SHAPES) -> Taught:
    """Return a draft of a claim from the message that answers, and from the one that asked ("" where it is not known).

    `title`: the question without what asks nothing, "" for the message's own first words. `shapes` has the words with which
    a sentence begins that tells somebody to do something, and those of greetings and the like.
    """
    plain, links = _plain(answer)
    read = _read(_written_out(_without_greeting(plain, shapes), shapes))
    telling = [each for each in read.said if not _is_polite(each, shapes)]
    if telling or read.steps:
        read.said = telling
    wordings = _questions(question)
    asked = [_written_out(each, shapes) for each in wordings]
    if not asked:
        read.said[:1] = [_sentence(_without_yes_or_no(each, shapes)) for each in read.said[:1]]
    if not read.steps and len(read.said) >= FEWEST_TOLD and all(_tells(each, shapes) for each in read.said):
        read.steps, read.said = read.said, []
    stated = taken = next((each for each in read.said if _states(each)), "")
    short_for = next((each for each in read.said if not _is_small(each)), "")
    if _SHORT_FOR.match(short_for):
        stated, taken = _asked_and_said(asked, short_for) or stated, short_for
    elif stated == short_for and _leans(stated, shapes):
        stated = _asked_and_said(asked, stated) or stated
    elif not stated:
        stated = _asked_and_said(asked, " ".join(read.said)) or _listed(read, asked, shapes)
    rest = [each for each in read.said if each != taken]
    lead = next((each for each in rest if _tells(each, shapes) and len(each) <= MOST["lead"]), "")
    if lead and len(rest) > 1:
        rest.remove(lead)
    else:
        lead = ""
    if all(map(_is_small, rest)):
        rest = []
    said = rest or ([taken] if taken else read.said or read.steps[:FEWEST_LISTED])
    short, more = _fitting(said, MOST_ANSWER)
    steps, long = read.steps[:MOST_STEPS], read.steps[MOST_STEPS:]
    steps, cut = [_cut(each, MOST_STEP) for each in steps], [each for each in steps if len(each) > MOST_STEP]
    why, lost = _fitting([*more, *long, *cut], MOST_WHY)
    statement = _cut(stated or short or "".join(read.steps[:1]), MOST["claim"])
    named = _written_out(next(iter(_questions(title) or asked), ""), shapes)
    opening = taken or "".join((read.said or read.headings or said)[:1])
    headed = heading(named) or heading(_YES_OR_NO.sub("", opening), until_pause=not rest, begins=shapes.begins)
    left_out = []
    if links:
        left_out.append(say("moderators.teaching.links_left_out"))
    if lost:
        left_out.append(say("moderators.teaching.end_left_out"))
    fields = Fields(
        title=headed,
        claim=statement,
        lead=lead,
        answer=short,
        why=why,
        questions="\n".join(wordings),
        do="\n".join(steps),
    )
    return Taught(fields, tuple(left_out))


def _plain(text: str) -> tuple[str, bool]:
    """Return a message without Discord's marks, and whether it had links, which are taken out."""
    named = _NAMED_LINK.sub(r"\1", text)
    linked = _LINK.sub(_GONE, named)
    lines = []
    told = [line for line in _MENTION.sub(" ", _FENCE.sub("\n", linked)).splitlines() if not _QUOTED.match(line)]
    headed = [_HEADED.sub("", line) for line in told]
    for bare, listed in zip(headed, entries_of(headed), strict=True):
        mark = "- " if listed and listed != bare.strip() else ""
        tidy = _HOLE.sub(r"\1", " ".join(_MARKS.sub("", listed).split())).strip(" ,;")
        if tidy:
            lines.append(mark + tidy)
    return "\n".join(lines), named != text or linked != named


def _read(plain: str) -> _Read:
    read = _Read()
    lines = plain.splitlines()
    listed = [line.startswith("- ") for line in lines]
    is_list = sum(listed) >= FEWEST_LISTED
    for number, line in enumerate(lines):
        if listed[number] and is_list:
            read.steps += _sentences(line[2:], whole=True)
        elif is_list and line.endswith(":") and any(listed[number + 1 : number + 2]):
            read.headings.append(_sentence(line.rstrip(": "), ""))  # "Do this:" says nothing without its list
        else:
            read.said += _sentences(line.removeprefix("- "))
    return read


def _without_greeting(plain: str, shapes: Shapes) -> str:
    """Return a message without the greeting that it begins with, and what is polite behind its last comma.

    All of it stays where it says nothing else.
    """
    if not shapes.greets:
        return plain
    greets, called, begins = map(_any_of, (shapes.greets, shapes.called, shapes.begins))
    drawn = rf"(?:{_EMOJI}[{_JOINED}]*\s*)*"
    named = rf"(?: (?!(?:{begins})\b)[^\W\d_][\w'’]*){{0,2}}\s*{drawn}(?:[,.!;:)–—-]+(?=\s|\Z)|(?=\n|\Z))"
    greeting = re.match(rf"\s*{drawn}(?:{greets})\b(?:{named}|,? (?:{called})\b|(?= ))\s*{drawn}", plain, re.IGNORECASE)
    begun = (plain[greeting.end() :] if greeting else "") or plain
    return re.sub(rf",\s*(?:{_any_of(shapes.polite)})[\s.!)]*{drawn}\Z", "", begun, flags=re.IGNORECASE) or begun


def _is_polite(sentence: str, shapes: Shapes) -> bool:
    """Say whether a sentence is only polite: "Hope that helps, Sam!"."""
    said = sentence.lower().replace("’", "'").rstrip(" .!…")
    return re.fullmatch(rf"(?:{_any_of(shapes.polite)}),?(?: \w+)?", said) is not None


def _without_yes_or_no(sentence: str, shapes: Shapes) -> str:
    """Return a sentence without the yes or no before it where it states as much alone: "Nah you don't need a belt"."""
    begun = rf"\A(?:{_any_of(shapes.yes_or_no)})[ ,.!;:]+(?=(?:{_any_of(shapes.subjects_said)})\b(?:\s+\S+){{3}})"
    return re.sub(begun, "", sentence, flags=re.IGNORECASE)


def _written_out(text: str, shapes: Shapes) -> str:
    """Return a text without what says nothing around its sentences, and with what is typed in a hurry written out."""
    text = _IDLE.sub("", text)
    if not shapes.written:
        return text
    short = rf"(?<![\w.'’-])(?:{_any_of(tuple(shapes.written))})(?![\w'’-]|\.\w)"
    return re.sub(short, lambda found: _as_typed(shapes.written[found[0].lower()], found[0]), text, flags=re.IGNORECASE)


def _as_typed(written: str, typed: str) -> str:
    """Return a word with a capital where it was typed with one."""
    return written[:1].upper() + written[1:] if typed[:1].isupper() else written


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(map(re.escape, phrases)) or r"(?!)"


def _listed(read: _Read, asked: Sequence[str], shapes: Shapes) -> str:
    """Return what a message states that is a list: its first entry, after the line above it or the question that asked for it."""
    if not read.steps:
        return ""
    above, first = "".join(read.headings[:1]), read.steps[0]
    said = above.lower().replace("’", "'")
    announces = re.match(rf"(?:{_any_of((*shapes.asks, *shapes.announces))})\b", said) is not None
    both = f"{above.rstrip('.')}: {first}" if above else ""
    if not above or announces or len(above.split()) < FEWEST_WORDS:
        return _asked_and_said(asked, first) or both
    return both


def _sentences(line: str, *, whole: bool = False) -> list[str]:
    """Return the sentences of a line (the line as one where `whole`), each without its links."""
    found = []
    for each in [line] if whole else _SENTENCE.split(line):
        text = " ".join(each.replace(_GONE, " ").split())
        says = len(words(clean(text))) >= (FEWEST_WORDS if _GONE in each else 1)
        if says:
            found.append(_sentence(_HOLE.sub(r"\1", text)))
    return found


def _sentence(text: str, end: str = ".") -> str:
    """Return a text as a sentence: with capitals, without emoji around it, and with an end where it has none."""
    text = _I.sub("I", _DRAWN.sub("", text).strip())
    text = text[:1].upper() + text[1:]
    return text if not text or not text[-1].isalnum() else f"{text}{end}"


def _states(sentence: str) -> bool:
    return not sentence.endswith("?") and len(sentence.split()) >= FEWEST_WORDS


def _asked_and_said(asked: Sequence[str], said: str) -> str:
    """Return what states nothing by itself after the first question that it answers; "" where there is none, or no room."""
    both = f"{_sentence(asked[0].rstrip(' ?'), '?')} {said}" if asked and said else ""
    return both if len(both) <= MOST["claim"] else ""


def _is_small(sentence: str) -> bool:
    """Say whether a sentence is only how somebody begins or ends: "Good question!"."""
    return sentence.endswith("!") and len(sentence.split()) < FEWEST_WORDS and not any(map(str.isdigit, sentence))


def _tells(sentence: str, shapes: Shapes) -> bool:
    """Say whether a sentence tells somebody to do something: "Then wipe the seat."."""
    said = [each.strip(",.;:!").replace("’", "'") for each in sentence.lower().split()]
    return next((each for each in said if each not in shapes.softens), "") in shapes.begins


def _leans(sentence: str, shapes: Shapes) -> bool:
    """Say whether a sentence begins as one does that leaves out what was asked for: "12 euros.", "In the crate."."""
    return (
        sentence[:1].isdigit()
        or re.match(rf"(?:{_any_of(shapes.leans)})(?![\w'’])", sentence, re.IGNORECASE) is not None
    )


def _fitting(sentences: Sequence[str], most: int) -> tuple[str, list[str]]:
    """Return the first sentences that fit together into `most` characters, at least a part of one, and the others."""
    said = ""
    for number, each in enumerate(sentences):
        longer = f"{said} {each}".strip()
        if len(longer) > most:
            if said:
                return said, list(sentences[number:])
            part = _cut(each, most)
            return part, [each[len(part.rstrip("…")) :].strip(), *sentences[number + 1 :]]
        said = longer
    return said, []


def _cut(text: str, most: int) -> str:
    """Return a text of at most `most` characters, cut after a whole word."""
    if len(text) <= most:
        return text
    begun = text[: most - 1]
    return f"{begun.rsplit(maxsplit=1)[0] if ' ' in begun else begun}…"


def _questions(question: str) -> list[str]:
    """Return what a message asks: its sentences with a question mark, else the whole of it where that is short."""
    lines = _plain(question)[0].replace(_GONE, " ").splitlines()
    said = [
        " ".join(each.split()).lstrip("/|– ") for line in lines for each in _SENTENCE.split(line.removeprefix("- "))
    ]
    asked = [each for each in said if "?" in each] or ([" ".join(said)] if said else [])
    fitting = [each for each in asked if 0 < len(each) <= LONGEST_QUESTION and words(clean(each))]
    return list(dict.fromkeys(fitting))[:MOST_QUESTIONS]


def heading(text: str, *, until_pause: bool = False, begins: Sequence[str] = ()) -> str:
    """Return a text as a heading: one line that begins with a capital and ends with no mark, at a pause, else at a whole word.

    `until_pause`: at a pause also where the whole of it would fit, so that a message of one sentence is not said twice; before
    an "and" with a word of `begins`, too: it tells of a second thing to do.
    """
    plain = " ".join(_plain(text)[0].replace(_GONE, " ").split()).strip(" ?!.,;:…")
    if until_pause and (pause := _PAUSE.search(plain)) and len(plain[: pause.start()].split()) >= FEWEST_IN_A_HEADING:
        plain = plain[: pause.start()]
    elif until_pause and (second := next((each for each in _AND.finditer(plain) if each[1].lower() in begins), None)):
        first = plain[: second.start()]
        plain = first if len(first.split()) >= FEWEST_IN_A_HEADING else plain
    if len(plain) > MOST["title"]:
        begun = plain[: MOST["title"] + 1]
        parts = [begun[: pause.start()] for pause in _PAUSE.finditer(begun)]
        plain = next((each for each in reversed(parts) if len(each.split()) >= FEWEST_IN_A_HEADING), "") or (
            begun.rsplit(maxsplit=1)[0] if " " in begun else begun[: MOST["title"]]
        )
    return _I.sub("I", plain[:1].upper() + plain[1:])
