"""What pages print before a date: that the story was published then, or changed. Language by language, the beginnings of the
words, as systems and newsrooms of CLDR's larger languages have them.
"""

from __future__ import annotations

import re

# "Updated", as pages print it before a date that is not that of publication.
UPDATED = (
    r"updat|modifi|revised|edited|last change|aktuali[sz]|geändert|bearbeitet|stand:|actuali[sz]|mis[e]? à jour"
    r"|\bmaj\b|aggiorn|atuali[sz]|eguneratu|bijgewerkt|gewijzigd|opgedateer|uppdater|ändrad|op{1,2}dater|endret|uppfært|päivite"
    r"|muokattu|upraven|frissít|módosít|ažurir|izmijen|izmen|posodob|ажурир|измен|обнов|последна промяна|актуализ|оновл"
    r"|змін|абноўл|ενημ[εέ]ρω|ενημερώ|τροποπο|güncel|yenilən|жаңарт|жаңырт|yangilan|atnaujin|atjaunin|uuenda|muudet|përditës"
    r"|diperbar|pembaruan|dikemas ?kini|kemas ?kini|cập nhật|sửa đổi|อัปเดต|อัพเดท|อัพเดต|ปรับปรุง|แก้ไข|បច្ចុប្បន្នភាព|កែប្រែ|ອັບເດດ|ປັບປຸງ"
    r"|ပြင်ဆင်|更新|修改|修訂|改訂|수정|업데이트|갱신|تحديث|تعديل|روز ?رسانی|ویرایش|اپ ?ڈیٹ|עודכן|עדכון|अपडेट|अद्यतन|संशोधित|अद्यावधिक"
    r"|আপডেট|হালনাগাদ|புதுப்பிக்க|అప్డేట్|నవీకరిం|അപ്ഡേറ്റ്|અપડેટ|ನವೀಕರಿ|යාවත්කාලීන|imesasishwa|iliyosasishwa|ታድሷል|የተሻሻለ"
)
PUBLISHED = (
    r"publi|posted|posté|paru\b|mis en ligne|\bdate\b|datum\b|geschrieben|submitted|veröffentlicht|erschienen|erstellt"
    r"|pubbl|cread|criad|created|kreiran|objav|опубл|публик|објав|yayın|oluştur|eklenme|giriş|発|公開|掲載|配信|投稿|登録"
    r"|发布|發布|发表|發表|刊登|등록|입력|게재|승인|gepubliceerd|geplaatst|julkais|opubl|dodan|vydán|zveřejn|zverejn|megjelen"
    r"|közzét|terbit|tayang|diposting|dipublik|\bđăng|xuất bản|เผยแพร่|โพสต์|ផ្សាយ|ເຜີຍແຜ່|ထုတ်ပြန်|প্রকাশ|প্ৰকাশ|प्रकाशित|प्रसारित|வெளியி|పబ్లిష్"
    r"|ప్రచురి|பதிவு|പ്രസിദ്ധീ|ಪ್ರಕಟ|પ્રકાશિત|ප්රකාශ|نشر|انتشار|منتشر|شائع|شایع|اشاعت|פורסם|δημοσ|δημιουργ|ανάρτησ|апублік|paskelbt"
    r"|public[ēa]t|avaldat|ilmunud|გამოქვეყ|հրապարակ|жарыял|жариял|nashr|dərc|ilichapishwa|argitarat"
    r"|press release|pressemitteilung|communiqué|comunicado|comunicato|tisková zpráva|entry was"
    r"|(?:artikel|beitrag) wurde|article a été|entrada fue|articolo è stato"
)
# One of these in a line with a date says what the date is, and is nobody's name; where words are not parted ("기사입력",
# "最終更新"), also behind other letters.
_JOINS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
DATE_LABEL = re.compile(rf"(?:(?<!\w)|(?<={_JOINS}))(?:{UPDATED}|{PUBLISHED})", re.IGNORECASE)
