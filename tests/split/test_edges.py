"""Lines at the edges of a text that are none of it, in the languages that news is written in."""

from __future__ import annotations

import pytest

from newsspider.split import split_page
from newsspider.split.bywords import word_lists
from newsspider.split.edges import ends_release, is_call, is_end, is_head

HEADLINE = "Council plants trees along the canal"
TEXT = [
    f"In ward {n} the council planted forty trees along the canal, and said that more would follow."
    for n in ("one", "two", "three", "four", "five", "six")
]


def body(*lines: str) -> list[str]:
    inside = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1><div>{inside}</div></article></body></html>"
    return list(split_page(page).body)


CALLS = """\
Join our WhatsApp channel for the latest news!
Want more stories like this? <a href=/n>Sign up for our weekly newsletter</a>.
Download <a href=/app>our app</a> and never miss a story.
<em>Have your say: we print the best of them on Saturday.</em>
Folgen Sie uns auf Facebook und X
<strong>Hat Ihnen das gefallen? Dann unterstützen Sie uns mit einer Spende.</strong>
Volg ons op WhatsApp voor het laatste nieuws
Följ oss på Facebook
Seuraa meitä Instagramissa
Rejoignez notre chaîne WhatsApp pour ne rien manquer !
Síguenos en Facebook, X e Instagram
Siga o nosso canal no WhatsApp
Iscriviti alla nostra newsletter
Obserwuj nas na Facebooku i Instagramie
Kövessen minket a Facebookon is!
Подписывайтесь на наш Telegram-канал
Если вы заметили ошибку, выделите её и нажмите Ctrl+Enter
Ακολουθήστε μας στο Google News
Bizi Telegram kanalımızdan takip edin
تابعونا على فيسبوك وتويتر
ما را در تلگرام دنبال کنید
עקבו אחרינו בפייסבוק
हमारे व्हाट्सऐप चैनल से जुड़ें
ติดตามเราได้ทางเฟซบุ๊ก
Theo dõi chúng tôi trên Facebook
Ikuti saluran WhatsApp kami di sini
LINE公式アカウントをフォローする
关注我们的微信公众号
텔레그램 채널을 구독하세요""".splitlines()


@pytest.mark.parametrize("line", CALLS)
def test_a_call_to_follow_or_to_give_at_the_end_is_no_text(line: str) -> None:
    assert (
        body(*TEXT, line, "It rained all day, and all of the trees were wet by the evening.")[-2] == TEXT[-1]
    )


CREDITS = """\
(Reporting by Ana Ruiz in Kolaba; Editing by Carl Reyes)
Ana Ruiz and Carl Reyes contributed to this report.
(With inputs from agencies)
With PTI inputs
ab/cd (dpa, Reuters)
(dpa/mri)
— AFP
Mit Material von dpa
mit dpa
avec AFP
Con información de EFE
Redação, com informações da Agência Brasil
Source: Reuters
Πηγή: ΑΠΕ-ΜΠΕ
出典：共同通信
المصدر: وكالات
Photo: Carl Reyes
Crédit photo : Jean Petit
Editor: Siti Rahma
责任编辑：王小明
Übersetzt von Karin Lind
Have a news tip? Email tips@paper.example
Contact the writer: mruiz@paper.example; 555-010-2231
انتهای پیام
Leave a comment
Artikel teilen
Partager l’article
Loading...
1 of 4
[ad_2]""".splitlines()


@pytest.mark.parametrize("line", CREDITS)
def test_a_line_that_says_who_worked_on_the_text_or_where_it_came_from_is_none_of_it(line: str) -> None:
    assert body(*TEXT, line) == TEXT


STORIES = """\
Follow the river and you come to the old mill, she said.
Reporting by Reuters led to an inquiry into the company last year.
With Reuters on the line, the minister fell silent.
Mit dpa sprach die Ministerin am Abend über die Lage.
The storm contributed to this report being late, the council heard on Monday.
Photo finishes have become rare, says the club.
“Join us on Facebook,” she told the crowd.
Like his father, he posts on Facebook.
Jetzt prüft die Stadt den Kanal.
Entra en vigor el lunes la norma sobre el canal de riego.
Zeugen melden sich bitte unter der Telefonnummer 0800 123456.
Tickets are sold at the door; for questions, call 555-010-2231.
Los vecinos siguen en Facebook las noticias del pueblo.
他关注这件事已有十年。
Nobody was hurt.""".splitlines()


@pytest.mark.parametrize("line", STORIES)
def test_a_last_sentence_with_such_words_is_told(line: str) -> None:
    assert not any(asked(line) for asked in (is_call, is_end, is_head, ends_release))


TOLD = """\
Follow the river upstream and you meet its keeper, whose son runs a YouTube channel about trout.
Click farms on Facebook are to blame for the rumour, the minister told parliament on Monday.
Tap water is safe again, the utility said on Facebook.
Have your say, the mayor told them, and then they all went home to bed.
'Join our Telegram channel,' said the message to the students
Rédaction : Merci.
Editor: Thank you.
Subscribe or die: that was the slogan of the paper in its last year.
Tilaa on vielä kahdelle sadalle pakolaiselle, kertoo kunnan edustaja.
Theo dõi camera an ninh, công an phát hiện chiếc xe được rao bán trên Facebook.
加入微信群后，受害人被骗走十万元。
Contact with the plane was lost at 10.15, flight 123-456-789
Source: the river rises in the Alps.
Bild: 2,3 Millionen Leser.
Production by Harrow Motors fell.""".splitlines()


@pytest.mark.parametrize("line", TOLD)
def test_a_sentence_that_begins_like_a_call_or_credit_is_told(line: str) -> None:
    assert body(*TEXT, line)[-1] == line


def test_the_head_and_the_end_of_a_press_release_are_no_text() -> None:
    head = ["FOR IMMEDIATE RELEASE", "Contact: Dana Wills, (555) 010-2231, dana@council.example"]
    assert (
        body(*head, *TEXT, "###", "About the council", "It has nine members and meets in the hall.") == TEXT
    )


@pytest.mark.parametrize("line", ["News Release Date Set", "Press Release Inc. buys a canal"])
def test_a_first_line_that_begins_like_a_release_is_told(line: str) -> None:
    assert body(line, *TEXT)[0] == line


def test_a_mark_that_parts_a_text_ends_it_in_releases_alone() -> None:
    assert body(*TEXT[:3], "###", *TEXT[3:]) == [*TEXT[:3], "###", *TEXT[3:]]


def test_a_step_of_what_to_do_is_text_whatever_it_calls_to() -> None:
    steps = "<ol><li>Take out the phone</li><li>Download WhatsApp from the Play Store</li></ol>"
    inside = "".join(f"<p>{line}</p>" for line in TEXT[:3]) + steps + f"<p>{TEXT[3]}</p>"
    page = f"<html><body><article><h1>{HEADLINE}</h1>{inside}</article></body></html>"
    assert "Download WhatsApp from the Play Store" in split_page(page).body


def test_every_kind_of_word_is_one_that_is_read() -> None:
    kinds = "join call last means work helped role with source photo button end contact release"
    assert set(word_lists("edgewords")) == set(kinds.split())
