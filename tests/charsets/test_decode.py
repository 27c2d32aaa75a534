"""Bytes to text, as browsers decide it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.charsets.decode import decode

RUSSIAN = "Совет утвердил план нового рынка на берегу реки, и никто не возразил. " * 8
CHINESE = "市议会批准了河边新市场的计划，没有人反对。" * 8


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("ក្រុង".encode(), "text/html; charset=utf-8", "ក្រុង"),
        ("\ufeffété".encode(), "text/html; charset=iso-8859-1", "été"),
        ("été".encode("utf-16"), None, "été"),
        ("caf\xe9 “x”".encode("cp1252"), "text/html; charset=iso-8859-1", "café “x”"),
        (b'<meta charset="gb2312">' + "䶮市".encode("gb18030"), None, '<meta charset="gb2312">䶮市'),
        (b'<meta charset="utf-16">' + "été".encode(), None, '<meta charset="utf-16">été'),
        ("été".encode(), "text/html; charset=nonsense", "été"),
    ],
)
def test_declarations(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type)[0] == text


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (CHINESE, "gb18030")])
def test_an_undeclared_legacy_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_a_declared_utf_8_that_the_bytes_contradict_is_not_believed() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "text/html; charset=utf-8")[0] == RUSSIAN


def test_a_single_broken_byte_does_not_change_the_encoding() -> None:
    assert decode("étude ".encode() * 50 + b"\xff", "text/html; charset=utf-8") == (
        "étude " * 50 + "\ufffd",
        "utf-8",
    )


@pytest.mark.parametrize(
    "label", ["hex", "base64", "rot13", "zlib", "idna", "punycode", "undefined", "utf-7"]
)
def test_a_codec_that_is_no_text_encoding_is_not_believed(label: str) -> None:
    assert decode("ក្រុង été".encode(), f"text/html; charset={label}") == ("ក្រុង été", "utf-8")


# A sentence of each language in an encoding of its own, with labels as pages spell them.
OLD = [
    ("สภาเมืองเปิดสะพานใหม่เมื่อวันอังคาร ช้ากว่ากำหนดสองปี", "cp874", "windows-874 TIS-620 tis620 iso-8859-11"),
    (
        "Городской совет открыл во вторник новый мост, на два года позже.",
        "cp1251",
        "windows-1251 windows1251 win-1251",
    ),
    ("Городской совет открыл во вторник новый мост, на два года позже.", "koi8-r", "KOI8-R koi8r"),
    ("افتتح المجلس البلدي يوم الثلاثاء الجسر الجديد بعد عامين.", "cp1256", "windows-1256 cp1256"),
    ("מועצת העיר חנכה ביום שלישי את הגשר החדש, שנתיים מאוחר.", "cp1255", "windows-1255"),
    ("Το δημοτικό συμβούλιο εγκαινίασε την Τρίτη τη νέα γέφυρα.", "cp1253", "windows-1253"),
    (
        "Belediye meclisi salı günü yeni köprüyü planlanandan iki yıl sonra açtı.",
        "cp1254",
        "windows-1254 iso8859-9",
    ),
    ("市议会周二启用了新桥，比原计划晚了两年。", "gb18030", "gb2312 GBK gb_2312-80"),
    ("市議會週二啟用新橋，比原訂計畫晚了兩年。", "big5", "big5 Big5-HKSCS"),
    (
        "市議会は火曜日、予定より2年遅れて新しい橋を開通させた。",
        "shift_jis",
        "Shift_JIS x-sjis sjis shift-jis",
    ),
    ("市議会は火曜日、予定より2年遅れて新しい橋を開通させた。", "euc_jp", "euc-jp EUCJP"),
    ("市議会は火曜日、予定より2年遅れて新しい橋を開通させた。", "iso2022_jp", "iso-2022-jp"),
    ("시의회는 화요일 예정보다 2년 늦게 새 다리를 개통했다.", "cp949", "euc-kr EUC_KR ks_c_5601-1987 cp949"),
    (
        "Le maire a inauguré mardi le pont « neuf » – deux ans plus tard que prévu.",
        "cp1252",
        "iso-8859-1 iso8859-1 latin1",
    ),
    ("Rada miasta otworzyła we wtorek nowy most, dwa lata później, niż planowano.", "cp1250", "windows-1250"),
    ("Městská rada v úterý otevřela nový most, o dva roky později.", "iso8859-2", "iso-8859-2 latin2"),
    ("A városi tanács kedden megnyitotta az új hidat, két évvel később.", "cp1250", "windows-1250"),
    ("Miesto taryba antradienį atidarė naująjį tiltą, dvejais metais vėliau.", "cp1257", "windows-1257"),
    ("Borgmesteren åbnede den nye bro; både børn og ældre gik først.", "cp1252", "windows-1252 windows1252"),
    ("El ayuntamiento inauguró el puente nuevo, dos años más tarde.", "cp1252", "ISO-8859-1 iso88591"),
]


def page_of(text: str, meta: str = "") -> str:
    """A page that is mostly markup."""
    menu = "".join(f'<li class="item"><a href="/section/{i}">Section {i}</a></li>' for i in range(40))
    return f"<!DOCTYPE html><html><head>{meta}</head><body><ul>{menu}</ul><h1>{text[:30]}</h1><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "labels"), OLD, ids=[f"{i}-{row[1]}" for i, row in enumerate(OLD)]
)
def test_an_old_encoding_comes_out_right_whatever_is_said_of_it(
    text: str, encoding: str, labels: str
) -> None:
    for label in labels.split():
        for meta in (
            "",
            f'<meta charset="{label}">',
            f'<meta http-equiv=Content-Type content="text/html; charset={label}">',
        ):
            page = page_of(text, meta)
            header = "text/html" if meta else f'text/html; charset="{label}'
            assert decode(page.encode(encoding), header)[0] == page, label
    named = page_of(text, f'<meta charset="{labels.split()[0]}">')
    for header in ("text/html; charset=ISO-8859-1", "text/html; charset=UTF-8"):
        assert decode(named.encode(encoding), header)[0] == named, "the header is wrong"
    wrong = page_of(text, '<meta charset="utf-8">')
    assert decode(wrong.encode(encoding), f"text/html; charset={labels.split()[0]}")[0] == wrong, (
        "the meta is wrong"
    )
    assert decode(wrong.encode(encoding), None)[0] == wrong, "all is wrong"
    silent = page_of(text)
    assert decode(silent.encode(encoding), None)[0] == silent, "nothing is said"


@pytest.mark.parametrize(
    ("headline", "encoding"),
    [
        ("ראש הממשלה אמר כי הגשם יימשך", "cp1255"), ("מזג האוויר", "cp1255"), ("Ο καιρός αύριο", "cp1253"),
        ("Погода на завтра: снег и ветер", "cp1251"), ("Погода на завтра: снег и ветер", "koi8-r"),
        ("الطقس غدا ممطر", "cp1256"), ("ราคาทองวันนี้", "cp874"), ("天気予報は晴れです", "euc_jp"),
        ("天気予報は晴れです", "shift_jis"), ("内日天气晴朗，请市民注意", "gb18030"), ("Altın fiyatları düştü", "cp1254"),
        ("Vyriausybė pritarė biudžetui, sakė ministrė", "cp1257"), ("Sąd uznał, że mężczyzna jest winny", "iso8859-2"),
        ("El niño comió una piña", "cp1252"), ("Ministar je rekao da će početi štrajk", "cp1250"),
    ],
)  # fmt: skip
def test_a_headline_among_markup_is_enough_to_guess_by(headline: str, encoding: str) -> None:
    page = page_of(headline)
    assert decode(page.encode(encoding))[0] == page


@pytest.mark.parametrize(
    "label",
    [
        "utf8", "UTF-8;", '"utf-8', "unicode", "iso-8859-1", "latin-1", "windows-1251", "gb2312", "euc-kr", "shift_jis",
        "big5", "utf-16", "utf-16le", "koi8-r", "nonsense", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["café", "Совет открыл мост", "市议会启用了新桥", "สภาเมืองเปิดสะพาน"])
def test_good_utf_8_is_believed_against_every_label(text: str, label: str) -> None:
    page = page_of(text, f'<meta charset="{label}">')
    assert decode(page.encode(), f"text/html; charset={label}") == (page, "utf-8")
    assert decode(page.encode(), None) == (page, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", [None, "text/html; charset=utf-16", "text/html; charset=utf-8"])
def test_utf_16_shows_by_its_zeros(encoding: str, header: str | None) -> None:
    page = page_of("Совет открыл мост")
    assert decode(page.encode(encoding), header) == (page, encoding)


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", ""])
def test_three_stray_bytes_do_not_make_utf_8_an_old_encoding(label: str) -> None:
    body = page_of("Ça a été inauguré mardi").encode() + b" \xe9 \xff \xe8 "
    assert decode(body, f"text/html; charset={label}") == (body.decode("utf-8", "replace"), "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_become_text(body: bytes) -> None:
    assert isinstance(decode(body)[0], str)


def test_a_short_chinese_page_without_a_declaration() -> None:
    """Its common characters tell it from Thai and Korean, whose bytes stand in the same places."""
    for text, name in (
        ("黄河大桥加固工程提前完工，恢复双向通车，市民表示十分满意。", "gb18030"),
        ("도심 수변공원의 누적 방문객이 백만 명을 넘어섰다고 시가 밝혔다.", "euc_kr"),
        ("สภาเมืองเปิดสะพานใหม่เมื่อวันอังคาร ช้ากว่ากำหนดสองปี", "cp874"),
        ("Городской совет открыл во вторник новый мост.", "cp1251"),
    ):
        page = f"<h1>{text[:20]}</h1><p>{text}</p><p>{text}</p>"
        assert decode(page.encode(name))[0] == page
