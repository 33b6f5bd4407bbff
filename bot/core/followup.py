"""Follow-ups: short messages that only mean something after an answer ("why?", "and with one leg?")."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a message is in a conversation."""

    NEW = "new"  # stands by itself
    PART = "part"  # asks for a part of the last answer
    ASPECT = "aspect"  # puts the last question to something else
    REFUSAL = "refusal"  # does not want what was advised
    NEXT = "next"  # did it, or would, and it does not help


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How to read a message after an answer: `focus` for PART ("why", "sources", "do"; "" for all of it), `text` for ASPECT."""

    kind: Kind
    focus: str = ""
    text: str = ""


_PARTS = (
    (
        "sources",
        re.compile(
            r"(?:(?:what(?:'?s| is| are)|whats|any|got|have you got|do you have|where(?:'?s| is| are)|show|give)? ?"
            r"(?:me )?(?:a|an|the|your|ur|some|any)? ?(?:sources?|sauce|studies|study|evidence|proof|references?|refs?"
            r"|citations?|research|papers?|links?)(?: (?:for (?:that|this|it)|please|pls|plz|bro|tho|though|on that))*"
            r"|says who|according to who|who says(?: so| that)?|where (?:did|do) you get (?:that|this)(?: from)?"
            r"|is (?:there|that) (?:any )?(?:science|evidence|research)(?: for (?:that|this|it))?|prove it|how do you know"
            r"(?: that)?|(?:is|was|has) (?:that|this|it) (?:really |actually |been |even )*(?:proven|proved|true|legit|a fact"
            r"|a myth|tested|studied|scientific|real|backed(?: up)?(?: by (?:science|research|studies|anything))?)"
            r"|(?:are )?(?:you|u) (?:really )?sure(?: about (?:that|this|it))?|how sure (?:are (?:you|u)|is (?:that|this|it))"
            r"|(?:for )?real(?:ly)?)"
        ),
    ),
    (
        "why",
        re.compile(
            r"(?:but |and |ok |okay |yeah |so |wait )*(?:y|why+|how come|what for|for what|what(?:'?s| is) the reason"
            r"|what makes (?:it|that) so|why(?:'?s| is| was| does| do| would| should) (?:that|this|it|i)(?: be)?(?: (?:so|matter|bad"
            r"|happen|work|true|good|better|wrong|the case|do that))*|explain(?: (?:that|this|it|more|please|pls))*"
            r"|(?:tell|say) (?:me )?more(?: (?:about )?(?:that|this|it))?|more(?: (?:info|details?|please|pls))?"
            r"|go on|elaborate|(?:what|wdym|what do you mean)(?: by (?:that|this|it))?|i don'?t get it|huh"
            r"|(?:is|isn'?t) (?:that|this|it) (?:really |actually |so |very |a )*(?:bad|dangerous|harmful|risky|wrong|normal"
            r"|problem|ok|okay|fine|safe|serious|good)(?: (?:then|tho|though|or not|or what))*"
            r"|(?:should|do) i (?:need to |have to )?(?:be )?(?:worry|worried|concerned|care)(?: about (?:that|this|it))?"
            r"|why (?:tho|though|not|exactly|please|so))"
        ),
    ),
    (
        "do",
        re.compile(
            r"(?:and |so |ok |okay |but |then )*(?:how (?:do|can|should|would|to|d) ?(?:i|you|u|we)?\s*(?:to )?(?:fix|do|stop"
            r"|avoid|prevent|change|improve|sort|correct|solve|help|start)(?: (?:that|this|it|them|doing (?:that|this|it)"
            r"|out|with (?:that|this|it)|about (?:that|this|it)|then|instead|properly|correctly|right|safely|better|myself"
            r"|at home|in practice|every time))*"
            r"|what (?:do|should|can|would|shall|must) (?:i|you|we)(?: then| actually| even)? do"
            r"(?: (?:then|instead|about (?:it|that|this)|right now|now|today|tonight|meanwhile|in the meantime|until then|first|exactly|to fix (?:it|that|this)))*"
            r"|(?:what|anything) else(?: (?:(?:can|should|could|must) i (?:do|try|change|add|train)|(?:do|would|will) i need|is needed|do i have to do))?"
            r"|(?:any )?(?:tips|steps|advice|fix|fixes|cues|solution)(?: for (?:that|this|it))?|what now|now what|what (?:helps|works|would help|can help|might help)|then what|what then|and then"
            r"|how(?: then| exactly| so| tho)?|fix it|so what (?:do|should) i do"
            r"|(?:which|what)(?: one| step| of (?:them|those|these))?(?: (?:do|should|shall) i (?:do|try|change)| comes| to (?:do|try))? first"
            r"|in (?:what|which) order|where do i (?:start|begin)(?: then)?)"
        ),
    ),
    (
        "",
        re.compile(
            r"(?:(?:can|could) (?:you|u) |please )*(?:(?:say|repeat|show|tell me|give me) (?:that|it|this|me that)?\s*)"
            r"(?:again|shorter|in short|simpler|in simple words|in plain english|once more)"
            r"|(?:can|could) (?:you|u) repeat (?:that|it)|again|come again|tl;?dr|eli5|in short|(?:the )?short version"
            r"|say again"
        ),
    ),
)
_REFUSAL = re.compile(
    r"(?:(?:no+|nah|nope|ew+|ugh|hmm+|but|sorry|well|oh)[\s,.!]+)*(?:(?:(?:that|this|it)(?:'s| is| sounds| looks| seems| feels)?|sounds|looks|way)? ?"
    r"(?:(?:a bit|way|far|much|just|really|kind of) )*too (?:scary|hard|much|difficult|dangerous|risky|complicated|boring|embarrassing|heavy|light|easy|slow)(?: for me)?"
    r"|i (?:(?:really|just) )?(?:hate|dislike|loathe) (?:that|this|it|those|them)|i (?:do not|don'?t|dont|wo ?n'?t|can ?not|can'?t|cant) (?:really )?(?:want(?: to)?|like|do|dare|fancy)(?: to)?(?: do)?(?: (?:that|this|it|those))?"
    r"|no way|not for me|no thanks?|not doing (?:that|this|it)|i'?d rather not|i refuse|(?:that|this|it) scares me|hard pass)"
)
_NEXT = re.compile(
    r"(?:(?:and|but|ok(?:ay)?|so|then|what|yeah|hmm+)[\s,]+)*(?:if (?:that|this|it|those|they|none of (?:that|those|it)|nothing)"
    r" ?(?:does ?n'?t|doesnt|does not|do ?n'?t|dont|do not|still does ?n'?t|fails?|helps?|works?)(?: (?:help|work|fix it|do it|change anything))?"
    r"|(?:that|this|it|those|they) (?:did ?n'?t|didnt|did not|does ?n'?t|doesnt|does not|do ?n'?t|dont) (?:really )?(?:help|work|do anything|change anything|fix it)(?: (?:at all|though|tho|me))?"
    r"|(?:i )?(?:already )?(?:tried|did|done|do|have done|have tried|'?ve tried) (?:all )?(?:of )?(?:that|this|it|those|them)(?: (?:already|before|and (?:nothing|no luck)|(?:and |but )?(?:it |that |they )?(?:did ?n'?t|did not) (?:really )?(?:help|work)))?"
    r"|(?:what )?if (?:it|they|that|my [a-z]+(?: [a-z]+)?) (?:still|keeps?|continues? to|goes? on)(?: [a-z]+){1,3}"
    r"|(?:it|they|my [a-z]+(?: [a-z]+)?) (?:still|keeps?) (?:on )?(?:rounds?|rounding|lifts?|lifting|hurts?|hurting|happens?|happening|pinch(?:es|ing)?|click(?:s|ing)?|cav(?:es?|ing) in|comes? (?:up|off)|coming (?:up|off)|peels?|peeling|slips?|slipping)"
    r"|still (?:the same|no better|hurts|happens|there)|no (?:luck|change|difference|better)|(?:what|and) (?:comes )?next|next step)"
)
_CHOICE = re.compile(
    r"(?:(?:i mean|i meant|yes|yeah|yep|ok|okay|sure|show me|give me|go with)[\s,]+)*(?:the |number |no |option )?"
    r"(?P<which>first|1st|1|second|2nd|2|third|3rd|3|last)(?: (?:one|option))?(?: please)?"
)
_WHICH = {"first": 0, "1st": 0, "1": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2, "last": -1}
_POLITE = re.compile(r"^(?:hey|hi|yo|@\S+|<@!?\d+>|please|pls|ok|okay|thanks|thx|cool|nice)[\s,.!]+(?=\S)")
_KEYCAP = re.compile("\ufe0f?\u20e3")
"""What makes an emoji of a digit: "2️⃣" is 2."""
_MARKS = ' \t\r\n,.!?…:;)("'
_LEAD_IN = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|so|also|then|yeah|right|alright|cool|hmm+|thanks|thx|nah|no|nope|sorry)[\s,.]+)*"
    r"(?:i mean(?:t)?(?: to say)?|not that|(?:what|how) (?:about|bout)|wat about|what if|whatabout|(?:and|ok|okay|but|same) (?:with|for|if|when|in|on|the"
    r"|my|as|while)|with|for|if|when|during|and|also|only|just|even|not just|does that (?:go|apply|hold|count) (?:for|to|with)|same for"
    r"|is (?:it|that) (?:the )?same (?:for|with|if|when|on)|would (?:it|that) (?:be the same|change) (?:for|with|if|when))\b\s*",
    re.IGNORECASE,
)
_MOST_ASPECT_WORDS = 9


def chosen(text: str, offered: Sequence[str]) -> str:
    """Return which of the claims `offered` a text chooses by its number ("the second one"); "" for none."""
    choice = _CHOICE.fullmatch(_bare(text))
    if choice is None:
        return ""
    number = _WHICH[choice["which"]]
    return offered[number] if -len(offered) <= number < len(offered) else ""


def _bare(text: str) -> str:
    """Return a text in small letters, without what is only polite around it."""
    plain = " ".join(_KEYCAP.sub("", text).lower().replace("’", "'").split())
    previous = None
    while previous != plain:
        previous, plain = plain, _POLITE.sub("", plain.rstrip(_MARKS)).strip()
    return plain


def behind_refusal(text: str, asks: Collection[str]) -> str:
    """Return what is asked behind a refusal ("nah too scary what can I do instead"), in words that one of `asks` begins; "" for nothing."""
    plain = _bare(text)
    if _REFUSAL.fullmatch(plain):
        return ""
    said = plain.split()
    starts = (at for at, word in enumerate(said) if at and word in asks)
    refused = (at for at in starts if _REFUSAL.fullmatch(" ".join(said[:at]).strip(" ,.!;")))
    return next((" ".join(said[at:]) for at in refused), "")


def read(text: str) -> FollowUp:
    """Say what `text` is, given that the bot has just answered the same member in the same place."""
    plain = _bare(text)
    for focus, pattern in _PARTS:
        if pattern.fullmatch(plain):
            return FollowUp(Kind.PART, focus=focus)
    if _NEXT.fullmatch(plain):
        return FollowUp(Kind.NEXT)
    if _REFUSAL.fullmatch(plain):
        return FollowUp(Kind.REFUSAL)
    lead = _LEAD_IN.match(plain)
    if lead and len(plain.split()) <= _MOST_ASPECT_WORDS:
        rest = plain[lead.end() :].strip(" ,.?!")
        if rest:
            return FollowUp(Kind.ASPECT, text=rest)
    return FollowUp(Kind.NEW)
