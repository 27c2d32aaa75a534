"""Where, when and by which agency a report was filed."""

import time

import pytest

from newsspider.records import Dateline
from newsspider.split import split_page
from newsspider.split.dateline import find_dateline, split_dateline

PUBLISHED = "2026-03-04T08:00:00+07:00"
REST = "The council opened the bridge on Tuesday."
# What the reports below go on with, by language.
LEADS = {
    "en": "The council opened the new bridge on Tuesday, two years later than planned, officials said.",
    "de": "Der Stadtrat hat am Dienstag die neue Brücke eröffnet, zwei Jahre später als geplant.",
    "fr": "Le conseil municipal a inauguré mardi le nouveau pont, deux ans plus tard que prévu.",
    "es": "El ayuntamiento inauguró el martes el puente nuevo, dos años más tarde de lo previsto.",
    "pt": "A prefeitura inaugurou na terça-feira a ponte nova, dois anos depois do previsto.",
    "it": "Il consiglio ha aperto martedì il nuovo ponte, due anni dopo il previsto.",
    "ru": "Городской совет открыл во вторник новый мост, на два года позже, чем планировалось.",
    "uk": "Міська рада відкрила у вівторок новий міст, на два роки пізніше, ніж планувалося.",
    "el": "Το δημοτικό συμβούλιο εγκαινίασε την Τρίτη τη νέα γέφυρα, δύο χρόνια αργότερα.",
    "ar": "افتتح المجلس البلدي يوم الثلاثاء الجسر الجديد بعد عامين من الموعد المقرر.",
    "he": "מועצת העיר חנכה ביום שלישי את הגשר החדש, שנתיים מאוחר מהמתוכנן.",
    "fa": "شورای شهر روز سه‌شنبه پل تازه را دو سال دیرتر از برنامه گشود.",
    "ur": "سٹی کونسل نے منگل کو نیا پل کھول دیا جو دو سال تاخیر سے مکمل ہوا۔",
    "hi": "नगर परिषद ने मंगलवार को नया पुल खोल दिया, जो तय समय से दो साल बाद बना।",
    "bn": "নগর পরিষদ মঙ্গলবার নতুন সেতু খুলে দিয়েছে, নির্ধারিত সময়ের দুই বছর পরে।",
    "ta": "நகர சபை செவ்வாய்க்கிழமை புதிய பாலத்தைத் திறந்தது, இரண்டு ஆண்டுகள் தாமதமாக.",
    "si": "නගර සභාව අඟහරුවාදා නව පාලම විවෘත කළේ වසර දෙකක් ප්‍රමාද වීය.",
    "km": "ក្រុមប្រឹក្សាក្រុងបានបើកស្ពានថ្មីកាលពីថ្ងៃអង្គារ យឺតជាងគម្រោងពីរឆ្នាំ។",
    "th": "สภาเมืองเปิดสะพานใหม่เมื่อวันอังคาร ช้ากว่ากำหนดสองปี",
    "lo": "ສະພາເມືອງໄດ້ເປີດຂົວໃໝ່ໃນວັນອັງຄານ ຊ້າກວ່າແຜນສອງປີ",
    "my": "မြို့တော်ကောင်စီသည် တံတားသစ်ကို အင်္ဂါနေ့တွင် ဖွင့်လှစ်ခဲ့သည်။",
    "zh": "市议会周二启用了新桥，比原计划晚了两年。",
    "zht": "市議會週二啟用新橋，比原訂計畫晚了兩年。",
    "ja": "市議会は火曜日、予定より2年遅れて新しい橋を開通させた。",
    "ko": "시의회는 화요일 예정보다 2년 늦게 새 다리를 개통했다.",
    "ka": "საკრებულომ სამშაბათს ახალი ხიდი გახსნა, ორი წლის დაგვიანებით.",
    "hy": "Քաղաքային խորհուրդը երեքշաբթի բացեց նոր կամուրջը՝ երկու տարի ուշացումով։",
    "am": "የከተማው ምክር ቤት አዲሱን ድልድይ ማክሰኞ ዕለት ከፈተ።",
    "vi": "Hội đồng thành phố hôm thứ Ba đã khánh thành cây cầu mới, muộn hai năm so với kế hoạch.",
    "tr": "Belediye meclisi salı günü yeni köprüyü planlanandan iki yıl sonra açtı.",
    "id": "Dewan kota membuka jembatan baru pada Selasa, dua tahun lebih lambat dari rencana.",
    "sw": "Baraza la jiji lilifungua daraja jipya Jumanne, miaka miwili baadaye kuliko ilivyopangwa.",
    "pl": "Rada miasta otworzyła we wtorek nowy most, dwa lata później, niż planowano.",
    "hu": "A városi tanács kedden megnyitotta az új hidat, két évvel a tervezettnél később.",
    "cs": "Městská rada v úterý otevřela nový most, o dva roky později, než plánovala.",
    "nl": "De gemeenteraad opende dinsdag de nieuwe brug, twee jaar later dan gepland.",
    "hr": "Gradsko vijeće otvorilo je u utorak novi most, dvije godine kasnije od plana.",
    "sr": "Градско веће отворило је у уторак нови мост, две године касније од плана.",
    "bg": "Общинският съвет откри във вторник новия мост, две години по-късно от планираното.",
    "ml": "നഗരസഭ ചൊവ്വാഴ്ച പുതിയ പാലം തുറന്നു, നിശ്ചയിച്ചതിലും രണ്ടു വർഷം വൈകി.",
    "te": "నగర పాలక సంస్థ మంగళవారం కొత్త వంతెనను ప్రారంభించింది.",
    "gu": "નગર પરિષદે મંગળવારે નવો પુલ ખુલ્લો મૂક્યો, બે વર્ષ મોડો.",
    "mr": "नगर परिषदेने मंगळवारी नवीन पूल खुला केला, दोन वर्षे उशिराने.",
    "ne": "नगरपालिकाले मंगलबार नयाँ पुल खुला गर्‍यो, दुई वर्ष ढिलो।",
    "pa": "ਨਗਰ ਕੌਂਸਲ ਨੇ ਮੰਗਲਵਾਰ ਨੂੰ ਨਵਾਂ ਪੁਲ ਖੋਲ੍ਹਿਆ।",
}
MORE = "More was said about the matter later in the same week, and nobody objected to it."

