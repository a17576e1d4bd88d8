"""The page's own channel, for people: `bot.channels.web.channel` serves it, under `/webhooks/web/`."""
