"""OpenStreetMap: code of its panel for sharing, with and without a marker; addresses of places. Maps of its tiles have no frame."""

from support.platform_rows import Expected, Frame, Other, Row

EMBED = "https://www.openstreetmap.org/export/embed.html"

EXPECTED = Expected(
    "openstreetmap",
    rows=(
        Row(
            '<iframe width="425" height="350" src="https://www.openstreetmap.org/export/embed.html?bbox=9.60%2C52.30%2C9.90%2C52.45&amp;layer=mapnik&amp;marker=52.37%2C9.73" style="border: 1px solid black"></iframe><br/><small><a href="https://www.openstreetmap.org/?mlat=52.37&amp;mlon=9.73#map=12/52.37/9.73">Größere Karte anzeigen</a></small>',
            "map",
            "https://www.openstreetmap.org/?mlat=52.37&mlon=9.73#map=11/52.37500/9.75000",
            f"{EMBED}?bbox=9.60%2C52.30%2C9.90%2C52.45&layer=mapnik&marker=52.37%2C9.73",
            size=(425, 350),
            kept="Größere Karte anzeigen",
        ),
        Row(
            '<iframe src="http://www.openstreetmap.org/export/embed.html?bbox=9.6,52.3,9.9,52.45&amp;layer=cyclemap"></iframe>',
            "map",
            "https://www.openstreetmap.org/#map=11/52.37500/9.75000",
            f"{EMBED}?bbox=9.6%2C52.3%2C9.9%2C52.45&layer=cyclemap",
        ),
        Row(
            "https://www.openstreetmap.org/?mlat=52.37&mlon=9.73#map=12/52.37/9.73",
            "map",
            "https://www.openstreetmap.org/?mlat=52.37&mlon=9.73#map=12/52.37/9.73",
            f"{EMBED}?bbox=9.633870%2C52.328076%2C9.826130%2C52.411924&layer=mapnik&marker=52.37%2C9.73",
        ),
        Row(
            "https://osm.org/#map=14/52.3733/9.7380&layers=T",
            "map",
            "https://www.openstreetmap.org/#map=14/52.3733/9.7380",
            f"{EMBED}?bbox=9.713967%2C52.362820%2C9.762033%2C52.383780&layer=mapnik",
        ),
        Row(
            '<object data="https://www.openstreetmap.org/export/embed.html?bbox=9.60%2C52.30%2C9.90%2C52.45&amp;layer=mapnik&amp;marker=52.37%2C9.73" width="610" height="310"></object>',
            "map",
            "https://www.openstreetmap.org/?mlat=52.37&mlon=9.73#map=11/52.37500/9.75000",
            f"{EMBED}?bbox=9.60%2C52.30%2C9.90%2C52.45&layer=mapnik&marker=52.37%2C9.73",
            size=(610, 310),
        ),
    ),
    frames={"map": Frame("Map from OpenStreetMap", "fullscreen", size=(560, 400))},
    facts={
        "usual host": "www.openstreetmap.org",
        "map takes": "width height",
        "map keeps": "bbox layer marker mlat mlon",
        "colour": "#3f6b2a",
        "company": "OpenStreetMap Foundation",
        "icon": "M12",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.openstreetmap.org/export/none",),
    loads=("https://a.tile.openstreetmap.org/1/2/3.png", "https://www.openstreetmap.org/export/embed.html"),
    others=(
        Other('<iframe src="https://osm.org/user/town?utm_source=x"></iframe>', "linked", "https://www.openstreetmap.org/user/town"),
        Other('<iframe src="https://www.openstreetmap.org/search?query=Rathaus&amp;utm_source=x"></iframe>', "linked", "https://www.openstreetmap.org/search?query=Rathaus"),
        Other('<script>L.tileLayer("https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png").addTo(map)</script>', "inert"),
        Other('<script>new maplibregl.Map({style: {sources: {osm: {type: "raster", tiles: ["https://tile.openstreetmap.org/{z}/{x}/{y}.png"]}}}})</script>', "inert"),
        Other('<script>L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png").addTo(map)</script>', "inert"),
    ),
)  # fmt: skip
