"""A message -> whether it is no question about owners: a greeting, thanks, a complaint, a question about the bot.

Each kind has a short answer of its own; "I don't know who owns that" is no answer to "thanks!".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from srmbot.grammar import is_inverted, opens_with_wh
from srmbot.grammar_patterns import LEAD_IN
from srmbot.query import asks_who, tokenize


class Reason(StrEnum):
    """Why nothing is claimed."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT = "about"  # the bot itself is asked about
    COMPLAINT = "complaint"
    LANGUAGE = "language"  # not in English
    ELSEWHERE = "elsewhere"  # another cloud or product, or nothing of AWS at all
    UNCOVERED = "uncovered"  # an AWS service, or a topic on one, that has no duties here
    HOWTO = "howto"  # code, commands, a walkthrough
    UNCLEAR = "unclear"


MOST_WORDS = 16  # of a message that is only small talk
GREETING = re.compile(
    r"^\W*(?:hi+|hello+|he+y+|hiya|howdy|yo+|hallo|hola|ola|moin|servus|ciao|salut|bonjour|bom dia|buen[oa]s \w+"
    r"|guten \w+|greetings|good (?:morning|afternoon|evening|day)|mornin['g]?|evening|arvo)\b"
    r"(?:\s+\w{1,9}(?=,))?(?:[\s,!.]*(?:there|team|all"
    r"|everyone|everybody|folks|guys|srmbot|srm|bot|again|you|from \w+|happy \w+|moin|hello|dear"
    r"|good (?:morning|afternoon|evening|day)|he+y+|hi+))*\W*(?:(?:how are you|how(?:'s| is) it going|how do you do"
    r"|(?:is )?(?:any|some)(?:body"
    r"|one) (?:awake |up |alive |around )?(?:in )?(?:there|here|home|in there)|(?:are )?you (?:there|up|alive|awake"
    r"|online|around)|nice to meet you|what'?s up)\b.{0,20})?\W*$",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"\b(?:thank(?:s|you| you)?|thx|ty|tysm|cheers|ta|merci|danke|gracias|obrigad[oa]|grazie|dank je|arigato"
    r"|much appreciated|appreciate (?:it|that)|perfect|awesome|brilliant|great|lovely|nice one|got it|makes sense"
    r"|understood|that (?:helps|helped|cleared|answers|was it|settles)|good to know|all clear|you(?:'re| are) the best"
    r"|will (?:tell|do|pass)|case closed|noted|exactly what i needed|well done|good bot)\b",
    re.IGNORECASE,
)
COMPLAINT = re.compile(
    r"\b(?:(?:you(?:'re| are)|that(?:'s| is)|this is|it(?:'s| is)|still|completely|plain|totally"
    r"|simply) (?:\w+ )?(?:wrong|incorrect|false|nonsense|rubbish|useless|garbage|not (?:right|true|correct|what i"
    r"|what we|it|helpful|my question|an answer))|(?:wrong|bad|poor|terrible|silly) (?:service|answer|owner|topic|team"
    r"|one|again|reply)|(?:my|the) question was|you (?:talk|are talking|keep talking)|something else entirely"
    r"|not what (?:i|we) (?:asked|meant|wanted)|useless|nonsense|bad bot|no help(?: at all)?|tell(?:ing)? me nothing"
    r"|canned (?:answer|reply|text|paragraph)"
    r"|(?:did|does)(?:n['’]?t| not) (?:answer|help"
    r"|understand)|makes? no sense|misread|misunderst\w+|never understands?|(?:doesn['’]?t|does not) (?:match"
    r"|fit) (?:my|the) question)\b",
    re.IGNORECASE,
)
ABOUT_THE_BOT = re.compile(
    r"\b(?:what (?:can|do|are) you\b|what(?:'s| is) your\b|who (?:made|built|wrote|created|runs|owns|maintains"
    r"|develops?|are|is behind) (?:you|this bot|srmbot|the bot)\b|are you (?:an? )?(?:\w+ )?(?:ai|bot|human|llm|robot"
    r"|real|person|machine|chatgpt|gpt|language model|model)\b|how (?:do|does) (?:you|this bot|srmbot) (?:work|know"
    r"|decide|get)|where (?:do|does) (?:your|you|its?) (?:answers?|knowledge|data|info\w*|facts?|get)"
    r"|which (?:\w+ ){0,3}(?:services|topics) (?:do|can|are) (?:you|known)|do you (?:store|keep|log|save|use|remember"
    r"|know|speak|learn|read|track|understand|cover|support)\b|(?:is|are) (?:this|you|it) (?:chat ?gpt|an? ai|an? llm"
    r"|an? bot|a language model)|how (?:up.to.date|current|fresh|accurate|reliable|old|often|sure|good) (?:is"
    r"|are) (?:you|your|this|the (?:answers|data|knowledge))|when (?:were|was) (?:you|they|it|your \w+|this"
    r"|the (?:data|knowledge|answers)) (?:last )?(?:checked|updated|trained|made|reviewed)|can (?:i|we) trust you"
    r"|who is your (?:owner|maker)|how (?:do|can|should) (?:i|we) (?:use|ask|talk to) (?:you|this|srmbot|the bot)"
    r"|what is (?:this|srmbot|this bot)\b|introduce yourself|tell me about yourself|what else do you|(?:is"
    r"|are) (?:there|this|it|you) (?:\w+ ){0,2}(?:human|person|people|automat\w+|machine)\b.{0,30}|what (?:sort"
    r"|kind)s? of (?:\w+ )?(?:questions?|things)|(?:supposed|allowed) to ask you|what (?:should|can|could|may) (?:i"
    r"|we) ask|can you (?:help|assist)|are you (?:open source|free|safe|secure|official))",
    re.IGNORECASE,
)
POLITE = re.compile(  # "you" in it asks nothing of the bot
    r"\b(?:(?:can|could|would|will) you (?:please |kindly )?(?:tell|explain|say|confirm|check|clarify|let|give|send"
    r"|show|write|remind|point|advise|name|list|look)|do you (?:know|happen|think|have (?:any|an) idea|remember)"
    r"|if you (?:can|could|know)|thank you|you (?:know|see|can|could|need|have|must|get|want)(?! (?:answer|help|cover"
    r"|explain|handle|reply|talk|tell|understand)))\b",
    re.IGNORECASE,
)
TO_THE_BOT = re.compile(
    r"\b(?:you|u|ur|yours?|yourself|(?:this|the) bot|srmbot|ask here|(?:phrase|word|put|ask) (?:a|my|our) question)\b",
    re.IGNORECASE,
)
OF_THE_BOT = re.compile(  # a statement about it, or about what it has said
    r"\b(?:(?:your?|that|this|the|its|last) (?:last |first )?(?:answers?|repl(?:y|ies)|responses?)|(?:this|the) bot"
    r"|srmbot|you (?:gave|give|said|say|keep|never|always|only|just|still|(?:did|do|ca)(?:n['’]?t| not)))\b",
    re.IGNORECASE,
)
COMMAND = re.compile(
    rf"^\W*{LEAD_IN}(?:list|give|tell|show|say|name|explain|describe|introduce|write|send|compare|help|find|make"
    r"|translate|recommend|suggest|summari[sz]e|need|looking for)\b",
    re.IGNORECASE,
)
HELP_WANTED = re.compile(
    r"^\W*(?:help|help me|help please|please help|usage|\?+|what now|commands?)\W*$", re.IGNORECASE
)
HOWTO = re.compile(
    r"\b(?:terraform|cloudformation|cdk|boto3|ansible|pulumi|one.?liner|snippet|step.by.step|walkthrough|tutorial"
    r"|cheat ?sheet|copy.?paste|(?<!\bwe )(?<!\bi )(?<!\bthey )(?:write|give|show|send|generate|draft|paste) (?:me "
    r"|us )?(?:a|an|the|some|your) (?:\w+ ){0,4}(?:policy|script|command|query|code|template|terraform|yaml|json"
    r"|example|manifest|lambda|function|sql|regex|config|module|playbook|dashboard|diagram)|(?:exact|right|correct|aws"
    r"|cli|sql|kubectl|psql|mysql) (?:cli )?(?:command|syntax|query|statement)|cli (?:command|call)|what(?:'s"
    r"| is) the (?:\w+ )?(?:command|syntax|cli|sql|api call)|sample code|(?:python|bash|powershell|shell|java|golang"
    r"|node|sql) (?:code|script|function|query)|(?:script|code|query|sql|command) (?:to|that|for|which)"
    r"|how much (?:is|are|does|do|would) .{0,60}(?:per|an? (?:hour|month|gb)|cost|charge)"
    r"|how (?:do|can|would) (?:i|we) (?:write|code|script|connect (?:to|from|with|\w+ to)|install"
    r"|configure \w+ in|call))\b",
    re.IGNORECASE,
)
WANTS_SOMETHING = re.compile(  # a thing, or that somebody makes it: a yes or no is not what is wanted
    COMMAND.pattern + r"|\b(?:(?:is|are) there|(?:do|does|did|has|have) (?:\w+ ){1,2}(?:have|got|offer|provide|publish)"
    r"|(?:can|could|would|will) (?:you|u|someone|somebody|anyone|anybody|any of you))\b",
    re.IGNORECASE,
)

