"""Google Maps: the four forms of its frame, with the code of its dialogue; addresses of places. Maps that a script makes have no frame."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "google_maps",
    rows=(
        Row(
            '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2435.6!2d9.7380!3d52.3733!2m3!1f0!2f0!3f0!5e0!3m2!1sde!2sde" width="600" height="450" style="border:0;" allowfullscreen="" loading="lazy" referrerpolicy="no-referrer-when-downgrade"></iframe><p>So finden Sie uns</p>',
            "map",
            "https://www.google.com/maps/@52.3733,9.7380,15z",
            "https://www.google.com/maps/embed?pb=%211m18%211m12%211m3%211d2435.6%212d9.7380%213d52.3733%212m3%211f0%212f0%213f0%215e0%213m2%211sde%212sde",
            kept="<p>So finden Sie uns</p>",
        ),
        Row(
            '<iframe width="600" height="450" src="https://www.google.com/maps/embed/v1/place?key=API_KEY&amp;q=Rathaus+Musterstadt&amp;utm_source=x"></iframe>',
            "map",
            "https://www.google.com/maps/search/?api=1&query=Rathaus+Musterstadt",
            "https://www.google.com/maps/embed/v1/place?key=API_KEY&q=Rathaus+Musterstadt",
        ),
        Row(
            '<iframe src="https://www.google.com/maps/d/embed?mid=1AbC&amp;ehbc=2E312F" width="640" height="480"></iframe>',
            "map",
            "https://www.google.com/maps/d/viewer?mid=1AbC",
            "https://www.google.com/maps/d/embed?mid=1AbC",
            size=(640, 480),
        ),
        Row(
            '<iframe src="https://maps.google.com/maps?q=Rathaus%20Musterstadt&amp;z=13&amp;ie=UTF8&amp;output=embed"></iframe>',
            "map",
            "https://www.google.com/maps/search/?api=1&query=Rathaus+Musterstadt",
            "https://maps.google.com/maps?ie=UTF8&output=embed&q=Rathaus+Musterstadt&z=13",
        ),
        Row("https://www.google.de/maps/place/Rathaus/@52.3733,9.738,17z/data=!3m1!4b1?entry=ttu", "map", "https://www.google.com/maps/@52.3733,9.738,17z", "https://maps.google.com/maps?ll=52.3733%2C9.738&output=embed&z=17"),
        Row("https://www.google.com/maps/search/?api=1&query=Rathaus+Musterstadt", "map", "https://www.google.com/maps/search/?api=1&query=Rathaus+Musterstadt", "https://maps.google.com/maps?output=embed&q=Rathaus+Musterstadt"),
        Row('<iframe src="https://maps.google.at/?q=Rathaus&output=embed"></iframe>', "map", "https://www.google.com/maps/search/?api=1&query=Rathaus", "https://maps.google.com/maps?output=embed&q=Rathaus"),
        Row('<iframe src="https://www.google.cz/maps/embed?pb=!1m18!2d9.7320!3d52.3759"></iframe>', "map", "https://www.google.com/maps/@52.3759,9.7320,15z", "https://www.google.com/maps/embed?pb=%211m18%212d9.7320%213d52.3759"),
        Row('<iframe src="https://maps.google.com/maps?q=Alte%20M%C3%BChle%20%26%20Hof,%20Leinau&amp;output=embed"></iframe>', "map", "https://www.google.com/maps/search/?api=1&query=Alte+M%C3%BChle+Hof,+Leinau", "https://maps.google.com/maps?output=embed&q=Alte+M%C3%BChle+%26+Hof%2C+Leinau"),
        Row("https://maps.google.de/maps?q=Rathaus&output=embed", "map", "https://www.google.com/maps/search/?api=1&query=Rathaus", "https://maps.google.com/maps?output=embed&q=Rathaus"),
    ),
    frames={"map": Frame("Map from Google Maps", "fullscreen", "strict-origin-when-cross-origin", size=(600, 450))},
    facts={
        "usual host": "www.google.com",
        "map takes": "width height",
        "map keeps": "api avoid center cid daddr destination f fov ftid geocode heading hl ie iwloc key language ll location maptype mid mode origin output pano pb pitch q query region saddr spn t units waypoints z zoom",
        "colour": "#1a6dc2",
        "company": "Google Ireland Limited",
        "icon": "M12",
        "globals": "google.maps",
        "shares hosts": "google.com/maps google.de/maps google.at/maps google.ch/maps google.be/maps google.bg/maps google.cz/maps google.dk/maps google.ee/maps google.es/maps google.fi/maps google.fr/maps google.gr/maps google.hr/maps google.hu/maps google.ie/maps google.it/maps google.li/maps google.lt/maps google.lu/maps google.lv/maps google.nl/maps google.no/maps google.pl/maps google.pt/maps google.ro/maps google.se/maps google.si/maps google.sk/maps google.co.uk/maps google.com.tr/maps google.com/vt goo.gl/maps",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.google.com/maps/embed/none",),
    loads=("https://maps.googleapis.com/maps/api/js", "https://www.google.de/maps/embed?pb="),
    others=(
        Other('<script>(g=>{var c="google",m=document,a=m.createElement("script");a.src=`https://maps.${c}apis.com/maps/api/js?`+new URLSearchParams(g);m.head.append(a);window.ready=()=>g})({key:"API_KEY",v:"weekly"});</script>', "inert"),
        Other('<script>L.tileLayer("https://{s}.google.com/vt/lyrs=m&x={x}&y={y}&z={z}", {subdomains: ["mt0", "mt1"]}).addTo(map)</script>', "inert"),
        Other('<iframe src="https://www.google.de/maps/about?entry=ttu"></iframe>', "linked", "https://www.google.com/maps/about"),
        Other('<script async src="https://maps.googleapis.com/maps/api/js?key=API_KEY&amp;callback=initMap"></script>', "removed", "https://maps.googleapis.com/maps/api/js"),
        Other('<iframe src="https://www.google.com/maps?q=Rathaus&amp;utm_source=x"></iframe>', "linked", "https://www.google.com/maps?q=Rathaus"),
        Other('<script>var s = document.createElement("script"); s.src = "https://maps.googleapis.com/maps/api/js"; document.head.append(s)</script>', "removed"),
    ),
)  # fmt: skip