# Language, what stands before its lead, and what it says: text (left out where that is all of it), place, date
# (+ is 3 March 2026), agency.
FORMS = """
en¦OSLO/BERGEN, March 3 (Reuters) - ¦OSLO/BERGEN, March 3 (Reuters)¦OSLO/BERGEN¦+¦Reuters
en¦LIMA and QUITO — ¦LIMA and QUITO¦LIMA and QUITO¦¦
en¦LIMA and QUITO, March 3 (Reuters) - ¦LIMA and QUITO, March 3 (Reuters)¦LIMA and QUITO¦+¦Reuters
en¦COMMACK, N.Y. — ¦COMMACK, N.Y.¦COMMACK, N.Y.¦¦
en¦COMMACK, N.Y. (AP) — ¦COMMACK, N.Y. (AP)¦COMMACK, N.Y.¦¦AP
en¦Ulverstone, Tas. (AAP) - ¦Ulverstone, Tas. (AAP)¦Ulverstone, Tas.¦¦AAP
en¦SCRANTON, Pa. — ¦SCRANTON, Pa.¦SCRANTON, Pa.¦¦
ru¦КЕДРОВСК, 3 марта. ¦КЕДРОВСК, 3 марта¦КЕДРОВСК¦+¦
uk¦КАМ'ЯНЕ, 3 березня. ¦КАМ'ЯНЕ, 3 березня¦КАМ'ЯНЕ¦+¦
el¦ΚΑΡΥΑ, 3 Μαρτίου. ¦ΚΑΡΥΑ, 3 Μαρτίου¦ΚΑΡΥΑ¦+¦
es¦VILLARREINA, 3 de marzo. ¦VILLARREINA, 3 de marzo¦VILLARREINA¦+¦
en¦PARIS (AFP) — ¦PARIS (AFP)¦PARIS¦¦AFP
en¦Paris (AFP) – ¦Paris (AFP)¦Paris¦¦AFP
en¦NAIROBI, March 3 (Xinhua) -- ¦NAIROBI, March 3 (Xinhua)¦NAIROBI¦+¦Xinhua
en¦(Reuters) - ¦(Reuters)¦¦¦Reuters
en¦Reuters - ¦Reuters¦¦¦Reuters
en¦KUALA LUMPUR: ¦KUALA LUMPUR¦KUALA LUMPUR¦¦
en¦Islamabad: ¦Islamabad¦Islamabad¦¦
en¦ISLAMABAD – ¦ISLAMABAD¦ISLAMABAD¦¦
en¦New Delhi, Mar 3 (PTI) ¦¦New Delhi¦+¦PTI
en¦DHAKA, March 3, 2026 (BSS) - ¦DHAKA, March 3, 2026 (BSS)¦DHAKA¦+¦BSS
en¦COLOMBO (News 1st); ¦COLOMBO (News 1st)¦COLOMBO¦¦News 1st
en¦ABUJA, Nigeria — ¦ABUJA, Nigeria¦ABUJA, Nigeria¦¦
en¦Abuja, March 3, 2026 (NAN) ¦¦Abuja¦+¦NAN
en¦Accra, March 3, GNA - ¦Accra, March 3, GNA¦Accra¦+¦GNA
en¦LONDON, UK / ACCRA, Ghana – ¦LONDON, UK / ACCRA, Ghana¦LONDON, UK / ACCRA, Ghana¦¦
en¦TEL AVIV, Israel (JTA) — ¦TEL AVIV, Israel (JTA)¦TEL AVIV, Israel¦¦JTA
en¦DOHA, Qatar, March 3, 2026 /PRNewswire/ -- ¦DOHA, Qatar, March 3, 2026 /PRNewswire/¦DOHA, Qatar¦+¦PRNewswire
en¦SAN DIEGO--(BUSINESS WIRE)--¦SAN DIEGO--(BUSINESS WIRE)¦SAN DIEGO¦¦BUSINESS WIRE
de¦Wien. ¦Wien¦Wien¦¦
de¦BERLIN taz | ¦BERLIN taz¦BERLIN¦¦taz
de¦Berlin/München (dpa/tmn) - ¦Berlin/München (dpa/tmn)¦Berlin/München¦¦dpa/tmn
de¦Wien/Graz – ¦Wien/Graz¦Wien/Graz¦¦
de¦Zürich, 03.03.2026 - ¦Zürich, 03.03.2026¦Zürich¦+¦
de¦Bern, 3. März 2026 – ¦Bern, 3. März 2026¦Bern¦+¦
de¦FRANKFURT (dpa-AFX) - ¦FRANKFURT (dpa-AFX)¦FRANKFURT¦¦dpa-AFX
de¦Hannover (epd). ¦Hannover (epd)¦Hannover¦¦epd
fr¦Paris, le 3 mars 2026 – ¦Paris, le 3 mars 2026¦Paris¦+¦
fr¦Alger, 3 mars (APS) - ¦Alger, 3 mars (APS)¦Alger¦+¦APS
fr¦ALGER- ¦ALGER¦ALGER¦¦
fr¦Ouagadougou, 3 mars 2026 (AIB) - ¦Ouagadougou, 3 mars 2026 (AIB)¦Ouagadougou¦+¦AIB
fr¦Kinshasa, 03 mars 2026 (ACP).- ¦Kinshasa, 03 mars 2026 (ACP)¦Kinshasa¦+¦ACP
fr¦Washington | ¦Washington¦Washington¦¦
es¦Madrid, 3 mar (EFE).- ¦Madrid, 3 mar (EFE)¦Madrid¦+¦EFE
es¦Madrid, 3 mar. (EFE).- ¦Madrid, 3 mar. (EFE)¦Madrid¦+¦EFE
es¦Madrid, 3 Mar. (EUROPA PRESS) - ¦Madrid, 3 Mar. (EUROPA PRESS)¦Madrid¦+¦EUROPA PRESS
es¦MADRID, 3 (EUROPA PRESS)¦¦MADRID¦¦EUROPA PRESS
es¦MADRID, 3 Mar. (EUROPA PRESS) -   ¦MADRID, 3 Mar. (EUROPA PRESS)¦MADRID¦+¦EUROPA PRESS
es¦MÉXICO, DF.- ¦MÉXICO, DF¦MÉXICO, DF¦¦
es¦Ciudad de México.- ¦Ciudad de México¦Ciudad de México¦¦
es¦CIUDAD DE MÉXICO, 3 de marzo (EFE).- ¦CIUDAD DE MÉXICO, 3 de marzo (EFE)¦CIUDAD DE MÉXICO¦+¦EFE
es¦Ciudad de México, 3 de marzo de 2026.- ¦Ciudad de México, 3 de marzo de 2026¦Ciudad de México¦+¦
pt¦SÃO PAULO, SP (FOLHAPRESS) - ¦SÃO PAULO, SP (FOLHAPRESS)¦SÃO PAULO, SP¦¦FOLHAPRESS
pt¦Luanda, 03/03 (Angop) – ¦Luanda, 03/03 (Angop)¦Luanda¦+¦Angop
it¦(ANSA) - ROMA, 3 MAR - ¦(ANSA) - ROMA, 3 MAR¦ROMA¦+¦ANSA
it¦ROMA. ¦ROMA¦ROMA¦¦
pl¦Warszawa, 3 marca 2026 r. – ¦Warszawa, 3 marca 2026 r.¦Warszawa¦+¦
hu¦Budapest, 2026. március 3., kedd (MTI) - ¦Budapest, 2026. március 3., kedd (MTI)¦Budapest¦+¦MTI
cs¦Praha 3. března (ČTK) - ¦Praha 3. března (ČTK)¦Praha¦+¦ČTK
hr¦ZAGREB, 3. ožujka (Hina) - ¦ZAGREB, 3. ožujka (Hina)¦ZAGREB¦+¦Hina
nl¦TIRANË, 3 mars /ATSH/ - ¦TIRANË, 3 mars /ATSH/¦TIRANË¦+¦ATSH
hr¦Ljubljana, 3. marca (STA) - ¦Ljubljana, 3. marca (STA)¦Ljubljana¦+¦STA
nl¦Vilnius, kovo 3 d. (BNS) - ¦Vilnius, kovo 3 d. (BNS)¦Vilnius¦+¦BNS
tr¦Bakı, 3 mart, AZƏRTAC ¦¦Bakı¦+¦AZƏRTAC
id¦KOMPAS.com, Jakarta - ¦KOMPAS.com, Jakarta¦Jakarta¦¦KOMPAS.com
id¦JAKARTA, KOMPAS.com - ¦JAKARTA, KOMPAS.com¦JAKARTA¦¦KOMPAS.com
id¦Liputan6.com, Jakarta ¦¦Jakarta¦¦Liputan6.com
id¦Liputan6.com, Jakarta - ¦Liputan6.com, Jakarta¦Jakarta¦¦Liputan6.com
id¦REPUBLIKA.CO.ID, JAKARTA -- ¦REPUBLIKA.CO.ID, JAKARTA¦JAKARTA¦¦REPUBLIKA.CO.ID
id¦TRIBUNNEWS.COM, JAKARTA - ¦TRIBUNNEWS.COM, JAKARTA¦JAKARTA¦¦TRIBUNNEWS.COM
vi¦Hà Nội, ngày 3 tháng 3 năm 2026 – ¦Hà Nội, ngày 3 tháng 3 năm 2026¦Hà Nội¦+¦
sw¦NAIROBI, Kenya, Machi 3 - ¦NAIROBI, Kenya, Machi 3¦NAIROBI, Kenya¦+¦
ru¦МОСКВА, 3 мар - РИА Новости. ¦МОСКВА, 3 мар - РИА Новости¦МОСКВА¦+¦РИА Новости
ru¦МОСКВА, 3 марта. /ТАСС/. ¦МОСКВА, 3 марта. /ТАСС/¦МОСКВА¦+¦ТАСС
ru¦САНКТ-ПЕТЕРБУРГ, 3 марта. /ТАСС/. ¦САНКТ-ПЕТЕРБУРГ, 3 марта. /ТАСС/¦САНКТ-ПЕТЕРБУРГ¦+¦ТАСС
ru¦Москва. 3 марта. INTERFAX.RU - ¦Москва. 3 марта. INTERFAX.RU¦Москва¦+¦INTERFAX.RU
ru¦Минск. 3 марта. Интерфакс-Запад - ¦Минск. 3 марта. Интерфакс-Запад¦Минск¦+¦Интерфакс-Запад
ru¦3 марта, Минск /Корр. БЕЛТА/. ¦3 марта, Минск /Корр. БЕЛТА/¦Минск¦+¦Корр. БЕЛТА
ru¦АСТАНА. КАЗИНФОРМ - ¦АСТАНА. КАЗИНФОРМ¦АСТАНА¦¦КАЗИНФОРМ
ru¦АЛМАТЫ, 3 марта – ¦АЛМАТЫ, 3 марта¦АЛМАТЫ¦+¦
uk¦КИЇВ. 3 березня. УНН. ¦КИЇВ. 3 березня. УНН¦КИЇВ¦+¦УНН
uk¦Київ. УНІАН. ¦Київ. УНІАН¦Київ¦¦УНІАН
uk¦КИЇВ, 3 березня 2026 р. – ¦КИЇВ, 3 березня 2026 р.¦КИЇВ¦+¦
sr¦БЕОГРАД, 3. марта (Танјуг) – ¦БЕОГРАД, 3. марта (Танјуг)¦БЕОГРАД¦+¦Танјуг
sr¦БАЊА ЛУКА, 3. МАРТА /СРНА/ - ¦БАЊА ЛУКА, 3. МАРТА /СРНА/¦БАЊА ЛУКА¦+¦СРНА
bg¦София. ¦София¦София¦¦
bg¦София, 3 март /БТА/ - ¦София, 3 март /БТА/¦София¦+¦БТА
el¦ΑΘΗΝΑ (ΑΠΕ-ΜΠΕ) - ¦ΑΘΗΝΑ (ΑΠΕ-ΜΠΕ)¦ΑΘΗΝΑ¦¦ΑΠΕ-ΜΠΕ
el¦Αθήνα, 3 Μαρτίου 2026 – ¦Αθήνα, 3 Μαρτίου 2026¦Αθήνα¦+¦
el¦ΛΕΥΚΩΣΙΑ – ¦ΛΕΥΚΩΣΙΑ¦ΛΕΥΚΩΣΙΑ¦¦
ar¦القاهرة - رويترز: ¦القاهرة - رويترز¦القاهرة¦¦رويترز
ar¦القاهرة (أ ف ب) — ¦القاهرة (أ ف ب)¦القاهرة¦¦أ ف ب
ar¦القاهرة – (أ ف ب) – ¦القاهرة – (أ ف ب)¦القاهرة¦¦أ ف ب
ar¦دبي، 3 مارس (رويترز) - ¦دبي، 3 مارس (رويترز)¦دبي¦+¦رويترز
ar¦دبي، 3 مارس 2026 - ¦دبي، 3 مارس 2026¦دبي¦+¦
ar¦دبي في 3 مارس / وام / ¦¦دبي¦+¦وام
ar¦الرياض ٣ مارس ٢٠٢٦ م واس ¦¦الرياض¦+¦واس
ar¦بغداد/ واع/ ¦¦بغداد¦¦واع
ar¦بيروت - «الشرق»: ¦بيروت - «الشرق»¦بيروت¦¦الشرق
ar¦الرباط - ¦الرباط¦الرباط¦¦
ar¦دمشق-سانا ¦¦دمشق¦¦سانا
ar¦رام الله 3-3-2026 وفا- ¦رام الله 3-3-2026 وفا¦رام الله¦+¦وفا
ar¦(رويترز) - ¦(رويترز)¦¦¦رويترز
ar¦الكويت - 3 - 3 (كونا) -- ¦الكويت - 3 - 3 (كونا)¦الكويت¦+¦كونا
he¦ירושלים, 3 במרץ (רויטרס) - ¦ירושלים, 3 במרץ (רויטרס)¦ירושלים¦+¦רויטרס
he¦ירושלים – ¦ירושלים¦ירושלים¦¦
fa¦تهران - ایرنا - ¦تهران - ایرنا¦تهران¦¦ایرنا
fa¦تهران-ایرنا- ¦تهران-ایرنا¦تهران¦¦ایرنا
fa¦تهران (ایسنا) - ¦تهران (ایسنا)¦تهران¦¦ایسنا
fa¦کابل (پژواک، ۱۲ حوت ۱۴۰۴): ¦کابل (پژواک، ۱۲ حوت ۱۴۰۴)¦کابل¦+¦پژواک
ur¦اسلام آباد: ¦اسلام آباد¦اسلام آباد¦¦
ur¦کراچی (اسٹاف رپورٹر) ¦¦کراچی¦¦اسٹاف رپورٹر
ur¦اسلام آباد (اے پی پی): ¦اسلام آباد (اے پی پی)¦اسلام آباد¦¦اے پی پی
ur¦کراچی، 3 مارچ 2026: ¦کراچی، 3 مارچ 2026¦کراچی¦+¦
hi¦नई दिल्ली, 3 मार्च (भाषा) ¦¦नई दिल्ली¦+¦भाषा
hi¦नई दिल्ली: ¦नई दिल्ली¦नई दिल्ली¦¦
hi¦लखनऊ। ¦लखनऊ¦लखनऊ¦¦
hi¦पटना, 3 मार्च (आईएएनएस)। ¦पटना, 3 मार्च (आईएएनएस)¦पटना¦+¦आईएएनएस
hi¦जागरण संवाददाता, पटना। ¦जागरण संवाददाता, पटना¦पटना¦¦जागरण संवाददाता
ne¦काठमाडौं, १९ फागुन । ¦काठमाडौं, १९ फागुन¦काठमाडौं¦¦
ne¦काठमाडौं । ¦काठमाडौं¦काठमाडौं¦¦
mr¦मुंबई : ¦मुंबई¦मुंबई¦¦
mr¦पुणे - ¦पुणे¦पुणे¦¦
bn¦ঢাকা, ৩ মার্চ (বাসস) : ¦ঢাকা, ৩ মার্চ (বাসস)¦ঢাকা¦+¦বাসস
bn¦ঢাকা, ৩ মার্চ, ২০২৬ (বাসস) : ¦ঢাকা, ৩ মার্চ, ২০২৬ (বাসস)¦ঢাকা¦+¦বাসস
bn¦কলকাতা: ¦কলকাতা¦কলকাতা¦¦
ta¦சென்னை: ¦சென்னை¦சென்னை¦¦
ta¦சென்னை, மார்ச் 3: ¦சென்னை, மார்ச் 3¦சென்னை¦+¦
ml¦കൊച്ചി: ¦കൊച്ചി¦കൊച്ചി¦¦
te¦తిరుపతి: ¦తిరుపతి¦తిరుపతి¦¦
te¦హైదరాబాద్, మార్చి 3: ¦హైదరాబాద్, మార్చి 3¦హైదరాబాద్¦+¦
gu¦અમદાવાદ: ¦અમદાવાદ¦અમદાવાદ¦¦
pa¦ਚੰਡੀਗੜ੍ਹ, 3 ਮਾਰਚ: ¦ਚੰਡੀਗੜ੍ਹ, 3 ਮਾਰਚ¦ਚੰਡੀਗੜ੍ਹ¦+¦
si¦කොළඹ, මාර්තු 3 (සින්හුවා) - ¦කොළඹ, මාර්තු 3 (සින්හුවා)¦කොළඹ¦+¦සින්හුවා
si¦කොළඹ: ¦කොළඹ¦කොළඹ¦¦
km¦ភ្នំពេញ៖ ¦ភ្នំពេញ¦ភ្នំពេញ¦¦
km¦(ភ្នំពេញ)៖ ¦(ភ្នំពេញ)¦ភ្នំពេញ¦¦
km¦ភ្នំពេញ ថ្ងៃទី៣ ខែមីនា ឆ្នាំ២០២៦ — ¦ភ្នំពេញ ថ្ងៃទី៣ ខែមីនា ឆ្នាំ២០២៦¦ភ្នំពេញ¦+¦
th¦นิวยอร์ก (รอยเตอร์) - ¦นิวยอร์ก (รอยเตอร์)¦นิวยอร์ก¦¦รอยเตอร์
th¦กรุงเทพฯ 3 มี.ค. - ¦กรุงเทพฯ 3 มี.ค.¦กรุงเทพฯ¦+¦
th¦เชียงใหม่ - ¦เชียงใหม่¦เชียงใหม่¦¦
th¦กรุงเทพฯ, 3 มีนาคม 2569 – ¦กรุงเทพฯ, 3 มีนาคม 2569¦กรุงเทพฯ¦+¦
lo¦ວຽງຈັນ: ¦ວຽງຈັນ¦ວຽງຈັນ¦¦
lo¦ວຽງຈັນ, 3 ມີນາ 2026 (ຂປລ) - ¦ວຽງຈັນ, 3 ມີນາ 2026 (ຂປລ)¦ວຽງຈັນ¦+¦ຂປລ
my¦ရန်ကုန်၊ မတ် ၃ - ¦ရန်ကုန်၊ မတ် ၃¦ရန်ကုန်¦+¦
zh¦新华社北京4月24日电（记者张三、李四）¦新华社北京4月24日电¦北京¦2025-04-24¦新华社
zh¦新华社北京3月3日电 ¦¦北京¦+¦新华社
zht¦（中央社記者王小明台北3日電）¦¦台北¦¦中央社
zh¦本报北京3月3日电（记者张三）¦本报北京3月3日电¦北京¦+¦本报
zht¦[記者王小明／台北報導]¦¦台北¦¦
zht¦〔記者王小明／台北報導〕¦¦台北¦¦
zht¦記者王小明／台北報導 ¦¦台北¦¦
ja¦【ソウル＝山田太郎】¦¦ソウル¦¦
ja¦【ソウル＝共同】¦¦ソウル¦¦共同
ja¦【ワシントン時事】¦¦ワシントン¦¦時事
ja¦［東京 3日 ロイター］ - ¦［東京 3日 ロイター］¦東京¦¦ロイター
ja¦[東京 3日 ロイター] - ¦[東京 3日 ロイター]¦東京¦¦ロイター
ja¦【3月3日 AFP】¦¦¦+¦AFP
ko¦(서울=연합뉴스) 홍길동 기자 = ¦(서울=연합뉴스)¦서울¦¦연합뉴스
ko¦[서울=뉴시스] 홍길동 기자 = ¦[서울=뉴시스]¦서울¦¦뉴시스
ko¦[서울=뉴시스]¦¦서울¦¦뉴시스
ko¦(서울=뉴스1) 홍길동 기자 = ¦(서울=뉴스1)¦서울¦¦뉴스1
ko¦【서울=뉴시스】홍길동 기자 = ¦【서울=뉴시스】¦서울¦¦뉴시스
ka¦თბილისი, 3 მარტი (ინტერპრესნიუსი) – ¦თბილისი, 3 მარტი (ინტერპრესნიუსი)¦თბილისი¦+¦ინტერპრესნიუსი
ka¦თბილისი – ¦თბილისი¦თბილისი¦¦
hy¦ԵՐԵՎԱՆ, 3 ՄԱՐՏԻ, ԱՐՄԵՆՊՐԵՍ։ ¦ԵՐԵՎԱՆ, 3 ՄԱՐՏԻ, ԱՐՄԵՆՊՐԵՍ¦ԵՐԵՎԱՆ¦+¦ԱՐՄԵՆՊՐԵՍ
hy¦Երևան – ¦Երևան¦Երևան¦¦
am¦አዲስ አበባ – ¦አዲስ አበባ¦አዲስ አበባ¦¦
am¦አዲስ አበባ (ኢዜአ) - ¦አዲስ አበባ (ኢዜአ)¦አዲስ አበባ¦¦ኢዜአ
nl¦PRISHTINË, 3 mars - ¦PRISHTINË, 3 mars¦PRISHTINË¦+¦
it¦Roma, 3 mar. - (Adnkronos) - ¦Roma, 3 mar. - (Adnkronos)¦Roma¦+¦Adnkronos
hu¦Budapest, 2026. március 3., kedd – ¦Budapest, 2026. március 3., kedd¦Budapest¦+¦
vi¦(PLO)- ¦(PLO)¦¦¦PLO
vi¦(Chinhphu.vn) - ¦(Chinhphu.vn)¦¦¦Chinhphu.vn
ru¦МИНСК, 3 мар — Sputnik, Анна Петрова. ¦МИНСК, 3 мар — Sputnik¦МИНСК¦+¦Sputnik
uk¦Київ, 3 березня (Укрінформ). ¦Київ, 3 березня (Укрінформ)¦Київ¦+¦Укрінформ
uk¦ЛЬВІВ – ¦ЛЬВІВ¦ЛЬВІВ¦¦
sr¦Скопје, 3 март 2026 (МИА) - ¦Скопје, 3 март 2026 (МИА)¦Скопје¦+¦МИА
el¦Θεσσαλονίκη. ¦Θεσσαλονίκη¦Θεσσαλονίκη¦¦
el¦ΒΡΥΞΕΛΛΕΣ (ΑΠΕ-ΜΠΕ/Γ. Σ.) – ¦ΒΡΥΞΕΛΛΕΣ (ΑΠΕ-ΜΠΕ/Γ. Σ.)¦ΒΡΥΞΕΛΛΕΣ¦¦ΑΠΕ-ΜΠΕ/Γ. Σ.
he¦וושינגטון (רויטרס) – ¦וושינגטון (רויטרס)¦וושינגטון¦¦רויטרס
fa¦تهران - ¦تهران¦تهران¦¦
fa¦کابل - ۳ مارس ۲۰۲۶ - ¦کابل - ۳ مارس ۲۰۲۶¦کابل¦+¦
ur¦پشاور(نمائندہ خصوصی) ¦¦پشاور¦¦نمائندہ خصوصی
hi¦नयी दिल्ली, तीन मार्च (भाषा) ¦¦नयी दिल्ली¦+¦भाषा
bn¦কলকাতা, ৩ মার্চ: ¦কলকাতা, ৩ মার্চ¦কলকাতা¦+¦
ta¦புதுடெல்லி, மார்ச் 3 (பிடிஐ) ¦¦புதுடெல்லி¦+¦பிடிஐ
km¦(ភ្នំពេញ) ៖ ¦(ភ្នំពេញ)¦ភ្នំពេញ¦¦
km¦ភ្នំពេញ ៖ ¦ភ្នំពេញ¦ភ្នំពេញ¦¦
km¦ភ្នំពេញ: ¦ភ្នំពេញ¦ភ្នំពេញ¦¦
th¦ปักกิ่ง, 3 มี.ค. (ซินหัว) -- ¦ปักกิ่ง, 3 มี.ค. (ซินหัว)¦ปักกิ่ง¦+¦ซินหัว
lo¦ວຽງຈັນ (ຂປລ). ¦ວຽງຈັນ (ຂປລ)¦ວຽງຈັນ¦¦ຂປລ
zh¦人民网北京3月3日电 （记者李明）¦人民网北京3月3日电¦北京¦+¦人民网
zh¦本报讯（记者李明）¦本报讯¦¦¦本报
zht¦（中央社記者李明日內瓦3月3日專電）¦¦日內瓦¦+¦中央社
zht¦【香港中通社3月3日電】¦¦¦+¦香港中通社
ko¦[부산=뉴시스]홍길동 기자 = ¦[부산=뉴시스]¦부산¦¦뉴시스
ka¦თბილისი. 3 მარტი. ¦თბილისი. 3 მარტი¦თბილისი¦+¦
hy¦ԵՐԵՎԱՆ, 3 ՄԱՐՏԻ. ¦ԵՐԵՎԱՆ, 3 ՄԱՐՏԻ¦ԵՐԵՎԱՆ¦+¦
hy¦Երևան, մարտի 3 – ¦Երևան, մարտի 3¦Երևան¦+¦
"""

