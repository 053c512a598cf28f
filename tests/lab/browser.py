#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a browser, for the issuer of the laboratory: opens a page, fills in its forms, agrees or
cancels, and follows wherever that leads, at last back to the program that waits on this computer.

  browser.py URL NAME [cancel]"""
import html.parser
import http.cookiejar
import re
import sys
import urllib.parse
import urllib.request

PAGES_MAX = 20


class Form(html.parser.HTMLParser):
    """The first form of a page, and where its link to cancel leads."""

    def __init__(self, page):
        super().__init__()
        self.action, self.fields, self.cancel, self._link = None, {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = given.get("action", "")
        elif tag == "input" and given.get("name"):
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "a":
            self._link = given.get("href")

    def handle_data(self, data):
        if self._link and re.search("Cancel", data):
            self.cancel = self._link

    def handle_endtag(self, tag):
        if tag == "a":
            self._link = None


class Browser:
    def __init__(self):
        self.agent = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.url, self.page = None, ""

    def go(self, url, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with self.agent.open(url, data, timeout=20) as answer:
            self.url, self.page = answer.url, answer.read().decode()

    def sign_in(self, url, name, cancel=False):
        """Returns the page that the waiting program shows."""
        self.go(url)
        for _ in range(PAGES_MAX):
            if urllib.parse.urlsplit(self.url).hostname == "127.0.0.1":
                return self.page
            form = Form(self.page)
            if cancel and form.cancel:
                self.go(urllib.parse.urljoin(self.url, form.cancel))
                continue
            for field, value in (("login", name), ("password", "any")):
                if field in form.fields:
                    form.fields[field] = value
            self.go(urllib.parse.urljoin(self.url, form.action), form.fields)
        raise RuntimeError("the pages lead nowhere")


if __name__ == "__main__":
    print(Browser().sign_in(sys.argv[1], sys.argv[2], sys.argv[3:] == ["cancel"]))
