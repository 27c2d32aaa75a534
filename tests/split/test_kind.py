"""What kind of page it is."""

import pytest

from newsspider.split import split_page

TEXT = "".join(
    f"<p>The beekeeper of house {n} has moved his hives to the roof, where the wind is less.</p>"
    for n in range(8)
)
CARDS = "".join(
    f'<div class="card"><h2><a href="/2026/{n}">A story about bees and roofs, part {n}</a></h2></div>'
    for n in range(15)
)


def kind(html: str, url: str = "https://paper.example/2026/bees") -> str:
    return split_page(html, url, content_type="text/html").kind


def test_a_headline_over_text_is_an_article() -> None:
    assert kind(f"<h1>Bees move to the roof</h1>{TEXT}") == "article"


def test_a_page_of_teasers_is_a_listing() -> None:
    assert kind(f"<h1>Nature</h1>{CARDS}", "https://paper.example/nature") == "listing"


def test_the_front_page_is_a_listing_whatever_it_says() -> None:
    assert kind(f"<h1>The Roof Paper</h1>{CARDS}<p>Bees move.</p>", "https://paper.example/") == "listing"


def test_a_page_with_neither_is_other() -> None:
    assert kind("<form><input name=q></form><p>Search.</p>", "https://paper.example/search") == "other"


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Attention Required!", "403 Forbidden", "Seite nicht gefunden", "页面不存在"],
)
def test_checks_and_errors_are_blocked_in_any_language(title: str) -> None:
    article = split_page(f"<title>{title}</title><h1>{title}</h1><p>Code 1</p>", content_type="text/html")
    assert (article.kind, article.flags, article.headline) == ("other", ("blocked",), None)


def test_a_consent_wall_is_blocked() -> None:
    wall = (
        "<title>The Roof Paper</title><h2>We value your privacy</h2>"
        "<p>We and our partners store and/or access information on a device.</p>"
    )
    assert split_page(wall, content_type="text/html").flags == ("blocked",)


def test_a_story_about_robots_is_not_blocked() -> None:
    story = f"<title>Not a robot: the man who counts bees</title><h1>Not a robot: the man who counts bees</h1>{TEXT}{TEXT}"
    article = split_page(story, "https://paper.example/2026/robot")
    assert (article.kind, article.flags) == ("article", ())


URL = "https://paper.example/nature/bees-move-to-the-roof"
MENU = "<header><nav><a href='/'>The Roof Paper</a> <a href='/nature'>Nature</a> <a href='/city'>City</a></nav></header>"
FOOTER = "<footer><p>© 2026 The Roof Paper</p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></footer>"


def page(inside: str, title: str = "The Roof Paper", head: str = "", body: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body class='{body}'>{MENU}{inside}{FOOTER}</body></html>"


def teasers(
    count: int, text: str = "A few words on what the story tells of bees, roofs and the wind."
) -> str:
    return "".join(
        f'<article class="post"><h2><a href="/2026/story-{n}">Of bees and roofs: what the keepers say, part {n}</a></h2>'
        f"<p>{text}</p></article>"
        for n in range(count)
    )


def ld(kind: str, more: str = "") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}"{more}}}</script>'


NEWS = ld("NewsArticle", ', "headline": "Bees move to the roof", "datePublished": "2026-05-01T08:00:00Z"')
HEAD = "<h1>Bees move to the roof</h1>"
ONE = "<p>The beekeeper has moved his hives to the roof, where the wind is less and the view is good.</p>"


# ---- blocked -----------------------------------------------------------------------------------------
def check(title: str, *lines: str, markup: str = "<div>{}</div>") -> str:
    told = markup.replace("{}", "".join(f"<p>{line}</p>" for line in lines))
    return f"<html><head><title>{title}</title></head><body>{told}</body></html>"


