"""Flickr: code of its dialogue (2026), of those before it (2014, 2008) and of its oEmbed interface for films (2020); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "flickr",
    rows=(
        Row(
            '<a data-flickr-embed="true" data-header="true" href="https://www.flickr.com/photos/musterstadt/12345678901/in/album-72157687937284373/" title="Rathaus"><img src="https://live.staticflickr.com/65535/12345678901_abc_z.jpg" width="640" height="427" alt="Das Rathaus bei Nacht"/></a><script async src="//embedr.flickr.com/assets/client-code.js" charset="utf-8"></script>',
            "photo",
            "https://www.flickr.com/photos/musterstadt/12345678901/",
            "https://embedr.flickr.com/photos/12345678901?width=640&height=480",
            kept="Das Rathaus bei Nacht",
        ),
        Row(
            '<iframe src="https://www.flickr.com/photos/musterstadt/12345678901/player/" width="500" height="333" frameborder="0" allowfullscreen webkitallowfullscreen mozallowfullscreen oallowfullscreen msallowfullscreen></iframe>',
            "photo",
            "https://www.flickr.com/photos/musterstadt/12345678901/",
            "https://embedr.flickr.com/photos/12345678901?width=500&height=333",
        ),
        Row(
            '<iframe src="https://embedr.flickr.com/photos/12345678901" width="500" height="281" frameborder="0" allow="autoplay; fullscreen" allowfullscreen></iframe>',
            "photo",
            "https://flic.kr/p/jNWQdM",
            "https://embedr.flickr.com/photos/12345678901?width=500&height=281",
        ),
        Row(
            "https://www.flickr.com/photos/musterstadt/12345678901/in/dateposted-public/",
            "photo",
            "https://www.flickr.com/photos/musterstadt/12345678901/",
            "https://embedr.flickr.com/photos/12345678901?width=640&height=480",
        ),
        Row(
            "https://www.flickr.com/photos/musterstadt/12345678901/in/set-72157687937284373/player/",
            "photo",
            "https://www.flickr.com/photos/musterstadt/12345678901/",
            "https://embedr.flickr.com/photos/12345678901?width=640&height=480",
        ),
        Row(
            "https://www.flickr.com/photos/44489836@N06/23592539839",
            "photo",
            "https://www.flickr.com/photos/44489836@N06/23592539839/",
            "https://embedr.flickr.com/photos/23592539839?width=640&height=480",
        ),
        Row(
            "https://flic.kr/p/jNWQdM",
            "photo",
            "https://flic.kr/p/jNWQdM",
            "https://embedr.flickr.com/photos/12345678901?width=640&height=480",
        ),
        Row(
            "https://www.flickr.com/photos/musterstadt/albums/72157687937284373/",
            "album",
            "https://www.flickr.com/photos/musterstadt/albums/72157687937284373/",
            "https://embedr.flickr.com/photosets/72157687937284373?width=640&height=480",
        ),
        Row(
            "https://www.flickr.com/photos/musterstadt/sets/72157687937284373/",
            "album",
            "https://www.flickr.com/photos/musterstadt/albums/72157687937284373/",
            "https://embedr.flickr.com/photosets/72157687937284373?width=640&height=480",
        ),
        Row(
            "https://embedr.flickr.com/photosets/72157720315430384?width=1200&height=600",
            "album",
            "https://flic.kr/s/aHsmXnLDC5",
            "https://embedr.flickr.com/photosets/72157720315430384?width=1200&height=600",
        ),
        Row(
            '<a data-flickr-embed="true" data-header="true" data-footer="true" href="https://www.flickr.com/photos/musterstadt/albums/72157720315430384" title="Stadtfest"><img src="https://live.staticflickr.com/65535/12345678901_abc_z.jpg" width="640" height="427" alt="Die Menge auf dem Markt"/></a><script async src="//embedr.flickr.com/assets/client-code.js" charset="utf-8"></script>',
            "album",
            "https://www.flickr.com/photos/musterstadt/albums/72157720315430384/",
            "https://embedr.flickr.com/photosets/72157720315430384?width=640&height=480",
            kept="Die Menge auf dem Markt",
        ),
        Row(
            '<iframe src="https://www.flickr.com/photos/musterstadt/sets/72157720315430384/player/" width="500" height="333" frameborder="0" allowfullscreen webkitallowfullscreen mozallowfullscreen oallowfullscreen msallowfullscreen></iframe>',
            "album",
            "https://www.flickr.com/photos/musterstadt/albums/72157720315430384/",
            "https://embedr.flickr.com/photosets/72157720315430384?width=500&height=333",
            size=(500, 333),
        ),
        Row(
            '<iframe align="center" src="http://www.flickr.com/slideShow/index.gne?group_id=&user_id=&set_id=72157720315430384&text=" frameBorder="0" width="500" height="500" scrolling="no"></iframe>',
            "album",
            "https://flic.kr/s/aHsmXnLDC5",
            "https://embedr.flickr.com/photosets/72157720315430384?width=500&height=500",
            size=(500, 500),
        ),
    ),
    no_pages=("https://www.flickr.com/photosets/none",),
    loads=(
        "//embedr.flickr.com/assets/client-code.js",
        "https://live.staticflickr.com/65535/1.jpg",
    ),
    frames={
        "album": Frame("Picture from Flickr", "fullscreen", size=(640, 480)),
        "photo": Frame("Picture from Flickr", "fullscreen", size=(640, 480)),
    },
    facts={
        "usual host": "www.flickr.com",
        "album takes": "width height",
        "photo takes": "width height",
        "album keeps": "set_id",
        "colour": "#0063dc",
        "company": "Flickr, Inc.",
        "icon": "M7",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<script async src="//embedr.flickr.com/assets/client-code.js" charset="utf-8"></script>',
            "removed",
            "https://embedr.flickr.com/assets/client-code.js",
        ),
        Other(
            '<script>var s = document.createElement("script"); s.src = "//embedr.flickr.com/assets/client-code.js"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<iframe src="https://www.flickr.com/slideShow/index.gne?user_id=1"></iframe>',
            "linked",
            "https://www.flickr.com/slideShow/index.gne",
        ),
    ),
)
