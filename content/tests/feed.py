"""The feed of the news, read."""

from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client):
    response = client.get("/actualites/flux/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 – we wrote it


def entries(feed):
    return feed.findall(f"{ATOM}entry")
