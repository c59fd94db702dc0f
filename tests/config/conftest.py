import pytest


@pytest.fixture
def written(tmp_path):
    """Writes a crawl.yaml and gives its path."""

    def write(text: str | bytes):
        path = tmp_path / "crawl.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write
