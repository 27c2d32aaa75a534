"""The language of a text."""

import pytest

from newsspider.split.language import language_of

TEXTS = {
    "en": "The council has decided that the old bridge will stay closed until the spring of next year.",
    "de": "Der Rat hat beschlossen, dass die alte Brücke bis zum Frühjahr des nächsten Jahres gesperrt bleibt.",
    "fr": "Le conseil a décidé que le vieux pont restera fermé jusqu'au printemps de l'année prochaine.",
    "km": "ក្រុមប្រឹក្សាបានសម្រេចថា ស្ពានចាស់នឹងបិទរហូតដល់និទាឃរដូវឆ្នាំក្រោយ ដើម្បីជួសជុល។",
    "th": "สภามีมติให้ปิดสะพานเก่าต่อไปจนถึงฤดูใบไม้ผลิปีหน้าเพื่อซ่อมแซมให้เสร็จสมบูรณ์",
    "ru": "Совет решил, что старый мост останется закрытым до весны следующего года из-за ремонта.",
    "zh": "市议会决定旧桥将继续关闭至明年春天以便完成维修工作,市民请绕行。" * 3,
    "ja": "市議会は古い橋を来年の春まで閉鎖したままにすることを決めました。" * 3,
    "ar": "قرر المجلس أن يبقى الجسر القديم مغلقا حتى ربيع العام المقبل من أجل استكمال أعمال الصيانة.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_the_text_tells_its_language_whatever_the_page_declares(code: str) -> None:
    assert language_of(TEXTS[code], "xx-YY") == code


@pytest.mark.parametrize(
    ("declared", "code"), [("pt-BR", "pt"), ("DE_at", "de"), ("", None), (None, None), ("x!", None)]
)
def test_a_text_too_short_to_tell_has_the_declared_one(declared: str | None, code: str | None) -> None:
    assert language_of("Brot", declared) == code


def test_a_few_words_of_another_script_do_not_decide() -> None:
    assert language_of(TEXTS["en"] + " ស្ពាន", None) == "en"


WORLD = {
    "es": "El ayuntamiento decidió que el puente viejo seguirá cerrado hasta la primavera del próximo año por obras.",
    "pt": "A câmara municipal decidiu que a ponte velha continuará fechada até à primavera do próximo ano para obras.",
    "it": "Il consiglio comunale ha deciso che il vecchio ponte resterà chiuso fino alla primavera del prossimo anno.",
    "nl": "De gemeenteraad heeft besloten dat de oude brug tot het voorjaar van volgend jaar gesloten blijft.",
    "sv": "Kommunen har beslutat att den gamla bron ska vara stängd fram till våren nästa år på grund av arbeten.",
    "fi": "Kaupunginvaltuusto päätti, että vanha silta pysyy suljettuna ensi vuoden kevääseen saakka korjausten vuoksi.",
    "pl": "Rada miasta zdecydowała, że stary most pozostanie zamknięty do wiosny przyszłego roku z powodu remontu.",
    "hu": "A városi tanács úgy döntött, hogy a régi híd jövő tavaszig zárva marad a felújítási munkák miatt.",
    "ro": "Consiliul local a hotărât ca podul vechi să rămână închis până în primăvara anului viitor pentru reparații.",
    "tr": "Belediye meclisi, eski köprünün onarım çalışmaları nedeniyle gelecek bahara kadar kapalı kalmasına karar verdi.",
    "uk": "Міська рада вирішила, що старий міст залишиться закритим до весни наступного року через ремонтні роботи.",
    "bg": "Общинският съвет реши старият мост да остане затворен до пролетта на следващата година заради ремонта.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε ότι η παλιά γέφυρα θα μείνει κλειστή έως την άνοιξη του επόμενου έτους.",
    "he": "מועצת העיר החליטה כי הגשר הישן יישאר סגור עד לאביב של השנה הבאה בשל עבודות שיפוץ נרחבות במקום.",
    "fa": "شورای شهر تصمیم گرفت که پل قدیمی تا بهار سال آینده برای انجام کارهای تعمیراتی بسته بماند و مردم از راه دیگر بروند.",
    "ur": "شہر کی کونسل نے فیصلہ کیا ہے کہ پرانا پل مرمت کے کام کی وجہ سے اگلے سال کی بہار تک بند رہے گا۔",
    "hi": "नगर परिषद ने फैसला किया है कि पुराना पुल मरम्मत के काम के कारण अगले साल के वसंत तक बंद रहेगा।",
    "bn": "নগর পরিষদ সিদ্ধান্ত নিয়েছে যে পুরোনো সেতুটি মেরামতের কাজের জন্য আগামী বছরের বসন্ত পর্যন্ত বন্ধ থাকবে।",
    "ta": "பழைய பாலம் பழுதுபார்ப்புப் பணிகளுக்காக அடுத்த ஆண்டு வசந்த காலம் வரை மூடப்பட்டிருக்கும் என நகர சபை முடிவு செய்துள்ளது.",
    "my": "မြို့တော်ကောင်စီက တံတားဟောင်းကို ပြုပြင်ရန်အတွက် လာမည့်နှစ် နွေဦးအထိ ပိတ်ထားမည်ဟု ဆုံးဖြတ်ခဲ့သည်။",
    "vi": "Hội đồng thành phố quyết định cây cầu cũ sẽ tiếp tục đóng cửa đến mùa xuân năm sau để sửa chữa.",
    "id": "Dewan kota memutuskan bahwa jembatan lama akan tetap ditutup sampai musim semi tahun depan untuk diperbaiki.",
    "tl": "Nagpasya ang konseho ng lungsod na mananatiling sarado ang lumang tulay hanggang sa susunod na taon.",
    "ko": "시의회는 보수 공사를 위해 오래된 다리를 내년 봄까지 계속 폐쇄하기로 결정했다고 밝혔다.",
    "sw": "Baraza la jiji limeamua kwamba daraja la zamani litaendelea kufungwa hadi mwaka ujao kwa ajili ya ukarabati.",
    "am": "የከተማው ምክር ቤት አሮጌው ድልድይ ለጥገና ሥራ እስከ መጪው ዓመት ድረስ ተዘግቶ እንዲቆይ ወሰነ፤ ነዋሪዎች ሌላ መንገድ ይጠቀማሉ።",
    "ka": "საკრებულომ გადაწყვიტა, რომ ძველი ხიდი სარემონტო სამუშაოების გამო მომავალი წლის გაზაფხულამდე დაკეტილი დარჩება.",
    "so": "Golaha magaaladu wuxuu go'aansaday in buundada hore ay xirnaato ilaa gu'ga sannadka soo socda si loo dayactiro.",
    "ha": "Majalisar birnin ta yanke shawarar cewa tsohuwar gadar za ta ci gaba da kasancewa a rufe har zuwa shekara mai zuwa.",
}


@pytest.mark.parametrize("code", WORLD)
def test_a_page_that_declares_english_is_told_by_its_text(code: str) -> None:
    assert language_of(WORLD[code], "en-US") == code


@pytest.mark.parametrize(
    ("text", "declared", "code"),
    [
        (
            "Vijeće je odlučilo da stari most ostane zatvoren do proljeća sljedeće godine zbog radova.",
            "hr-HR",
            "hr",
        ),
        ("Kommunestyret har bestemt at den gamle broen skal være stengt til våren neste år.", "nb-NO", "nb"),
        ("Majlis bandar raya memutuskan jambatan lama itu terus ditutup sehingga tahun hadapan.", "ms", "ms"),
        (
            "Kua whakatau te kaunihera kia kati tonu te piriti tawhito tae noa ki te koanga o te tau e heke mai nei.",
            "mi",
            "mi",
        ),
        (
            "Ua filifili le fono a le aai ia tapuni pea le alalaupapa tuai seia oo i le tausaga fou.",
            "sm-WS",
            "sm",
        ),
        ("ናይቲ ከተማ ቤት ምኽሪ እቲ ኣረጊት ድልድል ክሳብ ዝመጽእ ዓመት ተዓጽዩ ክጸንሕ ወሲኑ፡ ህዝቢ ካልእ መንገዲ ክጥቀም ኣለዎ።", "ti", "ti"),
    ],
)
def test_what_the_page_declares_decides_between_close_languages_and_for_rare_ones(
    text: str, declared: str, code: str
) -> None:
    assert language_of(text, declared) == code


@pytest.mark.parametrize(("declared", "code"), [("jp", "ja"), ("ua", "uk"), ("gr", "el"), ("fil-PH", "tl")])
def test_a_country_written_for_a_language_is_understood(declared: str, code: str) -> None:
    assert language_of("2026", declared) == code


def test_a_foreign_quotation_at_the_beginning_does_not_decide() -> None:
    quoted = TEXTS["en"] * 5
    assert language_of(f"«{quoted}» {TEXTS['fr'] * 20}", "de") == "fr"


def test_figures_have_no_language() -> None:
    assert (
        language_of("3:1, 2:0, 4:4, 1:1 | 12 | 33 | 41 | 5:3, 2:2, 1:0, 0:0 | 17 | 21 | 43 | 3:2", "hu")
        == "hu"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "国土交通省は二十日、老朽橋梁の補修工事完了後、通行規制を全面解除する方針を発表。関係自治体と協議中。"
            * 2,
            "ja",
        ),
        (
            "市议会昨日通过决议，旧桥维修工程将延长至明年春季，市民需改道通行，相关部门表示将增设公交线路。"
            * 2,
            "zh",
        ),
    ],
)
def test_a_text_of_han_letters_is_japanese_where_it_has_kana(text: str, code: str) -> None:
    assert language_of(text, "en") == code
