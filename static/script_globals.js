/** Written by scripts/build_widget_data.py from shariff_py/platforms and shariff_py/texts; change it there. */

/** @typedef {{ of: string, callable: boolean, ready?: string, shareMethod?: string, shareDialogues?: string[], shareAddress?: string[], template?: string, replies?: Record<string, unknown> }} ScriptGlobal */

/** @type {Record<string, ScriptGlobal>} */
export const GLOBALS = {
  "bluesky": {
    "of": "bluesky",
    "callable": false
  },
  "Calendly": {
    "of": "calendly",
    "callable": false
  },
  "dailymotion": {
    "of": "dailymotion",
    "callable": false
  },
  "DM": {
    "of": "dailymotion",
    "callable": false
  },
  "FB": {
    "of": "facebook",
    "callable": false,
    "ready": "fbAsyncInit",
    "shareMethod": "ui",
    "shareDialogues": [
      "share",
      "share_open_graph",
      "feed",
      "stream.publish",
      "stream.share",
      "send"
    ],
    "shareAddress": [
      "href",
      "link",
      "u"
    ],
    "template": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "replies": {
      "getLoginStatus": {
        "status": "unknown",
        "authResponse": null
      },
      "login": {
        "status": "unknown",
        "authResponse": null
      },
      "logout": {
        "status": "unknown",
        "authResponse": null
      },
      "api": {
        "error": {
          "message": "not loaded",
          "type": "OAuthException",
          "code": 2500
        }
      },
      "ui": {
        "error_code": 4201,
        "error_message": "User canceled the Dialog flow"
      },
      "getAuthResponse": null,
      "getAccessToken": null,
      "getUserID": ""
    }
  },
  "fbq": {
    "of": "facebook",
    "callable": true
  },
  "_fbq": {
    "of": "facebook",
    "callable": true
  },
  "google.maps": {
    "of": "google_maps",
    "callable": false
  },
  "instgrm": {
    "of": "instagram",
    "callable": false
  },
  "IN": {
    "of": "linkedin",
    "callable": false
  },
  "lintrk": {
    "of": "linkedin",
    "callable": true
  },
  "PinUtils": {
    "of": "pinterest",
    "callable": false
  },
  "pintrk": {
    "of": "pinterest",
    "callable": true
  },
  "rembeddit": {
    "of": "reddit",
    "callable": false
  },
  "rdt": {
    "of": "reddit",
    "callable": true
  },
  "SC": {
    "of": "soundcloud",
    "callable": false
  },
  "tiktokEmbed": {
    "of": "tiktok",
    "callable": false
  },
  "ttq": {
    "of": "tiktok",
    "callable": false
  },
  "Twitch": {
    "of": "twitch",
    "callable": false
  },
  "tf": {
    "of": "typeform",
    "callable": false
  },
  "typeformEmbed": {
    "of": "typeform",
    "callable": false
  },
  "Vimeo": {
    "of": "vimeo",
    "callable": false
  },
  "twttr": {
    "of": "x",
    "callable": false
  },
  "twq": {
    "of": "x",
    "callable": true
  },
  "YT": {
    "of": "youtube",
    "callable": false,
    "ready": "onYouTubeIframeAPIReady"
  }
};
