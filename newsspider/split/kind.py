"""What kind of page this is: article, listing, or other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsspider.addresses import parts_of
from newsspider.split.blocked import is_blocked
from newsspider.split.likeness import same_text
from newsspider.split.machine import Machine
from newsspider.split.table import HEADINGS, Anchor, Block, Page
from newsspider.split.text import weight

__all__ = ["is_blocked", "is_called_list", "kind_of"]

_ARTICLE_TEXT = 250
_LONG_TEXT = 1000
_TEASERS = 6  # headings that are links between the paragraphs of what is a list of stories
_FEW_TEASERS = 3  # the same on a page that is called a list
_BRIEF = 40  # characters of text that are an article where no list of stories stands beside it
_STORY_LINK = 30  # weight of a link's text that can be a headline
_HOME = re.compile(
    r"(?:/(?:[a-z]{2}(?:[-_][a-z]{2,4})?|index\.\w{2,5}|home|default\.\w{2,5}))*/?", re.IGNORECASE
)
# Addresses of lists, as the widely used systems make them.
_LIST_PATH = re.compile(
    r"(?:/[^/]+)?/(?:tags?|topics?|categor(?:y|ies|ia|ias|ie)|kategorien?|kategoria|authors?|autor(?:es|en)?|auteurs?|autore"
    r"|sections?|rubrik|rubrique|search|suche|buscar|busca|recherche|zoeken|cerca|haku|szukaj|etiquetas?|themen|thema|temas?"
    r"|archives?|latest|page|staff|people|team|profiles?|journalists?|reporters?|contributors?|columnists?|writers?|redaktion"
    r"|redacao|redaccion|redactie)(?:/[^/.]+)?(?:/page/\d+)?/?",
    re.IGNORECASE,
)
# Addresses of sections: a word or two, and nothing that a story would need.
_FRONT = re.compile(r"(?:/[^\W\d_]{2,20}){1,2}/?")
_SEARCH = re.compile(r"(?:^|&)(?:s|q|query|search|keyword|keywords)=", re.IGNORECASE)
# Classes of body, as WordPress, Drupal and themes have them for lists and for single stories.
_LIST_CLASS = re.compile(
    r"(?<!\S)(?:archive|search-results|blog|path-frontpage|path-taxonomy|page-taxonomy|(?:category|tag|author|section|list"
    r"|listing|search|home)-page|page-(?:category|tag|author|section|listing|search|home)|homepage)(?!\S)"
)
_SINGLE_CLASS = re.compile(
    r"(?<!\S)(?:single\S*|postid-\d+|(?:page-)?node-type-\S+|article-page|post-template\S*)(?!\S)"
)
# Headings of pages where readers log in, as the languages' systems have them.
_ACCOUNT = re.compile(
    r"(?:please )?(?:log|sign) ?-?(?:in|on|up)(?: (?:to|with|or|and|here|now)\b.{0,34})?\W*"
    r"|register(?: now)?|registration|create (?:an |your )?account|my account"
    r"|(?:forgot|forgotten|lost|reset)(?: your)? password\W*"
    r"|(?:jetzt )?(?:anmelden|einloggen|registrieren)|anmeldung|registrierung|mein konto|passwort vergessen\W*"
    r"|(?:se connecter|connexion|identifiez-vous|connectez-vous|mon compte|créer un compte|mot de passe oublié)\b.{0,30}"
    r"|(?:inici(?:ar|a|e) sesión|acceder|ingres(?:ar|a)|regístrate|registrarse|mi cuenta|crear cuenta)\b.{0,30}"
    r"|(?:entrar|iniciar sessão|acess(?:ar|e)|fa(?:ça|zer) login|cadastr(?:o|e-se)|minha conta|criar conta)\b.{0,30}"
    r"|(?:accedi|accesso|effettua il login|registrati|login)\b.{0,30}|(?:inloggen|aanmelden|registreren|mijn account)\b.{0,30}"
    r"|logga in|registrera|logg inn|log ind|kirjaudu(?: sisään)?|rekisteröidy|zaloguj(?: się)?|logowanie|zarejestruj się"
    r"|přihlášení|přihlásit se|registrace|prihlásenie|bejelentkezés|regisztráció|autentificare|conectare|prijava|prijavi se"
    r"|вход|войти|авторизация|регистрация|вхід|увійти|реєстрація|σύνδεση|είσοδος|εγγραφή|giriş(?: yap)?|üye girişi|kayıt ol"
    r"|masuk|daftar|đăng nhập|đăng ký|เข้าสู่ระบบ|ลงทะเบียน|ログイン|会員登録|新規登録|登录|登入|登錄|注册|註冊|로그인|회원 ?가입"
    r"|تسجيل الدخول|تسجيل|ورود|ثبت نام|התחברות|כניסה|הרשמה|लॉग ?इन|साइन ?इन|ingia",
    re.IGNORECASE,
)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))


def kind_of(page: Page, machine: Machine, headline: str | None, length: int, body: Sequence[int]) -> str:
    """``article``, ``listing`` or ``other``. ``length``: of the body, wide scripts doubled; ``body``: the first
    blocks of its paragraphs.
    """
    linked = [
        size
        for anchor in page.anchors
        if (size := weight(anchor.text)) >= _STORY_LINK and _leads_away(anchor)
    ]
    stories = len(linked)
    if _is_home(page) and (length < 4 * _ARTICLE_TEXT or stories > 20):
        return "listing"
    stated = _states_article(machine, headline)
    headings = _linked_headings(page, body)
    listed = not stated and is_called_list(page, machine)
    if listed and (length < _LONG_TEXT or headings >= _FEW_TEASERS):
        return "listing" if stories >= 2 or _linked(page, page.blocks) >= _TEASERS else "other"
    said = stated or (machine.meta("og:type") or "").lower() in (
        "article",
        "news",
        "newsarticle",
        "og:article",
    )
    if headline and not stated and length < _ARTICLE_TEXT and _is_account(page, headline):
        return "other"
    if headline and length >= _ARTICLE_TEXT:
        if not stated and headings >= _TEASERS:
            return "listing"
        return "article" if said or length * 2 >= sum(linked) or length > _LONG_TEXT else "listing"
    if headline and (stated or (said and length)):
        return "article"
    if headline and stories < 10 and (length >= _BRIEF or (length and _has_one_article(page))):
        return "article"
    return "listing" if stories >= 8 else "other"


def _is_account(page: Page, headline: str) -> bool:
    """Whether readers log in or register here: the heading says nothing else, and the page has a form."""
    return _ACCOUNT.fullmatch(headline) is not None and any(node.tag == "form" for node in page.nodes)


def is_called_list(page: Page, machine: Machine) -> bool:
    """Whether a page's data, its classes or its address say that it lists stories."""
    query = parts_of(page.url or "").query
    return _is_home(page) or _is_list(page, machine) or bool(_SEARCH.search(query)) or _is_front(page)


