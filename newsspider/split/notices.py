"""Words by which an article's notices begin (first published in, corrections, sponsors, translators), and headings of
fact boxes: a few for each language, as its own newspapers print them.
"""

from __future__ import annotations

import re

from newsspider.split.bywords import ByLetter
from newsspider.split.dates import find_dates, month_of

# Before a colon: corrections, notes of the editors.
_LABELS = (
    "corrections?|clarifications?|erratum|errata|editor(?:'|’)?s?(?:'|’)? note|note (?:to|from) (?:readers|the editors?)"
    "|publisher(?:'|’)s note|correction (?:appended|notice)|update and correction"
    "|korrektur(?:hinweis)?|richtigstellung|berichtigung|anmerkung der redaktion|hinweis der redaktion|anm\\. d\\. red\\."
    "|rectificatif|correctif|précision|note de la rédaction|ndlr|fe de errat(?:as|a)|fe de errores|corrección"
    "|rectificación|nota de la redacción"
    "|nota del editor|nota de edición|correção|errata|nota d[ao] (?:redação|editor(?:a)?)|errata corrige|rettifica"
    "|nota della redazione|ndr|fe d(?:'|’)errades|correctie|rectificatie|noot van de redactie|rättelse"
    "|redaktionens (?:not|kommentar)"
    "|rettelse|redaksjonell merknad|redaktionel (?:note|bemærkning)|leiðrétting|oikaisu|korjaus|toimituksen huomautus"
    "|sprostowanie|korekta|od redakcji|oprava|poznámka redak(?:ce|cie)|helyreigazítás|helyesbítés|a szerk(?:esztő"
    "|\\.) megj(?:egyzése|\\.)"
    "|erată|rectificare|nota redacției|ispravka|ispravak|popravek|napomena (?:redakcije|uredništva)|исправка"
    "|напомена редакције"
    "|исправление|уточнение|примечание редакции|от редакции|виправлення|уточнення|від редакції|поправка"
    "|бележка на редактора"
    "|διόρθωση|σημείωση (?:της )?σύνταξης|düzeltme|editörün notu|düzəliş|түзету|tuzatish|pataisymas|patikslinimas|labojums"
    "|parandus|korrigjim|koreksi|ralat|catatan (?:redaksi|editor)|pembetulan|pagwawasto|đính chính|lời tòa soạn|tòa soạn"
    "|แก้ไขข่าว|หมายเหตุบรรณาธิการ|ការកែតម្រូវ|ຂໍແກ້ໄຂ|ပြင်ဆင်ချက်|訂正|お断り|おことわり|編集部注|更正|编者按|編者按|勘误"
    "|勘誤|编者注"
    "|바로잡습니다|정정|정정보도|알립니다|편집자 ?주|تصحيح|تنويه|ملاحظة المحرر|تنبيه من المحرر|اصلاحیه"
    "|یادداشت سردبیر|تصحیح|תיקון|הבהרה|הערת (?:ה)?עורך"
    "|भूल सुधार|संपादक की टिप्पणी|सुधार|সংশোধনী|திருத்தம்|సవరణ|തിരുത്ത്|දෝෂ නිවැරදි කිරීම|marekebisho|masahihisho|እርማት"
    "|შესწორება|ուղղում|regstelling"
)
# Before a colon: translators, sponsors.
_OTHERS = (
    "translation|translated by|übersetzung|übersetzt von|traduction|traducción|tradução|traduzione|traducció"
    "|vertaling|översättning"
    "|oversettelse|oversættelse|käännös|suomennos|tłumaczenie|przekład|překlad|preklad|fordítás|fordította"
    "|traducere|prijevod|prevod"
    "|перевод|переклад|превод|μετάφραση|çeviri|çeviren|terjemahan|penerjemah|dịch|翻訳|翻譯|翻译|译者|譯者|编译"
    "|編譯|번역|ترجمة|ترجمه|תרגום"
    "|अनुवाद|অনুবাদ|tafsiri"
    "|sponsored by|presented by|gesponsert von|sponsorisé par|patrocinado por|sponsorizzato da|gesponsord door"
)
# How whole sentences begin: where the story was first published, who paid for it, whose words it was in before.
_OF_TEXT = "article|story|piece|essay|text|post|content|report|interview|column|op-ed|commentary"
_SENTENCES = (
    rf"(?:this|the following) (?:{_OF_TEXT})(?: (?:was|has been|is|had|were))?(?: been)?(?: co)?(?: ?-?(?:first"
    rf"|originally|previously|also|initially))?"
    " (?:published|appeared|posted|republished|reprinted|reproduced|sponsored|paid for|brought to you"
    "|produced (?:in partnership|by)"
    "|presented|translated|has been (?:updated|corrected|amended)|updated to correct|corrected|amended)\\b"
    rf"|this (?:{_OF_TEXT}) first appeared|(?:originally|first) published (?:in|by|on|at)\\b|republished (?:from"
    rf"|with)|reprinted (?:from|with)"
    r"|(?:an|a) (?:earlier|previous) version of this"
    r"|translated (?:from (?:the )?\w+|into \w+ by|by)\b(?! \w+s\b,)|(?:paid|sponsored|partner) (?:content"
    r"|post) (?:by|from)\b"
    r"|(?:in paid partnership|produced in partnership) with\b"
    r"|(?:dieser|der) (?:artikel|text|beitrag|kommentar) (?:ist|erschien|wurde)(?: \w+){0,3} (?:zuerst|zunächst"
    r"|ursprünglich|erstmals|im original)"
    r"|(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht) (?:in|bei|auf)\b|in einer (?:früheren|vorherigen"
    r"|ersten) (?:version|fassung)"
    r"|aus dem \w+(?:en)? (?:von|übersetzt|übertragen)\b"
    r"|cet (?:article|entretien) (?:a été|est|était)(?: d(?:'|’)abord| initialement)? (?:publié|paru|traduit|republié)"
    r"|(?:texte|article) (?:initialement )?(?:paru|publié) (?:dans|sur|par)\b|une version (?:précédente"
    r"|antérieure) de cet|traduit (?:de l(?:'|’)|du |par )"
    r"|(?:este|esta|el presente) (?:artículo|texto|nota|reportaje|columna|historia)(?: \w+)? (?:fue|apareció"
    r"|ha sido|se publicó)(?: \w+)? ?(?:publicad[oa]|originalmente|por primera)"
    r"|(?:artículo|texto|nota) publicad[oa] originalmente|publicado originalmente (?:en|por)\b"
    r"|una versión (?:anterior|previa) de est[ea]|traducid[oa] (?:del|por)\b|traducción de [^\W\d_]+ [^\W\d_]"
    r"|(?:este|esta|o|a) (?:artigo|texto|matéria|reportagem) (?:foi|apareceu)(?: \w+)? (?:publicad[oa]"
    r"|originalmente)|(?:texto|artigo|matéria) publicad[oa] originalmente"
    r"|publicado originalmente (?:em|na|no|por)\b|uma versão anterior d(?:est|ess)|traduzid[oa] (?:do|por)\b"
    r"|(?:questo|il presente) (?:articolo|testo|pezzo) (?:è|e') (?:stato )?(?:pubblicato|apparso|uscito"
    r"|originariamente|originalmente)|(?:articolo|testo) (?:originariamente )?(?:pubblicato|apparso) (?:su|in)\b"
    r"|una versione precedente di quest|traduzione (?:di [^\W\d_]+ [^\W\d_]|a cura|dall(?:'|’))|tradotto d(?:a|al|all)\b"
    r"|dit (?:artikel|stuk|verhaal) (?:is|verscheen|werd)(?: \w+)? (?:eerder|eerst|oorspronkelijk|gepubliceerd)"
    r"|in een eerdere versie van dit|vertaald (?:uit|door)\b"
    r"|(?:den här|denna) (?:artikeln?|texten?) (?:publicerades|har tidigare)|i en tidigare version|översatt (?:av"
    r"|från)\b|artikeln publicerades först"
    r"|(?:denne|denna) (?:artikkelen|artikel(?:en)?|saken) (?:ble|blev|er|har)(?: \w+)? (?:først|opprinnelig"
    r"|oprindeligt)|i en tidligere (?:versjon|version|utgave)|oversatt (?:av|fra)\b|oversat (?:af|fra)\b"
    r"|(?:juttu|artikkeli|teksti) on (?:julkaistu )?(?:alun perin|ensin|aiemmin)|(?:artykuł|tekst) (?:ukazał się"
    r"|został (?:po raz pierwszy |pierwotnie )?opublikowany)"
    r"|w poprzedniej wersji|(?:prze)?tłumaczył[ao]?\b|(?:článek|text) (?:byl )?(?:původně|poprvé|pôvodne"
    r"|prvýkrát) (?:vyšel|vyšiel|publik)|přeložil[ao]?\b|preložil[ao]?\b"
    r"|a cikk (?:eredetileg|először)|articol(?:ul)? (?:a fost )?publicat (?:inițial|pentru prima)|(?:tekst|članak"
    r"|članek) je (?:prvobitno|izvorno|prvotno|prvi put) objavljen"
    r"|(?:статья|материал|текст|колонка) (?:был[аи]? )?(?:впервые |первоначально |ранее )?(?:опубликован|вышел"
    r"|вышла)|в (?:прежней|предыдущей|ранней) версии|перевод с [^\W\d_]+|перев[её]л[аи]?\b"
    r"|(?:стаття|матеріал|текст) (?:була |був )?(?:вперше |спочатку )?(?:опублікован|вийшл)|переклад з [^\W\d_]+"
    r"|статията е (?:публикувана|преведена)"
    r"|το άρθρο (?:δημοσιεύτηκε|δημοσιεύθηκε)|bu (?:yazı|makale|haber) ilk (?:olarak|kez)|(?:artikel|tulisan"
    r"|berita) ini (?:pertama kali|telah|sebelumnya) (?:di)?(?:terbit|muat|tayang|publikasi)"
    r"|artikel ini (?:pertama kali )?(?:terbit|tayang|diterbitkan|diterjemahkan)"
    r"|bài (?:viết|báo) (?:này )?(?:được )?(?:đăng|xuất bản) (?:lần đầu|gốc)|บทความนี้(?:ตีพิมพ์"
    r"|เผยแพร่)(?:ครั้งแรก)?|この記事は.{0,40}(?:掲載|転載|公開)され|(?:本記事|本稿)は.{0,40}(?:掲載|転載|翻訳)"
    r"|本文(?:首发|首發|原载|原載|原刊|转载|轉載|最初|授权|授權|编译|編譯|译自|譯自)|(?:文章|原文)(?:首发|首發"
    r"|刊于|刊於|转载)|이 (?:기사|글)는 .{0,40}(?:처음|게재|번역)"
    r"|(?:نشر|نُشر|نشرت) هذ[اه] (?:المقال|المادة|التقرير)|هذا المقال (?:نشر|نُشر|مترجم)|این (?:مقاله|یادداشت"
    r"|مطلب) (?:نخستین|اولین|پیش)|המאמר (?:פורסם|התפרסם)|הכתבה פורסמה (?:במקור|לראשונה)"
    r"|यह (?:लेख|खबर) (?:मूल रूप|पहली बार|सबसे पहले)|makala (?:haya|hii) (?:yalichapishwa|ilichapishwa)"
)
# That a text was changed, in whole sentences.
_CHANGED = (
    r"dieser (?:artikel|text|beitrag) (?:wurde|ist)(?: [\w.:]+){0,8} (?:aktualisiert|korrigiert|ergänzt|überarbeitet|geändert)"
    r"|cet(?:te)? (?:article|dépêche|papier|texte) a été (?:mise? à jour|modifiée?|corrigée?|actualisée?)"
    r"|est[ae] (?:artículo|nota|noticia|texto|historia) (?:ha sido|fue|se ha) (?:actualizad|corregid|modificad)"
    r"|est[ae] (?:artigo|texto|reportagem|matéria|notícia) foi (?:atualizad|corrigid|alterad)"
    r"|quest[oa] (?:articolo|notizia) è stat[oa] (?:aggiornat|corrett|modificat)"
    r"|dit (?:artikel|bericht|stuk) (?:is|werd)(?: [\w.:]+){0,6} (?:bijgewerkt|aangepast|gecorrigeerd|geüpdatet)"
    r"(?! door (?:de|een) (?!redactie))"
    r"|(?:den här |denna )?(?:artikeln|texten) (?:har )?(?:uppdatera|korrigera|rätta)[td]"
    r"|(?:denne )?(?:artikkelen|saken|artiklen|artikel) (?:er|ble|blev)(?: \w+){0,2} (?:oppdatert|opdateret|rettet|korriger)"
    r"|(?:juttua|artikkelia|uutista) (?:on )?(?:päivitetty|korjattu|täydennetty)"
    r"|(?:artykuł|tekst) (?:został )?(?:zaktualizowan|poprawion)|(?:článek|text) (?:jsme |byl )(?:aktualizov|doplni|opravi)"
    r"|článok (?:sme |bol )(?:aktualizova|doplni|opravi)|(?:cikkünket|a cikket|ezt a cikket) (?:frissítettük|javítottuk)"
    r"|acest (?:articol|text) a fost (?:actualizat|corectat)|(?:ovaj )?(?:članak|tekst) je (?:ažuriran|ispravljen|dopunjen)"
    r"|(?:материал|статья|текст|новость) (?:(?:обновл[её]на?|исправлена?) (?:в )?\d{1,2}[:. ]|дополняется)"
    r"|(?:матеріал|стаття|текст|новина) (?:оновлен[оа]? (?:о )?\d{1,2}[:. ]|доповнюється)"
    r"|(?:материалът|статията|новината) е (?:обновен|допълнен|коригиран)"
    r"|το (?:παρόν )?άρθρο (?:ενημερώθηκε|διορθώθηκε|ανανεώθηκε)|bu (?:haber|yazı|makale)(?: \S+){0,3} (?:güncellen|düzeltil)"
    r"|(?:تم|جرى) (?:تحديث|تعديل|تصحيح) (?:هذا |هذه )?(?:المقال|الخبر|التقرير|المادة)"
    r"|این (?:مطلب|خبر|گزارش) (?:به.?روز|اصلاح|تصحیح)"
    r"|(?:הידיעה|הכתבה|כתבה זו|ידיעה זו) (?:עודכנה|תוקנה)|(?:यह|इस) (?:खबर|लेख|कॉपी) (?:को )?(?:अपडेट|संशोधित)"
    r"|(?:artikel|berita) ini (?:telah )?(?:diperbarui|dikoreksi|diubah(?! menjadi))"
    r"|bài (?:viết|báo)(?: này)? (?:đã )?được (?:cập nhật|đính chính|sửa)"
    r"|(?:ข่าว|บทความ)นี้(?:ได้รับการ)?(?:อัปเดต|แก้ไข|ปรับปรุง)|(?:この|本)記事(?:は|を|の).{0,30}(?:更新|訂正|修正)(?:し|され)"
    r"|(?:本文|本報導|本报道)(?:已|于|於).{0,16}(?:更新|更正|修改|修訂)|이 기사는 .{0,30}(?:업데이트|수정|정정)(?:했|되|됐)"
    r"|(?:makala|habari) hii ime(?:sasishwa|rekebishwa)"
)
# That nobody of the newsroom edited it, or that a machine made it.
_UNEDITED = (
    r"(?:except for the headline, )?this (?:story|report|article|copy|news|content)(?: \w+){0,3} (?:not (?:been )?(?:edited"
    r"|(?:created|written) by)|auto-?generated|generated automatically|published (?:unedited|from an? (?:\w+ )?feed))"
    r"|diese[rs]? (?:text|meldung|artikel|beitrag) (?:wurde|ist)(?: \w+){0,3} (?:automatisch|maschinell|automatisierten?)"
    r"|cet article a été (?:généré|rédigé|traduit) automatiquement|est[ea] (?:contenido|nota|texto|artículo) (?:fue|ha sido)"
    r" (?:generad|cread|traducid)[oa] automáticamente"
    r"|est[ea] (?:conteúdo|texto|matéria) foi (?:gerad|produzid)[oa] (?:automaticamente|por)"
    r"|questo (?:articolo|testo) è stato generato automaticamente|dit (?:artikel|bericht) is automatisch"
    r"|(?:ten )?(?:artykuł|tekst) został wygenerowany|(?:этот )?(?:текст|материал) создан автоматически"
    r"|इस (?:खबर|लेख|स्टोरी) को .{0,50}(?:संपादित नहीं|एडिट नहीं)|この記事は.{0,12}(?:自動生成|aiが)|本文由.{0,8}自动生成"
    r"|이 기사는 .{0,12}자동(?:으로)? ?생성"
)
# That a text is an opinion, or whose it is.
_COMMENTS = (
    r"dieser (?:beitrag|text|artikel|kommentar) (?:gibt|spiegelt)(?: \w+){0,5} meinung"
    r"|(?:detta|det här) är en (?:opinionstext|debattartikel|krönika|ledare)"
    r"|dette er (?:en kronikk|et debattinnlegg|et leserinnlegg|et debatindlæg|et læserbrev)"
    r"|(?:kirjoittajan|artikkelin) (?:mielipiteet|näkemykset)"
    r"|мнение (?:автора|редакции|авторов)(?: \w+){0,4} (?:может не|не) совпада"
    r"|(?:думка|позиція) (?:автора|редакції)(?: \w+){0,4} (?:може не|не) збіга"
    r"|bu (?:yazıda|makalede)(?: \w+){0,3} (?:görüş|ifade)"
    r"|(?:ये|यह|लेख में|इस लेख में)(?: \S+){0,5} (?:लेखक के|निजी विचार)"
    r"|(?:artikel|tulisan|opini|isi tulisan) (?:ini )?(?:\w+ ){0,4}(?:tanggung jawab penulis|pandangan pribadi|opini pribadi)"
    r"|bài viết (?:này )?thể hiện (?:quan điểm|góc nhìn)|(?:本|この)(?:記事|コラム|稿)の(?:内容|見解|意見)は"
    r"|(?:本文|以上|文中)(?:内容|內容|观点|觀點)?(?:僅|仅|纯属|純屬)?.{0,10}(?:代表|反映).{0,8}(?:作者|个人|個人)"
    r"|(?:이|본) (?:글|칼럼|기고)(?:은|의).{0,20}편집 ?방향"
)
# The same where anybody's opinions are told so: whose they are, stands behind it.
_OPINIONS = (
    r"(?:the )?(?:views|opinions?)(?: and (?:views|opinions?))?,? (?:expressed|stated|presented)"
    r"(?: \S+){0,6} (?:are|do not|does not|belong)"
    r"|die (?:hier |im text |in diesem \w+ )?(?:geäußerten?|dargestellten?|vertretenen?) (?:meinung|ansichten|standpunkte)"
    r"|les (?:opinions|points de vue|propos)(?: \w+){0,3} (?:exprimée?s|émise?s|tenus)"
    r"|las? opini(?:ones|ón)(?: \w+){0,2} (?:expresad|vertid|contenid)as?"
    r"|los (?:puntos de vista|conceptos) (?:expresados|vertidos)"
    r"|as opiniões (?:expressas|emitidas|expressadas)|le opinioni (?:espresse|contenute)"
    r"|de (?:meningen|opinies|standpunten) (?:in dit|geuit|verwoord)"
    r"|(?:opinie|poglądy)(?: \w+){0,3} (?:wyrażone|zawarte)|názory (?:vyjádřené|autora|autorů)"
    r"|a cikkben (?:megfogalmazott|kifejtett) vélemény"
    r"|opiniile exprimate|(?:stavovi|mišljenja)(?: \w+){0,3} (?:izraženi|izneseni|izneti|iznesena|izražena)"
    r"|мнени(?:ето|ята)(?: \w+){0,4} изразен|οι (?:απόψεις|θέσεις)(?: \w+){0,4} (?:εκφράζ|του συντάκτη)"
    r"|(?:الآراء|المقالات?|ما ورد)(?: \w+){0,4} (?:الواردة|تعبر|يعبر|لا تعبر|لا يعبر)"
    r"|(?:دیدگاه|نظرات?)(?:.?های?)? (?:مطرح|بیان)|הדעות (?:המובעות|המוצגות)"
)
_WHOSE = (
    r"authors?|writers?|columnists?|contributors?|editors?|editorial|newspaper|publishers?|publication|solely|personal"
    r"|necessarily|(?:reflect|represent) (?:those|the (?:views|opinions?|official|position|policy))|(?:his|her|their) own"
    r"|autor\w*|verfasser\w*|redaktion|herausgeber\w*|aut(?:eur|rice)\w*|rédaction|n(?:'|’)engagent|redac\w+|redaç\w+"
    r"|responsab\w+|aut(?:ore|ori|rici)|redazione|schrijver\w*|redactie|redakc\w+|szerző\w*|szerkesztő\w*|uredni\w+|avtor\w*|автор\w*"
    r"|редак\w+|συντ[αά]κτ\w+|συγγραφ\w+|\w*كاتب\w*|\w*أصحاب\w*|رأي|نویسنده\w*|\w*כותב\w*|\w*מחבר\w*|\w*מערכת"
)
_COLON = re.compile(r"[:：】\]]")
_LABELLED = re.compile(rf"[\W_]{{0,3}}(?:{_LABELS}|{_OTHERS})\s*{_COLON.pattern}", re.IGNORECASE)
_SAID = ByLetter("|".join((_SENTENCES, _CHANGED, _UNEDITED, _COMMENTS)))
_OPINION = ByLetter(_OPINIONS)
_THEIRS = re.compile(rf"\b(?:{_WHOSE})\b", re.IGNORECASE)
_FIRST = re.compile(r"[\W_]{0,3}(?=[^\W_])")
_LABEL = re.compile(r"[^\W\d_]{3,16}\s?[:：]\s")  # may stand before such sentences: "Note: this story .."
# A correction with its date: "Correction (Nov. 15): ..", "Korrektur vom 15.11.2026: ..".
_DATED = re.compile(
    rf"[\W_]{{0,3}}(?:{_LABELS})(\s?[,(\[（])?\s*([^:：()\[\]（）]{{3,40}}?)[)\]）]?\s*[:：]", re.IGNORECASE
)
_BESIDE_DATE = 12  # letters beside the date
_WORD = re.compile(r"[^\W\d_]{4,}")


