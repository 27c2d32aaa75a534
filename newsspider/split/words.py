"""Words by which news pages head boxes and lines, in some thirty languages: one to three phrases each, as
sites of those languages write them.

Compared with case folded. The lists were put together from what the languages' own news sites commonly print;
no language has many more than another.
"""

from __future__ import annotations

import re

# Heads a box of stories that belong to this one, or of what to read next.
_RELATED = (
    "related|related news|related articles|related stories|related posts|more on this|more on this story"
    "|you may also like|you might also like"
    "|read next|up next|recommended|recommended for you|see also|further reading"  # English
    "|verwandte|ähnliche (?:artikel|beiträge|themen)|weitere (?:artikel|meldungen|themen)"
    "|zum thema|mehr zum thema|das könnte sie auch interessieren|auch interessant|lesen sie auch"
    "|mehr dazu"
    "|articles (?:liés|similaires|connexes)|à lire aussi|lire aussi|sur le même sujet|vous aimerez aussi|a lire aussi"
    "|(?:noticias|notas|artículos|contenidos?) relacionad[ao]s?|relacionad[ao]s?|lee también"
    "|también te puede interesar|te puede interesar|más sobre"
    "|lea también"
    "|(?:notícias|matérias|artigos) relacionad[ao]s|leia também|leia mais|veja também|saiba mais|mais sobre"
    "|leggi anche|(?:articoli|notizie) correlat[ie]|correlati|potrebbe interessarti"
    "|gerelateerd|lees ook|meer over|lees verder"
    "|relaterad\\w*|läs också|läs även|läs mer|relatert\\w*|les også|relaterede?|læs også|lue myös"
    "|aiheesta lisää"
    "|powiązane|czytaj także|czytaj też|zobacz też|zobacz także|przeczytaj również"
    "|související|čtěte také|přečtěte si také|súvisiace|čítajte aj|prečítajte si"
    "|kapcsolódó\\w*|olvassa el ezt is|articole similare|citește și|vezi și|pročitajte i|povezane vijesti"
    "|povezano|preberite tudi"
    "|свързани|прочетете още|още по темата|по теме|похожие (?:новости|статьи)|читайте также|читайте також|за темою|повʼязані"
    "|чытайце таксама"
    "|σχετικά|διαβάστε επίσης|διαβάστε ακόμη|ilgili haberler|benzer haberler|ilgili|bunlar da ilginizi çekebilir"
    "|oxşar xəbərlər"
    "|skaitykite taip pat|susijusios|lasi arī|saistītie|loe ka|loe lisaks|seotud"
    "|berita terkait|terkait|baca juga|artikel terkait|berita berkaitan|xem thêm|tin liên quan|đọc thêm"
    "|bài (?:viết )?liên quan|basahin din"
    "|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|อ่านเพิ่มเติม|อ่านข่าว|(?:អត្ថបទ|ព័ត៌មាន)(?:ដែល)?(?:ទាក់ទង|ពាក់ព័ន្ធ)|(?:សូម)?អានផងដែរ"
    "|(?:សូម)?អានបន្ត|(?:សូម)?អានបន្ថែម|ຂ່າວທີ່ກ່ຽວຂ້ອງ|ဆက်စပ်သတင်း"
    "|関連記事|関連ニュース|あわせて読みたい|関連|相关新闻|相关阅读"
    "|相关报道|相關新聞|相關報導|延伸閱讀|延伸阅读|관련기사|관련 기사|관련뉴스|함께 읽기"
    "|اقرأ أيضا|إقرأ أيضا|اقرأ أيضاً|(?:مواضيع|أخبار|مقالات) ذات صلة|ذات صلة|شاهد أيض[اً]+|بیشتر بخوانید|مطالب مرتبط|اخبار مرتبط"
    "|متعلقہ خبریں|یہ بھی پڑھیں|קראו גם|כתבות קשורות|עוד בנושא"
    "|यह भी पढ़ें|संबंधित खबरें|ये भी पढ़ें|আরও পড়ুন|সম্পর্কিত|மேலும் படிக்க|തുടര്‍ന്ന് വായിക്കുക|soma pia"
    "|soma zaidi|lees meer|mai karanta|ka karanta kuma"
)
# Stands before a link to another story, inside the text.
_ALSO = (
    "also read|read also|read more|read next|see also|more|related|also see|don't miss|must read|watch also"
    "|lesen sie auch|mehr dazu|lesen sie mehr|auch interessant|mehr zum thema|lire aussi|à lire aussi"
    "|a lire aussi|lisez aussi|à lire également"
    "|lea también|lee también|leer más|te puede interesar|también puede leer|mira también|leia também"
    "|leia mais|veja também|saiba mais"
    "|leggi anche|lees ook|lees meer|läs också|läs även|läs mer|les også|les mer|læs også|lue myös"
    "|czytaj także|czytaj też|czytaj również|zobacz też|zobacz także|čtěte také|přečtěte si|čítajte aj"
    "|prečítajte si aj|olvassa el|citește și|citiţi şi|vezi și"
    "|pročitajte i|čitajte još|preberite tudi|прочетете още|вижте още|читайте также|читать также"
    "|смотрите также|читайте також|чытайце таксама|διαβάστε επίσης|διαβάστε ακόμη"
    "|ilgili haber|bunu da okuyun|ayrıca bakın|skaitykite taip pat|lasi arī|loe ka|baca juga|baca lagi"
    "|xem thêm|đọc thêm|basahin din"
    "|อ่านเพิ่มเติม|อ่านข่าว|อ่านต่อ|(?:សូម)?អានផងដែរ|(?:សូម)?អានបន្ត|(?:សូម)?អានបន្ថែម|ອ່ານເພີ່ມ|ဆက်ဖတ်ရန်|関連記事|あわせて読みたい|相关阅读|延伸閱讀"
    "|延伸阅读|관련기사|관련 기사"
    "|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|بیشتر بخوانید|یہ بھی پڑھیں|קראו גם|यह भी पढ़ें|ये भी पढ़ें|আরও পড়ুন"
    "|மேலும் படிக்க|soma pia|ka karanta kuma"
)
# Heads a list that stands on every page of the site: no related links.
_SITEWIDE = (
    "most read|most popular|most viewed|popular|trending|latest|latest news|top stories|top news|headlines"
    "|breaking news|more news|editor'?s picks?|recent posts|just in|must reads?"
    "|meistgelesen\\w*|am meisten gelesen|neueste|aktuell\\w*|top-themen|les plus lus|plus lus"
    "|dernières actualités|en continu|à la une"
    "|lo más leído|más leídas?|más vistas?|últimas noticias|lo último|mais lidas?|mais vistas|últimas"
    "|più letti|le più lette|ultime notizie|ultim'?ora"
    "|meest gelezen|laatste nieuws|mest läst|senaste|mest lest|siste nytt|mest læste|seneste|luetuimmat"
    "|uusimmat"
    "|najczęściej czytane|najnowsze|najpopularniejsze|nejčtenější|najčítanejšie|legolvasottabb|friss hírek"
    "|cele mai citite|ultimele știri|najčitanije|najnovije"
    "|най-четени|последни новини|популярное|самое читаемое|последние новости|популярні|останні новини"
    "|δημοφιλή|τελευταία νέα|ροή ειδήσεων|en çok okunan\\w*|son dakika|son haberler"
    "|skaitomiausi\\w*|lasītākie|loetuimad|terpopuler|berita terbaru|terkini|xem nhiều|đọc nhiều|tin mới"
    "|ข่าวล่าสุด|ยอดนิยม|ព័ត៌មានថ្មី\\w*|អានច្រើន\\w*|ពេញនិយម"
    "|アクセスランキング|ランキング|新着|最新|热门|最新消息|熱門|最新新聞|많이 본|인기|최신"
    "|الأكثر قراءة|آخر الأخبار|پربازدید\\w*|آخرین اخبار|تازہ ترین|הנקראות ביותר|सबसे ज्यादा पढ़ी"
    "|ताज़ा खबरें|সর্বাধিক পঠিত|সর্বশেষ|zinazosomwa zaidi"
)

