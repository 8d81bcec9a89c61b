"""What the register says of third parties and of those who run them, written out: where data may go, what is not confirmed, further hosts."""

from __future__ import annotations

import pytest

from shariff_py.platforms.third_parties.record import Provider
from shariff_py.platforms.third_parties.register import register

MAY_GO_TO = {
    "US": (
        "accessibe addthis addtoany adobe-analytics adobe-fonts adobe-launch amazon-ads arcgis-online bootstrap-cdn cdnjs clarity "
        "cloudflare-web-analytics criteo datadog font-awesome google-ads google-analytics google-fonts google-hosted-libraries "
        "google-search google-tag-manager google-translate gravatar hcaptcha hubspot intercom jquery-cdn jsdelivr livechat "
        "mailchimp mapbox microsoft-ads microsoft-ajax-cdn monotype-fonts new-relic onetrust outbrain paypal recaptcha sentry "
        "sharethis sourcepoint stripe taboola tawk tealium the-trade-desk turnstile unpkg userway wordpress-stats xandr zendesk"
    ),
    "IL": "accessibe",
    "GB": "browsealoud",
    "AD": "elfsight",
    "CH": "maptiler",
    "NZ": "matomo-cloud",
    "RU": "yandex-metrica",
}
"""The countries outside the European Economic Area that data of third parties may go to; of all others none is known."""

UNCONFIRMED = {
    "name": (
        "accessibe addthis adform adobe-analytics adobe-fonts adobe-launch arcgis-online at-internet axeptio basemap-de brevo "
        "browsealoud cdnjs clarity cleverreach cloudflare-web-analytics consentmanager cookiebot crisp criteo datadog didomi "
        "etracker eye-able font-awesome friendly-captcha gemius gravatar hcaptcha here-maps hotjar hubspot infonline intercom "
        "iubenda livechat mailchimp mapbox mapp maptiler matomo-cloud microsoft-ads microsoft-ajax-cdn monotype-fonts new-relic "
        "onetrust outbrain paypal piwik-pro plausible readspeaker sentry sharethis siteimprove sourcepoint stripe taboola tawk "
        "tealium the-trade-desk turnstile usercentrics userlike userway walls-io web-analytics-italia wordpress-stats xandr "
        "yandex-metrica zendesk"
    ),
    "country": (
        "accessibe addthis arcgis-online at-internet axeptio basemap-de brevo browsealoud cleverreach crisp didomi gemius iubenda "
        "livechat mailchimp maptiler paypal siteimprove stripe tawk tealium userlike userway web-analytics-italia yandex-metrica"
    ),
    "data_may_go_to": ("accessibe bootstrap-cdn criteo elfsight jsdelivr livechat maptiler matomo-cloud paypal stripe"),
    "places": (
        "accessibe arcgis-online at-internet axeptio basemap-de brevo cleverreach crisp datadog didomi elfsight etracker eye-able "
        "gemius google-search google-translate here-maps infonline iubenda mapbox mapp maptiler microsoft-ajax-cdn monotype-fonts "
        "onetrust outbrain piwik-pro plausible siteimprove sourcepoint userlike userway walls-io web-analytics-italia"
    ),
}
"""What no public source was found for: facts of the provider, and the places."""

HOSTS = {
    "Akamai": ("akamaihd.net akamaized.net akamai.net edgekey.net go-mpulse.net", "US", ""),
    "Amazon": ("amazonaws.com cloudfront.net amazon.de amazon.com", "US", ""),
    "Automattic Inc.": ("wordpress.com wp.com", "US", "name"),
    "BunnyWay": ("b-cdn.net bunny.net bunnycdn.com", "", ""),
    "Cloudflare, Inc.": ("cloudflare.com workers.dev pages.dev cloudflarestream.com", "US", "name"),
    "Fastly": ("fastly.net fastlylb.net", "US", ""),
    "FOSSGIS e.V.": ("openstreetmap.de", "", "name country"),
    "GitHub (Microsoft)": ("github.com githubusercontent.com github.io", "US", ""),
    "Google Ireland Limited": (
        "google.com google.de googleapis.com gstatic.com googleusercontent.com ggpht.com firebaseio.com gvt1.com",
        "US",
        "",
    ),
    "KeyCDN": ("kxcdn.com", "CH", ""),
    "Microsoft Corporation": (
        "microsoft.com bing.com msecnd.net azureedge.net azurefd.net office.com live.com visualstudio.com windows.net",
        "US",
        "name",
    ),
    "Mozilla": ("mozilla.com mozilla.net mozilla.org firefox.com", "US", ""),
    "Salesforce": ("salesforce.com force.com krxd.net", "US", ""),
    "Snap": ("snapchat.com sc-static.net", "US", ""),
    "TikTok Technology Limited": ("byteoversea.com", "US", ""),
    "TripAdvisor": ("tripadvisor.com tripadvisor.de tacdn.com", "US", ""),
    "Twilio (STUN and TURN)": ("twilio.com", "US", ""),
}
"""Hosts of a provider beside those of its services, where data may go from there, and what of it is not confirmed."""


def providers() -> list[Provider]:
    return [*register().providers.values(), *(one.provider for one in register().third_parties)]


def test_the_countries_that_data_may_go_to_are_those_that_are_known() -> None:
    told = {one.name: sorted(one.provider.data_may_go_to) for one in register().third_parties}
    known = {name: sorted(code for code, names in MAY_GO_TO.items() if name in names.split()) for name in told}

    assert told == known


@pytest.mark.parametrize("fact", ["name", "country", "data_may_go_to"])
def test_what_is_not_confirmed_of_a_provider_is_said(fact: str) -> None:
    named = [one.name for one in register().third_parties if fact in one.provider.unconfirmed]

    assert named == UNCONFIRMED[fact].split()


def test_places_without_a_public_source_are_said_to_be_unconfirmed() -> None:
    assert [one.name for one in register().third_parties if not one.source] == UNCONFIRMED["places"].split()


def test_the_hosts_of_a_provider_beside_those_of_its_services_are_known() -> None:
    told = {
        one.name: tuple(" ".join(words) for words in (one.hosts, one.data_may_go_to, one.unconfirmed))
        for one in providers()
        if one.hosts
    }

    assert told == HOSTS
