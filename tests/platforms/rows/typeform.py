"""Typeform: code of its dialogue (2026, 2018), the frame alone; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "typeform",
    rows=(
        Row(
            '<div class="typeform-widget" data-url="https://leinau.typeform.com/to/AbCdEf12" style="width: 100%; height: 500px;"></div><script>(function () { var q = document.createElement("script"); q.src = "https://embed.typeform.com/embed.js"; document.body.appendChild(q) })()</script>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<div data-tf-widget="AbCdEf12" data-tf-opacity="100" style="width:100%;height:500px;"></div><script src="//embed.typeform.com/next/embed.js"></script>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<div data-tf-sidetab="AbCdEf12" data-tf-button-text="Umfrage" style="all:unset;"></div><script src="//embed.typeform.com/next/embed.js"></script>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<iframe src="https://form.typeform.com/to/AbCdEf12" width="100%" height="600" allow="camera; microphone; autoplay; encrypted-media;"></iframe>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<iframe src="https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&amp;typeform-source=www.leinau.example"></iframe>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            "https://leinau.typeform.com/to/AbCdEf12?utm_source=mail",
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            "https://form.typeform.com/to/AbCdEf12/",
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            "<script src=\"//embed.typeform.com/next/embed.js\"></script><button id=\"auf\">Umfrage</button><script>const {open} = window.tf.createPopup('AbCdEf12'); document.getElementById('auf').onclick = open;</script>",
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<script src="//embed.typeform.com/next/embed.js"></script><div id="form"></div><script>tf.createWidget("AbCdEf12", {container: document.querySelector("#form"), hidden: {a: "b"}})</script>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            '<div id="form"></div><script src="https://embed.typeform.com/embed.js"></script><script>typeformEmbed.makeWidget(document.getElementById("form"), "https://leinau.typeform.com/to/AbCdEf12", {hideHeaders: true})</script>',
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
        Row(
            "<script src=\"https://embed.typeform.com/embed.js\"></script><script>var one = typeformEmbed.makePopup('https://leinau.typeform.com/to/AbCdEf12', {mode: 'drawer_left', autoOpen: true});</script>",
            "form",
            "https://form.typeform.com/to/AbCdEf12",
            "https://form.typeform.com/to/AbCdEf12?typeform-embed=embed-widget&disable-tracking=true",
        ),
    ),
    loads=("//embed.typeform.com/next/embed.js",),
    frames={
        "form": Frame("Form from Typeform", size=(640, 600)),
    },
    facts={
        "usual host": "form.typeform.com",
        "form takes": "width height",
        "form keeps": "typeform-embed",
        "globals": "tf typeformEmbed",
        "colour": "#262627",
        "company": "TYPEFORM SL",
        "icon": "M3",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<script src="//embed.typeform.com/next/embed.js"></script>',
            "removed",
            "https://embed.typeform.com/next/embed.js",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "//embed.typeform.com/next/embed.js"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<div data-tf-live="01HCZ4DNW8JM6PEGNTQWF2PW87"></div><a href="https://www.typeform.com/">Typeform</a>',
            "removed",
            kind="live",
        ),
    ),
)
