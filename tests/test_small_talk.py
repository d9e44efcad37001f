"""What is no question about owners: of what kind it is, and what must never be taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.query import clean
from srmbot.small_talk import HOWTO, LANGUAGES, SCRIPTS, Reason, foreign_language, sentence_in, small_talk

KINDS = [
    # message, what kind of small talk it is
    ("hi", Reason.GREETING),
    ("Good morning everybody!", Reason.GREETING),
    ("hey srmbot, are you awake?", Reason.GREETING),
    ("hello from Lisbon, how are you?", Reason.GREETING),
    ("heyyy bot, good evening from Porto", Reason.GREETING),
    ("moin, is anybody around in here?", Reason.GREETING),
    ("moin moin, hello everybody", Reason.GREETING),
    ("mornin chaps, anybody there?", Reason.GREETING),
    ("again you tell me nothing", Reason.COMPLAINT),
    ("thanks a lot, that settles it", Reason.THANKS),
    ("grazie!", Reason.THANKS),
    ("thx!", Reason.THANKS),
    ("makes sense, I will tell the team", Reason.THANKS),
    ("you are the best", Reason.THANKS),
    ("what are you?", Reason.ABOUT),
    ("who built you?", Reason.ABOUT),
    ("are you a language model?", Reason.ABOUT),
    ("how current is your data?", Reason.ABOUT),
    ("do you store what I type?", Reason.ABOUT),
    ("which services do you know?", Reason.ABOUT),
    ("help", Reason.ABOUT),
    ("???", None),
    ("can you help me?", Reason.ABOUT),
    ("that is not right", Reason.COMPLAINT),
    ("wrong answer, my question was about the other cluster", Reason.COMPLAINT),
    ("this is useless", Reason.COMPLAINT),
    ("you never understand me, that's nonsense", Reason.COMPLAINT),
    ("", None),
    ("  \n", None),
]


@pytest.mark.parametrize(("message", "reason"), KINDS)
def test_small_talk_is_known_by_its_kind(message, reason):
    assert small_talk(message, names_service=False) is reason


LEFT_ALONE = [
    # message that is no question about owners, why it gets no answer
    ("which university taught you all of this?", Reason.ABOUT),
    ("is your source code on a shelf somewhere?", Reason.ABOUT),
    ("could you tell me when the canteen closes?", Reason.ELSEWHERE),
    ("it does that again", Reason.UNCLEAR),
    ("name the things that you can explain", Reason.ABOUT),
    ("your replies are twice as long as they need to be", Reason.COMPLAINT),
    ("you said nothing about my question", Reason.COMPLAINT),
    ("the printer on the second floor hums again", Reason.UNCLEAR),
    ("you should see how green the hills are this week", Reason.UNCLEAR),
    ("what is for lunch?", Reason.ELSEWHERE),
    ("who is singing at the wedding tomorrow?", Reason.ELSEWHERE),
]


@pytest.mark.parametrize(("message", "reason"), LEFT_ALONE)
def test_what_is_left_alone_says_why(bot, message, reason):
    assert bot.state.reply(message).reason is reason


WORK = [
    # message, whether it names a service of AWS
    ("who patches the host?", False),
    ("hi, who patches the host?", False),
    ("Hello team! Is the retention on us? Thanks!", False),
    ("thanks, and who sets the window?", False),
    ("great, but who deletes the old snapshots?", False),
    ("what can we do about a full disk?", False),
    ("backups", False),
    ("thanks! now tell me who sets the window", False),
    ("great, who patches the host", False),
    ("who owns the alarms?", False),
    ("good backups need whom?", False),
    ("is the data in there encrypted?", False),
    ("are your disks wiped by Amazon?", False),
    ("hello rds", True),
    ("what are you doing with RDS patches, AWS or us?", True),
    ("who runs the thing under aurora", True),
    ("thanks! same for dynamodb", True),
    ("nice one. whose are the s3 bucket policies", True),
]


@pytest.mark.parametrize(("message", "named"), WORK)
def test_a_question_is_no_small_talk_however_polite(message, named):
    assert small_talk(message, names_service=named) is None


def test_a_complaint_may_name_a_service_and_a_greeting_that_does_is_none():
    assert small_talk("wrong service, I meant aurora", names_service=True) is Reason.COMPLAINT
    assert small_talk("good morning, rds", names_service=True) is None


def test_a_long_message_is_no_greeting_and_no_thanks():
    story = "great " + "and then the disk was full again and we moved on " * 3
    assert small_talk(story, names_service=False) is None


CODE = [
    # message, whether it wants code, a command or a walkthrough
    ("write me a bucket policy for s3", True),
    ("what is the command to reboot rds", True),
    ("terraform for an aurora cluster", True),
    ("sql to list the largest tables of redshift", True),
    ("give me a python script that deletes snapshots", True),
    ("who writes the bucket policy of s3?", False),
    ("who runs the command when a disk is full?", False),
    ("our scripts delete snapshots, whose job is that?", False),
]


@pytest.mark.parametrize(("message", "howto"), CODE)
def test_code_and_commands_are_distinguished_from_questions_about_owners(message, howto):
    assert bool(HOWTO.search(message)) is howto


FOREIGN = [
    # message, language
    ("Wer kümmert sich bei RDS um das Betriebssystem?", "German"),
    ("¿Quién aplica los parches de la base de datos?", "Spanish"),
    ("Qui fait les sauvegardes de notre base ?", "French"),
    ("Quem faz as cópias do banco de dados?", "Portuguese"),
    ("Chi è responsabile delle patch del database?", "Italian"),
    ("Wie maakt de back-ups van onze database?", "Dutch"),
    ("Kto robi kopie zapasowe naszej bazy?", "Polish"),
    ("Vem sköter säkerhetskopiorna för vår databas?", "Swedish"),
    ("Hvem står for sikkerhedskopier af vores database?", "Danish"),
    ("Yedekleri kim alıyor, biz mi?", "Turkish"),
    ("Siapa yang bertanggung jawab untuk cadangan data kami?", "Indonesian"),
    ("Kdo dělá zálohy naší databáze?", "Czech"),
    ("RDSのバックアップは誰がしますか？", "Japanese"),
    ("RDS 백업은 누가 하나요?", "Korean"),
    ("谁负责 RDS 的备份？", "Chinese"),
    ("Кто делает резервные копии RDS?", "Russian"),
    ("من المسؤول عن النسخ الاحتياطي؟", "Arabic"),
    ("RDS का बैकअप कौन लेता है?", "Hindi"),
    ("Ποιος κάνει τα αντίγραφα ασφαλείας;", "Greek"),
    ("מי אחראי על הגיבויים?", "Hebrew"),
]


@pytest.mark.parametrize(("message", "language"), FOREIGN)
def test_a_language_is_known_by_its_words_or_its_script(message, language):
    assert foreign_language(message) == language


def test_a_language_may_be_shouted():
    assert foreign_language("QUEM FAZ OS BACKUPS DO NOSSO BANCO DE DADOS?") == "Portuguese"


def test_every_language_is_tried_and_has_a_sentence_of_its_own():
    assert {language for _, language in FOREIGN} == set(LANGUAGES) | set(SCRIPTS)
    sentences = [sentence_in(language) for _, language in FOREIGN]
    assert len(set(sentences)) == len(FOREIGN)
    assert all(sentence.endswith((".", "。", "।", "！")) for sentence in sentences)


ENGLISH = [
    "who takes the backups?",
    "rds patching",
    "is the die cast, man?",
    "who sets up DMS for a migration from Oracle",
    "an van is on fire",
    "Müller asks who patches the OS",
    "naïve question: who patches it?",
    "the résumé of the incident, who writes that?",
    "dev or prod, who do i ask",
    "multi-az on en route",
    "",
    "42?",
]


@pytest.mark.parametrize("message", ENGLISH)
def test_english_is_english_whatever_words_it_borrows(message):
    assert foreign_language(message) is None


@given(st.text(), st.booleans())
def test_any_text_is_of_one_kind_or_none(text, named):
    assert small_talk(clean(text), names_service=named) in (*Reason, None)
    language = foreign_language(text)
    assert language is None or sentence_in(language)
