"""Whose act a sentence speaks of, as patterns: what is ours and theirs, who must do it, who is said to act."""

from __future__ import annotations

import re

from srmbot.grammar_patterns import AUXILIARY, LEAD_IN

SOMEBODYS_WORK = (  # what somebody's work is called: "our job", "AWS's whole responsibility"
    r"(?:(?:\w+ )?(?:jobs?|problems?|responsibilit(?:y|ies)|tasks?|fault|dut(?:y|ies)|business|baby|plate|concern"
    r"|headache|worry|department|circus|remit|decision|desk|affair|chore|homework|obligation|stuff|mess|liability"
    r"|burden|project|doing|finding|choice|pick|switch)|(?:own |sole |whole |entire )?(?:work|move|part|things?|side"
    r"|end|call|turn))"
)
OWN_PEOPLE = (  # "our ops team", "the migration project"
    r"(?:(?:my|our)(?: \w+){0,2} (?:teams?|side|dbas?|devs?|developers?|admins?|people|company|ops|squad|project|staff"
    r"|engineers?|contractors?)|the (?:\w+ )?(?:project|team|developers?|devs?|business|institution|bank|firm"
    r"|company))"
)
CUSTOMER = (
    r"(?:(?:the |an? )?(?:(?:aws|amazon|aurora|rds|dynamodb|s3|cloud) )?(?:customers?|clients?|tenants?|subscribers?"
    r"|account (?:holder|owner)s?))"
)
PROVIDER = r"(?:the )?(?:(?:cloud )?provider|vendor|platform)"
LIES = r"(?:rest|lie|stay|remain|fall|sit|belong|land)s?(?: \w+){0,2} (?:with|to|on|under)"
OURS = re.compile(
    rf"(?:=+>?|→|->)\s*(?:the )?(?:customers?|us|we)\b(?=\W*$|[,;.?])|\b(?:(?<!of )(?:ours|mine)|by (?:ourselves|us|me"
    rf"|{OWN_PEOPLE})|on (?:us|me)|up to (?:us|me)|with us|left to (?:us|me)|(?:our|my) {SOMEBODYS_WORK}"
    rf"|{CUSTOMER}['’]?s? {SOMEBODYS_WORK}|{LIES} (?:us|me|our|my|{CUSTOMER})|{SOMEBODYS_WORK} of (?:ours|{CUSTOMER})"
    r"|(?:is|are|stays?|remains?) for (?:us|me|(?:my|our) \w+)(?=\s*(?:$|[,;.?)]|and not|not|alone|only|right))"
    r"|(?:is|that's|thats|it's|its|still|this|that) (?:us|me|we)|us (?:who|to|that)|also (?:us|me)|it's us|(?:actions?"
    r"|homework|to-?dos?|any(?:thing|one)?|some(?:thing)?|nothing|work|left|to do|jobs?) (?:in (?:this|that|there|here"
    r"|it) )?(?:for|from|on) (?:us|me|(?:my|our) \w+))\b",
    re.IGNORECASE,
)
THEIRS = re.compile(
    rf"(?:=+>?|→|->)\s*(?:aws|amazon|{PROVIDER})\b(?=\W*$|[,;.?])|\b(?:theirs|by (?:aws|amazon|them)(?! \w+'s)|on them"
    rf"|on aws|on amazon|up to (?:aws|amazon|them)|(?:aws|amazon|{PROVIDER})['’]?s? {SOMEBODYS_WORK}|{LIES} (?:aws"
    rf"|amazon|them|{PROVIDER})|(?:is|that's|still) (?:aws|amazon|them)|{SOMEBODYS_WORK} of (?:aws|amazon"
    rf"|{PROVIDER}))\b",
    re.IGNORECASE,
)
BARE_SIDE = re.compile(  # "us?" after what it is about
    r"^\W*(?:is it |so |just |and |or )?(?P<side>us|me|we|aws|amazon|them)\s*\?\W*$", re.IGNORECASE
)
SIDE_GUESSED = re.compile(  # "who patches it, aws?": it asks whether that side does
    r"[,;:–—-]\s+(?:is it |is that |all |just )?(?:(?P<customer>us|me|we)|(?P<aws>aws|amazon|them))\s*\?\W*$",
    re.IGNORECASE,
)
SIDE_LAST = re.compile(  # "…: entirely on our plate?", "…, that's us?"; and "is it them who …", with or without a mark
    rf"(?:{OURS.pattern}|{THEIRS.pattern})\W*\?\W*$"
    r"|\b(?:is|are) (?:it|that|this) (?:us|them|me|aws|amazon) (?:who|that)\b",
    re.IGNORECASE,
)
CUSTOMER_SUBJECT = (
    rf"(?:we|i|us|you|{OWN_PEOPLE}|{CUSTOMER}|(?:somebody|someone|anybody|anyone|one|people) (?:here|of ours|(?:from"
    r"|of) us|on our side"
    r"|from our side|in our team|at our end)|a dba|the dba|users?)"
)
AWS_ITSELF = (
    r"(?:aws|amazon|they|the (?:vendor|provider|cloud)|(?:somebody|someone|anybody|anyone|people|staff|engineers?"
    r"|employees) (?:at|from|of) (?:aws|amazon)|aws (?:staff|support|people|engineers))"
)
SERVICE = (  # that acts by itself: "does rds patch it"; what follows may show that it only is something
    r"(?:amazon )?(?:rds|aurora|dynamodb|dynamo|ddb|s3|lambda|fargate|ecs|eks|kms|iam|redshift|elasticache|memorydb"
    r"|documentdb|docdb|neptune|keyspaces|timestream|opensearch|dms|cloudfront|ebs|ec2|the service|the cluster"
    r"|the database|it)(?! (?:encrypted|backed|patched|ours|on|possible|true|enough|ok|okay|necessary|safe|still|my|our"
    r"|us|me|a|an|the)\b)"
)
SUBJECT = re.compile(
    rf"(?:^|[\s,;:(–—-])(?:{AUXILIARY}\s+(?:really |still |ever |always |also |actually "
    rf"|even )?(?:(?P<customer>{CUSTOMER_SUBJECT})|(?P<aws>{AWS_ITSELF}|{SERVICE}))\b)",
    re.IGNORECASE,
)
ACTING = r"(?:we|i|you|somebody|someone)"
ONLY_IF = re.compile(  # "only happens if we ask for it", "is off unless we turn it on": then it is ours to do
    rf"\bonly\b[^,;?]*?\b(?:if|when|once|after|where|as long as) {ACTING}\b(?! (?:pay|use|lose))|\b(?:not|\w+n['’]?t"
    rf"|never|no|nothing|nobody|off|without)\b[^,;?]*?\b(?:unless|until|before|except if) {ACTING}\b",
    re.IGNORECASE,
)
OR_ELSE = re.compile(  # "does it grow on its own or must somebody add disks": the second half says the opposite
    rf",? \bor (?:else )?(?:must|do|does|is|are|should|will|has|have|can|need)(?:n['’]?t)? (?:{ACTING}|aws|amazon|they"
    r"|it|anybody|anyone|our|the)\b.*$",
    re.IGNORECASE,
)
OBLIGED = re.compile(  # "…, and the upgrade we must start ourselves": who acts, wherever it stands
    r"\b(?:(?P<customer>we|i)|(?P<aws>aws|amazon|they))(?:['’](?:re|ve|ll|d|m))?\s+(?:still |also |only |really "
    r"|then )?(?:must|(?:have |(?<=['’]ve ))(?:got )?to|(?:have )?gotta|got to|need(?:n['’]t)?|needn['’]t|should|shall"
    r"|ought|are (?:not )?(?:needing|supposed|obliged|required))\b",
    re.IGNORECASE,
)
STATED = re.compile(  # who acts comes first: "we back it up"
    rf"^{LEAD_IN}(?:[\w/’' -]{{0,60}}?[,:]\s*)?"
    rf"(?:(?P<customer>{CUSTOMER_SUBJECT})|(?P<aws>(?P<itself>{AWS_ITSELF})|{SERVICE}))(?:['’](?:re|ve|ll|d|m|s))?\s+\w",
    re.IGNORECASE,
)
EFFORTLESS = re.compile(  # "…, nobody has to set that up", "without us touching it": nothing else is denied
    r"(?:,|;|[–—-]|\band\b)\s*(?:so )?(?:nobody|no one|none of us)\b[^,;?]*|,?\s*\b(?:without|w/o) (?:us|me|anyone"
    r"|anybody|any|our|my|\w+ing)\b[^,;?]*|,?\s*\bwith (?:none|no|nothing)\b[^,;?]*|^\W*(?:nobody|no one"
    r"|none of us)\b[^,;?]*\b(?:has|have|had|needs?) to\b[^,;?]*,(?=\s+\w+ \w+)|,\s*(?:(?:and|so|we|i"
    r"|you) )*(?:(?:never|not|don['’]?t|doesn['’]?t|didn['’]?t|no longer) (?:had|have|has|need) to"
    r"|needn['’]?t)\b[^,;?]*|,\s*(?:\w+ ){1,4}(?:is |are )?(?:not|no longer) (?:needed|necessary|required)\b[^,;?]*",
    re.IGNORECASE,
)
STATIVE = (  # verbs of what happens to somebody, or of what is so: nobody's task
    r"(?:have|get|lose|see|keep|pay|know|notice|offer|support|charge|allow|let|bill|give|provide|guarantee|promise"
    r"|need|require|use|store|want|read|look|access|cover|hold|own|stay|cost|count|mean|come|be|still|ever|really|not"
    r"|never|also|always|already|even|it|go|log|record|encrypt|make|take|do|run|receive|earn|owe)"
)
OBLIGATION = re.compile(  # what asks whose work it is, and not whether something is possible or so by default
    r"\b(?:gotta|(?:have|has|had|got|needs?|obliged|required|supposed|ought) to|(?<!a )must|should|shall|still (?:need"
    r"|want)s?"
    rf"|(?:do|does|will) (?:we|i|aws|amazon|they) (?!{STATIVE}\b)\w+"
    r"|responsib\w*|accountab\w*|liable|in charge|o(?:ff|n) the hook|(?:rest|lie|stay|remain|fall|sit"
    r"|belong)s?(?: \w+){0,3} (?:with|to|on|under)(?! an?\b))\b"
    rf"|{OURS.pattern}|{THEIRS.pattern}",
    re.IGNORECASE,
)
ACTOR = re.compile(  # one of the two sides by name; what is named after a service does nothing by itself
    rf"\b(?:we|i|us|ours?|my|me|mine|you|aws|amazon|they|them|theirs|{CUSTOMER}|{PROVIDER}|somebody|someone|anybody"
    rf"|anyone)\b",
    re.IGNORECASE,
)
DISOWNED = re.compile(  # "not our problem if the disk dies", "none of our business"
    rf"(?:^|[,;:–—-]\s*)(?:and |so |that's |its |it's |this is |it is )*(?:not|none of) (?:{OURS.pattern}"
    rf"|{THEIRS.pattern})",
    re.IGNORECASE,
)
