"""Words in paths that tell a list or service from an article.

They are those of widely used systems (WordPress, Drupal, Joomla, Blogger, TYPO3) and their like in the
languages that most sites are written in (w3techs.com, "Usage statistics of content languages for websites"),
in Latin letters as paths have them.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Pages that are no articles, whatever follows: services, people, tags.
SERVICES = _words(
    """
    search login signin signup register logout account user users profile profiles subscribe subscription
    cart checkout advertise advertising jobs careers comments feed feeds rss sitemap sitemaps help faq
    calendar wp-admin wp-json wp-content wp-login cdn-cgi cgi-bin about about-us contact contact-us
    cookies cookie-policy privacy privacy-policy terms terms-of-use terms-of-service terms-and-conditions
    imprint suche kontakt impressum datenschutz agb kalender buscar contacto calendario busca pesquisa
    contato cerca ricerca contatti recherche calendrier mentions-legales arama iletisim takvim szukaj
    zoeken poisk kontakty tim-kiem lien-he cari sok haku hledat author authors autor autores autori
    autoren auteur auteurs yazar yazarlar autorzy avtor avtory tac-gia penulis forfatter tag tags label
    hashtag keyword keywords taxonomy schlagwort schlagworte stichwort etiqueta etiquetas etichetta
    mot-cle mots-cles etiket etiketler tagi teg tegi trefwoord emneord etikett stitek stitky
    """
)

# Lists as well, but some sites keep their articles under them: they only count against an address.
LISTS = _words(
    """
    category categories cat topic topics newsletter newsletters weather horoscope video videos gallery
    galleries photos podcast podcasts live shop store games thema themen kategorie tema temas categoria
    categorias argomenti rubrique kategoria temy chu-de topik emne emner amne aihe
    """
)

# Parts under which systems keep single articles.
ARTICLES = _words(
    """
    article articles story stories details detail doc archive archives p a artikel articolo articulo
    articulos noticia nota news noticias nachrichten actualites notizie haber haberler novosti berita
    tin-tuc nieuws nyheter nyheder uutiset wiadomosci zpravy hirek stiri vijesti
    """
)
