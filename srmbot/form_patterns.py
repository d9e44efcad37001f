"""What a question asks for, as patterns over the words of a sentence, none of them of a topic."""

from __future__ import annotations

import re

ASKS_NUMBER = re.compile(
    r"\bhow (?:long|often|many|much(?! (?:does|do|is|will|would) (?:it|that|this) cost)|far|soon|big|large"
    r"|quick\w*|fast|old|late|frequent\w*)\b"
    r"|\b(?:max(?:imum)?|min(?:imum)?|shortest|longest|(?<!by )default|limits?|quota|sla|percentage|uptime)\b"
    r"|\bsince when\b|\bfrom (?:which|what) version|\b(?:which|what) version|\b(?:until|till) when\b"
    r"|\bwhen (?:is|are|does|do|did|was|will|would)\b"
    r"|\b(?:what|which) (?:availability|retention|number|date|day|year|period|interval|port|size)\b",
    re.IGNORECASE,
)
ASKS_COST = re.compile(
    r"\b(?:who (?:pays|foots)|pay(?:s|ing)? (?:for|us)|costs?|charged?|charges|billed|bill|price[sd]?|pricing"
    r"|expensive|free|fee)\b",
    re.IGNORECASE,
)
ASKS_WHAT_NOW = re.compile(
    r"\bwhat (?:now|next|do (?:i|we) (?:do|need|have)|should (?:i|we)|must (?:i|we)|can (?:i|we) do|(?:am"
    r"|are) (?:i|we) supposed)\b"
    r"|\bwhose (?:move|turn|action)\b|\bwho (?:needs|has|ought) to (?:act|move|do something|react)\b|\bnext steps?\b"
    r"|\bwho(?:'ll| will|'s going to)? fix(?:es)?\b|\bwhat would be the way\b|\bso what\b|\bwhat to do\b"
    r"|\b(?:do|should|must) (?:we|i) (?:have to |need to )?(?:do something|act|react|change something|do anything)\b",
    re.IGNORECASE,
)
ASKS_WHAT_IF = re.compile(
    r"\bwhat (?:happens|if|becomes|would happen|will happen|then|do we lose|do i lose|is lost)\b"
    r"|\bif .{3,80}\b(?:what|who|will|does|is it)\b"
    r"|\bor else\b|\bwhat .{0,30} if\b",
    re.IGNORECASE,
)
ASKS_HOW = re.compile(r"\bhow (?:do|does|can|could|would|should|is|are|to|did)\b", re.IGNORECASE)
ASKS_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breason for\b|\bwhat for\b", re.IGNORECASE)
ASKS_PROOF = re.compile(
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
ASKS_COMPARE = re.compile(
    r"\b(?:vs\.?|versus|compar\w+|differen(?:ce|t|ces)|differs?|instead of|rather than|the same (?:on|for|in"
    r"|as)|any different|next to|against|in each|on each|each of (?:them|these|those)|in which case|or (?:node"
    r"|server|instance|cluster|serverless)\w*.based)\b"
    r"|\b(?:switch|move|migrat\w+|chang\w+|go|going|moving|switching) (?:\w+ ){0,6}?from\b.{1,60}\bto\b"
    r"|\bbetween .{2,40} and\b|\bwhat changes\b",
    re.IGNORECASE,
)
ASKS_TEAM = re.compile(
    r"\bwho (?:in|on|of|from) (?:our|my|the) (?:\w+ )?(?:team|side|org\w*|company)\b"
    r"|\bwhich (?:of our )?teams?\b|\bwhich team\b"
    r"|\bwho (?:here|internally)\b|\bwhat team\b",
    re.IGNORECASE,
)
ASKS_PAGE = re.compile(
    r"\b(?:sources?|says who|where (?:is|does) (?:it|that|this|aws) (?:written|say|documented|stated)|link"
    r"|reference|which page|docs?)\s*\??\s*$"
    r"|\bwhere (?:is that|does it|does aws) (?:written|say|stated|documented)",
    re.IGNORECASE,
)
ASKS_TRY = re.compile(
    r"\b(?:how|can|could) (?:do|can|could|would|should)? ?(?:i|we|you)? ?(?:to )?(?:test|try|check|verify"
    r"|rehearse|simulate)\b",
    re.IGNORECASE,
)
