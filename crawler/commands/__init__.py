"""Commands of `scrapy` that this project does in its own way; each is the module of its name, as Scrapy wants it."""
