"""Google Calendar: code of its dialogue (2026, 2016), pages for booking; addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "google_calendar",
    rows=(
        Row(
            '<iframe src="https://calendar.google.com/calendar/embed?src=rat%40group.calendar.google.com&ctz=Europe%2FBerlin" style="border: 0" width="800" height="600" frameborder="0" scrolling="no"></iframe>',
            "calendar",
            "https://calendar.google.com/calendar/embed?ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com",
            "https://calendar.google.com/calendar/embed?ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com",
        ),
        Row(
            '<iframe src="https://www.google.com/calendar/embed?title=Sitzungen&amp;height=600&amp;wkst=2&amp;bgcolor=%23FFFFFF&amp;src=rat%40group.calendar.google.com&amp;color=%232952A3&amp;src=amt%40group.calendar.google.com&amp;color=%230F4B38&amp;ctz=Europe%2FBerlin" style="border-width:0" width="800" height="600" frameborder="0" scrolling="no"></iframe>',
            "calendar",
            "https://calendar.google.com/calendar/embed?bgcolor=%23FFFFFF&color=%232952A3&color=%230F4B38&ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com&src=amt%40group.calendar.google.com&wkst=2",
            "https://calendar.google.com/calendar/embed?bgcolor=%23FFFFFF&color=%232952A3&color=%230F4B38&ctz=Europe%2FBerlin&src=rat%40group.calendar.google.com&src=amt%40group.calendar.google.com&wkst=2",
        ),
        Row(
            "https://calendar.google.com/calendar/b/1/embed?height=600&src=a%40b.c",
            "calendar",
            "https://calendar.google.com/calendar/embed?src=a%40b.c",
            "https://calendar.google.com/calendar/embed?src=a%40b.c",
        ),
        Row(
            '<iframe src="https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789?gv=true" style="border: 0" width="100%" height="600"></iframe>',
            "appointments",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789?gv=true",
        ),
        Row(
            "https://calendar.google.com/calendar/u/0/appointments/schedules/AcZssZ0abcDEF123456789",
            "appointments",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789?gv=true",
        ),
        Row(
            "https://calendar.google.com/calendar/appointments/AcZss-1_x",
            "appointments",
            "https://calendar.google.com/calendar/appointments/schedules/AcZss-1_x",
            "https://calendar.google.com/calendar/appointments/schedules/AcZss-1_x?gv=true",
        ),
        Row(
            '<iframe src="https://calendar.google.com/calendar/u/0/appointments/schedules/AcZssZ0abcDEF123456789?gv=true" width="800" height="700" frameborder="0"></iframe>',
            "appointments",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789",
            "https://calendar.google.com/calendar/appointments/schedules/AcZssZ0abcDEF123456789?gv=true",
            size=(800, 700),
        ),
    ),
    no_pages=("https://calendar.google.com/calendar/none/embed",),
    loads=("https://calendar.google.com/calendar/embed?src=x",),
    frames={
        "calendar": Frame("Calendar from Google Calendar", size=(800, 600)),
        "appointments": Frame("Calendar from Google Calendar", size=(800, 600)),
    },
    facts={
        "usual host": "calendar.google.com",
        "calendar takes": "width height",
        "appointments takes": "width height",
        "calendar keeps": "bgcolor color ctz dates hl mode showCalendars showDate showNav showPrint showTabs showTitle showTz src wkst",
        "appointments keeps": "gv",
        "shares hosts": "google.com/calendar",
        "colour": "#1a6dc2",
        "company": "Google Ireland Limited",
        "icon": "M4",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<iframe src="https://calendar.app.google/AbC"></iframe>', "linked", "https://calendar.app.google/AbC"),
        Other(
            '<iframe src="https://calendar.google.com/calendar/u/0/r?cid=abc&amp;x=1"></iframe>',
            "linked",
            "https://calendar.google.com/calendar/u/0/r?cid=abc",
        ),
        Other(
            '<script src="https://calendar.google.com/calendar/scheduling-button-script.js" async></script>',
            "removed",
            "https://calendar.google.com/calendar/scheduling-button-script.js",
        ),
        Other(
            '<iframe src="https://calendar.google.com/calendar/ical/a%40b.c/public/basic.ics"></iframe>',
            "linked",
            "https://calendar.google.com/calendar/ical/a%40b.c/public/basic.ics",
        ),
    ),
)