# What stands in the same place and is none.
OTHERS = """
The lesson was simple: do not build on sand, and never in the spring.
Washington has long been a city of bridges - and it has built another one this year.
UPDATE - The council has said that the bridge stays open all night.
Q: What does the new bridge mean for the people of the quarter?
1. Bridge: the council opened it on Tuesday, two years late.
FIFA: Twelve stadiums will be rebuilt before the next tournament begins.
FIFA - Twelve stadiums will be rebuilt before the next tournament begins.
Maria Lopez — the mayor who built the bridge — will not run again.
MONDAY: The bridge opens at nine, and the ferry stops at noon.
Tuesday, March 3 - The bridge opens at nine, and the ferry stops at noon.
Not guilty - that was the verdict of the jury on Tuesday after three days.
ANALYSIS - The mayor will not run again, and this is why it matters.
WATCH: The mayor opens the bridge and drops her scissors into the river.
OPINION: The mayor should have resigned long before the bridge was built.
OPINIÓN – La alcaldesa no volverá a presentarse, y por eso importa tanto.
EXKLUSIV: Die Bürgermeisterin tritt nicht wieder an, sagen drei Vertraute.
KOMMENTAR: Die Bürgermeisterin tritt nicht wieder an, und das ist gut so.
DEBATT: Ordføreren stiller ikke til gjenvalg, og det er bra for byen.
EXCLUSIF - La maire ne se représentera pas, selon trois de ses proches.
ENQUÊTE - La maire ne se représentera pas, et voici pourquoi cela compte.
INFO LE PHARE - La maire ne se représentera pas, selon trois de ses proches.
ENTRETIEN - La maire ne se représentera pas. Elle dit pourquoi.
L'INTERVISTA - La sindaca non si ricandida, e spiega perché.
EXCLUSIVO: A prefeita não vai concorrer de novo, dizem três aliados.
OPINIÃO - A prefeita não vai concorrer de novo, e isso importa.
ΑΝΑΛΥΣΗ – Η δήμαρχος δεν θα είναι ξανά υποψήφια, και γι' αυτό μετράει.
СРОЧНО: Мэр подала в отставку, сообщил городской совет во вторник.
СРОЧНО — Мэр подала в отставку, сообщил городской совет во вторник.
ОБНОВЛЕНО: Мэр больше не пойдёт на выборы, сообщили три источника.
АНАЛИЗА – Градоначелница се неће поново кандидовати, и ево зашто је то важно.
EKSKLUZIVNO: Gradonačelnica se neće ponovo kandidovati, tvrde tri izvora.
PILNE: Burmistrz podała się do dymisji, podała we wtorek rada miasta.
EXKLUZIVNĚ - Starostka už nebude kandidovat, tvrdí tři zdroje.
VÉLEMÉNY - A polgármester nem indul újra, és ezért fontos ez.
SON DAKİKA: Belediye başkanı istifa etti, meclis salı günü açıkladı.
ANALİZ - Belediye başkanı yeniden aday olmayacak ve bu yüzden önemli.
EKSKLUSIF: Wali kota tidak akan maju lagi, kata tiga orang dekatnya.
ĐỘC QUYỀN: Thị trưởng sẽ không tái tranh cử, ba nguồn tin cho biết.
MAONI: Meya hatagombea tena, na hii ndiyo sababu ni muhimu.
ANALYSE: De burgemeester stopt ermee, en daarom is dat belangrijk.
EXKLUSIVT: Borgmästaren ställer inte upp igen, säger tre källor.
YHTEENVETO: Pormestari ei asetu enää ehdolle, kertoo kolme lähdettä.
عاجل: استقالت رئيسة البلدية، بحسب ما أعلن المجلس يوم الثلاثاء.
خاص - لن تترشح رئيسة البلدية مجددا، وفق ثلاثة مصادر.
رأي: لن تترشح رئيسة البلدية مجددا، وهذا سبب أهمية الأمر.
פרשנות: ראש העיר לא תתמודד שוב, וזו הסיבה שזה חשוב.
تحلیل: شهردار دوباره نامزد نمی‌شود و این مهم است.
تازہ ترین: میئر نے استعفیٰ دے دیا، کونسل نے منگل کو بتایا۔
विशेष: महापौर फिर चुनाव नहीं लड़ेंगी, तीन सूत्रों ने बताया।
বিশ্লেষণ: মেয়র আর নির্বাচনে দাঁড়াবেন না, তিনটি সূত্র জানিয়েছে।
ព័ត៌មានពិសេស៖ អភិបាលក្រុងនឹងមិនឈរឈ្មោះម្ដងទៀតទេ។
យោបល់៖ អភិបាលក្រុងនឹងមិនឈរឈ្មោះម្ដងទៀតទេ។
ด่วน: นายกเทศมนตรีลาออกแล้ว สภาเมืองแถลงเมื่อวันอังคาร
ບົດວິເຄາະ: ເຈົ້າເມືອງຈະບໍ່ລົງສະໝັກອີກ
快讯：市长辞职，市议会周二宣布。
评论：市长不会再参选，这就是为什么重要。
【速報】市長が辞任した。市議会が火曜日に発表した。
【写真】新しい橋の開通式に集まった人々。
【解説】市長はなぜ再び立候補しないのか。
[속보] 시장이 사임했다고 시의회가 화요일 밝혔다.
[단독] 시장은 다시 출마하지 않는다고 세 소식통이 밝혔다.
단독: 시장은 다시 출마하지 않는다고 세 소식통이 밝혔다.
ԲԱՑԱՌԻԿ. Քաղաքապետը այլևս չի առաջադրվի։
ԲԱՑԱՌԻԿ – Քաղաքապետը այլևս չի առաջադրվի։
Chelsea - Arsenal 2:1 stood on the board when the lights went out.
Chelsea: The club has signed a new keeper for three years.
Titanic - a film that nobody in town had seen - returns to the cinema.
PARIS, TEXAS returns to the cinema of the old town this spring.
Paris Hilton: The heiress opened the bridge on Tuesday in a pink dress.
Victoria: The queen who never laughed has a bridge of her own now.
Jordan: The player returns to the team on Tuesday after a long break.
Mexico City’s bridges — old, narrow and crowded — are to be rebuilt.
In Berlin - the capital - the council opened the bridge on Tuesday.
Aus Wien: Der Stadtrat hat die Brücke eröffnet.
Ort: Die Brücke liegt am östlichen Rand der Stadt.
Wann: Dienstag, 3. März, 9 Uhr. Wo: an der neuen Brücke.
WHO — the UN health body — has a new bridge to its seat.
WHERE: The eastern bank of the river, beside the old ferry house.
WHEN: Tuesday, March 3, from nine in the morning until midnight.
VIDEO: The bridge on its first morning, seen from the eastern bank.
FILE PHOTO: The bridge on its first morning, seen from the eastern bank.
FACT CHECK: The bridge did not cost a billion, whatever the posts say.
EXPLAINER: Five things to know about the bridge that opened on Tuesday.
LIVE UPDATES: The bridge opens at nine, and the ferry stops at noon.
LONG READ: The bridge took forty years, three mayors and a flood.
SPORTS: The bridge run starts on Tuesday with four thousand runners.
COVID-19 — the disease that closed the bridge — is back in town.
AI: The machine that planned the bridge has been switched off.
IBM - The computer maker will build a plant on the eastern bank.
UNICEF - The fund for children has opened a school by the bridge. It is, UNICEF said, the first.
OPEC+ — the club of oil exporters — meets by the bridge.
Anna Weiss (SPD): Die Brücke ist das Beste, was der Stadt passieren konnte.
John Smith (R-Texas) - who built the bridge - will not run again.
Foto: Anna Weiss / dpa - Die Brücke am ersten Morgen.
(Bild: dpa) Die Brücke am ersten Morgen, vom Ostufer aus.
(Updated) The bridge on its first morning, seen from the eastern bank.
(UPDATE) The bridge on its first morning, seen from the eastern bank.
(FOTO) Most je otvoren u utorak, dvije godine kasnije od plana.
(+VIDEO) El puente nuevo se inauguró el martes, dos años tarde.
Yes. The bridge is open, and no, it did not cost a billion.
Nice: That was the word of the mayor when she saw the bridge.
Mobile - that is how the new bridge was planned - means light.
Male - that is what nine in ten engineers of the bridge are.
Essen: Was auf der neuen Brücke verkauft wird, schmeckt nicht jedem.
Hier: Was auf der neuen Brücke verkauft wird.
Tour: Was auf der neuen Brücke verkauft wird.
March 3, 2026 - The bridge opened on Tuesday with music and speeches.
Berlin, 11:20 Uhr: Die Brücke ist offen, und die ersten Wagen rollen.
9:15 a.m. — The bridge is open, and the first cars are rolling.
5G - the network that the bridge needs - is not there yet.
Wordle - the game of the season - has a bridge in it.
Step 1: Take the bus to the eastern bank and walk to the bridge.
TL;DR: The bridge is open, two years late.
Key points - The bridge is open, two years late, and nobody objects.
Source: The council's report on the bridge, March 2026.
Sieger: Viertausend kamen am Dienstag an die neue Brücke.
СПОРТ — Забег по мосту начнётся во вторник.
ВОПРОС — Забег по мосту начнётся во вторник.
ВОПРОС: Что значит новый мост для жителей района?
السؤال: ماذا يعني الجسر الجديد لسكان الحي؟
محمد: الجسر أفضل ما حدث لبلدتنا منذ سنوات.
問：新しい橋は住民にとって何を意味しますか。
中国政府网报道电子商务新规定周二生效，商家表示欢迎。
法新社报道讯息显示，市议会周二启用了新桥。
Oslo er en by med mange broer – og nå har den fått en til.
London, Paris, New York: the bridge has been copied all over the world.
London to Paris - that is the trip which the new train makes in two hours.
PARIS SAINT-GERMAIN - the club of the capital - has signed a keeper.
Real Madrid: The club has signed a keeper for three years.
Manchester United - the club that never sleeps - has signed a keeper.
New York Times: The paper has a new building by the bridge.
BERLINALE: Der Goldene Bär geht in diesem Jahr an einen Film über eine Brücke.
EURO 2028: Twelve stadiums will be rebuilt before the tournament begins.
EZB: Die Zinsen bleiben, wo sie sind, und die Brücke wird teurer.
SPD und CDU - die beiden Parteien im Rat - wollen die Brücke bauen.
ARD - Das Erste zeigt am Dienstag einen Film über die Brücke.
Tesla: The carmaker will build a plant on the eastern bank.
Meta: The company will build a data centre on the eastern bank.
Hamas: The group said on Tuesday that it would talk.
Merkel: Die Brücke ist das Beste, was der Stadt passieren konnte.
Dear Reader: The bridge is open and so is our office beside it.
Sir: The bridge is open and I for one do not like it.
To the Editor: The bridge is open and I for one do not like it.
Note: This story was first published in March and was updated later.
Getty Images - The bridge on its first morning.
Photo courtesy of the council - The bridge on its first morning.
Copyright 2026 The Daily Bridge: All rights reserved by the publisher.
Advertisement - The bridge on its first morning.
Subscribe: Get the bridge in your inbox every morning.
Location: The bridge stands on the eastern edge of the town.
Date: Tuesday, March 3. The bridge opens at nine in the morning.
Price: Free. The bridge opens on Tuesday, March 3.
Level: Beginners. The course starts on Tuesday by the bridge.
Genre: Drama. The film is set on a bridge and nobody smiles in it.
Part 1: The bridge. How it was planned, and why it took forty years.
I. The bridge - how it was planned, and why it took forty years.
A. The bridge: how it was planned, and why it took forty years.
Sunday Mass - The bridge was blessed by the bishop on Tuesday.
Bad news - The bridge is closed again, two weeks after it opened.
Fun fact: The bridge has exactly as many bolts as the town has people.
Disclosure: The author owns a share in the company that built the bridge.
GUTEN MORGEN: Die Brücke ist offen, zwei Jahre zu spät.
WETTER: Am Dienstag regnet es an der Brücke.
FÚTBOL - El club ha fichado a un portero para tres años.
ECONOMÍA.- El ayuntamiento inauguró el martes el puente nuevo.
POLITIQUE - Le conseil a inauguré mardi le nouveau pont.
SANTÉ - Le conseil a inauguré mardi le nouvel hôpital.
JUSTICE - Un pont s'est effondré mardi soir, sans faire de victime.
MÉTÉO - Il pleuvra mardi sur le nouveau pont.
CALCIO - La squadra ha un nuovo portiere per tre anni.
ECONOMIA - A prefeitura inaugurou a ponte nova.
SPORT - Klub pozyskał nowego bramkarza na trzy lata.
EKONOMI - Belediye meclisi yeni köprüyü açtı.
OLAHRAGA - Klub itu mendapatkan kiper baru selama tiga tahun.
THỂ THAO - Câu lạc bộ đã có thủ môn mới trong ba năm.
ОБЩЕСТВО: Городской совет открыл во вторник новый мост.
ΟΙΚΟΝΟΜΙΑ: Το δημοτικό συμβούλιο εγκαινίασε τη γέφυρα.
اقتصاد - افتتح المجلس البلدي الجسر الجديد.
कारोबार: नगर परिषद ने मंगलवार को नया पुल खोल दिया।
体育：市议会周二启用了新球场。
财经 - 市议会周二启用了新桥。
스포츠 - 시의회는 새 경기장을 개장했다.
กีฬา - สภาเมืองเปิดสนามใหม่เมื่อวันอังคาร
ผู้เขียน: สมชาย ใจดี เขียนเรื่องสะพานใหม่ของเมือง
Anna: Ich habe die Brücke gebaut, und niemand hat mir gedankt.
Thomas Müller: Der Stürmer wechselt im Sommer den Verein.
José García.- El alcalde que construyó el puente no volverá a presentarse.
Иван Петров — Мэр, который построил мост, больше не пойдёт на выборы.
張三：新橋是這座城市最好的事。
Gold - der sichere Hafen - ist am Dienstag teurer geworden.
BITCOIN - The coin fell on Tuesday by nine percent. Nobody knows why bitcoin fell.
Chelsea (England) 2-1 Roma (Italy) - that was how the evening ended.
Chelsea 2-1 Roma: That was how the evening ended in the west.
ROMA-LAZIO 2-1 - That was how the evening ended in the capital.
Milan: La squadra ha un nuovo portiere per tre anni.
Barcelona - Real Madrid: The match begins at eight and tickets are gone.
April - The month in which the bridge was to open, and did not.
10 Downing Street - The house by the bridge has a new tenant.
St. Mary's Church - The house by the bridge has a new priest.
UPDATE, 3 March. The bridge is open, and it did not cost a billion.
ВТОРНИК, 3 марта. Городской совет открыл новый мост.
КЕДРОВСК, 3 марта. городской совет открыл новый мост.
and/or - The bridge is open, and no, it did not cost a billion.
"""


