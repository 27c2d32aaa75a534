"""Words by which news pages head boxes and lines, in some fifty languages: a few phrases each, as sites of
those languages write them.

Compared with case folded. The lists were put together from what the languages' own news sites commonly print;
no language has many more than another.
"""

from __future__ import annotations

import re

# Heads a box of stories that belong to this one, or of what to read next.
_RELATED = (
    "related|more (?:on|about|like)|you (?:may|might) (?:also|like)|(?:read|up|watch) next|next up"
    "|recommended|see also|also read|read also|from the series|also (?:in|tagged)"
    "|further reading|keep reading|continue reading|don't miss"
    "|verwandte|ähnliche|weitere (?:artikel|beiträge|meldungen|themen|texte)|zum thema|(?:mehr|alles) (?:zu|über)"
    "|das (?:thema )?könnte (?:sie|dich|euch)|schon gelesen|auch interessant|lesen sie|lies auch|mehr dazu|weiterlesen"
    "|passend dazu|dossier"
    "|(?:mehr )?aus der serie"
    "|articles (?:liés|similaires|connexes|associés)|[àa] lire|lire (?:aussi|également)|sur le même|vous aimerez"
    "|dans la même|à découvrir|pour aller plus loin|en savoir plus|plus sur"
    "|relacionad[ao]s?|(?:noticias|notas|artículos|contenidos?|temas) relacionad[ao]s?|lee (?:también|además)"
    "|lea (?:también|además)|(?:también )?[lt]e puede interesar|más (?:sobre|información)|sigue leyendo"
    "|(?:notícias|matérias|artigos|conteúdos?) relacionad[ao]s|leia (?:também|mais)|veja também|saiba mais"
    "|mais sobre|você pode gostar|pode interessar"
    "|leggi anche|(?:articoli|notizie) correlat[ie]|correlati|potrebbe(?:ro)? interessarti|per approfondire"
    "|llegiu també|més sobre|llegir més|també et pot interessar|irakurri ere|ler tamén"
    "|gerelateerd|lees (?:ook|meer|verder)|meer over"
    "|relaterad\\w*|läs (?:också|även|mer|vidare)|mer om|relatert\\w*|les (?:også|mer)|relaterede?|læs (?:også|mere)"
    "|mere om|tengdar|tengt efni|fleira áhugavert|lesa meira|lesið eisini|lue (?:myös|lisää|seuraavaksi)|aiheesta lisää"
    "|powiązane|czytaj (?:także|też|również|więcej|dalej)|zobacz (?:też|także|również)|przeczytaj (?:również|też|także)"
    "|więcej (?:na ten temat|o)|warto przeczytać"
    "|související|čtěte (?:také|dále|více)|přečtěte si|mohlo by vás"
    "|súvisiace|čítajte (?:aj|ďalej)|prečítajte si|mohlo by vás zaujať"
    "|kapcsolódó\\w*|dosszié|olvassa el|ez(?:ek)? is érdekelhet\\w*|bővebben"
    "|articole similare|cite(?:ș|ş)te (?:și|şi)|citi(?:ț|ţ)i (?:și|şi)|vezi (?:și|şi)|pe aceea(?:ș|ş)i temă"
    "|pročitajte|povezan[eoi]|vezane vesti|čitajte (?:još|i)|preberite tudi|sorodn[eio]|lexo (?:edhe|gjithashtu)|të ngjashme"
    "|свързани|прочетете (?:още|и)|още по темата|вижте още|поврзани|прочитајте|прочитајте и|повезане"
    "|по теме|похожие|читайте также|смотрите также|материалы по теме|за темою|повʼязані|пов'язані"
    "|читайте (?:також|ще)|чытайце таксама|па тэме"
    "|σχετικά|διαβάστε (?:επίσης|ακόμη|ακόμα)|δείτε (?:επίσης|ακόμα)"
    "|ilgili|benzer|(?:bunlar da )?ilginizi|həmçinin oxuyun|ұқсас|тағы оқыңыз|oʻxshash|o'xshash"
    "|skaitykite|susijusios|taip pat skaitykite|lasi(?:et)? arī|saistīt\\w+|loe (?:ka|lisaks)|seotud"
    "|(?:berita|artikel)? ?(?:terkait|berkaitan)|baca (?:juga|lagi)|artikel lainnya|basahin (?:din|rin)|kaugnay"
    "|xem thêm|tin liên quan|đọc thêm|bài (?:viết )?liên quan|cùng chủ đề|có thể bạn quan tâm"
    "|(?:ข่าว|เรื่อง|บทความ)?ที่เกี่ยวข้อง|(?:ข่าว|เรื่อง|บทความ)ที่เกี่ยวข้อง|อ่านเพิ่มเติม|อ่านข่าว|อ่านต่อ"
    "|(?:អត្ថបទ|ព័ត៌មាន)(?:ដែល)?(?:ទាក់ទង|ពាក់ព័ន្ធ)|(?:សូម)?អាន(?:ផងដែរ|បន្ត|បន្ថែម)|ຂ່າວທີ່ກ່ຽວຂ້ອງ|ອ່ານເພີ່ມ|ဆက်စပ်သတင်း|ဆက်ဖတ်ရန်"
    "|関連|あわせて読みたい|合わせて読みたい|こちらもおすすめ|(?:あなた|この記事を読んだ\\w{0,3})に?おすすめ"
    "|相关(?:新闻|阅读|报道|文章)?|相關(?:新聞|報導|文章)?|延伸(?:閱讀|阅读)|推荐阅读|推薦閱讀"
    "|관련 ?(?:기사|뉴스)?|함께 ?(?:읽기|볼만한)|추천 ?기사"
    "|(?:اقرأ|إقرأ|اقرا) (?:أيض|ايض)[اًا]+|(?:مواضيع|موضوعات|الموضوعات|أخبار|مقالات) (?:ذات صلة|متعلقة|المتعلقة|مشابهة)|ذات صلة"
    "|(?:شاهد|شاهدي) أيض[اً]+|قد يعجبك|بیشتر بخوانید|(?:مطالب|اخبار|خبرهای) (?:مرتبط|مشابه)|متعلقہ|یہ بھی پڑھیں|مزید پڑھیں"
    "|קראו (?:גם|עוד)|כתבות קשורות|עוד בנושא|אולי יעניין"
    "|(?:यह|ये|इसे) भी पढ़ें|संबंधित|सम्बन्धित|हे(?:ही| देखील) वाचा|আরও পড়ুন|সম্পর্কিত|மேலும் படிக்க|இதையும் படி|ఇవి కూడా|ഇതും വായിക്ക|തുടര്‍ന്ന് വായിക്കുക"
    "|soma (?:pia|zaidi)|habari zinazohusiana|lees meer|lees ook|mai karanta|ka karanta kuma|labarai masu alaka"
    "|схожі|כתבות נוספות|தொடர்புடைய|sarnased|susiję|oxşar|აგრეთვე|დაკავშირებული|მსგავსი|կարդացեք նաև|առնչվող|ተዛማጅ"
)
# A heading with one of these anywhere says the same.
_RELATES = (
    "related|recommended for|similar (?:stories|articles|posts)|ebenfalls interess|auch interess|zum thema"
    "|(?:articles|sujets) (?:liés|similaires|connexes|correspondants)|relacionad[ao]s|interesar|interessar"
    "|correlat[ie]|gerelateerd|relatert|relaterad|na ten temat|související|kapcsolódó|similare|по теме|по темата"
    "|σχετικά|terkait|liên quan|เกี่ยวข้อง|ទាក់ទង|ពាក់ព័ន្ធ|関連|おすすめの?記事|相关|相關|관련|ذات صلة|المتعلقة|مرتبط|संबंधित"
)
# Heads more of the same: what to read next where the page has nothing closer.
_MORE = (
    "(?:even )?more|(?:noch )?mehr|weitere|(?:plus|encore plus) de|d'autres|autres|más|otras|mais|outras|altr[ei]"
    "|ancora|més|meer|andere|fler|flere|mer(?:e| fra)?|lisää|muita|więcej|inne|další|více|ďalšie|viac|további|még több"
    "|mai multe?|alte|više|još|ostale|več|още|ещё|еще|другие|ще|більше|інші|яшчэ|περισσότερ\\w+|daha fazla|diğer"
    "|digər|daugiau|vairāk|rohkem|veel|(?:berita|artikel) lain\\w*|lagi|tin khác|ข่าวอื่น|ព័ត៌មានផ្សេង|その他の?記事|ほかの記事|更多"
    "|다른 ?기사|المزيد|مزيد من|دیگر|مزید|עוד|और|अन्य|আরও|மேலும்|mengine|zaidi"
)
# Stands before a link to another story, inside the text.
_ALSO = (
    "also read|read also|read more|read next|read|see also|also see|more|more on this|related|don't miss|must read"
    "|watch also|watch"
    "|lesen sie (?:auch|mehr|dazu)|lies auch|mehr (?:lesen|dazu|zum thema)|auch interessant|siehe auch|weiterlesen"
    "|lire (?:aussi|également)|[àa] lire (?:aussi|également)?|lisez aussi|voir aussi|lire la suite"
    "|(?:lea|lee|leer|ver|vea|mira) (?:también|además|más)|también|además|[lt]e puede interesar|también (?:puede|puedes) \\w+"
    "|leia (?:também|mais)|veja (?:também|mais)|saiba mais|confira"
    "|leggi anche|vedi anche|llegiu també|lees (?:ook|meer)|läs (?:också|även|mer)|les (?:også|mer)|læs (?:også|mere)"
    "|lesa meira|lue (?:myös|lisää)"
    "|czytaj (?:także|też|również|więcej)|zobacz (?:też|także|również|więcej)|przeczytaj (?:także|też|również)|więcej"
    "|čtěte (?:také|více)|přečtěte si(?: také)?|čítajte aj|prečítajte si(?: aj)?|olvassa el(?: ezt is)?|lásd még"
    "|cite(?:ș|ş)te (?:și|şi)|citi(?:ț|ţ)i (?:și|şi)|vezi (?:și|şi)|pročitajte(?: i| još)?|čitajte(?: i| još)"
    "|preberite tudi|lexo (?:edhe|gjithashtu)"
    "|прочетете (?:още|и)|вижте (?:още|и)|прочитајте|читайте также|читать также|смотрите также|подробнее"
    "|читайте також|дивіться також|чытайце таксама|διαβάστε (?:επίσης|ακόμη|ακόμα)|δείτε (?:επίσης|ακόμα)"
    "|ilgili haber|bunu da okuyun|ayrıca bakın|həmçinin oxuyun"
    "|(?:taip pat )?skaitykite(?: taip pat)?|lasi(?:et)? arī|loe (?:ka|lisaks)"
    "|baca (?:juga|lagi)|lihat juga|xem thêm|đọc thêm|basahin (?:din|rin)"
    "|อ่านเพิ่มเติม|อ่านข่าว|อ่านต่อ|(?:សូម)?អាន(?:ផងដែរ|បន្ត|បន្ថែម)|ອ່ານເພີ່ມ|ဆက်ဖတ်ရန်|関連記事|あわせて読みたい"
    "|相关阅读|相關閱讀|延伸閱讀|延伸阅读|관련 ?기사"
    "|(?:اقرأ|إقرأ|اقرا) (?:أيض|ايض)[اًا]+|(?:شاهد) أيض[اً]+|بیشتر بخوانید|یہ بھی پڑھیں|קראו (?:גם|עוד)"
    "|(?:यह|ये|इसे) भी पढ़ें|আরও পড়ুন|மேலும் படிக்க|soma (?:pia|zaidi)|ka karanta kuma"
)
# Heads a list that stands on every page of the site: no related links.
_SITEWIDE = (
    "most read|most popular|most viewed|popular|trending|latest|latest news|top stories|top news|headlines"
    "|breaking news|editor'?s picks?|recent posts|recent|just in|must reads?"
    "|meist ?gelesen\\w*|am meisten gelesen|neueste|aktuell\\w*|top-themen|beliebt\\w*|les plus (?:lus|récents)|plus lus"
    "|dernières? (?:actualités|infos|nouvelles)|en continu|à la une"
    "|lo más (?:leído|visto|nuevo)|más leídas?|más vistas?|últimas|lo último|mais (?:lidas?|vistas)"
    "|più letti|le più lette|ultime notizie|ultim'?ora"
    "|meest gelezen|laatste nieuws|mest läst\\w*|senaste|mest lest\\w*|siste nytt|mest læste|seneste|mest lesið|nýjast|luetuimmat"
    "|uusimmat"
    "|najczęściej czytane|najnowsze|najpopularniejsze|nejčtenější|nejnovější|najčítanejšie|legolvasottabb|friss hírek"
    "|cele mai citite|ultimele știri|najčitanij\\w+|najnovije|më të klikuarat?|të fundit"
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

# Heads the list of a story's tags: "tags", "topics", "keywords", "filed under", in as many languages.
_TAGGED = (
    "tags?|hashtags|topics|keywords|labels|tagged(?: in| with| as)?|filed (?:under|in)"
    "|(?:explore )?more on (?:these|this) topics?"
    "|schlagw[oö]rter|schlagworte|stichw[oö]rter|stichworte|themen|mots[- ]cl[ée]s|étiquettes|thèmes|sujets"
    "|etiquetas|archivado en|palabras clave|temas(?: relacionados)?|tópicos|palavras[- ]chave|assuntos|marcadores"
    "|argomenti|etichette|parole chiave|temi|etiquetes|arxivat a|gaiak|etiketak|trefwoorden|onderwerpen|trefwoorde|onderwerpe"
    "|ämnen|taggar|nyckelord|emner|emneord|stikkord|nøgleord|aiheet|avainsanat|asiasanat|tunnisteet|efnisorð"
    "|tagi|tematy|słowa kluczowe|štítky|témata|klíčová slova|témy|kľúčové slová|címkék|témák|kulcsszavak"
    "|etichete|cuvinte[- ]cheie|subiecte|oznake|teme|tagovi|ključne (?:riječi|reči|besede)|ознаке|кључне речи|тагове|етикети"
    "|ключови думи|тагови|клучни зборови|теги|метки|темы|ключевые слова|мітки|теми|ключові слова|тэгі|тэмы"
    "|ετικέτες|θέματα|λέξεις[- ]κλειδιά|etiketler|konular|anahtar kelimeler|etiketlər|açar sözlər|тегтер|teglar|etiketa"
    "|fjalë kyçe|žymos|temos|raktažodžiai|birkas|tēmas|atslēgvārdi|sildid|märksõnad|teemad|თეგები|თემები|պիտակներ|թեմաներ"
    "|kata kunci|topik(?: terkait)?|mga paksa|từ khóa|chủ đề|thẻ|แท็ก|ป้ายกำกับ|หัวข้อ|ស្លាក|ពាក្យគន្លឹះ|ប្រធានបទ|ແທັກ|ခေါင်းစဉ်များ"
    "|タグ|キーワード|関連タグ|トピックス|标签|標籤|关键词|關鍵[字詞]|话题|태그|키워드|해시태그"
    "|(?:ال)?وسوم|(?:ال)?كلمات (?:ال)?(?:مفتاحية|دلالية|دالة)|مواضيع|برچسب[\u200c ]?ها|کلید ?واژه[\u200c ]?ها|ٹیگز?|موضوعات"
    "|תגיות|תגים|נושאים|टैग्?स?|विषय|ট্যাগস?|বিষয়|குறிச்சொற்கள்|ట్యాగ్‌లు|ടാഗുകൾ|ಟ್ಯಾಗ್‌ಗಳು|ટૅગ્સ|ट्यागहरू|ටැග්|mada|lebo|መለያዎች"
)

# Says whose the text is.
_RIGHTS = (
    "©|ⓒ|\\(c\\) ?(?:copyright|\\d{4})|copyrights? ?(?:©|\\(c\\)|ⓒ|\\d{4}|by )|all rights? reserved"
    "|alle rechte vorbehalten|tous droits réservés|(?:todos los derechos|todos os direitos) reservados"
    "|(?:tutti i )?diritti riservati|© riproduzione riservata|riproduzione riservata|alle rechten voorbehouden"
    "|alla? rättigheter|alle rettigheter|alle rettigheder|kaikki oikeudet|wszelkie prawa zastrzeżone"
    "|všechna práva vyhrazena|všetky práva vyhradené|minden jog fenntartva|toate drepturile rezervate|sva prava pridržana"
    "|всички права запазени|все права защищены|(?:всі|усі) права захищен[оі]|με επιφύλαξη παντός δικαιώματος"
    "|tüm hakları saklıdır|hak cipta (?:dilindungi|terpelihara)|bản quyền thuộc|สงวนลิขสิทธิ์|រក្សាសិទ្ធិ"
    "|版权所有|版權所有|著作権|無断(?:転載|複製)|저작권자|무단 ?전재|جميع الحقوق محفوظة|تمامی حقوق|כל הזכויות שמורות"
    "|सर्वाधिकार सुरक्षित|সর্বস্বত্ব সংরক্ষিত|haki zote zimehifadhiwa"
)

# Stands over or under an advert, or says that the text goes on behind it.
_ADVERT = (
    "adverti[sz]e?ments?|adverts?|sponsored|promoted|anzeigen?|werbung|publicit[ée]|annonces?|publicidade?|anuncios?"
    "|pubblicit[aà]|advertentie|annons(?:er)?|annonser?|reklam[ae]?|mainos|reklaami|reclam[ăa]|hirdetés|reklāma|oglas"
    "|auglýsing|реклам[аи]?|оголошення|διαφήμιση|ilan|iklan|quảng cáo|โฆษณา|(?:ការផ្សាយ)?ពាណិជ្ជកម្ម|ໂຄສະນາ|ကြော်ငြာ"
    "|広告|广告|廣告|광고|إعلان(?:ات)?|آگهی|تبلیغات|اشتہار|פרסומת|विज्ञापन|বিজ্ঞাপন|விளம்பரம்|tangazo|matangazo|advertensie|reklama"
)
_GOES_ON = (  # "Story continues below advertisement"
    "(?:the )?(?:story|article|post|text) continues|continue reading(?: below)?|scroll (?:down )?(?:to|for)"
    "|(?:der )?(?:artikel|text) geht (?:unten |weiter )|(?:hier )?weiter(?:lesen)? nach|lire la suite|la suite après"
    "|(?:el )?(?:artículo|texto) (?:sigue|continúa)|sigue leyendo"
    "|(?:o )?(?:texto|artigo|matéria) continua|continua (?:após|depois|dopo)"
    "|(?:l')?articolo (?:continua|prosegue)|(?:het )?artikel gaat (?:verder|door)|artikkelen fortsetter|artikeln fortsätter"
    "|artiklen fortsætter|juttu jatkuu|(?:ciąg )?dalsz[ya] (?:część|tekstu)|(?:článek|text) pokračuje|продолжение (?:ниже|после)"
)

# A phrase ends where a word does; in scripts that set no blanks between words (Thai, Lao, Burmese, Khmer, kana,
# Han, Hangul) anywhere.
_END = r"(?:(?<=[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])|(?!\w))"

# "Latest news on X": X is what the story is about.
_ON = "zu[rm]?|über|on|about|sur|sobre|su|over|om|o|об?|про|για"
LATEST_ON = re.compile(
    r"^\W*(?:latest|aktuell\w*|neueste\w*|dernières|últimas|ultime|laatste|senaste|siste|seneste|najnowsze|последние"
    rf"|останні|τελευταία)(?: \w+)? (?:{_ON}) \w",
    re.IGNORECASE,
)
ADVERT = re.compile(rf"^\W*(?:(?:{_ADVERT})\W*$|(?:{_ADVERT})?\W*(?:{_GOES_ON}))", re.IGNORECASE)
RIGHTS = re.compile(rf"^\W{{0,3}}(?:{_RIGHTS})", re.IGNORECASE)
RELATED = re.compile(rf"^\W*(?:{_RELATED}){_END}", re.IGNORECASE)
RELATES = re.compile(rf"(?<!\w)(?:{_RELATES})", re.IGNORECASE)
MORE = re.compile(rf"^\W*(?:{_MORE}){_END}", re.IGNORECASE)
ALSO = re.compile(rf"^\W*(?:{_ALSO})\s*(?:[:：៖>»|\-–—→]|[\W_]*$)", re.IGNORECASE)
TICKER = re.compile(rf"^\W*(?:{_TICKER})\s*(?:[:：៖>»|\-–—→*]|[\W_]*$)", re.IGNORECASE)
TAGGED = re.compile(rf"^\W*(?:{_TAGGED})\s*(?:[:：៖|›»]\s*|[\W_]*$)", re.IGNORECASE)
ALSO_LINKED = re.compile(rf"^\W*(?:{_ALSO})\W", re.IGNORECASE)
_ALSO_FOLDED = re.compile(rf"\W*(?:{_ALSO.casefold()})")
SITEWIDE = re.compile(rf"^\W*(?:(?:the|our|les|die|lo|le)\s+)?(?:{_SITEWIDE})(?!\w)", re.IGNORECASE)


def may_be_also(text: str) -> bool:
    """Whether a text begins with the letters of "Also read" in some language: cheaper than ALSO, and true
    wherever ALSO or ALSO_LINKED matches.
    """
    return _ALSO_FOLDED.match(text[:60].casefold()) is not None
