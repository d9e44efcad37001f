"""What a question asks for, as patterns over the words of a sentence, none of them of a topic."""

from __future__ import annotations

import re

ASKS_NUMBER = re.compile(
    r"\bhow (?:long|often|many|much(?! (?:does|do|is|will|would) (?:it|that|this) cost)|far|soon|big|large|quick\w*"
    r"|fast|old|late|frequent\w*)\b|\b(?:max(?:imum)?|min(?:imum)?|(?:short|long|larg|small|high|low|bigg)est"
    r"|(?<!by )default|limits?|quota|sla|percentage|uptime|ceiling|at (?:the )?most|at least|figure"
    r"|(?:seconds|minutes|hours|days|weeks|months|years) of"
    r"|(?:the|what|durability|version|port) number)\b|\bsince when\b|\bfrom (?:which|what) version"
    r"|\b(?:which|what) version|\b(?:until|till) when\b|\bwhen (?:is|are|does|do|did|was|will|would)\b"
    r"|\b(?:what|which) (?:availability|retention|number"
    r"|date|day|year|period|interval|port|size)\b",
    re.IGNORECASE,
)
ASKS_COST = re.compile(
    r"\b(?:who (?:pays|foots)|pay(?:s|ing)? (?:for|us)|costs?|charged?|charges|billed|bill|price[sd]?|pricing"
    r"|expensive|free|fee)\b",
    re.IGNORECASE,
)
ASKS_WHAT_NOW = re.compile(
    r"\bnow what\b|\b(?:now|first move|next move)\s*\?|\bwhat(?:['’]?s| is) next\b"
    r"|\bwhat (?:now|next|do (?:i|we) (?:do|need|have)|should (?:i|we)|must (?:i|we)|can (?:i|we) do"
    r"|(?:am|are) (?:i|we) supposed)\b|\bwhose (?:move|turn|action)\b"
    r"|\bwho (?:needs|has|ought) to (?:act|move|do something|react)\b"
    r"|\bnext steps?\b|\bwho(?:'ll| will|'s going to)? fix(?:es)?\b|\bwhat would be the way\b|\bso what\b"
    r"|\bwhat to do\b|\b(?:do|should|must) (?:we|i) (?:have to |need to )?(?:do something|act|react|change something"
    r"|do anything)\b",
    re.IGNORECASE,
)
ASKS_WHAT_IF = re.compile(
    r"\bwhat (?:happens|if|becomes|would happen|will happen|then|do we lose|do i lose|is lost)\b|\bif .{3,80}\b(?:what"
    r"|who|will|does|is it)\b|\bor else\b|\bwhat .{0,30} if\b",
    re.IGNORECASE,
)
ASKS_HOW = re.compile(r"\bhow (?:do|does|can|could|would|should|is|are|to|did)\b", re.IGNORECASE)
ASKS_FIND_OUT = re.compile(  # "how do we notice …", "how would I have known …"
    r"\bhow (?:do|does|did|can|could|would|will|should|might) (?:(?!to\b)[\w'’-]+ ){1,4}?(?:find out|know|notice|tell"
    r"|see|hear|learn|detect|be (?:told|warned|informed|alerted|notified)|been (?:told|warned)|noticed|known|heard"
    r"|seen)\b",
    re.IGNORECASE,
)
ASKS_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breason for\b|\bwhat for\b", re.IGNORECASE)
ASKS_PROOF = re.compile(
    r"\b(?:proofs?|prove[sdn]?|proving|evidence[sd]?|evidencing|attest\w*|demonstrat\w*|on paper|\baoc\b|(?:iso|soc"
    r"|pci|compliance) certificates?|certificate of (?:the |aws|amazon|compliance)|(?:can|could|do|to|must"
    r"|should) (?:i|we|you)? ?(?:show|attach|hand over|give)\b(?=.{0,60}\b(?:audit\w*|assess\w*|client|customer|him"
    r"|her|them|that|qsa|regulator))|(?:auditor|assessor|qsa|regulator|examiner|client questionnaire"
    r"|auditors)\b.{0,50}\b(?:wants?|asks?|asking|needs?|requests?|see)|(?:which|what) (?:document|report"
    r"|certificate|file|paper|pdf|record)|what (?:can|do|should|would|could|to) (?:(?:i|we) )?(?:show|attach|hand|give"
    r"|send|present|submit|file|generate|export|pull)\b|(?:need|want|get|find|attach|send)s? (?:a|an|the|some"
    r"|our) (?:\w+ )?(?:record|agreement|addendum|baa)|convince an auditor|artefact|artifact"
    r"|(?:something|sth|anything) (?:showing|proving|to (?:show|prove)|that (?:shows|proves)))\b",
    re.IGNORECASE,
)
ASKS_COMPARE = re.compile(
    r"\b(?:vs\.?|versus|compar\w+|differen(?:ce|t|ces)|differs?|(?:instead of|rather than)(?! (?:us|me|aws"
    r"|amazon|them)\b)|the same (?:on|for|in|as)"
    r"|any different|next to|against|in each|on each|each of (?:them|these|those)|in which case|or (?:node|server"
    r"|instance|cluster|serverless)\w*.based)\b|\b(?:switch|move|migrat\w+|chang\w+|go|going|moving"
    r"|switching) (?:\w+ ){0,6}?from\b.{1,60}\bto\b|\bbetween .{2,40} and\b|\bwhat changes\b",
    re.IGNORECASE,
)
ASKS_TEAM = re.compile(
    r"\bwho (?:in|on|of|from) (?:our|my|the) (?:\w+ )?(?:team|side|org\w*|company)\b|\bwhich (?:of our )?teams?\b"
    r"|\bwhich team\b|\bwho (?:here|internally)\b|\bwhat team\b",
    re.IGNORECASE,
)
ASKS_PAGE = re.compile(
    r"\b(?:sources?|says who|where (?:is|does) (?:it|that|this|aws) (?:written|say|documented|stated)|link|reference"
    r"|which page|docs?)\s*\??\s*$|\bwhere (?:is that|does it|does aws) (?:written|say|stated|documented)",
    re.IGNORECASE,
)
ASKS_TRY = re.compile(
    r"\b(?:how|can|could) (?:do|can|could|would|should)? ?(?:i|we|you)? ?(?:to )?(?:test|try|check|verify|rehearse"
    r"|simulate)\b",
    re.IGNORECASE,
)