def found_in(*body: str) -> tuple[Dateline | None, str]:
    found = find_dateline(body, published=PUBLISHED)
    return (found.dateline, found.body[0]) if found else (None, body[0])


@pytest.mark.parametrize("row", FORMS.strip().split("\n"))
def test_forms(row: str) -> None:
    language, head, text, place, day, agency = row.split("¦")
    dateline, rest = found_in(head + LEADS[language], MORE)
    date = "2026-03-03" if day == "+" else day or None
    assert dateline == Dateline(text or head.strip(), place or None, date, agency or None)
    assert rest == LEADS[language]


@pytest.mark.parametrize("text", OTHERS.strip().split("\n"))
def test_what_only_looks_like_one(text: str) -> None:
    assert found_in(text, MORE) == (None, text)


@pytest.mark.parametrize(
    "alone",
    [
        "Berlin, 3. März 2026", "ရန်ကုန် မတ် ၃", "LONDON -", "PARIS", "Wien", "NAIROBI, Kenya —", "القاهرة - رويترز",
        "لندن: «المنبر»", "（中央社台北3日電）", "[서울=뉴시스] 홍길동 기자", "記者王小明／台北報導", "Jakarta, 3 Maret 2026",
        "MADRID, 3 (EUROPA PRESS)", "Tehran, IRNA -", "Berlin (dpa)", "ភ្នំពេញ", "काठमाडौं", "鹿児島",
    ],
)  # fmt: skip
def test_one_that_is_a_paragraph_of_its_own(alone: str) -> None:
    dateline, rest = found_in(alone, MORE)
    assert dateline is not None
    assert rest == MORE