def is_notice(text: str) -> bool:
    """Whether a text begins as a notice does."""
    marks = _FIRST.match(text)
    if marks is None:
        return False
    if _is_said(text, marks.end()):
        return True
    if not _COLON.search(text):
        return False
    label = _LABEL.match(text, marks.end())
    if _LABELLED.match(text) or (label and _is_said(text, label.end())):
        return True
    dated = _DATED.match(text)
    if dated is None or not any(map(str.isdigit, dated[2])):
        return False
    found = next(find_dates(dated[2]), None)
    if found is None:  # a day without its year, and no other number
        words = _WORD.findall(dated[2])
        return dated[1] is not None and "%" not in dated[2] and all(map(month_of, words))
    beside = dated[2][: found.start] + dated[2][found.end :]
    return sum(map(str.isalpha, beside)) <= _BESIDE_DATE


def _is_said(text: str, at: int) -> bool:
    """Whether such a sentence begins there."""
    if _SAID.match(text, at):
        return True
    opinion = _OPINION.match(text, at)
    return opinion is not None and _THEIRS.search(text, opinion.end()) is not None


# Headings of fact boxes, alone or before what they are on.
_BOXES = (
    "fact ?box|facts?|fast facts|quick facts|key (?:facts|points|figures|takeaways|dates)|at a glance|in brief|in numbers"
    "|by the numbers|what (?:we know|to know)|background|timeline|explainer|glossary|who is .{1,40}"
    "|zur (?:sache|person)|info|infobox|fakten|zahlen und fakten|hintergrund|auf einen blick|kurz erklärt"
    "|stichwort.{0,30}|steckbrief"
    "|gut zu wissen|en bref|repères|l(?:'|’)essentiel|(?:les )?chiffres clés|en chiffres|à savoir|bon à savoir|encadré"
    "|(?:las )?claves|ficha(?: técnica)?|en cifras|datos|lo esencial|perfil|entenda|em números|saiba quem|o essencial"
    "|(?:la )?scheda|in breve|in cifre|chi è .{1,40}|feiten|in het kort|wie is .{1,40}|de feiten"
    "|fakta(?: om)?.{0,40}|faktaruta"
    "|bakgrund|bakgrunn|baggrund|taustaa|fakty|w skrócie|warto wiedzieć|v kostce|kdo je .{1,40}|tények|névjegy"
    "|röviden|pe scurt"
    "|ukratko|na kratko|справка|досье|кратко|факты|что известно|контекст|довідка|досьє|факти|σύνοψη|ταυτότητα"
    "|bilgi notu|kısaca"
    "|trumpai|faktid|sekilas|tentang .{1,40}|tóm tắt|สรุป|เกร็ดความรู้|メモ|用語解説|キーワード|ポイント|背景"
    "|新闻链接|小资料|知识点|新聞小辭典"
    "|용어 ?설명|한눈에|معلومات|حقائق|خلفية|נקודות עיקריות|רקע|एक नज़र में|ukweli"
)
BOX_HEADING = re.compile(rf"\W{{0,3}}(?:{_BOXES})\W{{0,3}}", re.IGNORECASE)
