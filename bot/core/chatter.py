"""Telling a message that asks nothing (thanks, greetings, laughter, emoji, a bare link) from a question."""

import re

MOST_WORDS = 8

_WORDS = """
thanks thank thx ty tysm cheers ta you u your ur so much very a an lot again man mate bro bruh dude mr sir guy lad king queen
lol lmao lmfao rofl haha hahaha hehe ha xd rip ok okay k kk cool nice great good best better bot awesome perfect got it gotcha
yep yes yeah yea ya yup no nope nah sure right fair enough hi hello hey yo sup hiya morning evening afternoon night gn gm bye
cya later np welcome wow woah omg damn dang true same facts fr ong based goated this that these those makes made sense i im me
my see alright sweet legend hero appreciate appreciated helpful helped helps help brilliant amazing excellent useful
interesting funny crazy wild insane noted exactly indeed absolutely definitely totally agreed agree seriously literally really
yikes ouch oof ah oh ooh aha hm mh eh idk dunno idc nvm never mind worries problem guess think thought figured reckon as here
there too also then just even still only one for the to and but or with all of well know knew know didnt don't didn't dont
doesnt will ill gonna going try trying tried do did give go shot it's its thats that's you're youre be been was were is are
am today tomorrow tonight next time day week session monday info information answer reply explanation tip heads up out
love like liked loved bad stupid dumb useless wrong silly lame boring trash shut stop spam told said saying say way ok
ikr smh tbh imo ngl af asf rn brb gtg ofc obv obviously respect props kudos w l gg wp ez lets let's lfg yay yes hooray
"""
_REPEATED = re.compile(r"(.)\1+")
_ASKS = re.compile(
    r"\s*(?:(?:ok|okay|so|and|but|then|well|hey|hi|yo|oh)\s+)*(?:is|are|am|was|were|isn't|do|does|did|don't|can|could|should"
    r"|would|will|has|have)\s+(?!not\b)(?:i|you|it|that|this|the|they|he|she|we|these|those|one)\b"
)
"""How a question without a question mark begins that holds no question word."""
_MY_WORDS = re.compile(
    r"\b(?:that'?s|this is) (?:exactly )?what (?:i|he|she|they|we) (?:do|did|thought|think|said|say|meant|mean)\b"
)
_NO_WORD = re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|https?://\S+|[^\w\s'’]", re.IGNORECASE)


def _folded(word: str) -> str:
    """Return a word with each run of a letter as one: `lmaooo` and `lmao` are the same chatter."""
    return _REPEATED.sub(r"\1", word.strip("'_"))


_FOLDED = frozenset(map(_folded, _WORDS.split()))


def is_chatter(text: str) -> bool:
    """Say whether a message asks nothing, and so wants no answer where nobody called the bot."""
    plain = _MY_WORDS.sub(" ", _NO_WORD.sub(" ", text.lower().replace("’", "'")))
    words = plain.split()
    if words and ("?" in text or _ASKS.match(plain)):
        return False
    return len(words) <= MOST_WORDS and all(_folded(word) in _FOLDED for word in words)
