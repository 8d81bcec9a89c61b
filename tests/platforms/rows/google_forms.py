"""Google Forms: code of its dialogue (2026, 2013); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "google_forms",
    rows=(
        Row(
            '<iframe src="https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?embedded=true" width="640" height="1448" frameborder="0" marginheight="0" marginwidth="0">Wird geladen…</iframe>',
            "form",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?embedded=true",
        ),
        Row(
            '<iframe src="https://docs.google.com/forms/d/1AbC-dEf/viewform?embedded=true" width="760" height="500">Wird geladen...</iframe>',
            "form",
            "https://docs.google.com/forms/d/1AbC-dEf/viewform",
            "https://docs.google.com/forms/d/1AbC-dEf/viewform?embedded=true",
        ),
        Row(
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?usp=sf_link",
            "form",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?embedded=true",
        ),
        Row(
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?usp=pp_url&entry.1=Max+Mustermann&embedded=true",
            "form",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?embedded=true",
        ),
        Row(
            "https://docs.google.com/forms/u/0/d/e/1FAIpQLSabcDEF0123456789/viewform",
            "form",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform",
            "https://docs.google.com/forms/d/e/1FAIpQLSabcDEF0123456789/viewform?embedded=true",
        ),
    ),
    loads=("https://docs.google.com/forms/d/e/1FAIpQL/viewform",),
    frames={
        "form": Frame("Form from Google Forms", size=(640, 800)),
    },
    facts={
        "usual host": "docs.google.com",
        "form takes": "width height",
        "form keeps": "embedded",
        "shares hosts": "docs.google.com/forms",
        "colour": "#673ab7",
        "company": "Google Ireland Limited",
        "icon": "M5",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://forms.gle/AbC123"></iframe>', "linked", "https://forms.gle/AbC123"),
        Other(
            '<iframe src="https://docs.google.com/forms/d/1/edit"></iframe>',
            "linked",
            "https://docs.google.com/forms/d/1/edit",
        ),
    ),
)