@pytest.mark.parametrize(
    "alone",
    [
        "Updated March 3", "3 March 2026", "Photo: Reuters", "Paris, 3 March 2026, 10:20", "By Anna Weiss, Berlin",
        "Anna Weiss, Berlin", "Paris match",
    ],
)  # fmt: skip
def test_a_short_paragraph_that_is_none(alone: str) -> None:
    assert found_in(alone, MORE)[0] is None


def test_cities_as_headings_of_a_list_are_none() -> None:
    assert found_in("Paris", MORE, "London", MORE)[0] is None


def test_speakers_of_an_interview_are_no_places() -> None:
    assert (
        found_in("PARIS: We opened it in time.", "TROY: What did it cost?", "PARIS: Less than the old one.")[
            0
        ]
        is None
    )


def test_an_unknown_name_is_no_place_where_the_text_has_it_as_a_word_an_acronym_or_its_headline() -> None:
    assert split_dateline(f"QUORTH – {REST}") is not None
    assert split_dateline(f"QUORTH – {REST} A quorth is a boat.") is None
    assert split_dateline(f"QUORTH – {REST} It is, QUORTH said, the first.") is None
    assert find_dateline([f"QUORTH – {REST}", MORE], headline="QUORTH") is None


def test_a_city_that_is_also_a_name_needs_the_page_before_a_colon() -> None:
    assert found_in(f"Victoria: {REST}", MORE)[0] is None
    assert found_in(f"Victoria: {REST}", "It is the longest bridge in Victoria.")[0] is not None


