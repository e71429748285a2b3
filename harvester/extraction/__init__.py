"""Bytes into title, text, date and passages. Runs in processes of its own; knows neither Scrapy nor the catalogue."""
