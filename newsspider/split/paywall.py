"""Whether a page keeps its story for those who pay: as its data says, as Google asks for it (isAccessibleForFree of the
article or of a part), or by the words of the wall that stands where the text breaks off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsspider.split.classwords import ClassWords
from newsspider.split.jsonld import as_list
from newsspider.split.machine import Machine
from newsspider.split.table import Page
from newsspider.split.text import weight

_LOCKED = frozenset(("locked", "metered", "paid", "premium", "subscriber", "subscribers", "registered"))
_TIERS = ("article:content_tier", "content_tier", "og:content_tier", "content-tier", "access", "paywall")
_SHORT = 2500  # weight of a body that can be a teaser
_AFTER = 14  # blocks behind the body in which the wall can stand
_WALL_LINE = 300  # characters of a line of it
_CLASS = ClassWords(
    r"(?<![a-z])(?:paywall|pay-wall|piano-offer|subscriber-?(?:only|wall)|premium-?(?:wall|barrier|teaser|overlay)|regwall"
    r"|metered-?wall|article-barrier|subscription-wall|paid-barrier)(?![a-z])"
)
# What walls say, in the languages of papers that have them: read on, the rest, for subscribers alone.
_WORDS = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in|join)(?: now| today)? (?:to|and) (?:continue|keep|read|unlock"
    r"|finish|access|get (?:full )?access)"
    r"|(?:continue|keep) reading (?:with|for|by|this|your)|(?:exclusive|only|reserved|available) (?:to"
    r"|for) (?:\w+ ){0,2}(?:subscribers|members)"
    r"|(?:subscriber|member)s?[- ](?:only|exclusive)|already (?:a subscriber|have an account|subscribed)"
    r"|unlock (?:this|the) (?:article|story)"
    r"|(?:this|the) (?:article|story|content) is (?:for|only|reserved)|read the full (?:article|story) (?:with|by)"
    r"|\d+ free articles"
    r"|(?:jetzt |diesen artikel |artikel |sofort )?weiterlesen (?:mit|für|als|im)|(?:mit|als) \S+(?:\+"
    r"| plus)? (?:abo )?weiterlesen"
    r"|(?:exklusiv|nur) für (?:\w+[- ])?abonnent|lesen sie (?:diesen artikel|weiter) mit|sie sind bereits abonnent"
    r"|bereits (?:abonnent|registriert|kunde)"
    r"|um (?:weiterzulesen|den (?:ganzen )?artikel)|jetzt (?:testen|abonnieren) und|artikel freischalten"
    r"|réservé(?:e)? (?:aux|à nos) (?:abonn|membres)|la suite (?:de cet article )?est réservée|il vous reste \d+"
    r"|déjà abonné|abonnez-vous pour"
    r"|pour lire la suite|article abonné|contenido (?:exclusivo )?(?:para|solo para) (?:suscriptores|socios)"
    r"|(?:solo|exclusivo) para (?:suscriptores|socios|abonados)"
    r"|suscríbete (?:para|y)|suscríbase para|para (?:seguir|continuar) leyendo|ya (?:soy|eres) (?:suscriptor|usuario)"
    r"|(?:exclusivo|restrito|só) (?:para|a) (?:assinantes|subscritores)|(?:assine|assina) (?:para|e)"
    r"|para continuar (?:a ler|lendo)|já é assinante"
    r"|(?:riservato|solo) (?:agli|per gli) abbonati|abbonati per (?:continuare|leggere)|per continuare (?:a"
    r"|la) lett?\w*|sei già abbonato"
    r"|(?:només|exclusiu) per a subscriptors|(?:exclusief|alleen|enkel) voor (?:onze )?(?:abonnees|leden)"
    r"|om (?:verder te lezen|dit artikel te lezen)|verder lezen\?|al abonnee"
    r"|(?:för|endast för) (?:våra )?prenumeranter|(?:logga in|prenumerera|bli prenumerant) för att läsa"
    r"|för att läsa (?:hela|vidare)|redan prenumerant"
    r"|(?:kun )?for abonnenter|abonner for å|(?:logg inn|kjøp abonnement|bli abonnent) for å lese"
    r"|for at læse (?:videre|artiklen)|kun for abonnenter|allerede abonnent"
    r"|(?:vain|artikkeli on) tilaajille|tilaajille|jatka lukemista (?:tilaa|kirjautu)|tilaa (?:ja|niin) "
    r"|oletko jo tilaaja|eingöngu (?:fyrir|ætlað) áskrif"
    r"|(?:tylko )?dla (?:prenumeratorów|subskrybentów)|aby (?:czytać dalej|przeczytać)|czytaj dalej z "
    r"|wykup (?:dostęp|prenumeratę)|masz już (?:prenumeratę|konto|subskrypcję)"
    r"|(?:pouze |jen )?pro předplatitele|pouze pro předplatitele|(?:chcete|abyste mohli) číst dál"
    r"|(?:len )?pre predplatiteľov|pokračujte v čítaní s"
    r"|(?:csak )?előfizetőink(?:nek)?|előfizetőknek|a (?:teljes )?cikk elolvasásához|(?:doar )?pentru abonați"
    r"|abonează-te pentru|pentru a citi (?:mai departe|articolul)"
    r"|(?:samo )?za pretplatnike|samo za naročnike|pretplatite se (?:za|da|kako)|само за (?:претплатнике|абонати)"
    r"|(?:tik|tiktai) prenumeratoriams|tikai abonentiem"
    r"|(?:ainult )?tellijatele|edasi lugemiseks|(?:доступ\w+ )?(?:только|лишь) (?:для )?подписчик"
    r"|доступ\w* (?:только )?(?:по подписке|подписчикам)|оформите подписку|чтобы (?:прочитать|читать) (?:дальше|полностью)"
    r"|(?:лише|тільки) для (?:передплатників|підписників)|щоб (?:читати|прочитати) далі|μόνο για συνδρομητές"
    r"|για να (?:συνεχίσετε|διαβάσετε)"
    r"|(?:sadece )?abonelere özel|okumaya devam etmek için|abone ol(?:un|arak) |khusus (?:pelanggan"
    r"|untuk pelanggan)|berlangganan untuk|langgan(?:an)? untuk (?:membaca|terus)|untuk (?:membaca"
    r"|melanjutkan) (?:selengkapnya|membaca)"
    r"|dành (?:riêng )?cho (?:thuê bao|độc giả trả phí|thành viên)|đăng (?:ký|nhập) để (?:đọc|xem) tiếp|(?:เฉพาะ"
    r"|สำหรับ)สมาชิก|สมัครสมาชิกเพื่ออ่าน"
    r"|(?:有料)?会員限定|有料会員|この記事は有料|残り ?[:：]? ?\d+ ?文字|続きを(?:読むには|お読みいただくには)"
    r"|ログインして続き|(?:订阅|訂閱)(?:后|後|以)(?:继续|繼續)?(?:阅读|閱讀)|(?:仅限|僅限|只限)(?:订阅|訂閱|付费"
    r"|付費|会员|會員)"
    r"|(?:剩余|剩餘|余下|餘下).{0,8}(?:付费|付費|订阅|訂閱)|登录后(?:继续)?阅读|구독자 ?(?:전용|만)|유료 ?(?:회원"
    r"|기사|구독)|(?:로그인|구독) ?(?:후|하시면).{0,10}(?:읽|보실|이용)"
    r"|(?:للمشتركين|خاص بالمشتركين)|اشترك (?:لقراءة|لمتابعة|الآن لقراءة)|لمتابعة القراءة|(?:ویژه|مخصوص) (?:مشترکین"
    r"|مشترکان)|(?:ל|רק ל)מנויים (?:בלבד)?|כדי להמשיך לקרוא|להמשך קריאה"
    r"|(?:केवल|सिर्फ) (?:सब्सक्राइबर|सदस्यों)|पूरा (?:लेख|पढ़ने के लिए)|আরও পড়তে সাবস্ক্রাইব|சந்தாதாரர்களுக்கு"
    r"|kwa waliojisajili (?:pekee|tu)|slegs vir (?:intekenare|lede)|teken in om",
    re.IGNORECASE,
)


def is_paywalled(page: Page, machine: Machine, body: Sequence[int], length: int) -> bool:
    """Whether the story, or the rest of it, is for payers alone. ``body``: the blocks of its paragraphs; ``length``:
    their text's weight.
    """
    return _says_so(machine) or (length < _SHORT and _shows_wall(page, body))


def _says_so(machine: Machine) -> bool:
    things = [machine.main, *(thing.data for thing in machine.others())]
    for thing in things:
        if _is_no(thing.get("isAccessibleForFree")):
            return True
    for part in machine.graph.objects(machine.main.get("hasPart")):
        if isinstance(part, dict) and _is_no(part.get("isAccessibleForFree")):
            return True
    return (machine.meta(*_TIERS) or "").strip().lower() in _LOCKED


def _is_no(value: object) -> bool:
    return any(str(item).strip().lower().rpartition("/")[2] in ("false", "no") for item in as_list(value))


def _shows_wall(page: Page, body: Sequence[int]) -> bool:
    """Whether a wall's words, or an element called so with some text in it, stand at the end of the text."""
    if not body:
        return False
    last = body[-1]
    for block in page.blocks[max(0, last - 1) : last + _AFTER]:
        node = page.nodes[block.node]
        if node.hidden or node.part in ("nav", "footer", "aside") or block.number in body:
            continue
        if len(block.text) <= _WALL_LINE and _WORDS.search(block.text):
            return True
        after = [
            n for n in page.chain(block.node, 5) if n.number > page.blocks[last].node
        ]  # what holds no text of it
        if weight(block.text) > 20 and any(n.classes and _CLASS.search(n.classes) for n in after):
            return True
    return False