BLOCKED = {
    "a wait in English": check("Just a moment...", "paper.example", "Verifying you are human.",
                               markup='<div class="main-wrapper"><div id="challenge-error-text">{}</div></div>'),
    "a wait in German": check("Nur einen Moment…", "paper.example", "Überprüfen Sie, ob Sie ein Mensch sind."),
    "a wait in Japanese": check("しばらくお待ちください...", "paper.example", "接続のセキュリティを確認しています。"),
    "a wait in Turkish": check("Bir dakika lütfen...", "paper.example bağlantınızın güvenliğini kontrol etmelidir."),
    "a wait in Russian": check("Один момент…", "Проверка безопасности подключения к сайту."),
    "a wait in Arabic": check("لحظة…", "يجري التحقق من أنك إنسان."),
    "a ban": check("Attention Required! | Cloudflare", "Sorry, you have been blocked",
                   "You are unable to access paper.example", "Why have I been blocked? This website is using a security"
                   " service to protect itself from online attacks. The action you just performed triggered the security"
                   " solution. There are several actions that could trigger this block including submitting a certain word"
                   " or phrase, a SQL command or malformed data.", "Ray ID: 0a1b2c3d"),
    "an edge server": check("Access Denied", 'You don\'t have permission to access "http://paper.example/nature" on this'
                            " server.", "Reference #18.aa0b1c2d.1700000000.3e4f5a6b"),
    "a captcha service": check("paper.example", "Please enable JS and disable any ad blocker",
                               markup='<script src="https://ct.captcha-delivery.com/c.js"></script>{}'),
    "press and hold": check("Access to this page has been denied", "Press & Hold to confirm you are a human (and not a bot).",
                            "Reference ID 0000-aaaa", markup='<div class="px-captcha-container">{}</div>'),
    "interruption": check("Pardon Our Interruption", "As you were browsing something about your browser made us think you"
                          " were a bot. There are a few reasons this might happen: you're a power user moving through this"
                          " website with super-human speed, or you've disabled cookies in your web browser."),
    "an incident": check("", "Request unsuccessful. Incapsula incident ID: 1-2-3"),
    "rejected": check("Request Rejected", "The requested URL was rejected. Please consult with your administrator.",
                      "Your support ID is: 123456"),
    "human verification": check("Human Verification", "Let's confirm you are human", "Complete the security check."),
    "are you a robot, in Russian": check("Вы не робот?", "Подтвердите, что запросы отправляли вы, а не робот",
                                         "Нам очень жаль, но запросы с вашего устройства похожи на автоматические."),
    "a slider, in Chinese": check("安全验证", "请完成下方验证后继续操作", "拖动滑块完成拼图"),
    "a check in Spanish": check("Verificación de seguridad", "Confirma que no eres un robot para continuar."),
    "unusual traffic": check("Sorry", "Our systems have detected unusual traffic from your computer network.",
                             "This page checks to see if it's really you sending the requests, and not a robot."),
    "too many requests": check("429 Too Many Requests", "nginx"),
    "not in your region": check("451: Unavailable due to legal reasons", "We recognize you are attempting to access this"
                                " website from a country belonging to the European Economic Area (EEA) including the EU which"
                                " enforces the General Data Protection Regulation (GDPR) and therefore access cannot be"
                                " granted at this time."),
    "no script": "<html><head><title>The Roof Paper</title></head><body><noscript>You need to enable JavaScript to run this"
                 " app.</noscript><div id='root'></div><script src='/main.js'></script></body></html>",
    "no script, in French": check("Le Toit", "Veuillez activer JavaScript pour continuer à utiliser ce site."),
    "consent, English": check("The Roof Paper", "We value your privacy", "We and our 842 partners store and/or access"
                              " information on a device, such as cookies, and process personal data for personalised"
                              " advertising and content. You may click to consent to our and our partners' processing.",
                              "You can change your choices at any time in our privacy policy."),
    "consent, German": check("Dachzeitung", "Willkommen bei der Dachzeitung", "Mit Werbung weiterlesen",
                             "Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking. Details finden Sie in der"
                             " Datenschutzerklärung und in den Privatsphäre-Einstellungen.", "Zustimmung jederzeit widerrufbar.",
                             "Wir und unsere Partner verarbeiten personenbezogene Daten."),
    "consent, French": check("Le Toit", "Le respect de votre vie privée est notre priorité", "Avec votre accord, nos partenaires"
                             " et nous utilisons des cookies pour stocker et accéder à des informations personnelles.",
                             "Continuer sans accepter", "Accepter et fermer"),
    "consent, Dutch": check("Bijen", "Even een momentje", "Wij en onze partners gebruiken cookies om uw ervaring te verbeteren.",
                            "Uw privacy is belangrijk voor ons", "Akkoord"),
    "consent, Spanish": check("El Tejado", "Valoramos tu privacidad", "Nosotros y nuestros socios almacenamos o accedemos a"
                              " información en un dispositivo, tales como cookies.", "Aceptar y continuar"),
    "consent, before you continue": check("Before you continue", "We use cookies and data to deliver and maintain our services."),
    "not found, site first": page("<h1>Page not found</h1><p>The page that you look for has moved or is gone.</p>",
                                  "The Roof Paper | Page not found"),
    "not found, site behind": page("<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this"
                                   " location. Maybe try a search?</p>", "Page not found – The Roof Paper", body="error404"),
    "not found, with latest stories": page("<h1>404</h1><p>Sorry, this page does not exist.</p><h2>Latest</h2>" + teasers(12),
                                           "404 - The Roof Paper"),
    "not found, h1 alone": page("<h1>Seite nicht gefunden</h1><p>Die Adresse gibt es nicht mehr.</p>"),
    "not found, Polish": page("<h1>Nie znaleziono strony</h1><p>Błąd 404</p>", "404 | Dach"),
    "not found, Indonesian": page("<h1>Halaman tidak ditemukan</h1><p>Maaf.</p>", "Halaman tidak ditemukan - Atap"),
    "not found, Korean": page("<h1>페이지를 찾을 수 없습니다</h1><p>주소를 확인해 주세요.</p>", "지붕신문"),
    "not found, Arabic": page("<h1>الصفحة غير موجودة</h1><p>عذرا.</p>", "الصفحة غير موجودة | السطح"),
    "not found, Vietnamese": page("<h1>Không tìm thấy trang</h1>", "Không tìm thấy trang - Mái Nhà"),
    "a server's error": check("502 Bad Gateway", "nginx/1.24.0"),
    "a cache's error": check("503 Backend fetch failed", "Error 503 Backend fetch failed", "Guru Meditation: XID: 123"),
    "a database that is away": check("Database Error", "Error establishing a database connection"),
    "maintenance": check("Maintenance", "Briefly unavailable for scheduled maintenance. Check back in a minute."),
    "a closed account": check("Account Suspended", "This Account has been suspended.", "Contact your hosting provider."),
    "a name for sale": check("paper.example", "This domain is for sale", "Buy this domain."),
}  # fmt: skip


