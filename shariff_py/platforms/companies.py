"""The companies whose platforms are known. Several platforms may be of one company; a record of a platform refers to it.

Each names the entity that is responsible towards people in the Union. Companies move and are sold: ``checked_on`` says how old a fact is.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.company import Company, Transfer

CHECKED = date(2026, 11, 30)

# The General Court upheld the decision (T-553/23); the appeal C-703/25 P is pending. It covers recipients that are certified only.
PRIVACY_FRAMEWORK = Transfer("US", "EU-US Data Privacy Framework", "(EU) 2023/1795", CHECKED, in_force=True)

CONTRACT_CLAUSES = Transfer("US", "Standard Contractual Clauses", "(EU) 2021/914", CHECKED, in_force=True)

# (EU) 2025/2574 of 19 December 2025 renewed it until 27 December 2031.
UK_ADEQUACY = Transfer("GB", "UK Adequacy Decision", "(EU) 2021/1772, (EU) 2025/2574", CHECKED, in_force=True)

# Source: own privacy policy, and policies of 2026 that name its parent's certificate; read in November 2026
META = Company(
    legal_name="Meta Platforms Ireland Limited",
    short_name="Meta",
    address="Merrion Road, Dublin 4, D04 X2K5",
    country="IE",
    privacy_url="https://www.facebook.com/privacy/policy/",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
    joint_control_url="https://www.facebook.com/legal/controller_addendum",
    never_allowed=True,
)

# Source: privacy policies of 2026 of sites with its videos and maps, its parent's certificate too; read in November 2026
GOOGLE = Company(
    legal_name="Google Ireland Limited",
    short_name="Google",
    address="Gordon House, Barrow Street, Dublin 4",
    country="IE",
    privacy_url="https://policies.google.com/privacy?hl=de",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: own privacy policy of 25 June 2024; read in November 2026. It was sold in November 2025, and none since then was
# at hand. Other sources name the 5th floor, its own the 10th.
VIMEO = Company(
    legal_name="Vimeo.com, Inc.",
    short_name="Vimeo",
    address="330 West 34th Street, New York, NY 10001",
    country="US",
    privacy_url="https://vimeo.com/privacy",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
    unconfirmed=("legal_name", "address", "transfer"),
)

# Source: own privacy policy of 15 January 2026; read in November 2026. Before, it was Twitter International Unlimited Company.
X = Company(
    legal_name="X Internet Unlimited Company",
    short_name="X",
    address="One Cumberland Place, Fenian Street, Dublin 2, D02 AX07",
    country="IE",
    privacy_url="https://x.com/de/privacy",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: own privacy policy, own answers to users of its tiles (servers in the United Kingdom, Ireland and the Netherlands,
# tiles by a content delivery network); read in November 2026
OPENSTREETMAP_FOUNDATION = Company(
    legal_name="OpenStreetMap Foundation",
    address="St John’s Innovation Centre, Cowley Road, Cambridge CB4 0WS",
    country="GB",
    privacy_url="https://osmfoundation.org/wiki/Privacy_Policy",
    checked_on=CHECKED,
    transfer=UK_ADEQUACY,
)

# Source: own privacy policy of 2025, a summary of 2026 that names the clauses; read in November 2026. The address is that of its
# representative in the Union (GDPR Art. 27): the policy has none of its own.
BLUESKY = Company(
    legal_name="Bluesky Social, PBC",
    short_name="Bluesky",
    address="c/o Ametros Ltd, Unit 3D, North Point House, North Point Business Park, New Mallow Road, Cork",
    address_country="IE",
    country="US",
    privacy_url="https://bsky.social/about/support/privacy-policy",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
)

# Source: own legal notice of 27 September 2026, own privacy policy (servers in France, the United States and Singapore);
# read in November 2026
DAILYMOTION = Company(
    legal_name="Dailymotion SA",
    short_name="Dailymotion",
    address="50 rue Camille Desmoulins, 92130 Issy-les-Moulineaux",
    country="FR",
    privacy_url="https://legal.dailymotion.com/en/privacy-policy/",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
)

# Source: own privacy notice of 30 June 2023, a summary of that of 15 January 2026; read in November 2026. They name the United
# States, but no basis.
TWITCH = Company(
    legal_name="Twitch Interactive, Inc.",
    short_name="Twitch",
    address="350 Bush Street, 2nd Floor, San Francisco, CA 94104",
    country="US",
    privacy_url="https://legal.twitch.com/legal/privacy-notice/",
    checked_on=CHECKED,
    unconfirmed=("transfer",),
)

# Source: own privacy policy for the EEA of 30 November 2025; read in November 2026. Its servers are in the United States,
# Malaysia and Singapore, all by clauses.
TIKTOK = Company(
    legal_name="TikTok Technology Limited",
    short_name="TikTok",
    address="10 Earlsfort Terrace, Dublin, D02 T380",
    country="IE",
    privacy_url="https://www.tiktok.com/legal/page/eea/privacy-policy/de",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
)

# Source: own privacy notice for Europe, its statement on transfers as German policies quote it; read in November 2026
LINKEDIN = Company(
    legal_name="LinkedIn Ireland Unlimited Company",
    short_name="LinkedIn",
    address="Wilton Place, Dublin 2",
    country="IE",
    privacy_url="https://www.linkedin.com/legal/privacy/eu",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
)

# Source: own privacy policy of autumn 2026; read in November 2026. Older sources name Palmerston House, Fenian Street.
PINTEREST = Company(
    legal_name="Pinterest Europe Ltd.",
    short_name="Pinterest",
    address="Waterloo Exchange, 3rd Floor, Waterloo Road, Dublin 4",
    country="IE",
    privacy_url="https://policy.pinterest.com/de/privacy-policy",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: own privacy policy, own terms for Europe of 2026; read in November 2026
REDDIT = Company(
    legal_name="Reddit Netherlands B.V.",
    short_name="Reddit",
    address="Looiersgracht 43, 1016 VR Amsterdam",
    country="NL",
    privacy_url="https://www.reddit.com/policies/privacy-policy",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: own terms of 6 September 2024; read in November 2026. They do not say who is responsible towards people in the Union. The
# address is that of its parent, Automattic Inc.; older sources name its own at 35 East 21st Street, New York.
TUMBLR = Company(
    legal_name="Tumblr, Inc.",
    short_name="Tumblr",
    address="60 29th Street #343, San Francisco, CA 94110",
    country="US",
    privacy_url="https://www.tumblr.com/privacy/de",
    checked_on=CHECKED,
    unconfirmed=("legal_name", "address", "transfer"),
)

# Source: own privacy policy, own imprint of 27 September 2026; read in November 2026. Before its sale it was in Potsdam.
KOMOOT = Company(
    legal_name="komoot GmbH",
    short_name="Komoot",
    address="Kienberger Allee 4, 12529 Schönefeld",
    country="DE",
    privacy_url="https://www.komoot.com/de-de/privacy",
    checked_on=CHECKED,
    unconfirmed=("transfer",),
)

# Source: own terms, own privacy policy for Europe, which names the clauses by number, but no country; read in November 2026
SPOTIFY = Company(
    legal_name="Spotify AB",
    short_name="Spotify",
    address="Regeringsgatan 19, 111 53 Stockholm",
    country="SE",
    privacy_url="https://www.spotify.com/de/legal/privacy-policy/",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
    unconfirmed=("transfer",),
)

# Source: own privacy policy; the address from receipts; read in November 2026. Own terms name Rheinsberger Str. 76/77,
# 10115 Berlin, without a date.
SOUNDCLOUD = Company(
    legal_name="SoundCloud Global Limited & Co. KG",
    short_name="SoundCloud",
    address="Karl-Marx-Straße 101, 12043 Berlin",
    country="DE",
    privacy_url="https://soundcloud.com/pages/privacy",
    checked_on=CHECKED,
    unconfirmed=("address", "transfer"),
)

# Source: own list of affiliated companies, own privacy policy as quoted by others; read in November 2026
APPLE = Company(
    legal_name="Apple Distribution International Limited",
    short_name="Apple",
    address="Hollyhill Industrial Estate, Hollyhill, Cork",
    country="IE",
    privacy_url="https://www.apple.com/legal/privacy/de-ww/",
    checked_on=CHECKED,
    transfer=CONTRACT_CLAUSES,
)

# Source: own privacy policy of May 2022, own terms; read in November 2026. It names clauses, but no country.
DEEZER = Company(
    legal_name="Deezer SA",
    short_name="Deezer",
    address="24 rue de Calais, 75009 Paris",
    country="FR",
    privacy_url="https://www.deezer.com/legal/personal-datas",
    checked_on=CHECKED,
    unconfirmed=("transfer",),
)

# Source: own agreement on data processing, where its parent is Bending Spoons S.p.A., Milan; address of its policy of 2021;
# read in November 2026
ISSUU = Company(
    legal_name="Issuu, Inc.",
    short_name="Issuu",
    address="131 Lytton Avenue, Palo Alto, CA 94301",
    country="US",
    privacy_url="https://issuu.com/legal/privacy",
    checked_on=CHECKED,
    unconfirmed=("address", "transfer"),
)

# Source: own privacy policy of 30 April 2020, the newest at hand; read in November 2026. Its basis was annulled (C-311/18).
FLICKR = Company(
    legal_name="Flickr, Inc.",
    short_name="Flickr",
    address="67 E Evelyn Ave, Ste 200, Mountain View, CA 94041",
    country="US",
    privacy_url="https://www.flickr.com/help/privacy",
    checked_on=CHECKED,
    unconfirmed=("address", "transfer"),
)

# Source: own consent form for the entity, one privacy policy for the address; read in November 2026
GIPHY = Company(
    legal_name="Giphy, Inc.",
    short_name="Giphy",
    address="416 West 13th Street, Suite 207, New York, NY 10014",
    country="US",
    privacy_url="https://support.giphy.com/hc/en-us/articles/360032872931",
    checked_on=CHECKED,
    unconfirmed=("address", "transfer"),
)

# Source: own privacy notices of 8 March 2024 and 17 October 2025, the address from five others; read in November 2026
CALENDLY = Company(
    legal_name="Calendly, LLC",
    short_name="Calendly",
    address="115 E Main St, Ste A1B, Buford, GA 30518",
    country="US",
    privacy_url="https://calendly.com/legal/privacy-notice",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: own terms for the entity, two privacy policies for the address; read in November 2026. In 2019 it was at Carrer Bac
# de Roda 163.
TYPEFORM = Company(
    legal_name="TYPEFORM SL",
    short_name="Typeform",
    address="Carrer de Can Rabia 3-5, 4th Floor, 08017 Barcelona",
    country="ES",
    privacy_url="https://www.typeform.com/privacy-policy/",
    checked_on=CHECKED,
    unconfirmed=("transfer",),
)

# Source: own information on its accounts, which all its broadcasters run and SWR leads; read in November 2026. Another source
# names Bayerischer Rundfunk for the media library.
ARD = Company(
    legal_name="Südwestrundfunk",
    address="Neckarstraße 230, 70190 Stuttgart",
    country="DE",
    privacy_url="https://www.ardmediathek.de/datenschutz",
    checked_on=CHECKED,
    unconfirmed=("legal_name", "address"),
)

# Source: own privacy policies of 2025; read in November 2026. The page for the site itself was at hand from before 2025 only.
ZDF = Company(
    legal_name="Zweites Deutsches Fernsehen",
    short_name="ZDF",
    address="ZDF-Straße 1, 55127 Mainz",
    country="DE",
    privacy_url="https://www.zdf.de/dsgvo",
    checked_on=CHECKED,
    unconfirmed=("privacy_url",),
)

# Source: own terms of use, own page on privacy; read in November 2026. Its corporate pages have moved since then.
ARTE = Company(
    legal_name="ARTE G.E.I.E.",
    short_name="ARTE",
    address="4 quai du Chanoine Winterer, 67000 Strasbourg",
    country="FR",
    privacy_url="https://www.arte.tv/sites/de/corporate/arte-und-ihre-privatsphaere-im-internet/",
    checked_on=CHECKED,
    unconfirmed=("privacy_url",),
)

# Source: own privacy statement of 1 February 2024, which names this entity and its parent together, and both instruments; read in
# November 2026
GITHUB = Company(
    legal_name="GitHub B.V.",
    short_name="GitHub",
    address="Prins Bernhardplein 200, 1097 JB Amsterdam",
    country="NL",
    privacy_url="https://docs.github.com/site-policy/privacy-policies/github-general-privacy-statement",
    checked_on=CHECKED,
    transfer=PRIVACY_FRAMEWORK,
)

# Source: privacy policies of two sites and a consent tool's template for the name, one of them for the address; read in November 2026
PODIGEE = Company(
    legal_name="Podigee GmbH",
    short_name="Podigee",
    address="Revaler Straße 28, 10245 Berlin",
    country="DE",
    privacy_url="https://www.podigee.com/en/about/privacy",
    checked_on=CHECKED,
    unconfirmed=("address", "privacy_url", "transfer"),
)
