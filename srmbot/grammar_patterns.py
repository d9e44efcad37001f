"""The grammar of a sentence that asks, as patterns: how it is built, and what it denies."""

from __future__ import annotations

import re

LEAD_IN = (
    r"(?:(?:hi|hey|hello|so|ok(?:ay)?|and|but|also|btw|well|then|now|anyway|please|pls|sorry|quick (?:one|q|question)"
    r"|question|hmm+|um+|uh|wait|folks|team|all|guys|everyone)\b[\s,:;.!–—-]*)*"
)
AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had|isn|aren|wasn"
    r"|weren|don|doesn|didn|can|couldn|won|wouldn|shouldn|hasn|haven|hadn|r(?= (?:there|we|you|u|they|the"
    r"|our)\b))(?:['’]?t)?"
)
# what follows the auxiliary of a question
ASKED_OF = r"we|i|it|that|this|those|these|they|there|you|he|she|aws|amazon|the|our|my"
WH = r"(?:who|whose|whom|what|which|when|where|why|how)"
INVERTED = re.compile(rf"^{LEAD_IN}{AUXILIARY}\b(?!\s*:)", re.IGNORECASE)
ELLIPSIS = re.compile(  # "possible to …?", "need approval first?", "anything left for us?", "memcached, any backups"
    rf"^\W*{LEAD_IN}(?:any )?(?:actions?|homework|to-?dos?) (?:left )?(?:for|from|on) (?:us|me|my|our)\b"
    rf"|^\W*{LEAD_IN}any(?:thing|body|one| action)\b.{{0,40}}\b(?:left|for us|from us|to do)\b"
    rf"|^\W*{LEAD_IN}(?:possible|allowed|ok(?:ay)?|fine|safe|enough|necessary|any(?:thing|body|one)?|still|already"
    rf"|true|needs?|got|gets?|works?|counts?|covers?)\b[^?]*\?"
    rf"|[,;:–—]\s+any (?!(?:more|longer|ideas?|thoughts|advice|tips?|help|hints?)\b)\w",
    re.IGNORECASE,
)
AFTER_CONDITION = re.compile(  # "if the primary is encrypted is the replica encrypted as well"
    rf"^{LEAD_IN}(?:if|when|once|as|since|with|without|after|before|because)\b[^?]{{8,100}}?\s(?:is|are|do|does|did"
    rf"|will|can|must|should|would"
    r"|could|may|has|have)\s(?:the|our|my|it|we|i|they|there|aws|amazon|this|that|any|all|a|an)\b[^?]*\?",
    re.IGNORECASE,
)
INVERTED_LATER = re.compile(  # "on RDS, is that still me?", "if …, will Amazon do it?", "… and can I postpone it?"
    rf"[,;:–—-]\s*(?:and |but |so |or |then )?{AUXILIARY}\s+\w|\b(?:and|but|so|or"
    rf"|then)\s+(?:then\s+)?{AUXILIARY}\s+(?:{ASKED_OF}|somebody|someone|anybody|anyone|any)\b"
    rf"|\b(?:is|are) (?:it|that|this) (?:us|them|me|aws|amazon)\b",
    re.IGNORECASE,
)
SUBJECT_FIRST = re.compile(  # "efs - is it kept in two zones", "the old key: can we delete it"
    rf"^\W*(?:[\w-]+ ){{0,3}}[\w-]+(?:,|:| [–—-]) (?:and |so |but )?{AUXILIARY} (?:{ASKED_OF})\b", re.IGNORECASE
)
MAIN_LATER = re.compile(  # "not urgent at all: does anybody on our side …", "say we let Amazon do it, are we left …"
    rf"[,;:–—-]\s+(?:(?:and|but|so|then)\s+)?(?P<main>{AUXILIARY}\s+(?:really |still |also )?(?:{ASKED_OF}"
    r"|some\w*|any\w*)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
PASTED_NOTICE = re.compile(  # what AWS writes, pasted: it states, and asks nothing
    r"\b(?:we are (?:contacting|writing|ending)|action required|aws health|your (?:aws account|amazon|db instances?"
    r"|cluster|certificate|function)|affected|notification|will (?:end|reach)|has been (?:scheduled|identified)"
    r"|is available|recommended apply|autoappliedafter|event(?! (?:history|stream|bus|source|data"
    r"|notifications?)))\b|^\[|^subject:",
    re.IGNORECASE,
)
CONFIRM = re.compile(  # a sentence that asks whether the one before it is so
    r"^\W*(?:(?:pls|please) confirm|(?:is that|that'?s?|so|all|ok|okay|fine|good|done|correct|right|true|agreed"
    r"|can i (?:close|tick|sign|relax|go|leave|stop|sleep|rely|rest|trust)"
    r"|box)\b.{0,18}|ok like this|confirm|(?:that|this|it)\b.{0,60}\b(?:confirm|correct|right|true|agreed?))\W*$",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:itself|themselves|(?:aws|amazon) \w{3,}s (?:the|our|my|it|them|all|every|new)|is|are|was|were|can|could"
    r"|will|would|has|have|had|do|does|did|must|may|gets?|takes?|took|comes?|goes|runs?|keeps?|makes?|means?|needs?"
    r"|won['’]?t|don['’]?t)\b",
    re.IGNORECASE,
)
OF_ONE = "|".join(  # verbs of one that does something; as nouns they are hardly of the field, as "backups" is
    """
    accepts adds allows applies arrives becomes begins belongs breaks brings bypasses carries causes closes
    contains covers creates decides deletes delivers depends destroys disappears does doubles empties enables
    encrypts ends ensures erases excludes exists expires fails falls fetches fills finds follows forces forgets
    gives grows guarantees happens heals helps hides holds hurts ignores includes inherits installs interrupts
    keeps knows lapses lasts leaves lets lies lives loses lowers manages needs notifies obliges opens
    overwrites pauses pays persists prevents promises protects proves provides raises reaches reacts reads
    receives recovers reduces refuses rejects remains removes renews repairs repeats replaces replicates
    requires restarts retains returns reveals rotates runs saves scales sees sends serves shows skips slows
    solves starts stays stops stores supports survives takes tells travels treats uses vanishes waits wakes
    wants wipes works
    """.split()
)
OF_MANY = "|".join(  # and of many
    """
    accept allow apply arrive become begin belong bring bypass carry close come contain count cover create
    delete depend destroy die disappear encrypt exclude exist expire fail fall follow get give go grow happen
    have help hide hold include inherit keep lag lapse last leave let lie live lose make mean move need outlive
    pass pay persist protect reach react receive recover remain require restart run see send serve show sit skip
    stay survive take travel use vanish wait work
    """.split()
)
OFTEN = r"(?:(?:always|never|only|also|still|just|then|usually|all|both|simply|already|often|automatically) )?"
EQUALS = re.compile(r"\w\s+=+>?\s+(?=\w)")  # "serverless = nothing to size"
UNITS = "second|minute|hour|day|night|week|month|quarter|year|time|gb|tb|piece"
STATES = re.compile(  # "it skips those", "large objects always arrive complete", "patching never interrupts us"
    rf"\w {OFTEN}(?:{OF_ONE})\b|\w{{2,}}s {OFTEN}(?:{OF_MANY})\b"
    r"|\b(?:never|always|no longer) \w+s\b|\b(?:cannot|no longer|only ever) \w"
    rf"|\w \w{{3,}}s (?:the|an?(?! (?:{UNITS}))|our|my|us|its|itself|every|each|no|nothing)\b",  # "it logs each query"
    re.IGNORECASE,
)
CONSEQUENCE = re.compile(r"^\W*(?:so|then|thus|hence|therefore)\b,? (?:\w+\W+){4}", re.IGNORECASE)
FULL_SENTENCE = re.compile(  # "The log shows what was changed."
    r"^\W*(?:the|an?|our|my|your|their|its|every|each|all|any|no|some|most|both|this|that|these|those|there|it|only"
    r"|nothing|if|when|once|with|without|after|before|in|on|for|by|under|one|part)\b[^?]{20,}[.!]\W*$",
    re.IGNORECASE,
)
MEASURE = re.compile(  # "weeks of notice a node gets", "name of the setting that forbids it": nothing is stated of it
    rf"^{LEAD_IN}(?:the )?(?:seconds|minutes|hours|days|weeks|months|years|number|names?|size|percentage|amount|length"
    r"|version) of\b",
    re.IGNORECASE,
)
NAMED_ONLY = re.compile(rf"^{LEAD_IN}(?:[\w-]+ ){{1,3}}of\b", re.IGNORECASE)  # "keeper of the route tables?"
ASKS_ANYWHERE = re.compile(
    r"\b(?:who(?:se|m)?|what|which|where|why|how)\b(?!ever)|\bthe party (?:\w+ing|that|responsible)\b|\b(?:need"
    r"|want)s?\b.{0,40}\b(?:way|fact|facts|certificate"
    r"|document|something|screenshot)",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:everybody|everyone|somebody|someone|anybody|anyone|people|those|ones?|he|she|us|me|we|them|they|aws|amazon"
    r"|deciding) who\b|\bwhoever\b|\bno matter (?:who|what|how|when|where)\b|\b(?:decides?|figures? out|finds? out"
    r"|works? out|says?|asks? (?:us|me|them|you)|chooses?|controls?|determines?|picks?|defines?|sees?|to (?:say"
    r"|see|tell|know)) (?:who|which"
    r"|what|when|where|how|whose)\b|^\W*(?:who|which|what|when|where|how)\b[^?]*\b(?:is|are) (?:decided|chosen|set"
    r"|determined|defined|picked|controlled) by\b|\b(?:that['’]?s|(?:that|which|this) is|it['’]?s) (?:what|why"
    r"|how|where)\b",
    re.IGNORECASE,
)
FIRST_WORD = re.compile(  # "isn't it …", "don't we …" ask as "is it …" and "do we …" do
    rf"^{LEAD_IN}(?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have|had)n['’]?t\b", re.IGNORECASE
)
TAG = re.compile(
    r"(?:[,;.–—-]\s*|\s)(?:right|or|correct|yes|no|ok(?:ay)?|true|agreed|yeah|yea|yep|ya|ja|nah|innit|eh|huh|or not"
    r"|am i right"
    rf"|{AUXILIARY}\s+(?:it|we|they|i|he|she|that|this|there|you))\s*[?!.]*$",
    re.IGNORECASE,
)
QUESTION_TAG = re.compile(  # after "when we upgrade, they come along, don't they?" too
    rf"[,;.–—-]\s*(?:right|correct|am i right|yes|ok(?:ay)?|{AUXILIARY}n['’]?t\s+(?:it|we|they|i|he|she|that|this"
    rf"|there|you))"
    r"\s*\?\s*$",
    re.IGNORECASE,
)
BELIEF_PHRASE = re.compile(
    r"\b(?:i (?:guess|assume|suppose|believe|think|thought|figure|reckon|told|take it)|surely|presumably|apparently"
    r"|(?:i|we) (?:was|were) told|(?:he|she|they|somebody|someone|people|boss|manager|vendor|consultant"
    r"|colleague\w*) (?:says?|said|claims?|thinks?|insists?|believes?|reckons?)|settle a bet|as far as i know|afaik"
    r"|so (?:we|i)(?:'re|’re| are|'m|’m| am|re)? (?:\w+ )?(?:fine|good|safe|covered|done|ok(?:ay)?|set)|so (?:i"
    r"|we) (?:closed|ticked|cancel\w*|can|don|won|need|skip\w*|dropped|removed|deleted)|counts? as|nothing (?:left "
    r"|else |more )?(?:for us )?to (?:do|patch|check|worry|configure|set|manage)|no need)\b",
    re.IGNORECASE,
)
PREPOSITION = r"(?:from|by|at|for|on|until|till|in|to|with|of|under|since)"
# no "what about …" that only sets the scene of a question after it
NO_SCENE = rf"(?!what (?:about|if)\b[^,;:?]*[,;:]\s*{AUXILIARY}\s)"
WH_QUESTION = re.compile(  # "when the disk fails, …" is none, nor is "what about a restore, are the tags there?"
    rf"^{LEAD_IN}(?:{PREPOSITION} )?(?!when(?:ever)? (?!{AUXILIARY}\b)){NO_SCENE}{WH}(?:['’]?(?:s|re|ll|d))?\b"
    rf"|\b(?:tell me|know|wonder\w*|asks?|asking|clarify|explain) {WH}\b"
    rf"|(?:[,:;–—.]|(?<=\s)-)\s*(?:and |so |then |also )?(?:{PREPOSITION} )?{NO_SCENE}{WH}\b"
    rf"|\bhow (?:many|long|often|much|far|soon)\b",
    re.IGNORECASE,
)
OR = (
    r"(?:\bor\b|\bvs\b|/)\W*(?:(?:rather|maybe|perhaps|is|are|does|do|will|would|should|must|has|have|it|that|this|by"
    r"|with|on|to|from|for|the|still|also|more)\W+){0,3}"
)
EITHER = re.compile(
    rf"\b(?:us|we|ours?|me|mine|my|i|customer'?s?)\b(?:['’]?s)?[^.?!]{{0,60}}?{OR}"
    r"(?:aws|amazon|them|they|theirs|(?:the )?(?:vendor|provider))\b"
    rf"|\b(?:aws|amazon|them|they|theirs|vendor|provider)\b(?:['’]?s)?[^.?!]{{0,60}}?{OR}"
    r"(?:us|we|ours?|me|mine|i|do we|somebody|(?:the |our |my )?(?:customer|side|end|team|own|job|part"
    r"|responsibility))\b|\bwhich (?:side|half|party)\b|^(?:us|them|aws|ours?|theirs?)\W+or\W+(?:us|them|aws|ours?"
    r"|theirs?)",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    rf"(?:[,;:–—]\s*|\s+)(?:and|but|or|so|then|&|\+)?\s*(?=(?:(?<=and )|(?<=but )|(?<=[,;:–—] )"
    rf"|(?<=[&+] ))(?:{WH}\b(?!(?<=who)\s+(?:is|are) the)|(?:am|are|is|was|were|do|does|did|can|could|may|must|should"
    r"|will|would|has|have)\s+(?:we|i|it|they|that|this|those|these|there|aws|amazon|the|our|my|somebody|anybody"
    r"|someone|anyone)\b)|(?<=, and )(?:is|are|was|do|does|did|can|will|must|should) (?!not |also |still |only |never "
    r"|always |\w+(?:ed|en|ly)\b)\w)",  # ", and is DynamoDB in its scope?"
    re.IGNORECASE,
)
PREDICATE = re.compile(  # what a few words say of a thing: "encrypted by default?", "automatically?"
    r"(?<!or )\b(?:\w+(?:ed|able|ible|ally)|automatic|manual|free|on|enough|safe|mandatory|optional|necessary|true"
    r"|built[- ]in|by default|out of the box|for free)(?: (?:by default|by (?:aws|amazon|us|itself|themselves)|already"
    r"|too|as well|there|automatically|yet|anyway|then|now|also|at rest|in transit|for free|out of the box))*\s*\?\W*$"
    r"|(?:^|[:,;–—-]\s*)(?:\w+(?:ed|able|ible)|public|private|automatic\w*|free|safe|on|off) (?:from|by|to|on|in|at"
    r"|for|unless|if|when|without|with)\b[^?]*\?\W*$",
    re.IGNORECASE,
)
OPENS = re.compile(rf"^\W*{LEAD_IN}(?:{PREPOSITION} )?(?:{WH}|{AUXILIARY})\b", re.IGNORECASE)  # how a question begins
SUBORDINATE = re.compile(rf"^\W*{LEAD_IN}when(?:ever)?\b(?!\s+{AUXILIARY}\b)", re.IGNORECASE)  # "when a disk fails, …"
ALTERNATIVE = re.compile(r"^\W*or\b", re.IGNORECASE)  # "Or was it our doing?"
DENIED_RELATIVE = re.compile(  # "a key that doesn't run hot rests with us": what is not so in it is not denied
    r"\b(?:that|which|who)\s+(?:do|does|did|is|are|was|were|can|could|will|would|has|have)(?:n['’]?t"
    r"| not)\b[^,;?]*?(?=\s(?:rests?|lies?|falls?|stays?|sits?|belongs?|remains?|is (?:on|up|ours|our))\b|[,;])",
    re.IGNORECASE,
)
MAY = re.compile(
    r"\b(?:can|could|may|might)(?:n['’]?t|not)? (?:we|i|you|it|a|an|the|our|my|that|this|somebody|someone|one"
    r"|customers?)\b|\b(?:allowed|able|possible|permitted|permission|let us|lets us|option to|free to)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|never|nobody|no one|none|neither|cannot|no longer|(?:is|are|was|were) no|(?:do|does|did|is|are|was|were"
    r"|can|could|will|would|should|must|need|have|has|had|wo)n['’]?t|dont|doesnt|didnt|isnt|arent|cant|couldnt|wont"
    r"|wouldnt|neednt|shouldnt|ain['’]?t)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(  # any word that turns a phrase round: "needs no restart", "without us", "nothing happens"
    NEGATION.pattern + r"|\b(?:has|have|had|needs?|takes?|gets?|costs?|makes?|with|there(?:'s| is| are)|causes?|loses?"
    r"|leaves?|sees?|keeps?|gives?|do|does|did|by|in|at|for|on) (?:no|none|nothing|zero)\b|\bwithout\b|\bnothing\b"
    r"|\bno (?:\w+ ){1,3}(?:is|are|was|were|can|will|has|needed|required)\b|^no\b(?!,)|\bno (?:\w+ ){1,4}(?:for|from"
    r"|on|by) (?:us|me|our|my)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(  # a clause that says when: what is not so in it turns nothing round
    r"(?:^|[,;]\s*|\s)(?:if|unless|when(?:ever)?|once|as long as|until|after|before|in case|even if|although|because"
    r"|since|as soon as|while|where)\b[^,;?]*(?:[,;]|$|(?=\?))",
    re.IGNORECASE,
)
CONTRAST = re.compile(  # "…, and not something AWS decides", "… and AWS won't": whose it is not, after whose it is
    r",?\s*(?:and |but )?\b(?:not|rather than|instead of)\s+(?:(?:something|anything|a \w+|that|by|with|for|from|on|to"
    r"|at|of)\s+)*(?:aws|amazon|us|we|me|ours|theirs|them|they|mine|ourselves|(?:the )?(?:customer|provider"
    r"|vendor))\b(?:['’]s)?[^,;?]*|(?:,|,?\s*\b(?:and|but))\s+(?:aws|amazon|they|we|i|the (?:cloud )?(?:provider"
    r"|vendor))\s+(?:won['’]?t|will not|(?:do|does|is|are|can)(?:n['’]?t| ?not))\b[^,;?]*|,?\s*\b(?:and"
    r"|but)\s+(?:no one|nobody)(?: (?:at|from) (?:aws|amazon))?\b[^,;?]*",
    re.IGNORECASE,
)
THEREFORE = re.compile(r"[,;:]?\s+\b(?:so|hence|therefore|thus|that'?s why|which is why)\b", re.IGNORECASE)
NOTHING_LEFT = re.compile(
    r"\bno (?:\w+ ){1,4}(?:for|from|on|by) (?:us|me|our \w+|my \w+|the customer)\b|\bnothing\b.{0,30}\bto\b"
    r"|^(?:so |ok(?:ay)?,? )?(?:we |i )?do(?:n['’]?t|nt| not) need (?!to\b)\w"
    r"|\bno (?:need|more|further|action|work|security work|\w+ work)\b|\bneeds? nothing\b|\bneed(?:n['’]?t| not)\b"
    r"|\b(?:we|i|you|one|nobody|customers?) (?:really |still )?do(?:es)?(?:n['’]?t| not) (?:need|have) to\b"
    r"|^(?:so )?do(?:n['’]?t| not) (?:need|have) to\b|\bcan (?:we |i )?(?:cancel|skip|drop|stop|close|ignore|remove"
    r"|delete|forget)\b|\b(?:closed|ticked|cancelled|dropped|skipped) (?:that|the|it|this)\b|\bgo(?:es)? to spam\b"
    r"|= done\b|\bis enough\b",
    re.IGNORECASE,
)
ACTS = re.compile(  # "so AWS patches it?"
    rf"^{LEAD_IN}(?:aws|amazon|it|they|the \w+|[a-z0-9]+) \w{{2,}}(?:s|ed) (?:it|that|this|them|the|our|my|us|all"
    rf"|every\w*)\b",
    re.IGNORECASE,
)
OFF_THE_HOOK = re.compile(
    r"\b(?:and )?that['’]?s (?:it|all|enough|the plan)\W*$"
    r"|\b(?:off the hook|relieved of|rid of|spared|off (?:our|my) (?:plate|desk|hands|list|shoulders))\b|\bso (?:we|i"
    r"|that)(?:'re|’re| are|'s|’s| is|'m|’m| am|re)? (?:\w+ )?(?:fine|good|safe|covered|done|ok(?:ay)?|set)\b",
    re.IGNORECASE,
)
SAME = re.compile(  # "same for S3?", "is it the same on Aurora?", "root too?"
    r"(?<!get the )(?<!have the )\b(?:same|identical(?:ly)?|likewise)(?: (?:story|thing|deal|rule|split|there"
    r"|here|again|answer))*"
    r"(?=\W*$| (?:for|on|in|with|at|when|if|once|applies|goes|holds|true)\b|,? then\b)"
    rf"|^\W*{LEAD_IN}(?:[\w-]+ ){{1,4}}(?:too|as well)\s*\?\W*$",
    re.IGNORECASE,
)
DIFFERENT = re.compile(r"\bdifferent(?:ly)?(?=\W*$| (?:for|on|in|with|there|here|from|than|to|then)\b)", re.IGNORECASE)
REFUTE = r"(?:convince|persuade) me|prove me wrong|change my mind"  # after a belief
ASKING = re.compile(
    r"\?|\b(?:please|pls) (?:tell|confirm|clarify|state|settle|answer)|^\W*(?:kindly )?confirm\W*$"
    rf"|^\W*(?:{REFUTE})\b",
    re.IGNORECASE,
)