def _is_home(page: Page) -> bool:
    address = parts_of(page.url or "")
    return bool(address.netloc) and not address.query and _HOME.fullmatch(address.path) is not None


def _states_article(machine: Machine, headline: str | None) -> bool:
    """Whether the page's data says that it is one story: an article, a video of the headline's name, a time of
    publication.
    """
    if machine.main or machine.meta("article:published_time"):
        return True
    videos = (
        machine.graph.resolve(t.data).get("name") for t in machine.graph.things if "VideoObject" in t.types
    )
    return bool(headline) and any(
        isinstance(name, str) and same_text(name, headline or "") for name in videos
    )


def _is_list(page: Page, machine: Machine) -> bool:
    """Whether the page's own data, the classes of its body or its address call it a list of stories."""
    if any(not thing.path and _LIST_TYPES & set(thing.types) for thing in machine.graph.things):
        return True
    if (machine.meta("og:type") or "").lower() == "profile":
        return True
    classes = " ".join(node.classes for node in page.nodes[:4] if node.tag in ("html", "body"))
    if _SINGLE_CLASS.search(classes):
        return False
    return bool(_LIST_CLASS.search(classes) or _LIST_PATH.fullmatch(parts_of(page.url or "").path))


def _is_front(page: Page) -> bool:
    """Whether the address is one of a section, and headings that are links stand on the page as on such a one."""
    if not _FRONT.fullmatch(parts_of(page.url or "").path):
        return False
    return _linked(page, page.blocks) >= _TEASERS


def _leads_away(anchor: Anchor) -> bool:
    """Whether a link leads to another page: those of a live blog's entries don't."""
    return not anchor.href.startswith("#")


def _linked_headings(page: Page, body: Sequence[int]) -> int:
    """How many headings that are links to other stories stand before or between the paragraphs."""
    before = page.blocks[: body[-1]] if body else []
    return _linked(page, before[max(0, body[0] - 2) if body else 0 :])


def _linked(page: Page, blocks: Sequence[Block]) -> int:
    """How many of these blocks are headings that lead to other pages."""
    return sum(
        page.nodes[block.node].tag in HEADINGS
        and bool(block.anchors)
        and block.link_chars > 0.9 * len(block.text)
        and all(_leads_away(page.anchors[i]) for i in block.anchors)
        for block in blocks
    )


def _has_one_article(page: Page) -> bool:
    return sum(node.tag == "article" for node in page.nodes) == 1
