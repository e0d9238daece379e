"""Counts the events of a gzip stream of JSON lines while it is read by someone else."""

import zlib

GZIP = 16 + zlib.MAX_WBITS


class CountingReader:
    """A readable stream that passes `body` on unchanged; `events` and `bytes` are final at its end."""

    def __init__(self, body):
        self._body = body
        self._decompressor = zlib.decompressobj(GZIP)
        self._line_has_text = False
        self.events = 0
        self.bytes = 0

    def read(self, size=-1):
        """Raises ValueError at the end of a stream that was cut off, so that nothing is kept of it."""
        chunk = self._body.read(size) if size >= 0 else self._body.read()
        self.bytes += len(chunk)
        self._count(chunk)
        if not chunk or size < 0:
            self._check_end()
        return chunk

    def _count(self, chunk):
        while chunk:
            if self._decompressor.eof:  # the next member of a concatenated gzip file
                self._decompressor = zlib.decompressobj(GZIP)
            self._count_lines(self._decompressor.decompress(chunk))
            chunk = self._decompressor.unused_data

    def _count_lines(self, text):
        first, *others = text.split(b"\n")
        self._line_has_text = self._line_has_text or bool(first.strip())
        for line in others:
            self.events += self._line_has_text
            self._line_has_text = bool(line.strip())

    def _check_end(self):
        if not self._decompressor.eof:
            raise ValueError(f"the source broke off after {self.bytes} bytes")
        self.events += self._line_has_text
        self._line_has_text = False
