"""Third parties that are no content: tag managers, statistics, captchas, fonts, chat. They are known by name and never removed from a page."""
