"""Whether a page is one at all: robot checks, consent walls, error pages and shells that wait for a script are no
articles.

What tells them: a title that is nothing but the check's or error's name; lines that speak to the reader as a check
does; and that hardly any prose stands beside these. Articles *about* checks and cookies have such words, too, but
sentences of their own beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsspider.split.classwords import ClassWords
from newsspider.split.table import Page
from newsspider.split.text import weight

# Before an error's number, as the languages' servers and systems print it.
_ERROR = (
    r"(?:https?\W)?(?:error|erreur|fehler|erro|errore|fout|fel|feil|fejl|virhe|błąd|chyba|hiba|eroare|greška|грешка|ошибка"
    r"|помилка|σφάλμα|hata|xəta|lỗi|kesalahan|galat|ralat|ข้อผิดพลาด|错误|錯誤|エラー|오류|에러|خطأ|خطا|שגיאה|त्रुटि)"
)
_CODE = rf"(?:{_ERROR}(?:\s(?:code|nr|no|número))?[\s:.#-]{{0,3}})?(?:40[0-9]|410|429|451|50[0-9]|52[0-9])(?:\s{_ERROR})?"
# Names of errors, whole titles or headings.
_ERRORS = (
    "(?:http )?(?:page|file|url|article|content|site|story) (?:was |is |could |can )?(?:not|n't) (?:be )?(?:found"
    "|available)"
    "|(?:oops\\W*)?(?:that|this|the) page (?:can(?:'|’|no)?t|could not|couldn(?:'|’)t|does not|doesn(?:'|’)t)"
    " (?:be found|exist)|not found|oops|we can(?:'|’)t find (?:that|this|the) page|forbidden|bad request|bad gateway"
    "|service (?:temporarily )?unavailable|backend fetch failed|gateway time-?out|internal server error"
    "|too many requests|unavailable (?:due to|for) legal reasons|database error|(?:site |website )?(?:under )?maintenance"
    "|(?:temporarily|site) (?:offline|down)|account suspended|request rejected|server error|application error"
    "|an error (?:has )?occurred|something went wrong|welcome to nginx|apache2? .{0,12}default page.{0,20}"
    "|index of /.{0,60}"
    "|(?:die )?(?:seite|artikel) (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar)|seite existiert nicht|wartungsarbeiten"
    "|(?:cette )?page (?:introuvable|non trouvée|inexistante)|page n(?:'|’)existe pas|contenu introuvable"
    "|(?:la )?página no (?:encontrada|existe|disponible)|no se encontró la página"
    "|página não (?:encontrada|existe)|não encontrado|em manutenção|en mantenimiento|en maintenance|in manutenzione"
    "|pagina non (?:trovata|disponibile)|pàgina no trobada|(?:de )?pagina (?:is )?niet gevonden|bladsy nie gevind nie"
    "|sidan (?:kunde inte )?hitta(?:s|des)(?: inte)?|sidan finns inte|siden (?:ble|blev)? ?ikke (?:funnet|fundet)"
    "|siden findes ikke|fant ikke siden|sivua ei löydy|sivua ei löytynyt|síða fannst ekki"
    "|(?:nie znaleziono (?:strony|takiej strony))|strona (?:nie istnieje|nie została znaleziona)"
    "|stránka (?:nebyla )?nenalezena"
    "|stránka nebyla nalezena|stránka (?:sa )?nenašla|stránka neexistuje|az oldal nem található"
    "|a keresett oldal nem található"
    "|pagina nu (?:a fost găsită|există)|stranica nije (?:pronađena|nađena)|strani ni mogoče najti|faqja nuk u gjet"
    "|puslapis nerastas|lapa nav atrasta|lehte ei leitud|страница(?: не найдена| не существует)|страницата не е намерена"
    "|сторінку не знайдено|страница није пронађена|η σελίδα δεν βρέθηκε|sayfa bulunamadı|səhifə tapılmadı|бет табылмады"
    "|sahifa topilmadi|halaman tidak (?:ditemukan|tersedia)|halaman tidak dijumpai|hindi nahanap ang pahina"
    "|không tìm thấy(?: trang)?|trang không tồn tại|ไม่พบหน้า(?:ที่คุณต้องการ|นี้|เว็บ)?|រកមិនឃើញទំព័រ|ບໍ່ພົບໜ້າ"
    "|页面不存在|页面未找到|找不到(?:页面|頁面|网页|網頁)|頁面不存在|页面找不到了|您访问的页面不存在"
    "|ページが見つかりません(?:でした)?"
    "|お探しのページは見つかりません(?:でした)?|メンテナンス中|(?:요청하신 )?페이지를 찾을 수 없습니다"
    "|존재하지 않는 페이지입니다"
    "|الصفحة غير موجودة|(?:عذرا\\W*)?لم يتم العثور على الصفحة|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|صفحہ نہیں ملا"
    "|הדף לא נמצא"
    "|העמוד לא נמצא|(?:पेज|पृष्ठ) नहीं मिला|পৃষ্ঠা(?:টি)? পাওয়া যায়নি|பக்கம் கிடைக்கவில்லை|ukurasa haukupatikana|ገጹ አልተገኘም"
)
# Names of checks, whole titles: as the widely used services have them in the languages that they speak.
_CHECKS = (
    "just a moment|one moment|please wait|one more step|attention required|access (?:to this page has been )?denied"
    "|access (?:blocked|restricted)|request blocked|blocked|are you (?:a )?(?:robot|human)|robot check|robot or human"
    "|bot verification|security (?:check|verification|challenge)|human verification|captcha"
    "|verif(?:y|ying) (?:that )?you(?: are|'re|’re) (?:a )?human|checking your browser|ddos-guard|pardon our interruption"
    "|client challenge|before you continue(?: to .{1,40})?|javascript (?:is )?(?:required|disabled)|(?:cookie )?consent"
    "|(?:your )?privacy (?:choices|settings|gate)|(?:your )?cookie (?:choices|settings|preferences)"
    "|(?:nur )?einen moment(?: bitte)?|bitte warten|sicherheitsüberprüfung|sicherheitsprüfung|zugriff verweigert"
    "|bevor sie fortfahren|un instant|veuillez patienter|vérification de sécurité|accès refusé|avant de continuer"
    "|un momento|espere(?: un momento)?|verificación de seguridad|acceso denegado|antes de continuar"
    "|um momento|só um momento|aguarde|verificação de segurança|acesso negado|antes de continuar"
    "|solo un momento|attendere prego|verifica di sicurezza|accesso negato|prima di continuare"
    "|(?:nog )?even geduld|een ogenblik(?: geduld)?|momentje|toegang geweigerd|voordat je verdergaat|vänta|ett ögonblick"
    "|et øjeblik|et øyeblikk|hetkinen|odotahan hetki|chwileczkę|proszę czekać|chvíli strpení|egy pillanat|o clipă"
    "|trenutak|один момент|подождите|доступ запрещ[её]н|вы не робот|проверка(?: безопасности| браузера)?"
    "|зачекайте|ви не робот|един момент|μια στιγμή|περιμένετε|bir dakika(?: lütfen)?|lütfen bekleyin|güvenlik doğrulaması"
    "|mohon tunggu|harap tunggu|vui lòng (?:đợi|chờ)|chờ một chút|รอสักครู่|โปรดรอสักครู่"
    "|请稍候|請稍候|安全验证|安全驗證|人机验证|百度安全验证|访问验证|しばらくお待ちください|少々お待ちください"
    "|잠시만 기다리십시오|잠시만 기다려 주세요|보안 확인|لحظة|الرجاء الانتظار|يرجى الانتظار|لطفاً? صبر کنید|רק רגע"
    "|कृपया प्रतीक्षा करें"
)
_AS_ERROR = re.compile(rf"(?:{_CODE}\W*)?(?:{_ERRORS})(?:\W*{_CODE})?|{_CODE}", re.IGNORECASE)
_AS_CHECK = re.compile(_CHECKS, re.IGNORECASE)
_CUT = re.compile(r"\s+[-–—|·•»:]\s+|\s*[|»]\s*|\s+[-–—]|[-–—]\s+")
_JS = r"java ?script\b"
# Lines by which checks and errors speak to the reader.
_SPEAKS = re.compile(
    rf"(?:enable|activate|allow|turn on|switch on|need) (?:js\b|{_JS})|js and disable|{_JS} (?:is|must be"
    rf"|has to be|seems to be)"
    rf" (?:disabled|required|enabled|turned off)|(?:requires|without) {_JS}|enable javascript and cookies"
    rf"|(?:aktivieren|aktiviere|activer|activez|activar|activa|active|habilitar|habilite|habilita|ative|ativar"
    rf"|attiva|attivare"
    rf"|abilita|abilitare|inschakelen|aktivera|aktiver|włącz|włączyć|povolte|zapněte|engedélyezze|включите|увімкніть"
    rf"|ενεργοποιήστε|aktifkan|hidupkan|bật|启用|啟用|开启|開啟|تفعيل|فعّل|فعال) (?:\w+ )?\W?{_JS}"
    rf"|{_JS} ?(?:を有効|를 (?:활성|사용|켜)|etkin|aktivieren|inschakelen|engedélyez)"
    r"|checking (?:if the site connection is secure|your browser)|(?:verify|verifying"
    r"|confirm)(?: that)? you(?: are|'re|’re)"
    r" (?:a |not a )?(?:human|robot|bot)|not a (?:ro)?bot\b|think (?:that )?you were a bot"
    r"|unusual (?:traffic|activity) from your|automated (?:requests|traffic|queries)"
    r"|complete the (?:security check|captcha)|(?:solve|complete) (?:the|this) (?:captcha|puzzle)|press (?:&|and) hold"
    r"|browser supports javascript and cookies|(?:you|your ip) ha(?:ve|s) been blocked|(?:url|request) was rejected"
    r"|you don(?:'|’)t have permission to access|access to this (?:page|site|resource) (?:has been|is) denied"
    r"|\bray id\b|incident id|support id is|reference #\d|european economic area|not available in your (?:country|region)"
    r"|backend fetch failed|guru meditation|establishing a database connection|unavailable for scheduled maintenance"
    r"|account has been suspended|domain (?:name )?(?:is|may be) (?:for sale|parked)|critical error on this website"
    r"|kein roboter|(?:ob|dass) sie (?:ein )?mensch|pas un robot|vous êtes (?:bien )?(?:un )?humain|no e?re?s un robot"
    r"|que (?:eres|es) (?:un )?human[oa]|não é um robô|é (?:um )?humano\b|non sei un robot|geen robot\b|nie jesteś robotem"
    r"|nejste robot|nem (?:vagy )?robot|nu ești robot|не робот|robot olmadığ|bağlantınızın güvenliğini"
    r"|безопасности подключения"
    r"|sécurité de (?:la|votre) connexion|seguridad de (?:la|su|tu) conexión|sicherheit ihrer verbindung"
    r"|接続のセキュリティ|ロボットではない|人間であること|로봇이 아닙니다|사람인지 확인|不是(?:机器人|機器人)"
    r"|完成.{0,6}(?:验证|驗證)|滑块|滑塊"
    r"|لست (?:روبوت|برنامج)|أنك إنسان|ربات نیستید|רובוט|bukan robot|không phải (?:là )?(?:robot|người máy)"
    r"|ไม่ใช่(?:หุ่นยนต์|โปรแกรมอัตโนมัติ)|रोबोट नहीं",
    re.IGNORECASE,
)
# Lines by which consent walls do: one alone may stand in any text.
_CONSENT = re.compile(
    r"transparency (?:&|and) consent framework|privacy cent(?:er|re)|pur-abo\w*|ohne werbetracking"
    r"|personenbezogene daten an dritt|wir (?:verwenden|nutzen|setzen) cookies|wenn sie zustimmen"
    r"|utilis(?:ons|erons) des cookies|tout refuser"
    r"|(?:utilizamos|usamos) (?:las )?cookies|(?:utilizziamo|usiamo) (?:i )?cookie|we(?:'|’)d like to set (?:\w+ )?cookies"
    r"|we value your privacy|your privacy (?:matters|is important)|we and our (?:\d+ )?(?:partners|vendors)"
    r"|our partners and we"
    r"|store and/or access information|we (?:use|and our partners use) cookies|accept all|reject all|cookies and data to"
    r"|(?:your|our) (?:privacy|cookie) policy|our (?:partners|vendors)(?:'|’)? processing"
    r"|manage (?:settings|preferences|options)"
    r"|ihre (?:privatsphäre|daten)|deine (?:privatsphäre|daten)|wir und unsere (?:\d+ )?(?:partner|drittanbieter)"
    r"|mit werbung (?:weiter|lesen)|werbung und tracking|alle akzeptieren|privatsphäre-einstellungen|ihre einwilligung"
    r"|respect de votre vie privée|nos (?:\d+ )?partenaires|continuer sans accepter|accepter et (?:fermer|continuer)"
    r"|tout accepter"
    r"|valoramos (?:tu|su) privacidad|nuestros (?:\d+ )?socios|aceptar (?:y continuar|todo)|rechazar todo"
    r"|valorizamos (?:a )?sua privacidade|nossos (?:\d+ )?parceiros|aceitar (?:tudo|e continuar)|(?:tu|su"
    r"|sua) privacida[d]e?\b"
    r"|la (?:tua|vostra) privacy|i nostri (?:\d+ )?partner|accetta (?:tutto|e continua)|continua senza accettare"
    r"|(?:uw|jouw|je) privacy|onze (?:\d+ )?partners|gebruiken (?:wij )?cookies|alles accepteren"
    r"|din integritet|våra (?:\d+ )?partner|vi använder cookies|våre (?:\d+ )?partnere|vores (?:\d+ )?partnere"
    r"|(?:ditt personvern|personvernet ditt)|dit privatliv|vi bru(?:g|k)er (?:cookies|informasjonskapsler)"
    r"|godkänn alla|kumppanimme"
    r"|yksityisyytesi|käytämme evästeitä|szanujemy (?:twoją|państwa) prywatność|nasi (?:\d+ )?partnerzy"
    r"|używamy plików cookie"
    r"|naši (?:\d+ )?partneři|vaš(?:e|eho) soukromí|používáme (?:soubory )?cookie|váš?[ho]* súkrom|partnereink"
    r"|sütiket használunk"
    r"|partenerii noștri|confidențialitatea (?:ta|dumneavoastră)|folosim cookie|vaš[ua] privatnost|koristimo kolačiće"
    r"|наши партн[её]ры|ваш\w+ конфиденциальност|мы используем (?:файлы )?cookie|наші партнери"
    r"|ми використовуємо (?:файли )?cookie"
    r"|вашата поверителност|използваме бисквитки|το απόρρητό σας|συνεργάτες μας|χρησιμοποιούμε cookies"
    r"|gizliliğin(?:iz|e)|çerez(?:leri)? kullan|お客様のプライバシー|プライバシーを(?:尊重|大切)|(?:cookie"
    r"|クッキー)を使用|すべて(?:同意|許可)"
    r"|(?:귀하의|여러분의) 개인정보|쿠키를 사용|[您你]的(?:隐私|隱私)|我[们們]使用 ?cookie|خصوصيتك|نستخدم ملفات"
    r"|حریم خصوصی شما"
    r"|הפרטיות שלך|privasi anda|menggunakan (?:kuki|cookie)|quyền riêng tư của bạn|sử dụng cookie"
    r"|ความเป็นส่วนตัวของ(?:คุณ|ท่าน)"
    r"|ใช้คุกกี้|आपकी गोपनीयता",
    re.IGNORECASE,
)
_CONSENT_BOX = ClassWords(r"cookie|consent|gdpr|(?<![a-z])cmp(?![a-z])|didomi|onetrust|cmplz|privacy|captcha")
_CHECK_CLASS = ClassWords(
    r"cf-challenge|challenge-(?:form|platform|running|error)|cf-error|px-captcha|g-recaptcha|h-captcha|datadome|incapsula"
    r"|ddg-captcha|captcha|error-?404|page-not-found"
)
# What the services leave in the source of their checks.
_CHECK_SOURCE = re.compile(
    r"captcha-delivery\.com|_incapsula_resource|cdn-cgi/challenge-platform|window\._cf_chl|bm-verify|sec-if-cpt|px-captcha"
    r"|geetest|/_sec/cp_challenge|awswafcaptcha|ddos-guard/js-challenge",
    re.IGNORECASE,
)
_STATE = re.compile(r"application/json|__[A-Z_]{3,40}__|window\.\w{1,40}\s*=\s*(?:\{\s*[\"']|JSON\.parse)")
_PROSE = 40  # weight of a line that counts as prose
_BESIDE_CHECK, _BESIDE_LINES, _BESIDE_DATA = (
    1200,
    150,
    60,
)  # weight of prose beside that speaks for an article
_LONGEST = 4000  # characters of body that are no check, whatever stands in them
_MANY = 600  # blocks of a page that is no check
_LINE = 1500  # characters of a line that are looked at
_HARDLY_ANY = 400  # characters of a page that shows hardly any text


def is_blocked(page: Page, body_chars: int) -> bool:
    """Whether the page is a robot check, consent wall or error. ``body_chars``: of what was taken for its body."""
    dated = _says_when(page)
    named = _named(page)
    if named and not dated and named == "error":
        return True
    if body_chars > _LONGEST:
        return False
    if named and not _has_prose(page, _BESIDE_DATA if dated else _BESIDE_CHECK):
        return True
    if len(page.blocks) > _MANY or _has_prose(page, _BESIDE_DATA if dated else _BESIDE_LINES):
        return False
    lines = [block.text[:_LINE] for block in page.blocks]
    spoken = any(map(_SPEAKS.search, lines))
    consent = len({found.group().casefold() for line in lines for found in _CONSENT.finditer(line)})
    marked = any(node.classes and _CHECK_CLASS.search(node.classes) for node in page.nodes)
    if spoken or consent >= 2 or (marked and consent):
        return not dated or not body_chars or consent >= 2
    return not dated and _is_shell(page, sum(map(len, lines)))


def _says_when(page: Page) -> bool:
    """Whether the page's data says when its story was published: checks and errors have none."""
    return any(name == "article:published_time" for name, _ in page.meta) or any(
        '"datePublished"' in script for script in page.json_ld
    )


