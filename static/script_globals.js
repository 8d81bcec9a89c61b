/** Written by scripts/build_widget_data.py from shariff_py/platforms and shariff_py/texts; change it there. */

/** @typedef {{ callable: boolean, ready?: string, shareMethod?: string, shareDialogues?: string[], shareAddress?: string[], template?: string, replies?: Record<string, unknown> }} ScriptGlobal */

/** @type {Record<string, ScriptGlobal>} */
export const GLOBALS = {
  "bluesky": {
    "callable": false
  },
  "Calendly": {
    "callable": false
  },
  "dailymotion": {
    "callable": false
  },
  "DM": {
    "callable": false
  },
  "FB": {
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
    "callable": true
  },
  "_fbq": {
    "callable": true
  },
  "instgrm": {
    "callable": false
  },
  "IN": {
    "callable": false
  },
  "PinUtils": {
    "callable": false
  },
  "pintrk": {
    "callable": true
  },
  "rembeddit": {
    "callable": false
  },
  "rdt": {
    "callable": true
  },
  "SC": {
    "callable": false
  },
  "tiktokEmbed": {
    "callable": false
  },
  "ttq": {
    "callable": false
  },
  "Twitch": {
    "callable": false
  },
  "tf": {
    "callable": false
  },
  "typeformEmbed": {
    "callable": false
  },
  "Vimeo": {
    "callable": false
  },
  "twttr": {
    "callable": false
  },
  "twq": {
    "callable": true
  },
  "YT": {
    "callable": false,
    "ready": "onYouTubeIframeAPIReady"
  }
};
