"""A sentence -> the claim in it, without the words that only say who believes, doubts or asks it.

"My boss wants to know whether AWS patches the host", "am I right that AWS patches the host" and "AWS patches the host,
is that so?" put one claim. Whose act it speaks of, and whether it is denied, is read off the claim: the "I" of "I
wonder" patches nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from srmbot.grammar_patterns import LEAD_IN, QUESTION_TAG, REFUTE, WH
from srmbot.query import content_words, tokenize

ATTITUDE = (  # verbs, nouns and adjectives of knowing, saying, doubting and asking
    r"(?:know(?:s|n|ing)?|wonder(?:s|ed|ing)?|think(?:s|ing)?|thought|believ(?:e|es|ed|ing)|assum(?:e|es|ed|ing)"
    r"|guess(?:es|ed|ing)?|suppos(?:e|es|ed|ing)|figur(?:e|es|ed|ing)|reckon(?:s|ed|ing)?|presum(?:e|es|ed|ing)"
    r"|suspect(?:s|ed|ing)?|understand(?:s|ing)?|understood|hear(?:s|d|ing)?|read(?:s|ing)?|s(?:ay|ays|aid|aying)"
    r"|tell(?:ing)? me|told|insist(?:s|ed|ing)?|claim(?:s|ed|ing)?|argu(?:e|es|ed|ing)|swear(?:s|ing)?|swore|hop(?:e"
    r"|es|ed|ing)|expect(?:s|ed|ing)?|confirm(?:s|ed|ing|ation)?|verif(?:y|ies|ied|ying)|check(?:s|ed|ing)?|ask(?:s|ed"
    r"|ing)?|clarif(?:y|ies|ied|ying)|(?:find|found|finding|figure) out|imagin(?:e|es|ed|ing)|bet(?:s|ting)?|doubt(?:s"
    r"|ed|ing|ful)?|conclud(?:e|es|ed|ing)|state[sd]?|stating|mean(?:s|ing|t)?|impl(?:y|ies|ied)|remember|recall"
    r"|convinced|sure|unsure|certain|uncertain|positive|curious|unclear|clear|aware|correct|right|true|false|wrong"
    r"|mistaken|fair|accurate|impression|assumption|belief|idea|opinion|conclusion|myth|rumou?r|fact|certainty"
    r"|the case)"
)
UNASKED = rf"(?:(?!\b(?:{WH}|not to)\b)[^?:;])"  # a letter of a frame, which asks nothing by itself
INFORMED = r"(?:does|did|do|will|would|can|is|are|should) (?:aws|amazon|they|rds|aurora|the service)\b"
WHETHER = re.compile(  # "not sure if …", "the auditor asked whether or not …"
    rf"^(?!{INFORMED}){UNASKED}{{0,110}}?(?<!we can )(?<!they can )(?<!one can )\b{ATTITUDE}(?: \w+){{0,3}}?,? (?:if"
    r"|whether(?: or not)?)\s+(?=\w+\W+\w)",
    re.IGNORECASE,
)
THAT = re.compile(  # "is it true that …", "a colleague told me that …"
    rf"^(?!{INFORMED}){UNASKED}{{0,110}}?\b{ATTITUDE}(?: (?:us|me|him|her|them|everybody|everyone|here|you|correctly"
    r"|in (?:thinking|assuming|saying|believing)|to (?:think|say|assume|believe|state|conclude|claim"
    r"|expect)))?,? that\s+(?=\w+\W+\w)",
    re.IGNORECASE,
)
HEDGE = (
    r"(?:if i(?:'m| am) not (?:mistaken|wrong)|unless i(?:'m| am) (?:mistaken|wrong)|(?:please )?correct me if i(?:'m"
    r"| am) wrong|(?:as )?far as i (?:know|can tell|understand|can see)|as far as i know|afaik|iirc|imo|imho|to (?:my"
    r"|our) knowledge|(?:from|by) what (?:i|we)(?:'ve| have)? (?:\w+ )?(?:understand|understood|know|hear|heard|read"
    r"|see|saw|seen|gather|gathered)|as (?:i|we) understand(?: it| this)?|(?:in|to) my (?:understanding|opinion|mind"
    r"|view)|according to (?:(?!\b(?:you|who|what|which)\b)[^,?:;]){1,50}(?=,)|if i (?:understand|understood|got|read"
    r"|recall|remember)(?: \w+){0,2}?(?: right| correctly)?(?=,|\W*$))"
)
OPINION = (
    r"(?:(?:i|we|he|she|they|(?:(?:the|our|my|your|their|some|a|an|one of (?:the|our|my"
    r"|their)) (?:[\w-]+ ){0,3}?[\w-]+)|people|everyone|everybody|someone|somebody)(?:'m|'d|'ve| am| are| is| was"
    r"| were| have| has| had| would)?(?: (?:really|still|also|always|just|only|pretty|quite|fairly|almost|strongly"
    r"|honestly|kind of|keeps?|kept|been))* )?(?:guess(?:ing)?|think(?:s|ing)?|believ(?:e|es|ed|ing)|assum(?:e|es|ed"
    r"|ing)|suppos(?:e|ed)|figured?|reckon(?:s|ed)?|thought|hop(?:e|ing)|hear|heard|read|understand|understood|bet"
    r"|gather(?:ed)?|imagine|said|says|saying|say|presum(?:e|ed|ing)|suspect(?:ed|s)?|claim(?:s|ed|ing)?|insist(?:s|ed"
    r"|ing)?|swears?|swore|argu(?:e|es|ed)|(?:was|were|been|got|being) (?:told|informed|assured)|told (?:me|us)|sure"
    r"|certain|convinced|positive|confident)"
)
CLAIMANT = (
    r"(?:we|i|aws|amazon|it|they|you|the|our|my|all|no|nothing|every|each|there|this|these|those|a|an|any|only|nobody)"
)
BARE = re.compile(  # the same without "that": "I guess AWS …", "please confirm AWS …", "yes or no: …"
    rf"^(?:{HEDGE}[,:]?(?: but)?|{OPINION}[,:]?(?=\s+(?:{CLAIMANT}\b|[\w-]+ (?:is|are|has|have|does|do|can|will|must"
    rf"|needs?|\w+s)\b))"
    r"|(?:(?:please|pls|can you|could you|just|someone|somebody|need (?:you )?to|would like to|i'd like to|i want to"
    r"|let me)\s+)*(?:confirm(?:ing)?|double[- ]?check(?:ing)?|verify|check(?:ing)?|fact[- ]?check"
    r"|sanity[- ]?check)[,:]?(?= (?:that )?"
    rf"(?:{CLAIMANT}|[\w-]+ (?:is|are|has|have|does|do|can|will|must|needs?|\w+s))\b)"
    r"|(?:true or false|yes or no|yes/no|y/n|t/f|right or wrong|myth or (?:fact|truth)|fact or (?:fiction|myth)"
    r"|fact[- ]?check|sanity[- ]?check|(?:just |quick |gut )?check(?:ing)?|serious question|honest question|question"
    r"|statement|claim|my (?:guess|bet|understanding|assumption|take|impression|view)(?: (?:is|was))?)\s*[,:–—-]"
    r"|(?:please )?tell me (?:that )?i(?:'m| am) (?:not (?:wrong|mistaken)|right|correct)[,:]?"
    r"|(?:(?:it|this|that) (?:is|was)|it's) (?:my|our) (?:understanding|impression|assumption|view|belief)[,:]?|(?:so "
    r"|and )?(?:my|our) (?:understanding|impression|assumption|guess|view|belief|bet) (?:is|was)[,:]?|(?:which|so that"
    r"|so this|that|this|so it) (?:means|implies)[,:]?|(?:does|would|do|did) (?:that|this|it|which) (?:mean"
    r"|imply)[,:]?|(?:is|isn't|was) it (?:ok(?:ay)?|safe|fair|right|correct|accurate|reasonable|true|wrong) to (?:say"
    r"|assume|think|claim|state|conclude|believe|expect)[,:]?|(?:it(?:'s| is)?|is it|its)? ?safe to (?:say|assume"
    r"|conclude)[,:]?|(?:can|could|may|should|shall) (?:i|we) (?:safely |just |then |therefore |reasonably )?(?:assume"
    r"|conclude|presume|take it)[,:]?|(?:am|was) i (?:right|correct|wrong|mistaken) (?:in |to )?(?:thinking|think"
    r"|assuming|assume|saying|say|believing|believe)?[,:]?(?= \w+ \w+)|(?:would|will) (?:i|it) be (?:right|correct"
    r"|fair|wrong|safe|accurate) (?:in|to) (?:thinking|think|assuming|assume|saying|say)[,:]?|(?:can|could|may|should"
    r"|shall|do) (?:i|we) (?:safely )?(?:tell|promise|assure|inform) (?:\w+ ){1,4}?(?=that\b)|(?:any|no"
    r"|what) chance(?:s)?(?: that| of)?|any way that)(?:\s+that)?\s+(?=\S)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^[^\"?:]{2,60}: ?\"(?=\w+\W+\w)")  # 'head of IT: "AWS fails it over"'
OPENER = re.compile(rf"^\W*{LEAD_IN}", re.IGNORECASE)
CONDITION_FIRST = re.compile(  # "with autoscaling off, …": what a claim holds under, before its frame
    r"^(?P<condition>(?:with|without|if|when|once|after|before|since|given|as long as|in case|for|on"
    r"|in)\b[^,?;:]{2,80},\s+)",
    re.IGNORECASE,
)
DOUBT = re.compile(  # what asks whether all before it is so: "…, is that so?", "… - legit?", "…, or nah"
    r"(?P<by>\s*[,;.:–—-]+\s*|\s+)(?:(?:and |so |but )?(?:(?:is|are|was|isn't|aren't)\s+(?:that|this|it|he|she|they|i"
    r"|we|my boss)\s+(?:(?:really|still|even|actually|all|also)\s+)?(?:right|correct|true|accurate|so|the case|valid"
    r"|wrong|mistaken|fair|a myth|legit|nonsense|bullshit|bs|a fact|still true)|(?:can|may|should|could|shall) (?:i"
    r"|we) (?:put|write|note|state|say|report|close|tick|mark|leave|use|tell) (?:that|this|it)\b[^?]{0,40}|\(?y/n\)?"
    r"|does (?:that|this|it) (?:still )?(?:hold|sound right|check out|make sense|apply)|(?:legit|wrong|facts?|myth"
    r"|true or false|yes or no|y/n|t/f|or nah|or no|y|yes|yeah|yea|yep|ja|innit|works|possible|allowed|doable|ok(?:ay)?"
    r"|(?:so )?true|does (?:that|this|it) work|is (?:that|this|it) (?:possible|allowed|ok(?:ay)?|fine)|agree|agreed"
    r"|thoughts|can (?:you|someone"
    r"|anyone|somebody|anybody) confirm|(?:please |pls |kindly )?confirm(?: (?:for|to|with|by) [^?.]{2,25}| this| that"
    r"| it)?|please advise))\s*[?!.]*"
    rf"|(?:i (?:hope|guess|think|assume|suppose|believe|presume|reckon)|hopefully|{HEDGE}))\s*[?!.]*$",
    re.IGNORECASE,
)
ASKS_TO_CHECK = re.compile(  # "can you check her?", "which of these lines is wrong"
    r"\b(?:check|verify|confirm|validate|review|correct|right|true|accurate|agree|trust|believe"
    r"|fact[- ]check)\b(?: \w+){0,4}? (?:her|him|them|this|that|it|below|above|following|statement|claim|answer|quote"
    rf"|wording|sentence|paragraph|reply|summary)\W*$|^\W*(?:(?:{REFUTE})(?: otherwise)?|tell me otherwise)\W*$",
    re.IGNORECASE,
)
JUDGING = frozenset(  # words that judge what somebody has said, and tell nothing of what it is about
    """
    accurate agree agreed approve check claim confirm correct correctly doubt fact facts fair false her him legit
    mistaken myth nod object opinion opinions plausible read reading really right said sanity sense sound sounds
    statement still sure think thinking thoughts true truth understand understanding understood valid wording wrong you
    """.split()
)
OPENS_WITH_WH = re.compile(rf"^\W*{LEAD_IN}{WH}\b", re.IGNORECASE)
BARE_TAGS = frozenset(  # only after a comma, a dash or a full stop
    {"y", "yes", "yeah", "yea", "yep", "ja", "facts", "fact", "myth", "wrong", "works", "possible", "allowed", "doable"}
    | {"ok", "okay", "true", "so true"}
)
CACHED_SENTENCES = 256  # each test of a sentence's grammar looks at its claim
MOST_FRAMES = 3  # frames in each other: "just checking: am I right that …"


class Claim(NamedTuple):
    """What a sentence puts."""

    text: str
    framed: bool  # somebody's belief or doubt was taken off it


@lru_cache(CACHED_SENTENCES)
def find_claim(sentence: str) -> Claim:
    """The claim of a sentence, without the frame that it stands in.

    Args:
        sentence: one sentence, with its mark.
    """
    asked = sentence.rstrip().endswith("?")
    text, framed = strip_doubt(sentence)
    for _ in range(MOST_FRAMES):
        found = strip_frame(text)
        if found is None:
            break
        text, framed = found, True
    return Claim(f"{text.rstrip(' .!')}?" if framed and asked and not text.endswith("?") else text, framed)


def strip_frame(text: str) -> str | None:
    """A sentence without the frame that it begins with, after a condition too; None where it has none."""
    for before in filter(None, (OPENER.match(text), CONDITION_FIRST.match(text))):
        start = text[before.end() :]
        found = next((match for each in (QUOTED, BARE, WHETHER, THAT) if (match := each.match(start))), None)
        if found:
            kept = before["condition"] if "condition" in before.re.groupindex else ""
            return f"{kept}{start[found.end() :]}"
    return None


def asks_whether_so(sentence: str) -> bool:
    """Whether a sentence only asks whether another one is so: "Is he right?", "Am I reading that correctly?"."""
    if DOUBT.fullmatch(f" {sentence}") or ASKS_TO_CHECK.search(sentence):
        return True
    telling = content_words(tokenize(sentence))
    return bool(telling) and JUDGING.issuperset(telling) and not OPENS_WITH_WH.search(sentence)


def strip_doubt(sentence: str) -> tuple[str, bool]:
    """A sentence without the words at its end that ask whether it is so, and whether it had any."""
    found = DOUBT.search(sentence)
    if found is None or QUESTION_TAG.search(sentence) or len(sentence[: found.start()].split()) < 2:
        return sentence, False
    if not found["by"].strip() and found[0].strip(" ?!.").casefold() in BARE_TAGS:
        return sentence, False
    return sentence[: found.start()], True