# The sentence that each language gets, and words that stand in most of its questions and hardly in an English one.
LANGUAGES: Mapping[str, tuple[str, frozenset[str]]] = {
    name: (sentence, frozenset(words.split()))
    for name, sentence, words in (
        (
            "German",
            "Ich verstehe leider nur Englisch. Bitte fragen Sie auf Englisch.",
            "wer wie der das den dem ein eine einen ist sind für von und nicht wir unser unsere ich "
            "muss müssen kümmert zuständig verantwortlich bei auf mit oder werden wird das betriebssystem "
            "sichert verschlüsselt",
        ),
        (
            "Spanish",
            "Lo siento, solo entiendo inglés. Por favor, pregunta en inglés.",
            "quién quien qué que es de los las la el del para por una un cómo responsable hace se "
            "nosotros nuestra nuestro copias seguridad está son",
        ),
        (
            "French",
            "Désolé, je ne comprends que l'anglais. Merci de poser la question en anglais.",
            "qui que est de des du la le les une un nous notre pour sur doit fait quoi au aux et ou "
            "responsable sauvegarde sauvegardes chiffrement occupe c'est s'occupe chez",
        ),
        (
            "Portuguese",
            "Desculpe, só entendo inglês. Por favor, pergunte em inglês.",
            "quem que é de dos das do da o os as um uma no na nos nas para por como nosso nossa faz aplica "
            "responsável pelo pela cópias são",
        ),
        (
            "Italian",
            "Mi dispiace, capisco solo l'inglese. Per favore, chiedi in inglese.",
            "chi che è di dei delle della del il lo la gli le un una nostro nostra fa fare "
            "responsabile deve su noi sono cosa",
        ),
        (
            "Dutch",
            "Sorry, ik begrijp alleen Engels. Stel je vraag alsjeblieft in het Engels.",
            "wie wat hoe het de een van voor niet wij ons onze zijn moet moeten verantwoordelijk bij op en "
            "wordt worden doet maakt",
        ),
        (
            "Polish",
            "Przepraszam, rozumiem tylko po angielsku. Proszę zapytać po angielsku.",
            "kto co jak jest za na czy nasz nasze nasza odpowiada kopie zapasowe robi dla nie przez szyfrowanie od się",
        ),
        (
            "Swedish",
            "Tyvärr förstår jag bara engelska. Fråga gärna på engelska.",
            "vem vad hur är det en ett för av och inte vi vår våra ansvarar ansvarig på med eller som sköter tar",
        ),
        (
            "Danish",
            "Beklager, jeg forstår kun engelsk. Spørg venligst på engelsk.",
            "hvem hvad hvordan er det en et af og ikke vi vores ansvarlig på med eller som står",
        ),
        (
            "Turkish",
            "Üzgünüm, yalnızca İngilizce anlıyorum. Lütfen İngilizce sorun.",
            "kim ne nasıl bir ve için mi mı biz bizim sorumlu kimin kime aittir yapar yedekleri yedeklerini "
            "yedeklemeleri şifreleme tarafından kimdir alıyor",
        ),
        (
            "Indonesian",
            "Maaf, saya hanya mengerti bahasa Inggris. Silakan bertanya dalam bahasa Inggris.",
            "siapa apa bagaimana yang di untuk dari dan kami kita bertanggung jawab atas adalah tidak harus",
        ),
        (
            "Czech",
            "Omlouvám se, rozumím pouze anglicky. Zeptejte se prosím anglicky.",
            "kdo co jak je za na pro náš naše odpovídá zálohy dělá není se",
        ),
    )
}
SCRIPTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "Japanese": ("すみません、英語しか分かりません。英語で質問してください。", re.compile(r"[\u3040-\u30ff]")),
    "Korean": ("죄송하지만 영어만 이해합니다. 영어로 질문해 주세요.", re.compile(r"[\uac00-\ud7af]")),
    "Chinese": ("抱歉，我只懂英语。请用英语提问。", re.compile(r"[\u4e00-\u9fff]")),
    "Russian": (
        "Извините, я понимаю только английский. Пожалуйста, спросите по-английски.",
        re.compile(r"[\u0400-\u04ff]{2}"),
    ),
    "Arabic": ("عذراً، أفهم الإنجليزية فقط. من فضلك اسأل بالإنجليزية.", re.compile(r"[\u0600-\u06ff]{2}")),
    "Hindi": ("क्षमा करें, मैं केवल अंग्रेज़ी समझता हूँ। कृपया अंग्रेज़ी में पूछें।", re.compile(r"[\u0900-\u097f]{2}")),
    "Greek": ("Λυπάμαι, καταλαβαίνω μόνο αγγλικά. Ρωτήστε στα αγγλικά, παρακαλώ.", re.compile(r"[\u0370-\u03ff]{2}")),
    "Hebrew": ("מצטער, אני מבין רק אנגלית. אנא שאלו באנגלית.", re.compile(r"[\u0590-\u05ff]{2}")),
}
ENGLISH = frozenset(
    """
    the a an of and or who what how is are we our us for to on in it does do who's whose which when where why can must
    this that with not be by i you from at has have will if takes makes patches sets my your their so was were
    there then should would could all any one more same like as no but up out about into over after before between
    again very too also just only been being did done had he she his her him them they me own other some such than
    these those through under until while yes well
    """.split()
)

