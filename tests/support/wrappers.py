"""Boxes that pages put around a frame, as they are written in style guides and frameworks, and a page with one of each."""

from __future__ import annotations

FRAME = (
    '<iframe{} src="https://www.facebook.com/plugins/video.php?height=315&amp;href='
    'https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fvideos%2F{}%2F" width="560" height="315" style="border:none"></iframe>'
)

GROUP = (
    '<iframe{} src="https://www.facebook.com/plugins/group.php?href=https%3A%2F%2Fwww.facebook.com%2Fgroups%2F{}%2F" width="560" height="315"'
    ' style="border:none"></iframe>'
)
"""A frame of which a closed block is left: a sentence and a link."""

STYLES = """
body { margin: 0 16px; font: 16px/1.5 sans-serif }
img { max-width: 100% }
iframe { border: 0 }
.hack { position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden }
.hack iframe { position: absolute; inset: 0; width: 100%; height: 100% }
.open-hack { position: relative; padding-bottom: 56.25%; height: 0 }
.open-hack iframe { position: absolute; top: 0; left: 0; width: 100%; height: 100% }
.ratio-box { aspect-ratio: 16 / 9; overflow: hidden }
.ratio-box iframe { width: 100%; height: 100% }
.fixed { height: 315px; overflow: hidden }
.ratio { position: relative; width: 100% }
.ratio::before { display: block; padding-top: var(--bs-aspect-ratio); content: "" }
.ratio > * { position: absolute; top: 0; left: 0; width: 100%; height: 100% }
.ratio-16x9 { --bs-aspect-ratio: 56.25% }
.embed-responsive { position: relative; display: block; height: 0; padding: 0; overflow: hidden }
.embed-responsive .embed-responsive-item, .embed-responsive iframe {
  position: absolute; top: 0; left: 0; bottom: 0; height: 100%; width: 100%; border: 0 }
.embed-responsive-16by9 { padding-bottom: 56.25% }
.four .embed-responsive { width: 100%; height: auto }
.four .embed-responsive::before { display: block; content: ""; padding-top: 56.25% }
.four .embed-responsive-16by9 { padding-bottom: 0 }
.wp-block-embed { margin: 0 0 1em }
.wp-block-embed__wrapper { position: relative }
.wp-embed-responsive .wp-has-aspect-ratio .wp-block-embed__wrapper::before { content: ""; display: block; padding-top: 50% }
.wp-embed-responsive .wp-has-aspect-ratio iframe { position: absolute; inset: 0; height: 100%; width: 100% }
.wp-embed-responsive .wp-embed-aspect-16-9 .wp-block-embed__wrapper::before { padding-top: 56.25% }
.highest { max-height: 300px; overflow: hidden }
.flexed { display: flex; height: 300px; align-items: center; justify-content: center }
.column { display: flex; flex-direction: column; height: 340px; overflow: hidden }
.column > .grows { flex: 1 1 0; min-height: 0; overflow: hidden }
.insists { height: 0 !important; padding-bottom: 56.25% !important; overflow: hidden !important; position: relative }
.insists > * { position: absolute !important; inset: 0 !important; height: 100% !important }
.fills { position: absolute; inset: 0 }
.fills-all { height: 100%; overflow: hidden }
.card { height: 420px; overflow: hidden; border: 1px solid #999; border-radius: 12px; background: #f4f6f8; max-width: 400px }
.card .body { padding: 16px }
.media { height: 220px; overflow: hidden }
.track { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; height: 260px }
.track > * { flex: 0 0 100%; scroll-snap-align: start; height: 100%; overflow: hidden; margin: 0 }
.slides { position: relative; height: 280px; overflow: hidden }
.slides > * { position: absolute; inset: 0; overflow: hidden }
.slides > .next { left: 100%; right: -100% }
.rows { display: grid; grid-template-rows: 200px 200px; gap: 8px }
.rows > * { overflow: hidden }
.shares { display: grid; height: 480px; grid-template-rows: minmax(0, 1fr) minmax(0, 1fr) }
.shares > * { min-height: 0; overflow: hidden }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-auto-rows: 240px }
table.fixed-layout { table-layout: fixed; width: 100%; height: 200px }
.fixed-layout td { height: 200px; overflow: hidden; vertical-align: top }
.i-amphtml-layout-responsive { display: block; position: relative }
.i-amphtml-layout-size-defined { overflow: hidden !important }
i-amphtml-sizer { display: block !important }
.i-amphtml-fill-content { display: block; height: 0; max-height: 100%; max-width: 100%; min-height: 100%; min-width: 100%; width: 0; margin: auto }
.i-amphtml-layout-responsive > .i-amphtml-fill-content { position: absolute; inset: 0 }
.contained { contain: size; height: 315px; overflow: hidden }
.strict { contain: strict; height: 315px }
.scaled { width: 100%; height: 160px; overflow: hidden }
.scaled > div { width: 560px; height: 315px; transform: scale(0.5); transform-origin: 0 0 }
.aspect-w-16 { position: relative; padding-bottom: calc(9 / 16 * 100%) }
.aspect-w-16 > * { position: absolute; inset: 0; width: 100%; height: 100% }
.contains { container-type: size; height: 300px; overflow: hidden }
.clamped { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden }
.one-line { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
.no-gaps { font-size: 0 }
.narrow { max-width: 560px; margin: 0 auto }
.zoomed { zoom: 0.5 }
.padded { position: relative; padding-top: 56.25%; overflow: hidden }
.padded > div { position: absolute; inset: 0; display: flex }
.slide-row { display: flex; height: 280px; overflow: hidden }
.slide-row > * { flex: none; width: 100%; height: 100%; overflow: hidden }
.rows-of-nothing { display: grid; height: 220px; grid-template-rows: 1fr; overflow: hidden }
.rows-of-nothing > * { min-height: 0; overflow: hidden }
.closable { max-height: 0; overflow: hidden }
.closable.opened { max-height: 400px }
"""

