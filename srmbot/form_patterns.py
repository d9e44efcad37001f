"""The grammar that a question's form is read by: patterns over the words of a sentence, none of them of a topic."""

from __future__ import annotations

import re

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
    rf"^\W*{LEAD}(?:any )?(?:actions?|homework|to-?dos?) (?:left )?(?:for|from|on) (?:us|me|my|our)\b"
    rf"|^\W*{LEAD}any(?:thing|body|one| action)\b.{{0,40}}\b(?:left|for us|from us|to do)\b"
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
    r"|can i|box)\b.{0,18}|ok like this|confirm|(?:that|this|it)\b.{0,60}\b(?:confirm|correct|right|true|agreed?))\W*$",
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
FIRST_WORD = re.compile(  # "isn't it …", "don't we …" ask as "is it …" and "do we …" do
    rf"^{LEAD}(?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have|had)n['’]?t\b", re.IGNORECASE
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
    r"\b(?:us|we|ours?|me|mine|my|i)\b(?:['’]?s)?[^.?!]{0,60}?\b(?:or|vs)\b[^.?!]{0,20}?\b(?:aws|amazon|them"
    r"|they|theirs|vendor|provider)"
    r"|\b(?:aws|amazon|them|they|theirs|vendor|provider)\b(?:['’]?s)?[^.?!]{0,60}?\b(?:or"
    r"|vs)\b[^.?!]{0,20}?\b(?:us|we|ours?|me|mine|my|i|do we|somebody)\b"
    r"|\bwhich (?:side|half|party)\b|^(?:us|them|aws|ours?|theirs?)\W+or\W+(?:us|them|aws|ours?|theirs?)",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:ours|mine|on us|up to us|with us|left to us|our (?:\w+ )?(?:job|problem|responsibility|side|task"
    r"|fault|duty|business|move|part|thing|stuff|baby|call|plate|turn|work)"
    r"|my (?:\w+ )?(?:job|problem|responsibility|task|fault|duty|call|plate)|(?:is|that's|thats|it's|its|still"
    r"|this|that) (?:us|me|we)"
    r"|us (?:who|to|that)|it's us"
    r"|(?:actions?|homework|to-?dos?|any(?:thing|one)?|some(?:thing)?|nothing|work|left|to do|jobs?) "
    r"(?:for|from|on) (?:us|me|(?:my|our) \w+))\b",
    re.IGNORECASE,
)
THEIRS = re.compile(
    r"\b(?:theirs|on them|on aws|on amazon|up to (?:aws|amazon|them)|(?:aws|amazon)['’]?s? (?:\w+ )?(?:job"
    r"|problem|responsibility|side|task|fault|duty|business|move|part|work)"
    r"|(?:is|that's|still) (?:aws|amazon|them))\b",
    re.IGNORECASE,
)
SIDE_LAST = re.compile(  # "…: entirely on our plate?", "…, that's us?"; and "is it them who …", with or without a mark
    rf"(?:{OURS.pattern}|{THEIRS.pattern})\W*\?\W*$"
    r"|\b(?:is|are) (?:it|that|this) (?:us|them|me|aws|amazon) (?:who|that)\b",
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
    rf"^{LEAD}(?:[\w/’' -]{{0,60}}?[,:]\s*)?(?:(?P<customer>{CUSTOMER_SUBJECT})|(?P<aws>{AWS_SUBJECT}))"
    r"(?:['’](?:re|ve|ll|d|m|s))?\s+\w",
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
DENIAL = re.compile(  # any word that turns a phrase round: "needs no restart", "without us", "nothing happens"
    NEGATION.pattern + r"|\b(?:has|have|had|needs?|takes?|gets?|costs?|makes?|with|there(?:'s| is| are)|causes?|loses?"
    r"|leaves?|sees?|keeps?|gives?|do|does|did|by|in|at|for|on) (?:no|none|nothing|zero)\b|\bwithout\b|\bnothing\b"
    r"|\bno (?:\w+ ){1,3}(?:is|are|was|were|can|will|has|needed|required)\b|^no\b(?!,)",
    re.IGNORECASE,
)
CONDITION = re.compile(  # a clause that says when: what is not so in it turns nothing round
    r"(?:^|[,;]\s*|\s)(?:if|unless|when(?:ever)?|once|as long as|until|after|before|in case|even if|although|because"
    r"|since|as soon as|while|where)\b[^,;?]*(?:[,;]|$|(?=\?))",
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
