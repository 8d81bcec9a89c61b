"""Apple Podcasts: code of its dialogue (2022, 2020); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "apple_podcasts",
    rows=(
        Row(
            '<iframe src="https://embed.podcasts.apple.com/de/podcast/rat/id1234567890?i=1000000000001" height="175"></iframe>',
            "episode",
            "https://podcasts.apple.com/de/podcast/rat/id1234567890?i=1000000000001",
            "https://embed.podcasts.apple.com/de/podcast/rat/id1234567890?i=1000000000001",
        ),
        Row(
            '<iframe allow="autoplay *; encrypted-media *; fullscreen *; clipboard-write" frameborder="0" height="175" style="width:100%;max-width:660px;overflow:hidden;border-radius:10px;" sandbox="allow-forms allow-popups allow-same-origin allow-scripts allow-storage-access-by-user-activation allow-top-navigation-by-user-activation" src="https://embed.podcasts.apple.com/de/podcast/stadtgespräch/id1234567890?i=1000123456789"></iframe>',
            "episode",
            "https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890?i=1000123456789",
            "https://embed.podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890?i=1000123456789",
        ),
        Row(
            '<iframe title="Apple Podcasts Embed" src="https://embed.podcasts.apple.com/us/podcast/city-talk/id1435008302?itsct=podcast_box_player&amp;itscg=30200&amp;ls=1&amp;theme=light" height="450px" frameborder="0"></iframe>',
            "show",
            "https://podcasts.apple.com/us/podcast/city-talk/id1435008302",
            "https://embed.podcasts.apple.com/us/podcast/city-talk/id1435008302?theme=light",
        ),
        Row(
            "https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890?mt=2",
            "show",
            "https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890",
            "https://embed.podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890",
        ),
        Row(
            "https://podcasts.apple.com/podcast/id1435008302?i=1000",
            "episode",
            "https://podcasts.apple.com/podcast/id1435008302?i=1000",
            "https://embed.podcasts.apple.com/podcast/id1435008302?i=1000",
        ),
        Row(
            '<iframe allow="autoplay *; encrypted-media *; fullscreen *; clipboard-write" frameborder="0" height="450" style="width:100%;max-width:660px;overflow:hidden;border-radius:10px;" sandbox="allow-forms allow-popups allow-same-origin allow-scripts allow-storage-access-by-user-activation allow-top-navigation-by-user-activation" src="https://embed.podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890"></iframe>',
            "show",
            "https://podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890",
            "https://embed.podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890",
        ),
        Row(
            '<iframe title="Stadtgespräch" width="660" height="400" frameborder="0" src="https://embed.podcasts.apple.com/us/podcast/id1435008302"></iframe>',
            "show",
            "https://podcasts.apple.com/us/podcast/id1435008302",
            "https://embed.podcasts.apple.com/us/podcast/id1435008302",
            size=(660, 400),
        ),
        Row(
            '<iframe src="https://embed.podcasts.apple.com/us/podcast/id1435008302?i=1000730702310" width="660" height="175" frameborder="0"></iframe>',
            "episode",
            "https://podcasts.apple.com/us/podcast/id1435008302?i=1000730702310",
            "https://embed.podcasts.apple.com/us/podcast/id1435008302?i=1000730702310",
            size=(660, 175),
        ),
    ),
    loads=("https://embed.podcasts.apple.com/de/podcast/x",),
    frames={
        "episode": Frame("Audio from Apple Podcasts", "encrypted-media clipboard-write fullscreen", size=(660, 175)),
        "show": Frame("Audio from Apple Podcasts", "encrypted-media clipboard-write fullscreen", size=(660, 450)),
    },
    facts={
        "usual host": "podcasts.apple.com",
        "episode takes": "theme width height",
        "show takes": "theme width height",
        "episode keeps": "i",
        "show keeps": "i",
        "colour": "#9333c8",
        "company": "Apple Distribution International Limited",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<iframe src="https://embed.podcasts.apple.com/de/room/1"></iframe>',
            "linked",
            "https://embed.podcasts.apple.com/de/room/1",
        ),
    ),
)