@pytest.mark.parametrize("html", BLOCKED.values(), ids=BLOCKED)
def test_checks_consent_and_errors_are_blocked(html: str) -> None:
    found = split_page(html, URL, content_type="text/html")
    assert (found.kind, found.flags) == ("other", ("blocked",))
    assert (found.headline, found.body, found.authors, found.published) == (None, (), (), None)


BANNER = (
    '<div id="cookie-notice" class="cmplz-cookiebanner"><h2>We value your privacy</h2><p>We and our partners store and/or'
    " access information on a device, such as cookies, and process personal data. Accept all or reject all.</p></div>"
)
BRIEF = (
    "<p>The town has lent its roofs to beekeepers, the mayor said on Monday.</p><p>Eleven hives stand there since April,"
    " and a twelfth will follow when the scaffold at the town hall is gone, which will take until June.</p>"
)
ABOUT = {
    "a number first": ("403 schools get a new roof", BRIEF, ""),
    "another number": ("500 people keep bees on the roofs", BRIEF, ""),
    "a number and a colon": ("404: how an error became a joke", TEXT, ""),
    "not found, in a sentence": ("Page not found in the council's minutes, says mayor", BRIEF, ""),
    "please wait": ("Please wait for the bus, says the council", BRIEF, ""),
    "access denied": ("Access denied: how a wall divides the roofs of the town", BRIEF, ""),
    "captchas": (
        "Why we all prove that we are not a robot", "<p>Verify you are human: every day, millions read these words and"
        " complete the captcha with its traffic lights. Its inventor now keeps bees.</p>" + TEXT, "",
    ),
    "cookies": (
        "Accept all? What cookies know of us", "<p>“We value your privacy”: hardly a site that does not begin with these words,"
        " and hardly a reader who looks at the partners that store information on a device.</p>" + TEXT, "",
    ),
    "a brief under a banner": ("Bees move to the roof", BRIEF + BANNER, ""),
    "a brief under a banner, with data": ("Bees move to the roof", BRIEF + BANNER, NEWS),
    "a newsletter with a captcha": (
        "Bees move to the roof", BRIEF + '<form class="g-recaptcha">Verify you are human</form>', NEWS,
    ),
    "a note on scripts": (
        "Bees move to the roof", BRIEF + "<noscript>Please enable JavaScript to see the comments.</noscript>", "",
    ),
    "consent in German": ("Bienen ziehen um", "<p>Wir und unsere Partner verarbeiten Daten: was der Satz heißt.</p>" + TEXT, ""),
    "maintenance": ("Under maintenance: the old bridge and its bees", BRIEF, ""),
    "a moment": ("Just a moment of silence for the bees", BRIEF, ""),
    "for sale": ("This domain of bees is for sale", BRIEF, ""),
}  # fmt: skip