WRAPPERS = {
    "padding and height 0": '<div class="hack">FRAME</div>',
    "the same inline": '<div style="position:relative;padding-bottom:56.25%;height:0;overflow:hidden">FRAME</div>',
    "padding, not clipped": '<div class="open-hack">FRAME</div>',
    "padding on top, inline": '<div style="padding:56.25% 0 0 0;position:relative">FRAME</div>',
    "aspect-ratio": '<div class="ratio-box">FRAME</div>',
    "aspect-ratio inline": '<figure style="aspect-ratio:16/9;overflow:hidden;margin:0">FRAME</figure>',
    "fixed height": '<div class="fixed">FRAME</div>',
    "fixed height inline, important": '<div style="height:250px!important;overflow:hidden!important">FRAME</div>',
    "Bootstrap 5": '<div class="ratio ratio-16x9">FRAME</div>',
    "Bootstrap 5, two levels": '<div class="ratio ratio-16x9"><div>FRAME</div></div>',
    "Bootstrap 5, in a paragraph": '<div class="ratio ratio-16x9"><p>FRAME</p></div>',
    "padding and height 0, in a paragraph": '<div class="hack"><p>FRAME</p></div>',
    "Bootstrap 3": '<div class="embed-responsive embed-responsive-16by9">ITEM</div>',
    "Bootstrap 4": '<div class="four"><div class="embed-responsive embed-responsive-16by9">ITEM</div></div>',
    "WordPress": '<div class="wp-embed-responsive"><figure class="wp-block-embed wp-embed-aspect-16-9 wp-has-aspect-ratio">'
    '<div class="wp-block-embed__wrapper">\nFRAME\n</div><figcaption class="mark">Film</figcaption></figure></div>',
    "greatest height": '<div class="highest">FRAME</div>',
    "flex": '<div class="flexed">FRAME</div>',
    "flex column": '<div class="column"><div class="grows">FRAME</div><p class="mark">Quelle</p></div>',
    "important": '<div class="insists">FRAME</div>',
    "two levels": '<div class="hack"><div class="fills">FRAME</div></div>',
    "three levels": '<div class="fixed"><div style="height:100%"><div style="height:100%;overflow:hidden">FRAME</div></div></div>',
    "three levels around a ratio": '<div class="hack"><div class="fills"><div style="height:100%"><div style="height:100%">FRAME</div></div></div></div>',
    "four levels around a ratio": '<div class="ratio-box"><div class="fills-all"><div class="fills-all"><div class="fills-all"><div>FRAME</div></div></div></div></div>',
    "card": '<article class="card"><div class="media">FRAME</div><div class="body"><h3 class="mark">Fest</h3><p class="mark">Am See</p></div></article>',
    "card without media box": '<article class="card">FRAME<p class="mark">Am See</p></article>',
    "carousel": '<div class="track"><figure>FRAME</figure><figure><p>Zwei</p></figure></div>',
    "slides": '<div class="slides"><div>FRAME</div><div class="next"><p>Zwei</p></div></div>',
    "grid rows": '<div class="rows"><div>FRAME</div><div><p class="mark">Unten</p></div></div>',
    "grid rows without cell": '<div class="rows">FRAME<p class="mark">Unten</p></div>',
    "grid shares": '<div class="shares"><div>FRAME</div><div><p class="mark">Unten</p></div></div>',
    "grid columns": '<div class="columns"><div>FRAME</div><p class="mark">Daneben</p><p class="mark">Unten</p></div>',
    "table cell": '<table class="fixed-layout"><tr><td><div class="media">FRAME</div></td><td><p class="mark">Daneben</p></td></tr></table>',
    "AMP": '<amp-x class="i-amphtml-layout-responsive i-amphtml-layout-size-defined"><i-amphtml-sizer style="display:block;padding-top:56.25%">'
    "</i-amphtml-sizer>FILL</amp-x>",
    "AMP, fixed height": '<amp-x class="i-amphtml-layout-size-defined" style="display:block;position:relative;height:315px">FILL</amp-x>',
    "contain: size": '<div class="contained">FRAME</div>',
    "contain: strict": '<div class="strict">FRAME</div>',
    "scaled": '<div class="scaled"><div>FRAME</div></div>',
    "Tailwind": '<div class="aspect-w-16">FRAME</div>',
    "container": '<div class="contains">FRAME</div>',
    "cut to three lines": '<div class="clamped">FRAME</div>',
    "one line": '<div class="one-line">FRAME</div>',
    "no gaps between boxes": '<div class="no-gaps"><div class="fixed">FRAME</div></div>',
    "zoomed": '<div class="fixed"><div class="zoomed">FRAME</div></div>',
    "flex in a ratio": '<div class="padded"><div>FRAME</div></div>',
    "row of slides": '<div class="slide-row"><div>FRAME</div><div><p>Zwei</p></div></div>',
    "rows without a least height": '<div class="rows-of-nothing"><div>FRAME</div></div>',
    "closed section": '<details open><summary class="mark">Mehr</summary><div class="hack">FRAME</div></details>',
}

UNSEEN = {
    "hidden tab": '<div hidden><div class="fixed">FRAME</div></div>',
    "closed accordion": '<div class="closable"><p>Mehr</p>FRAME</div>',
}
"""Boxes that are closed when the page is shown."""


def page(wrappers: dict[str, str], language: str = "de", direction: str = "ltr", frame: str = FRAME) -> str:
    """A page with a frame in each wrapper, between two paragraphs; before it is gated."""
    parts = []
    for number, (name, markup) in enumerate(wrappers.items(), 1):
        classes = {"FRAME": "", "ITEM": ' class="embed-responsive-item"', "FILL": ' class="i-amphtml-fill-content"'}
        for word, attribute in classes.items():
            markup = markup.replace(word, frame.format(attribute, number))
        before, after = (f'<p class="mark">{word} {number}.</p>' for word in ("Davor", "Danach"))
        parts.append(f'<section data-wrapper="{name}">{before}{markup}{after}</section>')
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>Filme</title><link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/shariff/static/shariff.min.css">'
        '<script src="/shariff/static/shariff.min.js" defer></script>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    )
