/** Written by scripts/build_widget_data.py from shariff_py/platforms and shariff_py/texts; change it there. */

/** @typedef {{ title: string, phrase: string, icon: string, template?: string, action?: string, longest?: number, receiver?: boolean, window?: boolean }} Service */

/** @type {Record<string, Service>} */
export const SERVICES = {
  "bluesky": {
    "title": "Bluesky",
    "phrase": "on",
    "icon": "M12 11C10.5 8 7 4.5 4 3.5c-1 3 .5 6 1.5 8 1 1.5 3 2 5 1.5-3 .5-5 2-3 5 2.5 3 4 0 4.5-2 .5 2 2 5 4.5 2 2-3 0-4.5-3-5 2 .5 4 0 5-1.5 1-2 2.5-5 1.5-8-3 1-6.5 4.5-8 7.5z",
    "template": "https://bsky.app/intent/compose?text={title}%20{url}",
    "longest": 200,
    "receiver": true,
    "window": true
  },
  "buffer": {
    "title": "Buffer",
    "phrase": "on",
    "icon": "M12 3 2 8l10 5 10-5zM5 11l-3 1.5 10 5 10-5-3-1.5-7 3.5zm0 4.5L2 17l10 5 10-5-3-1.5-7 3.5z",
    "template": "https://publish.buffer.com/compose?url={url}&text={title}",
    "receiver": true,
    "window": true
  },
  "clipboard": {
    "title": "Link",
    "phrase": "clipboard",
    "icon": "M8 2h11v15h-3v-2h1V4h-7v1H8zM5 6h10v16H5zm2 2v12h6V8z",
    "action": "copy"
  },
  "diaspora": {
    "title": "diaspora*",
    "phrase": "on",
    "icon": "M10.5 3h3v6l5.7-2 1 2.9-5.8 1.9 3.6 4.9-2.5 1.8-3.5-4.9-3.5 4.9L6 16.7l3.6-4.9-5.8-1.9 1-2.9 5.7 2z",
    "template": "https://share.diasporafoundation.org/?url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "facebook": {
    "title": "Facebook",
    "phrase": "on",
    "icon": "M13.6 22v-8.2h2.9l.5-3.4h-3.4V8.3c0-1 .4-1.7 1.8-1.7h1.8V3.5c-.4-.1-1.4-.2-2.6-.2-2.7 0-4.5 1.6-4.5 4.6v2.5H7v3.4h3.1V22z",
    "template": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "receiver": true,
    "window": true
  },
  "flipboard": {
    "title": "Flipboard",
    "phrase": "on",
    "icon": "M4 3h16v6h-5v5h-5v7H4z",
    "template": "https://share.flipboard.com/bookmarklet/popout?v=2&title={title}&url={url}",
    "receiver": true,
    "window": true
  },
  "hackernews": {
    "title": "Hacker News",
    "phrase": "on",
    "icon": "M3 3h18v18H3zm4.5 4 3.5 6.5V18h2v-4.5L16.5 7h-2.2L12 11.5 9.7 7z",
    "template": "https://news.ycombinator.com/submitlink?u={url}&t={title}",
    "receiver": true,
    "window": true
  },
  "hatena": {
    "title": "Hatena",
    "phrase": "on",
    "icon": "M4 5h6c3 0 4.5 1.4 4.5 3.5 0 1.6-.9 2.6-2.3 3 1.8.3 2.8 1.5 2.8 3.3 0 2.7-1.8 4.2-5 4.2H4zm3.2 2.5v3h2.3c1.2 0 1.8-.5 1.8-1.5s-.6-1.5-1.8-1.5zm0 5.5v3.5h2.5c1.3 0 2-.6 2-1.7S11 13 9.7 13zM17.5 5h3v9h-3zm1.5 10.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4z",
    "template": "https://b.hatena.ne.jp/add?mode=confirm&url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "info": {
    "title": "Info",
    "phrase": "info",
    "icon": "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1.2 4.5v2.4h2.4V6.5zm0 4.5v6.5h2.4V11z",
    "action": "info"
  },
  "line": {
    "title": "LINE",
    "phrase": "send",
    "icon": "M12 3C6.5 3 2 6.6 2 11c0 4 3.5 7.3 8.3 8 .6.1.7.5.6 1l-.2 1.7C13.7 20.5 22 16.2 22 11c0-4.4-4.5-8-10-8zM6 8.5h1.5v4H10V14H6zm5 0h1.5V14H11zm2.5 0H15l2 3v-3h1.5V14H17l-2-3v3h-1.5z",
    "template": "https://social-plugins.line.me/lineit/share?url={url}&text={title}",
    "receiver": true,
    "window": true
  },
  "linkedin": {
    "title": "LinkedIn",
    "phrase": "on",
    "icon": "M4 9h4v11H4zM6 3.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM10 9h3.8v1.6c.6-1 1.9-1.9 3.6-1.9 3.3 0 4.1 2.2 4.1 5.1V20h-4v-5.5c0-1.3 0-2.7-1.7-2.7S14 13 14 14.4V20h-4z",
    "template": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "receiver": true,
    "window": true
  },
  "mail": {
    "title": "E-Mail",
    "phrase": "mail",
    "icon": "M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm9 8.2L4.6 7H4v.9l8 6.6 8-6.6V7h-.6z",
    "template": "mailto:?subject={title}&body={text}"
  },
  "mastodon": {
    "title": "Mastodon",
    "phrase": "on",
    "icon": "M5 3h14a2 2 0 0 1 2 2v8c0 3-2 4-5 4.3-2 .2-4 .2-5.5 0 .3 1.5 2 2 5 1.7v2c-5.5 1-9-.5-9.5-4.5C3.5 16 3 14.5 3 13V5a2 2 0 0 1 2-2zm3.2 10V9c0-2.5 2.8-2.5 2.8 0v2.5h2V9c0-2.5 2.8-2.5 2.8 0v4H18V8.5C18 5 14 5 12 7.5 10 5 6 5 6 8.5V13z",
    "template": "https://share.joinmastodon.org/#text={title}%20{url}",
    "action": "server",
    "longest": 300,
    "receiver": true,
    "window": true
  },
  "native": {
    "title": "Share",
    "phrase": "native",
    "icon": "M18 2.5a3 3 0 1 1-2.8 4L9.2 9.7a3 3 0 0 1 0 2.6l6 3.2a3 3 0 1 1-.9 1.8l-6-3.3a3 3 0 1 1 0-4l6-3.3A3 3 0 0 1 18 2.5z",
    "action": "native"
  },
  "odnoklassniki": {
    "title": "OK",
    "phrase": "on",
    "icon": "M12 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm0 2.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6.5 12.5c3.5 2.2 7.5 2.2 11 0l1.3 2c-1.5 1-3 1.6-4.6 1.9l4 4-1.8 1.8L12 18l-4.4 4.2-1.8-1.8 4-4a12 12 0 0 1-4.6-1.9z",
    "template": "https://connect.ok.ru/offer?url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "pinterest": {
    "title": "Pinterest",
    "phrase": "on",
    "icon": "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM9 19l2-8.5h2l-.6 2.7c2 .6 3.6-1 3.6-2.8C16 8.3 14.3 7 12.2 7 9.6 7 8 8.8 8 10.8c0 .9.3 1.7.9 2.2l-.6 1.6C6.7 13.8 6 12.3 6 10.7 6 7.5 8.7 5 12.3 5 15.6 5 18 7.3 18 10.3c0 3.2-2 5.3-4.8 5.3-.5 0-1-.1-1.4-.3L10.9 19z",
    "template": "https://www.pinterest.com/pin/create/button/?url={url}&media={media}&description={title}",
    "receiver": true,
    "window": true
  },
  "print": {
    "title": "Print",
    "phrase": "print",
    "icon": "M7 3h10v4H7zM4 8h16a1 1 0 0 1 1 1v7h-4v-3H7v3H3V9a1 1 0 0 1 1-1zm4.5 6.5h7V21h-7z",
    "action": "print"
  },
  "qzone": {
    "title": "Qzone",
    "phrase": "on",
    "icon": "M12 2l3 6.6 7 .8-5.2 4.8 1.5 7L12 17.6l-6.3 3.6 1.5-7L2 9.4l7-.8z",
    "template": "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "reddit": {
    "title": "Reddit",
    "phrase": "on",
    "icon": "M12 7c5 0 9 2.8 9 6.5S17 20 12 20s-9-2.8-9-6.5S7 7 12 7zm-3.5 4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zm7 0a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM8.5 16c2 1.7 5 1.7 7 0l.8 1c-2.5 2.2-6 2.2-8.6 0zM12 6.5l1-4 3.7.9a1.5 1.5 0 1 1-.3 1.1L13.9 3.9l-.7 2.7z",
    "template": "https://www.reddit.com/submit?url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "sms": {
    "title": "SMS",
    "phrase": "send",
    "icon": "M4 4h16v12h-9l-5 4.5V16H4zm3 5v2h2V9zm4 0v2h2V9zm4 0v2h2V9z",
    "template": "sms:?&body={title}%20{url}"
  },
  "telegram": {
    "title": "Telegram",
    "phrase": "send",
    "icon": "M21.5 3.5 2.5 11l5.5 2 2 6.5 3-3.5 5 4zM9.5 12.8l8-5.6-6.3 7-.5 2.6z",
    "template": "https://t.me/share/url?url={url}&text={title}",
    "receiver": true,
    "window": true
  },
  "threads": {
    "title": "Threads",
    "phrase": "on",
    "icon": "M12 3a9 9 0 1 0 4.5 16.8l-1-1.7A7 7 0 1 1 19 12v1c0 2-2 2-2 0V8h-2v.6A4 4 0 1 0 15.5 15c1.5 2 5.5 1.5 5.5-2v-1a9 9 0 0 0-9-9zm0 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
    "template": "https://www.threads.com/intent/post?text={title}&url={url}",
    "longest": 300,
    "receiver": true,
    "window": true
  },
  "threema": {
    "title": "Threema",
    "phrase": "send",
    "icon": "M12 2a5 5 0 0 0-5 5v2H6v9h12V9h-1V7a5 5 0 0 0-5-5zM9 9V7a3 3 0 0 1 6 0v2zM7 20h2v2H7zm4 0h2v2h-2zm4 0h2v2h-2z",
    "template": "https://threema.id/compose?text={title}%20{url}",
    "receiver": true,
    "window": true
  },
  "tumblr": {
    "title": "Tumblr",
    "phrase": "on",
    "icon": "M9 2h4v4.5h4V10h-4v6c0 2 1.5 2.5 4 1.5V21c-4.5 1.8-8 .5-8-4v-7H6V7c2-.8 3-2.5 3-5z",
    "template": "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "vk": {
    "title": "VK",
    "phrase": "on",
    "icon": "M3 6h3.3l2.7 6.5V6h3v5l4-5h3.7l-4.3 5.5L20 18h-3.8L12 13v5H9.5z",
    "template": "https://vk.com/share.php?url={url}&title={title}",
    "receiver": true,
    "window": true
  },
  "weibo": {
    "title": "Weibo",
    "phrase": "on",
    "icon": "M10 8c-4 0-7.5 3-7.5 6.2C2.5 17.5 6 20 10 20s7.5-2.5 7.5-5.5c0-1.5-1-2.5-2.5-3 .5-1.5 0-2.5-1.5-2.5-.8 0-1.7.2-2.5.6.2-1-.2-1.6-1-1.6zm-.5 3.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM16 3a6 6 0 0 1 6 7.5h-2A4 4 0 0 0 16 5z",
    "template": "https://service.weibo.com/share/share.php?url={url}&title={title}&pic={media}",
    "receiver": true,
    "window": true
  },
  "whatsapp": {
    "title": "WhatsApp",
    "phrase": "send",
    "icon": "M12 2a10 10 0 0 0-8.6 15L2 22l5.2-1.4A10 10 0 1 0 12 2zM8.5 7h1.7l1 2.8-1 1.2c.7 1.5 1.8 2.6 3.4 3.3l1.2-1.1 2.7 1.2v1.6c-.5 1-1.5 1.5-2.5 1.4C10.5 17 7 13 7 9.5c0-1 .5-2 1.5-2.5z",
    "template": "https://wa.me/?text={title}%20{url}",
    "receiver": true,
    "window": true
  },
  "x": {
    "title": "X",
    "phrase": "on",
    "icon": "M3 3h5.2l4.6 6.4L18.3 3h2.500l-6.900 7.900L21.500 21h-5.200l-5-6.900L5.300 21H2.800l7.300-8.400z",
    "template": "https://x.com/intent/post?text={title}&url={url}&via={via}",
    "longest": 240,
    "receiver": true,
    "window": true
  }
};

/** @type {Record<string, string>} */
export const ALIASES = {
  "copy": "clipboard",
  "mailto": "mail",
  "mailform": "mail",
  "fediverse": "mastodon",
  "share": "native",
  "webshare": "native",
  "ok": "odnoklassniki",
  "printer": "print",
  "twitter": "x"
};

/** @type {Record<string, string>} */
export const ENDED = {
  "addthis": "closed on 31 May 2023.",
  "delicious": "closed.",
  "flattr": "closed in 2020.",
  "googleplus": "closed in 2019.",
  "pocket": "closed on 8 July 2025.",
  "stumbleupon": "closed in June 2018.",
  "tencent": "Tencent Weibo closed in 2020.",
  "tencent-weibo": "Tencent Weibo closed in 2020.",
  "xing": "XING is a job board now; its share address does not work since spring 2026."
};
