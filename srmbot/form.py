"""Query -> Form: how a message asks, whatever it asks about. Grammar alone; knows no service and no topic.

A question of the same content may want another answer: whose it is, yes or no, a number, the next step, proof. The
form is read off the sentence that asks; what is pasted around it tells the topic, and not how it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from srmbot.query import SENTENCE, asks_who


class Ask(StrEnum):
    """What an answer must give."""

    WHO = "who"  # whose work it is
    YES_NO = "yes-no"
    NUMBER = "number"  # how long, how many, which default, since when
    COST = "cost"
    WHAT_NOW = "what now"  # what the asker does next
    WHAT_IF = "what if"
    HOW = "how"
    WHY = "why"
    PROOF = "proof"
    COMPARE = "compare"
    TEAM = "team"  # who in the asker's own organisation
    PAGE = "page"  # where it is written
    TRY = "try"  # how it is tested


class Party(StrEnum):
    """Whose act a question speaks of."""

    AWS = "aws"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Form:
    """How a message asks."""

    sentence: str  # the one that asks
    asks: frozenset[Ask]
    clauses: tuple[str, ...] = ()  # the sentence, cut where another question begins in it
    party: Party | None = None  # of a yes-no question: whose act it speaks of
    may: bool = False  # it asks what is allowed or possible, and not what must be done
    negated: bool = False  # "AWS does not …", "we don't have to …"
    fine: bool = False  # it says that nothing is left to do: "so we are fine"
    belief: bool = False  # a statement to be confirmed
    either: bool = False  # "us or AWS?": no yes-no question, however it begins

    @property
    def wants_reply(self) -> bool:
        """Whether it wants a yes or a no."""
        return Ask.YES_NO in self.asks


LEAST_STATEMENT = 5  # words of a statement that may be a belief; fewer are what is typed in a search box
LEAD = (
    r"(?:(?:hi|hey|hello|so|ok(?:ay)?|and|but|also|btw|well|then|now|anyway|please|pls|sorry|quick (?:one|q|question)"
    r"|question|hmm+|um+|uh|wait|folks|team|all|guys|everyone)\b[\s,:;.!–—-]*)*"
)
AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had"
    r"|isn|aren|wasn|weren|don|doesn|didn|can|couldn|won|wouldn|shouldn|hasn|haven|hadn)(?:['’]?t)?"
)
WH = r"(?:who|whose|whom|what|which|when|where|why|how)"
INVERTED = re.compile(rf"^{LEAD}{AUXILIARY}\b(?!\s*:)", re.IGNORECASE)
ELLIPSIS = re.compile(  # "possible to …?", "ok to send …?", "anything left for us?"
    rf"^\W*{LEAD}any(?:thing|body|one| action)\b.{{0,40}}\b(?:left|for us|from us|to do)\b"
    rf"|^\W*{LEAD}(?:possible|allowed|ok(?:ay)?|fine|safe|enough|necessary|any(?:thing|body|one)?|still|already"
    rf"|true)\b[^?]*\?",
    re.IGNORECASE,
)
INVERTED_LATER = re.compile(  # "on RDS, is that still me?", "if …, will Amazon do it?", "… and can I postpone it?"
    rf"[,;:–—-]\s*(?:and |but |so |or |then )?{AUXILIARY}\s+\w"
    rf"|\b(?:and|but|so|or|then)\s+(?:then\s+)?{AUXILIARY}\s+(?:we|i|it|that|this|they|there|you|he|she|aws"
    rf"|amazon|the|our|my"
    rf"|somebody|someone|anybody|anyone|any)\b|\b(?:is|are) (?:it|that|this) (?:us|them|me|aws|amazon)\b",
    re.IGNORECASE,
)
NOTICE = re.compile(  # what AWS writes, pasted: it states, and asks nothing
    r"\b(?:we are (?:contacting|writing|ending)|action required|aws health|your (?:aws account|amazon"
    r"|db instances?|cluster|certificate|function)|affected|notification"
    r"|will (?:end|reach)|has been (?:scheduled|identified)|is available|recommended apply|autoappliedafter"
    r"|event)\b|^\[|^subject:",
    re.IGNORECASE,
)
CONFIRM = re.compile(  # a sentence that asks whether the one before it is so
    r"^\W*(?:(?:pls|please) confirm|(?:is that|that'?s?|so|all|ok|okay|fine|good|done|correct|right|true|agreed"
    r"|can i|box)\b.{0,18}|ok like this|confirm)\W*$",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:is|are|was|were|can|could|will|would|has|have|had|do|does|did|must|may|gets?|takes?|took|comes?|goes"
    r"|runs?|keeps?|makes?|means?|needs?|won['’]?t|don['’]?t)\b",
    re.IGNORECASE,
)
ASKS_ANYWHERE = re.compile(
    r"\b(?:who(?:se|m)?|what|which|where|why|how)\b(?!ever)|\b(?:need|want)s?\b.{0,40}\b(?:way|fact|facts"
    r"|certificate|document|something|screenshot)",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:everybody|everyone|somebody|someone|anybody|anyone|people|those|the one|one|he|she|decides?|deciding"
    r"|whoever) who\b",
    re.IGNORECASE,
)
TAG = re.compile(
    r"(?:[,;.–—-]\s*|\s)(?:right|correct|yes|no|ok(?:ay)?|true|agreed|yeah|innit|eh|huh|or not|am i right"
    rf"|{AUXILIARY}\s+(?:it|we|they|i|he|she|that|this|there|you))\s*[?!.]*$",
    re.IGNORECASE,
)
QUESTION_TAG = re.compile(  # after "when we upgrade, they come along, don't they?" too
    rf"[,;.–—-]\s*(?:right|correct|am i right|yes|{AUXILIARY}n['’]?t\s+(?:it|we|they|i|he|she|that|this|there|you))"
    r"\s*\?\s*$",
    re.IGNORECASE,
)
BELIEF = re.compile(
    r"\b(?:i (?:guess|assume|suppose|believe|think|thought|figure|reckon|told|take it)|surely|presumably|apparently"
    r"|(?:i|we) (?:was|were) told|(?:he|she|they|somebody|someone|people|boss|manager|vendor|consultant"
    r"|colleague\w*) (?:says?|said|claims?"
    r"|thinks?|insists?|believes?|reckons?)|settle a bet|as far as i know|afaik|so (?:we|i)(?:'re|’re| are|'m"
    r"|’m| am|re)? (?:\w+ )?"
    r"(?:fine|good|safe|covered|done|ok(?:ay)?|set)|so (?:i|we) (?:closed|ticked|cancel\w*|can|don|won|need"
    r"|skip\w*|dropped|removed|deleted)"
    r"|counts? as|nothing (?:left |else |more )?(?:for us )?to (?:do|patch|check|worry|configure|set|manage)"
    r"|no need)\b",
    re.IGNORECASE,
)
PREPOSITION = r"(?:from|by|at|for|on|until|till|in|to|with|of|under|since)"
WH_QUESTION = re.compile(
    rf"^{LEAD}(?:{PREPOSITION} )?{WH}(?:['’]?(?:s|re|ll|d))?\b|\b(?:tell me|know|wonder\w*|asks?|asking|clarify"
    rf"|explain) {WH}\b"
    rf"|[,:;–—.-]\s*(?:and |so |then |also )?(?:{PREPOSITION} )?{WH}\b|\bhow (?:many|long|often|much|far|soon)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\bhow (?:long|often|many|much(?! (?:does|do|is|will|would) (?:it|that|this) cost)|far|soon|big|large"
    r"|quick\w*|fast|old|late|frequent\w*)\b"
    r"|\b(?:max(?:imum)?|min(?:imum)?|shortest|longest|default|limits?|quota|sla|percentage|uptime)\b"
    r"|\bsince when\b|\bfrom (?:which|what) version|\b(?:which|what) version|\b(?:until|till) when\b"
    r"|\bwhen (?:is|are|does|do|did|was|will|would)\b"
    r"|\b(?:what|which) (?:availability|retention|number|date|day|year|period|interval|port|size)\b",
    re.IGNORECASE,
)
COST = re.compile(
    r"\b(?:who (?:pays|foots)|pay(?:s|ing)? (?:for|us)|costs?|charged?|charges|billed|bill|price[sd]?|pricing"
    r"|expensive|free|fee)\b",
    re.IGNORECASE,
)
WHAT_NOW = re.compile(
    r"\bwhat (?:now|next|do (?:i|we) (?:do|need|have)|should (?:i|we)|must (?:i|we)|can (?:i|we) do|(?:am"
    r"|are) (?:i|we) supposed)\b"
    r"|\bwhose (?:move|turn|action)\b|\bwho (?:needs|has|ought) to (?:act|move|do something|react)\b|\bnext steps?\b"
    r"|\bwho(?:'ll| will|'s going to)? fix(?:es)?\b|\bwhat would be the way\b|\bso what\b|\bwhat to do\b"
    r"|\b(?:do|should|must) (?:we|i) (?:have to |need to )?(?:do something|act|react|change something|do anything)\b",
    re.IGNORECASE,
)
WHAT_IF = re.compile(
    r"\bwhat (?:happens|if|becomes|would happen|will happen|then|do we lose|do i lose|is lost)\b"
    r"|\bif .{3,80}\b(?:what|who|will|does|is it)\b"
    r"|\bor else\b|\bwhat .{0,30} if\b",
    re.IGNORECASE,
)
HOW = re.compile(r"\bhow (?:do|does|can|could|would|should|is|are|to|did)\b", re.IGNORECASE)
WHY = re.compile(r"\bwhy\b|\bhow come\b|\breason for\b|\bwhat for\b", re.IGNORECASE)
PROOF = re.compile(
    r"\b(?:proofs?|prove[sdn]?|proving|evidence[sd]?|evidencing|attest\w*|demonstrat\w*|on paper|\baoc\b|(?:iso"
    r"|soc|pci|compliance) certificates?|certificate of (?:the |aws|amazon|compliance)"
    r"|(?:can|could|do|to|must|should) (?:i|we|you)? ?(?:show|attach|hand over|give)\b(?=.{0,60}\b(?:audit\w*"
    r"|assess\w*|client|customer|him|her|them|that|qsa|regulator))"
    r"|(?:auditor|assessor|qsa|regulator|examiner|client questionnaire|auditors)\b.{0,50}\b(?:wants?|asks?"
    r"|asking|needs?|requests?|see)"
    r"|which (?:document|report|certificate)|what (?:can|do) (?:i|we) (?:show|attach)|convince an auditor"
    r"|artefact|artifact)\b",
    re.IGNORECASE,
)
COMPARE = re.compile(
    r"\b(?:vs\.?|versus|compar\w+|differen(?:ce|t|ces)|differs?|instead of|rather than|the same (?:on|for|in"
    r"|as)|any different|next to|against|in each|on each|each of (?:them|these|those)|in which case|or (?:node"
    r"|server|instance|cluster|serverless)\w*.based)\b"
    r"|\b(?:switch|move|migrat\w+|chang\w+|go|going|moving|switching) (?:\w+ ){0,6}?from\b.{1,60}\bto\b"
    r"|\bbetween .{2,40} and\b|\bwhat changes\b",
    re.IGNORECASE,
)
TEAM = re.compile(
    r"\bwho (?:in|on|of|from) (?:our|my|the) (?:\w+ )?(?:team|side|org\w*|company)\b"
    r"|\bwhich (?:of our )?teams?\b|\bwhich team\b"
    r"|\bwho (?:here|internally)\b|\bwhat team\b",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"\b(?:sources?|says who|where (?:is|does) (?:it|that|this|aws) (?:written|say|documented|stated)|link"
    r"|reference|which page|docs?)\s*\??\s*$"
    r"|\bwhere (?:is that|does it|does aws) (?:written|say|stated|documented)",
    re.IGNORECASE,
)
TRY = re.compile(
    r"\b(?:how|can|could) (?:do|can|could|would|should)? ?(?:i|we|you)? ?(?:to )?(?:test|try|check|verify"
    r"|rehearse|simulate)\b",
    re.IGNORECASE,
)
EITHER = re.compile(
    r"\b(?:us|we|ours?|me|mine|my|i)\b(?:['’]?s)?[^.?!]{0,30}?\b(?:or|vs)\b[^.?!]{0,20}?\b(?:aws|amazon|them"
    r"|they|theirs|vendor|provider)"
    r"|\b(?:aws|amazon|them|they|theirs|vendor|provider)\b(?:['’]?s)?[^.?!]{0,30}?\b(?:or"
    r"|vs)\b[^.?!]{0,20}?\b(?:us|we|ours?|me|mine|my|i|do we|somebody)\b"
    r"|\bwhich (?:side|half|party)\b|^(?:us|them|aws|ours?|theirs?)\W+or\W+(?:us|them|aws|ours?|theirs?)",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:ours|mine|on us|up to us|with us|left to us|our (?:\w+ )?(?:job|problem|responsibility|side|task"
    r"|fault|duty|business|move|part|thing|stuff|baby|call|plate|turn|work)"
    r"|my (?:\w+ )?(?:job|problem|responsibility|task|fault|duty|call|plate)|(?:is|that's|thats|it's|its|still"
    r"|this|that) (?:us|me|we)"
    r"|us (?:who|to|that)|it's us)\b",
    re.IGNORECASE,
)
THEIRS = re.compile(
    r"\b(?:theirs|on them|on aws|on amazon|up to (?:aws|amazon|them)|(?:aws|amazon)['’]?s? (?:\w+ )?(?:job"
    r"|problem|responsibility|side|task|fault|duty|business|move|part|work)"
    r"|(?:is|that's|still) (?:aws|amazon|them))\b",
    re.IGNORECASE,
)
CUSTOMER_SUBJECT = (
    r"(?:we|i|us|you|my team|our (?:team|side|dba|devs?|admins?|people|company)|customers?|the customer"
    r"|(?:somebody|someone|anybody|anyone|people) "
    r"(?:here|of ours|on our side|from our side|in our team|at our end)|a dba|the dba|users?|our \w+)"
)
AWS_SUBJECT = (
    r"(?:aws|amazon|they|the (?:vendor|provider|cloud)|(?:somebody|someone|anybody|anyone|people|staff"
    r"|engineers?|employees) (?:at|from|of) (?:aws|amazon)"
    r"|aws (?:staff|support|people|engineers)|(?:amazon )?(?:rds|aurora|dynamodb|dynamo|ddb|s3|lambda|fargate"
    r"|ecs|eks|kms|iam|redshift|elasticache|memorydb|documentdb"
    r"|docdb|neptune|keyspaces|timestream|opensearch|dms|cloudfront|ebs|ec2|the service|the cluster"
    r"|the database|it)(?! (?:encrypted|backed|patched|ours|on|possible|true|enough|ok|okay|necessary|safe"
    r"|still|my|our|us|me|a|an|the)\b))"
)
CLAUSE = re.compile(
    rf"(?:[,;:–—]\s*|\s+)(?:and|but|or|so|then|&)?\s*(?=(?:(?<=and )|(?<=but )|(?<=[,;:–—] )"
    rf"|(?<=& ))(?:{WH}\b(?!\s+(?:is|are) the)|(?:am|are|is|do|does|can|could|may|must"
    rf"|should|will)\s+(?:we|i|it|they|there|aws|amazon|the|our|my|somebody|anybody|someone|anyone)\b))",
    re.IGNORECASE,
)
OPENS = re.compile(rf"^\W*{LEAD}(?:{PREPOSITION} )?(?:{WH}|{AUXILIARY})\b", re.IGNORECASE)  # how a question begins
SUBJECT = re.compile(
    rf"(?:^|[\s,;:(–—-])(?:{AUXILIARY}\s+(?:really |still |ever |always |also |actually "
    rf"|even )?(?:(?P<customer>{CUSTOMER_SUBJECT})|(?P<aws>{AWS_SUBJECT}))\b)",
    re.IGNORECASE,
)
STATED = re.compile(
    rf"^{LEAD}(?:[\w/’' -]{{0,60}}?[,:]\s*)?(?:(?P<customer>{CUSTOMER_SUBJECT})|(?P<aws>{AWS_SUBJECT}))\s+\w",
    re.IGNORECASE,
)
MAY = re.compile(
    r"\b(?:can|could|may|might)(?:n['’]?t|not)? (?:we|i|you|it|a|an|the|our|my|that|this|somebody|someone|one"
    r"|customers?)\b|\b(?:allowed|able|possible|permitted|permission|let us|lets us|option to|free to)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|never|nobody|no one|none|neither|cannot|no longer|(?:is|are|was|were) no"
    r"|(?:do|does|did|is|are|was|were|can|could|will"
    r"|would|should|must|need|have|has|had|wo)n['’]?t"
    r"|dont|doesnt|didnt|isnt|arent|cant|couldnt|wont|wouldnt|neednt|shouldnt|ain['’]?t)\b",
    re.IGNORECASE,
)
THEREFORE = re.compile(r"[,;:]?\s+\b(?:so|hence|therefore|thus|that'?s why|which is why)\b", re.IGNORECASE)
NOTHING_LEFT = re.compile(
    r"\bnothing\b.{0,30}\bto\b|\bno (?:need|more|further|action|work|security work|\w+ work)\b"
    r"|\bneeds? nothing\b|\bneed(?:n['’]?t| not)\b|"
    r"\b(?:we|i|you|one|nobody|customers?) (?:really |still )?do(?:es)?(?:n['’]?t| not) (?:need|have) to\b"
    r"|^(?:so )?do(?:n['’]?t| not) (?:need|have) to\b"
    r"|\bcan (?:cancel|skip|drop|stop|close|ignore|remove|delete|forget)\b|\b(?:closed|ticked|cancelled|dropped"
    r"|skipped) (?:that|the|it|this)\b|\bgo(?:es)? to spam\b|= done\b|\bis enough\b",
    re.IGNORECASE,
)
FINE = re.compile(
    r"\bso (?:we|i|that)(?:'re|’re| are|'s|’s| is|'m|’m| am|re)? (?:\w+ )?(?:fine|good|safe|covered|done"
    r"|ok(?:ay)?|set)\b",
    re.IGNORECASE,
)
ASKING = re.compile(r"\?|\b(?:please|pls) (?:tell|confirm|clarify|state|settle|answer)", re.IGNORECASE)


def read_form(cleaned: str) -> Form:
    """How a message asks.

    Args:
        cleaned: its text without markup, as `query.clean` gives it, with its line ends.
    """
    sentence = asking_sentence(cleaned)
    parts = clauses(sentence)
    asks = frozenset(ask for text in {sentence, *parts} for ask in wants(text))
    either = bool(EITHER.search(sentence))
    judged = None if either else next((part for part in parts if is_yes_no(part)), None)
    if judged is not None and not (asks & {Ask.WHY} and len(parts) == 1):
        asks |= {Ask.YES_NO}
    if either or any(asks_who(part) and part is not judged for part in parts):
        asks |= {Ask.WHO}
    about = judged or sentence
    belief = judged is not None and is_belief(judged)
    return Form(
        sentence,
        asks,
        parts,
        party_of(about),
        bool(MAY.search(about)),
        is_negated(about),
        is_fine(about),
        belief,
        either,
    )


def clauses(sentence: str) -> tuple[str, ...]:
    """A sentence cut where another question begins in it: "who patches it | and can I postpone it?".

    What comes before the first question in it belongs to that.
    """
    found: list[str] = []
    before = ""  # what has not come to its question yet
    for part in (each.strip(" ,;") for each in CLAUSE.split(sentence)):
        if part and OPENS.search(part):
            found.append(f"{before}, {part}" if before else part)
            before = ""
        elif part and found:
            found[-1] = f"{found[-1]}, {part}"
        elif part:
            before = f"{before}, {part}" if before else part
    if before:
        found.append(before)
    return tuple(found) or (sentence,)


def is_yes_no(clause: str) -> bool:
    """Whether a clause wants a yes or a no."""
    if INVERTED.search(clause) or ELLIPSIS.search(clause) or QUESTION_TAG.search(clause):
        return True
    if opens_with_wh(clause):
        return False
    return ("?" in clause and bool(INVERTED_LATER.search(clause))) or is_belief(clause) or is_fragment(clause)


def asking_sentence(cleaned: str) -> str:
    """The sentence that asks: the last one with a question mark, else the last with a word that asks, else all.

    One that only asks for a confirmation of the sentence before it is taken together with that.
    """
    sentences = [" ".join(each.split()) for each in SENTENCE.split(cleaned) if re.search(r"\w", each)]
    for test in (lambda each: "?" in each, is_inverted, ASKING.search, opens_with_wh, asks_who, BELIEF.search):
        found = [at for at, each in enumerate(sentences) if test(each)]
        if found:
            at = found[-1]
            if at and CONFIRM.search(sentences[at]):
                return f"{sentences[at - 1].rstrip('.')}, right?"
            return sentences[at]
    return " ".join(sentences)


def wants(sentence: str) -> Iterator[Ask]:
    """What a sentence asks for by its words."""
    tests = {
        Ask.NUMBER: NUMBER,
        Ask.COST: COST,
        Ask.WHAT_NOW: WHAT_NOW,
        Ask.WHAT_IF: WHAT_IF,
        Ask.HOW: HOW,
        Ask.WHY: WHY,
        Ask.PROOF: PROOF,
        Ask.COMPARE: COMPARE,
        Ask.TEAM: TEAM,
        Ask.PAGE: PAGE,
        Ask.TRY: TRY,
    }
    yield from (ask for ask, test in tests.items() if test.search(sentence))


def opens_with_wh(sentence: str) -> bool:
    """Whether a sentence asks with who, what, when, how: no yes or no answers that."""
    return bool(WH_QUESTION.search(sentence))


def is_inverted(sentence: str) -> bool:
    """Whether a sentence is built as a yes-or-no question: "Is …", "…, do we …?"."""
    return bool(INVERTED.search(sentence)) or ("?" in sentence and bool(INVERTED_LATER.search(sentence)))


def is_belief(sentence: str) -> bool:
    """Whether a sentence states something that it wants confirmed: "…, right?", "I guess …", "so we are fine?"."""
    if INVERTED.search(sentence):
        return False
    if QUESTION_TAG.search(sentence):
        return True
    if opens_with_wh(sentence):
        return False
    if TAG.search(sentence) or (BELIEF.search(sentence) and not PROOF.search(sentence)):
        return True
    if ASKS_ANYWHERE.search(RELATIVE.sub("", sentence)) or any(
        test.search(sentence) for test in (NUMBER, PROOF, COMPARE)
    ):
        return False
    stated = STATED.search(sentence) or VERB.search(sentence)
    return len(sentence.split()) >= LEAST_STATEMENT and bool(stated) and not NOTICE.search(sentence)


def is_fragment(sentence: str) -> bool:
    """Whether a few words ask for yes or no: "s3 bucket policies, ours?", "nodes as well?", "Layer 7 too?"."""
    short = "?" in sentence and len(sentence.split()) <= 8
    return short and bool(
        OURS.search(sentence)
        or THEIRS.search(sentence)
        or re.search(r"\b(?:too|as well|also|either)\s*\?", sentence, re.IGNORECASE)
    )


def party_of(sentence: str) -> Party | None:
    """Whose act a question speaks of."""
    if OURS.search(sentence):
        return Party.CUSTOMER
    if THEIRS.search(sentence):
        return Party.AWS
    for pattern in (SUBJECT, STATED):
        if found := pattern.search(sentence):
            return Party.CUSTOMER if found["customer"] else Party.AWS
    return Party.CUSTOMER if is_fine(sentence) else None


def is_negated(sentence: str) -> bool:
    """Whether a sentence says that something is not so; a tag, a first word such as "isn't", and what follows "
    "do not.
    """
    main = THEREFORE.split(TAG.sub("", sentence))[0]
    body = re.sub(
        rf"^{LEAD}(?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have|had)n['’]?t\b",
        "",
        main,
        flags=re.IGNORECASE,
    )
    return bool(NEGATION.search(body))


def is_fine(sentence: str) -> bool:
    """Whether a sentence says that nothing is left to do: "so we are fine", "nothing to patch"."""
    return bool(FINE.search(sentence) or NOTHING_LEFT.search(sentence))
