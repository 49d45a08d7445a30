"""A page of the site in the browser, at the address it was made for, and what it did besides."""

from site_files import MEDIA, file_at


class Visit:
    """A page of the site, and what it did besides."""

    def __init__(self, context, files):
        self.page = context.new_page()
        self.strangers = []
        self.errors = []
        self.loaded = []
        self._files = files
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        context.route("**/*", self._answer)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _answer(self, route):
        file = file_at(route.request.url)
        if file is None:
            self.strangers.append(route.request.url)
            route.abort()
        elif file in self._files:
            self.loaded.append(file)
            ending = file[file.rfind(".") :]
            route.fulfill(body=self._files[file], content_type=MEDIA[ending])
        else:
            body = self._files["404.html"]
            route.fulfill(body=body, status=404, content_type=MEDIA[".html"])
