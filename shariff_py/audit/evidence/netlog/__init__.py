"""The browser's own network log (NetLog), read into contacts."""
