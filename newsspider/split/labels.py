"""Words that stand where a dateline could and are none: labels of a kind of story ("ANALYSIS -", "EXKLUSIV:"),
forms of address, questions, how a time of publication begins.
"""

from __future__ import annotations

import re

from newsspider.split.places import folded

# As papers of many languages set them before the first sentence, the same kinds for each: exclusive, breaking,
# opinion, comment, analysis, interview, report, reportage, video, photo, live, update, question, sport ..
_LABELS = (
    # English
    "exclusive|breaking|breaking news|just in|opinion|analysis|comment|commentary|editorial|interview|review|profile"
    "|feature|report|special report|investigation|explainer|explained|factbox|fact box|fact check|fact-check|timeline"
    "|column|essay|letter|letters|obituary|recap|preview|podcast|quiz|poll|survey|watch|listen|video|videos|photo"
    "|photos|pictures|gallery|image|images|file|file photo|graphic|map|live|live updates|live blog|update|updates"
    "|updated|last updated|correction|corrections|clarification|note|notes|editor's note|editors note|warning|spoiler"
    "|spoiler alert|summary|key points|highlights|takeaways|source|sources|question|answer|q|a|q&a|faq|news|sport"
    "|sports|business|politics|culture|weather|tl;dr|tldr|read|also read|read more|long read|advertisement|sponsored"
    "|press release|for immediate release|embargoed|who|what|where|when|why|how|monday|first|second|this|that|there"
    "|it|he|she|we|you|i|today|yesterday|left|right|above|below|plus|flashback|verdict|background|context|the good"
    # German, Dutch, Nordic
    "|exklusiv|eilmeldung|eil|meinung|kommentar|analyse|leitartikel|glosse|kolumne|porträt|reportage|hintergrund"
    "|faktencheck|rezension|kritik|nachruf|liveblog|liveticker|bild|bilder|foto|fotos|symbolbild|symbolfoto|archivbild"
    "|archivfoto|korrektur|hinweis|stand|anzeige|werbung|frage|antwort|heute|gestern|die|der|das|den|ein|eine|und"
    "|umfrage|ratgeber|serie|kurz|kurzmeldung|kurzmeldungen|pressemitteilung|facharbeit|bildrechte|exclusief|opinie"
    "|mening|column|achtergrond|recensie|vraag|antwoord|beeld|exklusivt|ledare|krönika|insändare|debatt|nyhet|nyheter"
    "|fråga|svar|bakgrund|fakta|eksklusivt|leder|kronikk|meninger|spørsmål|bilde|bakgrunn|kommentti|analyysi"
    "|mielipide|pääkirjoitus|kolumni|yhteenveto|arvio|kuva|video|kysymys|vastaus|haastattelu|uutinen"
    # French, Italian, Spanish, Portuguese, Romanian, Catalan
    "|exclusif|alerte|info|infos|avis|édito|éditorial|chronique|tribune|billet|décryptage|enquête|entretien"
    "|récit|portrait|critique|vrai ou faux|vidéo|vidéos|en images|en direct|direct|dossier|sondage|témoignage"
    "|témoignages|question|réponse|question du jour|hier|aujourd'hui|esclusiva|esclusivo|intervista|l'intervista"
    "|editoriale|commento|opinione|analisi|l'analisi|il commento|inchiesta|retroscena|il retroscena|domanda|risposta"
    "|oggi|ultim'ora|ultimora|la storia|il caso|exclusiva|exclusivo|última hora|urgente|opinión|análisis|editorial"
    "|columna|crónica|reportaje|entrevista|encuesta|vídeo|pregunta|respuesta|hoy|ayer|perfil|claves|opinião|análise"
    "|artigo|coluna|crônica|reportagem|pergunta|resposta|enquete|hoje|ontem|exclusiv|opinie|analiză|editorial|interviu"
    "|anchetă|comentariu|întrebare|răspuns|exclusiu|opinió|anàlisi"
    # Central and South-East Europe, Baltic, Albanian
    "|pilne|z ostatniej chwili|tylko u nas|opinia|komentarz|analiza|wywiad|felieton|recenzja|sondaż|zdjęcia|wideo"
    "|pytanie|odpowiedź|exkluzivně|exkluzívně|komentář|analýza|rozhovor|názor|glosa|recenze|otázka|odpověď|exkluzívne"
    "|komentár|odpoveď|vélemény|kommentár|elemzés|interjú|exkluzív|riport|kritika|kérdés|válasz|videó|fotó|ekskluzivno"
    "|ekskluziva|mišljenje|komentar|intervju|kolumna|reportaža|anketa|pitanje|odgovor|najnovije|uživo|ekskluzive"
    "|koment|analizë|opinion|intervistë|pyetje|përgjigje|komentaras|nuomonė|interviu|viedoklis|komentārs|intervija"
    "|kommentaar|arvamus|intervjuu"
    # Cyrillic, Greek
    "|эксклюзив|срочно|молния|мнение|комментарий|анализ|аналитика|интервью|репортаж|обзор|расследование|колонка"
    "|опрос|видео|фото|дата|обновлено|вопрос|ответ|спорт|политика|экономика|общество|культура|новости|справка"
    "|ексклюзив|терміново|думка|коментар|аналіз|інтерв'ю|огляд|відео|питання|відповідь|суспільство|ексклузивно"
    "|мишљење|анализа|интервју|репортажа|анкета|питање|одговор|ексклузивно|ексклузивно|коментар|интервю|анкета"
    "|въпрос|отговор|αποκλειστικό|αποκλειστικο|έκτακτο|γνώμη|άποψη|ανάλυση|σχόλιο|συνέντευξη|ρεπορτάζ|άρθρο|βίντεο"
    "|φωτογραφίες|ερώτηση|απάντηση|επικαιρότητα"
    # Turkic, Caucasus
    "|özel|özel haber|son dakika|yorum|analiz|röportaj|söyleşi|köşe yazısı|görüş|canli|video haber|foto galeri|soru"
    "|cevap|eksklüziv|müsahibə|şərh|təhlil|пікір|сараптама|сұхбат|ექსკლუზივი|ანალიზი|ინტერვიუ|კომენტარი|բացառիկ"
    "|կարծիք|վերլուծություն|հարցազրույց|տեսանյութ"
    # South-East Asia in Latin letters, Swahili, Filipino
    "|eksklusif|opini|analisis|ulasan|wawancara|tajuk|kolom|cek fakta|foto|infografis|diperbarui|dipublikasikan"
    "|tanya|jawab|temu bual|pendapat|độc quyền|bình luận|phân tích|phỏng vấn|ý kiến|góc nhìn|tin nóng|ảnh|hỏi|đáp"
    "|cập nhật|maoni|uchambuzi|tahariri|mahojiano|habari|swali|jibu|picha|panoorin|opinyon|eksklusibo|panayam"
    # Arabic, Hebrew, Persian, Urdu
    "|عاجل|خاص|حصري|حصريا|رأي|تحليل|تقرير|تحقيق|حوار|مقابلة|فيديو|بالفيديو|صور|بالصور|متابعة|متابعات|كتب|كتبت"
    "|السؤال|سؤال|الجواب|جواب|بلعدي|בלעדי|דעה|פרשנות|ניתוח|ראיון|תחקיר|צפו|וידאו|שאלה|תשובה|עדכון|اختصاصی|فوری"
    "|تحلیل|گزارش|یادداشت|مصاحبه|گفتگو|ویدئو|عکس|پرسش|پاسخ|تبصرہ|تجزیہ|رائے|انٹرویو|ویڈیو|سوال"
    # Indic, Ethiopic
    "|विशेष|एक्सक्लूसिव|ब्रेकिंग|राय|विश्लेषण|साक्षात्कार|वीडियो|प्रश्न|सवाल|उत्तर|जवाब|संपादकीय|মতামত|বিশ্লেষণ"
    "|সাক্ষাৎকার|ভিডিও|প্রশ্ন|উত্তর|ஆய்வு|கருத்து|பேட்டி|கேள்வி|பதில்|వ్యాఖ్య|ప్రశ్న|വിശകലനം|ചോദ്യം|ഉത്തരം|ትንታኔ|አስተያየት|ጥያቄ"
)
# Names of sections, which some papers print before the first sentence; the same ones for each language.
_SECTIONS = (
    "politics economy economics finance markets money business world nation national international local society culture"
    " arts entertainment showbiz celebrity lifestyle travel food health science technology tech education religion crime"
    " courts justice football soccer cricket tennis basketball golf boxing racing motoring cars property environment"
    " climate traffic"
    " politik wirtschaft finanzen börse panorama ausland inland gesellschaft kultur wissen wissenschaft technik bildung"
    " gesundheit fußball fussball handball eishockey wetter verkehr polizei kriminalität justiz reise auto umwelt klima"
    " politiek economie buitenland binnenland cultuur voetbal weer onderwijs gezondheid politiikka talous kulttuuri"
    " urheilu jalkapallo ekonomi kultur fotboll fotball fodbold väder vær vejr helse hälsa politikk utrikes inrikes"
    " økonomi"
    " politique économie monde société santé sciences éducation culture cinéma musique météo justice football rugby"
    " cyclisme basket environnement politica economia mondo esteri cronaca società salute scienza cultura spettacoli"
    " cinema musica calcio ciclismo meteo giustizia ambiente política economía mundo sociedad salud ciencia educación"
    " deportes fútbol baloncesto sucesos clima espectáculos tribunales mundo saúde ciência educação esporte esportes"
    " desporto futebol polícia justiça cotidiano tempo sănătate fotbal externe politică meteo"
    " polityka gospodarka świat kraj społeczeństwo kultura zdrowie nauka edukacja piłka pogoda politika ekonomika"
    " ekonomie svět domácí zahraničí společnost zdraví věda fotbal hokej počasí svet domáce zahraničie spoločnosť"
    " futbal politika gazdaság belföld külföld kultúra egészség tudomány foci időjárás ekonomija gospodarstvo svijet"
    " društvo zdravlje nogomet fudbal kronika hronika vremenska politikë ekonomi kulturë futboll"
    " политика экономика общество культура наука здоровье футбол хоккей погода происшествия мир економіка суспільство"
    " здоров'я наука погода світ економија друштво свет фудбал хроника икономика общество свят πολιτικη οικονομια"
    " κοινωνια κοσμος υγεια πολιτισμος ποδοσφαιρο αθλητικα καιρος επιστημη"
    " siyaset ekonomi dünya spor futbol sağlik sağlık kültür eğitim magazin gündem siyasət iqtisadiyyat idman"
    " olahraga sepak ekonomi kesehatan pendidikan hiburan hukum sukan ekonomi siasa uchumi michezo afya utamaduni"
    " ekonomiya palakasan"
    " سياسة اقتصاد رياضة ثقافة مجتمع صحة علوم تكنولوجيا حوادث سیاسی اقتصادی ورزشی فرهنگی جامعه سلامت سیاست کھیل معیشت"
    " صحت תרבות כלכלה ספורט פוליטיקה בריאות राजनीति खेल कारोबार शिक्षा स्वास्थ्य मनोरंजन খেলা রাজনীতি অর্থনীতি"
    " விளையாட்டு அரசியல் వ్యాపారం క్రీడలు കായികം"
)
_PHRASES = (
    "faits divers|à la une|thể thao|kinh tế|chính trị|văn hóa|giáo dục|sức khỏe|thế giới|giải trí|pháp luật|đời sống"
    "|xã hội|bóng đá|sepak bola|bola sepak|good morning|guten morgen|good news|bad news|real estate"
)
_KNOWN = frozenset(map(folded, [*_LABELS.split("|"), *_SECTIONS.split(), *_PHRASES.split("|")]))
# Where no blanks stand between words, a label is known by its beginning.
_UNSPACED = re.compile(
    "ព័ត៌មាន|វីដេអូ|បទ|យោបល់|មតិ|រូបភាព|សំណួរ|ចម្លើយ|ពិសេស|វិភាគ|ข่าว|บท|วิเคราะห์|ความเห็น|คลิป|ด่วน|พิเศษ|สัมภาษณ์|ภาพ|ถาม|ตอบ"
    "|อัปเดต|ຂ່າວ|ບົດ|ຄວາມເຫັນ|ວິດີໂອ|ພາບ|သတင်း|ဆောင်းပါး|အမြင်|ဗီဒီယို|ဓာတ်ပုံ|မေး|ဖြေ"
    "|កីឡា|នយោបាយ|សេដ្ឋកិច្ច|កម្សាន្ត|សុខភាព|អន្តរជាតិ|ជាតិ|กีฬา|การเมือง|เศรษฐกิจ|บันเทิง|ต่างประเทศ|สุขภาพ|สังคม|ກິລາ|ການເມືອງ|ເສດຖະກິດ"
    "|အားကစား|နိုင်ငံရေး|စီးပွားရေး|ကျန်းမာရေး|财经|財經|体育|體育|国际|國際|社会|娱乐|科技"
    "|独家|獨家|快讯|快訊|突发|評論|评论|分析|社论|社論|観点|速報|独自|動画|写真|解説|社説"
)
_BEGUN = re.compile(
    r"(?:the|dear|by|von|par|por|published|posted|updated?|aktualisiert|veröffentlicht|publié|mis à jour|publicado"
    r"|actualizado|atualizado|pubblicato|aggiornato|обновлено|опубликовано)\b.*",
    re.IGNORECASE,
)


def is_label(head: str) -> bool:
    """Whether the head of a line is a label and no place: one of the known ones, or begun with one (``EXCLUSIVE
    VIDEO``, ``INFO LE PHARE``).
    """
    name = folded(head).strip(" .:*+")
    if name in _KNOWN or _BEGUN.fullmatch(head) or _UNSPACED.match(head):
        return True
    first, _, more = name.partition(" ")
    return bool(more) and "," not in name and len(first) > 3 and first in _KNOWN
