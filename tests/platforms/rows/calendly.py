"""Calendly: code of its dialogue (2026), the frame that its script makes; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "calendly",
    rows=(
        Row(
            '<link href="https://assets.calendly.com/assets/external/widget.css" rel="stylesheet"><div class="calendly-inline-widget" data-url="https://calendly.com/leinau/30min?primary_color=1b4fe4" style="min-width:320px;height:700px;"></div><script type="text/javascript" src="https://assets.calendly.com/assets/external/widget.js" async></script>',
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            '<iframe src="https://calendly.com/leinau/30min?embed_domain=www.leinau.example&embed_type=Inline&hide_gdpr_banner=1"></iframe>',
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            '<iframe class="calendly-inline-widget" src="https://calendly.com/leinau/30min" title="Termin"></iframe>',
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            "https://calendly.com/leinau/30min?month=2026-12&utm_source=mail",
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            "https://calendly.com/leinau/",
            "calendar",
            "https://calendly.com/leinau",
            "https://calendly.com/leinau?embed_type=Inline",
        ),
        Row(
            "https://calendly.com/d/abc-123-xyz/besprechung",
            "calendar",
            "https://calendly.com/d/abc-123-xyz/besprechung",
            "https://calendly.com/d/abc-123-xyz/besprechung?embed_type=Inline",
        ),
        Row(
            '<link href="https://assets.calendly.com/assets/external/widget.css" rel="stylesheet"><script src="https://assets.calendly.com/assets/external/widget.js" async></script><a href="" onclick="Calendly.initPopupWidget({url: \'https://calendly.com/leinau/30min\'});return false;">Termin buchen</a>',
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            '<button type="button" onclick="Calendly.showPopupWidget(\'https://calendly.com/leinau/30min?month=2026-12\')">Termin</button>',
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            "<div id=\"termine\"></div><script src=\"https://assets.calendly.com/assets/external/widget.js\"></script><script>Calendly.initInlineWidget({url: 'https://calendly.com/leinau/30min', parentElement: document.getElementById('termine'), prefill: {}});</script>",
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
        Row(
            "<script src=\"https://assets.calendly.com/assets/external/widget.js\" async></script><script>window.onload = function() { Calendly.initBadgeWidget({ url: 'https://calendly.com/leinau/30min', text: 'Termin', color: '#0069ff', textColor: '#ffffff', branding: true }); }</script>",
            "calendar",
            "https://calendly.com/leinau/30min",
            "https://calendly.com/leinau/30min?embed_type=Inline",
        ),
    ),
    loads=("https://assets.calendly.com/assets/external/widget.js",),
    frames={
        "calendar": Frame("Calendar from Calendly", size=(640, 700)),
    },
    facts={
        "usual host": "calendly.com",
        "calendar takes": "width height",
        "calendar keeps": "embed_domain embed_type",
        "globals": "Calendly",
        "colour": "#0061e6",
        "company": "Calendly, LLC",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<link href="https://assets.calendly.com/assets/external/widget.css" rel="stylesheet">',
            "removed",
            "https://assets.calendly.com/assets/external/widget.css",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://assets.calendly.com/assets/external/widget.js"; document.head.append(s)</script>',
            "removed",
        ),
        Other('<iframe src="https://calendly.com/pricing"></iframe>', "linked", "https://calendly.com/pricing"),
    ),
)