# Labels a strip of headlines at the top of a page.
_TICKER = (
    "breaking(?: news)?|news ?flash|latest(?: news)?|just in|trending now|top stories|headlines"
    "|eilmeldung(?:en)?|aktuelle meldungen|newsticker|flash info|dernière minute|en direct|dernières infos"
    "|últim[ao] (?:momento|hora)|lo último|última hora|últimas notícias|plantão|ultim'?ora|ultime notizie"
    "|laatste nieuws|senaste nytt|siste nytt|seneste nyt|tuoreimmat|z ostatniej chwili|pilne|aktuálně|friss hírek"
    "|ultima oră|najnovije vijesti|последни новини|срочно|главное|термінові? новини|останні новини"
    "|έκτακτο|τελευταία νέα|son dakika|berita terkini|sekilas info|tin (?:mới|nóng)|ข่าวด่วน|ข่าวล่าสุด"
    "|ព័ត៌មាន(?:ថ្មី|ទាន់ហេតុការណ៍|ក្តៅ)\\w*|速報|ニュース速報|快讯|快訊|突发|最新消息|속보|عاجل|آخر الأخبار"
    "|خبر فوری|تازہ ترین|מבזקים|ताज़ा खबर|ब्रेकिंग न्यूज़|ব্রেকিং নিউজ|শিরোনাম|habari mpya"
)

RELATED = re.compile(rf"^\W*(?:{_RELATED})(?!\w)", re.IGNORECASE)
ALSO = re.compile(rf"^\W*(?:{_ALSO})\s*(?:[:：៖>»|\-–—→]|[\W_]*$)", re.IGNORECASE)
TICKER = re.compile(rf"^\W*(?:{_TICKER})\s*(?:[:：៖>»|\-–—→*]|[\W_]*$)", re.IGNORECASE)
ALSO_LINKED = re.compile(rf"^\W*(?:{_ALSO})\W", re.IGNORECASE)
SITEWIDE = re.compile(rf"^\W*(?:(?:the|our|les|die|lo|le)\s+)?(?:{_SITEWIDE})(?!\w)", re.IGNORECASE)
