"""LinkedIn: posts; what its old script showed becomes a link, or a share link."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "linkedin",
    rows=(
        Row(
            '<iframe src="https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789012345678?collapsed=1" height="551" width="504" frameborder="0" allowfullscreen="" title="Eingebetteter Beitrag"></iframe>',
            "post",
            "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/",
            "https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789012345678?collapsed=1",
        ),
        Row(
            '<iframe src="https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789012345678" height="892" width="504" frameborder="0" allowfullscreen></iframe>',
            "post",
            "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/",
            "https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789012345678",
        ),
        Row(
            "https://www.linkedin.com/embed/feed/update/urn:li:ugcPost:7123456789012345678",
            "post",
            "https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789012345678/",
            "https://www.linkedin.com/embed/feed/update/urn:li:ugcPost:7123456789012345678",
        ),
        Row(
            "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A71234567890",
            "post",
            "https://www.linkedin.com/feed/update/urn:li:activity:71234567890/",
            "https://www.linkedin.com/embed/feed/update/urn:li:activity:71234567890",
        ),
        Row(
            "https://de.linkedin.com/posts/musterstadt_neues-aus-dem-rat-activity-7123456789012345678-AbCd?utm_source=share",
            "post",
            "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
            "https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789012345678",
        ),
        Row(
            '<iframe src="https://www.linkedin.com/video/embed/live/urn:li:ugcPost:7123456789012345678" height="284" width="504" frameborder="0" allowfullscreen="" title="Eingebetteter Beitrag"></iframe>',
            "post",
            "https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789012345678/",
            "https://www.linkedin.com/video/embed/live/urn:li:ugcPost:7123456789012345678",
            size=(504, 284),
        ),
    ),
    loads=(
        "https://platform.linkedin.com/in.js",
        "https://www.linkedin.com/embed/feed/update/1",
        "https://media.licdn.com/1.jpg",
    ),
    frames={
        "post": Frame("LinkedIn post", "fullscreen encrypted-media picture-in-picture", size=(504, 551)),
    },
    facts={
        "usual host": "www.linkedin.com",
        "post takes": "collapsed width height",
        "globals": "IN lintrk",
        "colour": "#0a66c2",
        "company": "LinkedIn Ireland Unlimited Company",
        "linked at": "lnkd.in",
        "icon": "M4",
        "share": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
        "discloses": "ip browser language time content site_name",
    },
    no_pages=("https://www.linkedin.com/embed/none",),
    others=(
        Other('<iframe src="https://de.linkedin.com/jobs/?x=1"></iframe>', "linked", "https://www.linkedin.com/jobs/"),
        Other(
            '<script>var s = document.createElement("script"); s.src = "https://platform.linkedin.com/in"; document.head.append(s)</script>',
            "removed",
        ),
        Other(
            '<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: de_DE</script><script type="IN/MemberProfile" data-id="http://www.linkedin.com/in/erika-muster" data-format="inline" data-related="false"></script>',
            "linked",
            "https://www.linkedin.com/in/erika-muster",
            "profile",
        ),
        Other(
            '<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: de_DE</script><script type="IN/CompanyProfile" data-id="1337" data-format="inline"></script>',
            "linked",
            "https://www.linkedin.com/company/1337",
            "company",
        ),
        Other(
            '<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: de_DE</script><script type="IN/FollowCompany" data-id="1337" data-counter="right"></script>',
            "linked",
            "https://www.linkedin.com/company/1337",
            "company",
        ),
        Other(
            '<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: de_DE</script><script type="IN/Share" data-url="https://www.leinau.example/fest"></script>',
            "shared",
            "https://www.leinau.example/fest",
            "share-button",
        ),
    ),
)
