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