WORD_OF_LETTERS = re.compile(r"\b[^\W\d_]+(?:['’][^\W\d_]+)?\b")  # "v2" is none


def small_talk(text: str, *, names_service: bool, asks: bool = False) -> Reason | None:
    """What kind of small talk a message is; None where it may be a question about owners.

    Args:
        text: cleaned.
        names_service: whether it names an AWS service; then only what speaks of the bot is small talk.
        asks: whether it asks for a yes or no about that service; then it is no complaint where it has a question mark.
    """
    words = tokenize(text)
    if not words:
        return None
    if names_service and (not COMPLAINT.search(text) or (asks and "?" in text)):
        return None
    short = len(words) <= MOST_WORDS
    kinds = (
        (Reason.COMPLAINT, len(words) <= 2 * MOST_WORDS and COMPLAINT.search(text)),
        (Reason.ABOUT, ABOUT_THE_BOT.search(text) or HELP_WANTED.search(text)),
        (Reason.GREETING, short and GREETING.search(text)),
        (Reason.THANKS, short and THANKS.search(text) and "?" not in text and not asks_who(text)),
    )
    return next((reason for reason, found in kinds if found), None)


def speaks_of_bot(text: str) -> Reason | None:
    """What a message that names nothing of AWS wants of the bot itself: "which company built you?", "you are slow"."""
    if puts_question(text):
        return Reason.ABOUT if TO_THE_BOT.search(POLITE.sub("", text)) else None
    return Reason.COMPLAINT if OF_THE_BOT.search(text) else None


def asks_anything(text: str) -> bool:
    """Whether a message is built as a question or an order, whatever it is about; office chatter is neither."""
    return "?" in text or puts_question(text) or asks_who(text)


def puts_question(text: str) -> bool:
    """Whether a message begins as a question or an order."""
    return opens_with_wh(text) or is_inverted(text) or bool(COMMAND.search(text))


def foreign_language(sentence: str) -> str | None:
    """The language of a sentence that is not in English; None for English, and for what is too short to tell."""
    for name, (_, script) in SCRIPTS.items():
        if script.search(sentence):
            return name
    words = {word.lower() for word in WORD_OF_LETTERS.findall(sentence) if word != "OS"}  # no Portuguese
    english = sum(word in ENGLISH for word in words)
    counted = {name: sum(word in known for word in words) for name, (_, known) in LANGUAGES.items()}
    best = max(counted, key=lambda name: counted[name])
    accented = any(not word.isascii() for word in words)
    return best if counted[best] >= (2 if not accented else 1) and counted[best] > english else None


def sentence_in(language: str) -> str:
    """The kind sentence for a language that `foreign_language` gave."""
    return LANGUAGES[language][0] if language in LANGUAGES else SCRIPTS[language][0]
