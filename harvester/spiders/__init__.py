"""Spiders: each finds the pages of one type of source and hands them to the item pipelines."""