def _named(page: Page) -> str:
    """``error`` or ``check`` where title or heading is nothing else than such a name; else nothing."""
    titles = [page.title or (page.blocks[0].text if page.blocks else "")]
    titles += [
        page.text_of(n) for n in page.headings[:20] if page.nodes[n].tag == "h1" and not page.nodes[n].hidden
    ]
    if any("error404" in node.classes.split() for node in page.nodes[:4] if node.tag == "body"):
        return "error"
    parts = [part.strip(" .…!?¡¿:()[]。！？،") for title in titles for part in _segments(title)]
    if any(map(_AS_ERROR.fullmatch, parts)):
        return "error"
    return "check" if any(map(_AS_CHECK.fullmatch, parts)) else ""


def _segments(title: str) -> Iterator[str]:
    yield title[:200]
    yield from _CUT.split(title[:200])


def _has_prose(page: Page, least: int) -> bool:
    """Whether the page has prose of this weight; the first lines of it will do."""
    found = 0
    for text in _prose(page):
        found += weight(text)
        if found >= least:
            return True
    return False


def _prose(page: Page) -> Iterator[str]:
    """The page's lines of some length that are neither links nor in a consent box nor a check's."""
    for block in page.blocks:
        text = block.text
        if (
            weight(text) < _PROSE
            or block.link_chars * 3 > len(text)
            or page.nodes[block.node].part == "footer"
        ):
            continue
        head = text[:_LINE]
        if _SPEAKS.search(head) or _CONSENT.search(head):
            continue
        if not any(
            n.classes and _CONSENT_BOX.search(n.classes) for n in page.chain(block.node, 8) if n.tag != "body"
        ):
            yield text


def _is_shell(page: Page, length: int) -> bool:
    """Whether the page shows hardly any text and is a check's source or asks, in ``<noscript>``, for JavaScript; one
    that brings its story as data is none.
    """
    if length >= _HARDLY_ANY:
        return False
    if _CHECK_SOURCE.search(page.html):
        return True
    if length >= _HARDLY_ANY // 2 or page.headings or page.json_ld or _STATE.search(page.html):
        return False
    parts = page.html.lower().split("<noscript")[1:6]
    return any("javascript" in part.partition("</noscript")[0][:1000] for part in parts)
