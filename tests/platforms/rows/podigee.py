"""Podigee: code of its dialogue with the script in its new and its old place, the frame behind it, addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

PLAYER = "https://player.podigee-cdn.net/podcast-player"
FRAME = f"{PLAYER}/podigee-podcast-player.html?configuration=https%3A%2F%2F"

EXPECTED = Expected(
    "podigee",
    rows=(
        Row(
            f'<script class="podigee-podcast-player" src="{PLAYER}/javascripts/podigee-podcast-player.js" data-configuration="https://stadtgespraech.podigee.io/12-das-fest/embed?context=external"></script>',
            "episode",
            "https://stadtgespraech.podigee.io/12-das-fest",
            f"{FRAME}stadtgespraech.podigee.io%2F12-das-fest%2Fembed%3Fcontext%3Dexternal",
        ),
        Row(
            '<script class="podigee-podcast-player" src="//cdn.podigee.com/podcast-player/javascripts/podigee-podcast-player.js" data-configuration="https://stadtgespraech.podigee.io/s1e132-neue-episode/embed?context=external&amp;theme=default"></script>',
            "episode",
            "https://stadtgespraech.podigee.io/s1e132-neue-episode",
            f"{FRAME}stadtgespraech.podigee.io%2Fs1e132-neue-episode%2Fembed%3Fcontext%3Dexternal",
        ),
        Row(
            f'<iframe class="podigee-podcast-player" src="{FRAME}stadtgespraech.podigee.io%2F1-anfang%2Fembed" width="100%" height="500"></iframe>',
            "episode",
            "https://stadtgespraech.podigee.io/1-anfang",
            f"{FRAME}stadtgespraech.podigee.io%2F1-anfang%2Fembed%3Fcontext%3Dexternal",
        ),
        Row(
            "https://stadtgespraech.podigee.io/12-gr%C3%BC%C3%9Fe",
            "episode",
            "https://stadtgespraech.podigee.io/12-gr%C3%BC%C3%9Fe",
            f"{FRAME}stadtgespraech.podigee.io%2F12-gr%25C3%25BC%25C3%259Fe%2Fembed%3Fcontext%3Dexternal",
        ),
        Row(
            "stadtgespraech.podigee.io/12-das-fest",
            "episode",
            "https://stadtgespraech.podigee.io/12-das-fest",
            f"{FRAME}stadtgespraech.podigee.io%2F12-das-fest%2Fembed%3Fcontext%3Dexternal",
        ),
    ),
    frames={"episode": Frame("Audio from Podigee", size=(640, 180))},
    facts={
        "colour": "#1a5e5a",
        "company": "Podigee GmbH",
        "icon": "M12",
        "episode takes": "width height",
        "discloses": "ip browser language time content site_name",
    },
    loads=(
        "https://main.podigee-cdn.net/uploads/u1/12.mp3",
        "https://cdn.podigee.com/podcast-player/javascripts/podigee-podcast-player.js",
    ),
    others=(
        Other(
            f'<script class="podigee-podcast-player" src="{PLAYER}/javascripts/podigee-podcast-player.js" data-configuration="playerConfiguration"></script>',
            "removed",
            f"{PLAYER}/javascripts/podigee-podcast-player.js",
        ),
    ),
)