@pytest.mark.parametrize("text", ["", "–", "3", "(", "««"])
def test_hardly_any_text(text: str) -> None:
    assert split_dateline(text, PUBLISHED) is None


def test_without_a_date_of_publication_the_year_stays_open() -> None:
    found = split_dateline(f"PUTRAJAYA, Nov 22 — {REST}", None)
    assert found is not None
    assert found[0].date == "--11-22"


@pytest.mark.parametrize(
    "unit", ["a", "A", "A ", "-", "–", "(", "[", "【", "/", "|", ":", "3/", "A. ", "記者", "ក"]
)
def test_a_text_of_a_million_characters_takes_no_longer_than_reading_it(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    find_dateline([text, text], before=[text] * 4)
    assert time.process_time() - start < 30


def test_a_quotation_behind_the_place_is_no_agency() -> None:
    found = split_dateline("PHNOM PENH – « Manger le trottoir » : gagner dix mètres par la droite.")
    assert found is not None
    assert (found[0].text, found[0].agency) == ("PHNOM PENH", None)


@pytest.mark.parametrize(
    ("where", "inside", "dateline"),
    [
        ("description", "<span class=location-stamp>Kleinhausen</span>It took", Dateline("Kleinhausen", "Kleinhausen")),
        ("text", "<b class=dateline>Kleinhausen:</b> It took", Dateline("Kleinhausen", "Kleinhausen")),
        ("text", "<span class=ort>小村镇</span>It took", Dateline("小村镇", "小村镇")),
        ("text", "<span class=place>Kleinhausen, 3 March</span> It took",
         Dateline("Kleinhausen, 3 March", "Kleinhausen", "2026-03-03")),
        ("text", "It took <span class=place>Kleinhausen</span>", None),
        ("text", "<span class=placeholder>Kleinhausen</span> took", None),
        ("text", "<span class=location>Update</span> It took", None),
    ],
)  # fmt: skip
def test_an_element_at_the_head_that_is_called_a_place(
    where: str, inside: str, dateline: Dateline | None
) -> None:
    """Whatever separates it from the text, which begins behind it."""
    lead = f"<p class={where}>{inside} the town two years to rebuild the bridge over the river, said the mayor on Friday.</p>"
    more = (
        f"<div class=b>{lead}<p>{MORE}</p><p>The council paid for all of it in the end, he added.</p></div>"
    )
    page = f"<meta property=article:published_time content=2026-03-04><h1>Bridge is open</h1>{more}"
    article = split_page(page, content_type="text/html")
    assert article.dateline == dateline
    if dateline:
        assert (article.summary or article.body[0]).startswith("It took the town")


@pytest.mark.parametrize(
    "opening",
    [
        "<span class=place>Rome</span> was not built in a day, the mayor said.",
        "<span class=location>New York</span>-based bank says it will close.",
        "<a class=place href=/p>Paris</a> Saint-Germain won the cup on Sunday.",
    ],
)
def test_a_place_in_the_midst_of_its_sentence_stays_there(opening: str) -> None:
    text = "<p>The council met on the river bank and talked about the plan for hours, said the chair.</p>" * 3
    article = split_page(f"<title>x</title><article><h1>Council meets</h1><p>{opening}</p>{text}</article>")
    assert article.dateline is None
    assert not article.body[0].startswith(("was", "based", "Saint"))