@pytest.mark.parametrize(("title", "text", "head"), ABOUT.values(), ids=ABOUT)
def test_articles_about_checks_and_errors_are_articles(title: str, text: str, head: str) -> None:
    found = split_page(page(f"<main><h1>{title}</h1>{text}</main>", f"{title} - The Roof Paper", head), URL)
    assert (found.kind, "blocked" in found.flags, bool(found.body)) == ("article", False, True)


# ---- listings and articles ---------------------------------------------------------------------------
VIDEO = ld("VideoObject", ', "name": "Bees move to the roof", "uploadDate": "2026-05-01"')
KINDS = {
    "home with an editor's welcome": (page("<h1>The Roof Paper</h1>" + ONE + teasers(12)), "listing", "https://paper.example/"),
    "home in a language": (page(teasers(15)), "listing", "https://paper.example/en/"),
    "home under a file's name": (page(teasers(15)), "listing", "https://paper.example/index.html"),
    "section": (page("<h1>Nature</h1>" + teasers(10), "Nature - The Roof Paper"), "listing", "https://paper.example/nature"),
    "section whose teasers are long": (
        page("<h1>Nature</h1>" + teasers(8, ONE[3:-4] * 3), "Nature"), "listing", "https://paper.example/nature"),
    "section that says article": (
        page("<h1>Nature</h1>" + teasers(10), "Nature", '<meta property="og:type" content="article">'),
        "listing", "https://paper.example/category/nature"),
    "section with an introduction": (
        page(f"<h1>Nature</h1>{ONE * 3}" + teasers(10), "Nature", ld("CollectionPage", ', "name": "Nature"')),
        "listing", "https://paper.example/nature"),
    "section with the data of its items": (
        page("<h1>Nature</h1>" + teasers(9), "Nature", ld("ItemList", ', "itemListElement": [{"@type": "NewsArticle",'
             '"headline": "Of bees", "datePublished": "2026-01-02"}]')), "listing", "https://paper.example/nature"),
    "tag": (page("<h1>Tag: bees</h1>" + teasers(3), "bees", body="archive tag tag-bees"), "listing",
            "https://paper.example/tag/bees"),
    "search": (page("<h1>Search results for: bees</h1>" + teasers(5), "bees", body="search search-results"), "listing",
               "https://paper.example/?s=bees"),
    "nothing found in a search": (page("<h1>Nothing Found</h1><p>Sorry, but nothing matched your search terms.</p>",
                                       "bees", body="search search-no-results"), "other", "https://paper.example/?s=bees"),
    "author": (
        page("<h1>Ada Okoye</h1><p>Ada Okoye writes on bees since 1998. She was born on a roof and has kept hives there ever"
             " since; her book on the wind has been read by many keepers, and her column comes every week.</p>" + teasers(10),
             "Ada Okoye", ld("ProfilePage", ', "name": "Ada Okoye"')), "listing", "https://paper.example/author/ada-okoye"),
    "a block theme's archive": (
        page('<ul class="wp-block-post-template">' + "".join(
            f'<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="/2026/{n}">The keepers and the roofs, part'
            f" {n}</a></h2>{ONE}</li>" for n in range(10)) + "</ul>", "Nature", body="archive category"),
        "listing", "https://paper.example/category/nature/"),
    "a taxonomy of Drupal": (
        page("<h1>Nature</h1>" + teasers(4), "Nature", body="path-taxonomy"), "listing", "https://paper.example/nature"),
    "cards of an application": (
        page("<h1>자연</h1>" + "".join(f"<div class='card'><a href='/view/{n}'><strong>옥상으로 옮긴 벌통 이야기 {n}번째"
             f" 양봉가들의 말</strong><span>옥상에는 바람이 적고 전망이 좋다.</span></a></div>" for n in range(12)), "자연"),
        "listing", "https://paper.example/section/105"),
    "article": (page(f"<main>{HEAD}{TEXT}</main>", head=NEWS), "article", URL),
    "article of few words": (page(f"<main>{HEAD}{ONE}</main>", head=NEWS), "article", URL),
    "article of few words among many links": (
        page(f"<main>{HEAD}{ONE}</main><aside>{teasers(15, '')}</aside>", head=NEWS), "article", URL),
    "article without data under a long sidebar": (
        page(f"<main>{HEAD}{TEXT}</main><aside>{teasers(20, '')}</aside>"), "article", URL),
    "article of a theme": (
        page(f"<article class='post'>{HEAD}{TEXT}</article><aside>{teasers(12, '')}</aside>", body="single single-post postid-7"),
        "article", URL),
    "gallery": (
        page(HEAD + "".join(f"<figure><img src='/{n}.jpg'><figcaption>Hive {n} on the roof.</figcaption></figure>"
                            for n in range(9)), "Bees move to the roof", NEWS), "article", URL),
    "gallery among links": (
        page(HEAD + "".join(f"<figure><img src='/{n}.jpg'><figcaption>Hive {n} on the roof.</figcaption></figure>"
                            for n in range(9)) + teasers(12, ""), "Bees move to the roof", NEWS), "article", URL),
    "video": (page(HEAD + "<video src='/v.mp4'></video>" + ONE + teasers(12, ""), "Bees move to the roof", VIDEO), "article",
              "https://paper.example/video/bees-move"),
    "live blog": (
        page(HEAD + ONE + "".join(f"<article><time datetime='2026-05-01T1{n}:00'>1{n}:00</time><h2>Hive {n} is up</h2>{ONE}"
             "</article>" for n in range(8)), "Bees move to the roof",
             ld("LiveBlogPosting", ', "headline": "Bees move to the roof"')), "article", URL),
    "live blog without data, linked entries": (
        page(f"<main>{HEAD}{ONE}" + "".join(f"<div class='entry'><span>1{n}:00</span><h2><a href='#e{n}'>Hive number {n} is up on"
             f" the roof now</a></h2>{ONE}</div>" for n in range(8)) + "</main>", "Bees move to the roof"), "article", URL),
    "paywalled teaser": (page(f"<main>{HEAD}{ONE}</main>", "Bees move to the roof", NEWS), "article", URL),
    "imprint": (page("<h1>Imprint</h1><p>Roof Paper Ltd</p>", "Imprint"), "other", "https://paper.example/imprint"),
    "login": (page("<h1>Log in</h1><form><input name=user></form>", "Log in"), "other", "https://paper.example/login"),
    **{f"log-in page: {heading}": (page(f"<h1>{heading}</h1><form><input name=user></form><p>With this you agree to our terms of"
       " service, and to what we say of cookies.</p>", heading), "other", "https://paper.example/account/x-12")
       for heading in ("Log in to your account", "Anmelden", "Connexion", "Iniciar sesión", "Войти", "登录", "تسجيل الدخول")},
    "a story about registration": (page("<h1>Registration of bees begins</h1><form><input name=q></form><p>The office has begun"
        " to write down the hives of the roofs, one by one, in a book.</p>", "Registration of bees begins"), "article", URL),
    "a story that begins like a log-in page": (page("<h1>Sign up for the bee run</h1><form><input name=q></form><p>The run of the"
        " beekeepers begins at ten in the morning.</p>", "Sign up for the bee run"), "article", URL),
    "a form of search": (page("<form><input name=q></form>", "Search"), "other", "https://paper.example/search"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted", "url"), KINDS.values(), ids=KINDS)
def test_articles_and_listings_are_told_apart(html: str, wanted: str, url: str) -> None:
    found = split_page(html, url)
    assert (found.kind, "blocked" in found.flags) == (wanted, False)
