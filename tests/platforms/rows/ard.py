"""ARD: videos of its media library."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "ard",
    rows=(
        Row(
            '<iframe src="https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc" width="640" height="360" allowfullscreen frameBorder="0" scrolling="no" title="ARD Mediathek"></iframe>',
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
        ),
        Row(
            '<iframe src="https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc?startTime=12&amp;endTime=90" width="640" height="420" allowfullscreen frameBorder="0"></iframe>',
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc?startTime=12&endTime=90",
        ),
        Row(
            "https://www.ardmediathek.de/video/tatort/der-film/das-erste/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
        ),
        Row(
            "https://ardmediathek.de/player/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc/der-film",
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
        ),
        Row(
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc?clientType=ardde",
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
        ),
        Row(
            '<iframe src="https://www.ardmediathek.de/ard/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc" width="640" height="360" allowfullscreen frameBorder="0" scrolling="no"></iframe>',
            "video",
            "https://www.ardmediathek.de/video/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            "https://www.ardmediathek.de/embed/Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc",
            size=(640, 360),
        ),
    ),
    loads=("https://www.ardmediathek.de/embed/1",),
    frames={
        "video": Frame("ARD Mediathek video", "fullscreen picture-in-picture", size=(640, 360)),
    },
    facts={
        "usual host": "www.ardmediathek.de",
        "video takes": "startTime endTime width height",
        "colour": "#003480",
        "company": "Südwestrundfunk",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.ardmediathek.de/embed/none",),
    others=(
        Other('<iframe src="https://ardmediathek.de/live?x=1"></iframe>', "linked", "https://www.ardmediathek.de/live"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://www.ardmediathek.de/embed"; document.head.append(s)</script>',
            "removed",
        ),
    ),
)
