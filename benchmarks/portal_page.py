"""A page as a municipal portal serves it: 87 kB, navigation with icons, teasers with pictures, a long article."""

from __future__ import annotations

SIZE = 87_000

EMBEDS = (
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1234567890&amp;width=500"'
    ' width="500" height="300" style="border:none;overflow:hidden" scrolling="no" frameborder="0"></iframe>',
    '<div class="fb-video" data-href="https://www.facebook.com/leinau/videos/1234567891/" data-width="500"><blockquote'
    ' cite="https://www.facebook.com/leinau/videos/1234567891/" class="fb-xfbml-parse-ignore"><p>Der Film zum Stadtfest.</p></blockquote></div>',
    '<div class="fb-page" data-href="https://www.facebook.com/leinau" data-tabs="timeline" data-width="340"></div>',
)

_ICON = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 3 7v10l9 5 9-5V7z"/></svg>'


def portal_page(embeds: tuple[str, ...] = (), *, size: int = SIZE) -> str:
    """The page with some pasted content spread over the article; as long as ``size`` says, to a paragraph."""
    navigation = "".join(
        f'<li class="nav__item"><a class="nav__link" href="/leben/thema-{n}/?seite={n}&amp;ansicht=liste">{_ICON} Thema {n} der Stadt</a></li>\n'
        for n in range(90)
    )
    teasers = "".join(
        f'<article class="teaser"><h3 class="teaser__title"><a href="/aktuelles/{n}">Überschrift Nummer {n}</a></h3>\n'
        f'<picture><source srcset="/bild/{n}.webp 1x, /bild/{n}@2x.webp 2x" type="image/webp"><img src="/bild/{n}.jpg" alt="Ein Bild" width="320" height="180" loading="lazy"></picture>\n'
        f'<p class="teaser__text">Der Rat der Stadt hat beschlossen, die Bücherei {n} länger zu öffnen. <a href="/aktuelles/{n}">Mehr&nbsp;dazu</a></p></article>\n'
        for n in range(40)
    )
    head = (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>Stadt Leinau</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/css/portal.css">'
        '<link rel="icon" href="/favicon.ico"><script src="/js/portal.js" defer></script>'
        "<style>.teaser{color:#222}.teaser__title{margin:0}</style></head>\n<body>\n"
        f'<nav><ul>{navigation}</ul></nav>\n<form action="/suche"><input name="q" type="search"><button>Suchen</button></form>\n<main>{teasers}'
    )
    foot = (
        '</main>\n<footer><a href="/impressum">Impressum</a> <a href="https://www.facebook.com/leinau" rel="me">Facebook</a></footer>\n'
        '<script>document.documentElement.classList.add("js");</script></body></html>\n'
    )
    paragraph = (
        "<p>Am Samstag hat die Stadt Leinau ihr neues Bürgerhaus eröffnet. <strong>Mehr als tausend Gäste</strong> kamen, und der"
        ' <a href="/verwaltung/buergermeister">Bürgermeister</a> dankte allen, die daran gebaut haben &ndash; auch den Nachbarn.</p>\n'
    )
    paragraphs = max(1, (size - len(head) - len(foot) - sum(map(len, embeds))) // len(paragraph))
    article = [paragraph] * paragraphs
    for place, embed in enumerate(embeds, 1):
        article.insert(place * paragraphs // (len(embeds) + 1), embed + "\n")
    return head + "".join(article) + foot
