"""Read the pictures of an article with caption and credit."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from copydesk.transforms.page.load_json_ld import as_list
from copydesk.transforms.page.walk_page import Page
from copydesk.transforms.records import Image

IMAGE_LIMIT = 50
CAPTION_LIMIT_CHARS = 1_000
SOURCE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "src")
CREDIT_CLASS = re.compile(
    r"credit|copyright|photographer|(?:^|[\s_-])(?:source|byline|rights)(?:$|[\s_-])", re.IGNORECASE
)
CREDIT_TAIL = re.compile(
    r"\s*[(\[]?\s*(?:(?:Photo(?:graph)?s?|Image|Picture|Pic|Foto|Bild|Fotos|Crédito|Crédit|Credit|Cr[eé]dits|Source"
    r"|Quelle|Fuente|Fonte|Imagen|Imagem|Immagine|Beeld)\s*(?:credit)?\s*(?::|\bby\b|/|\bvia\b)\s*|©\s*)"
    r"([^()\[\]]{2,120}?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
ELSEWHERE = frozenset({"nav", "aside", "footer"})


def read_images(page: Page, *, url: str | None) -> tuple[Image, ...]:
    """Give the captioned pictures in page order, led by the declared one where no figure holds it.

    Where nothing tells the address of a picture, its caption and credit stand alone.
    """
    url = _base(page, url)
    images: dict[str, Image] = {}
    for figure in page.tagged["figure"]:
        image = _from_figure(figure, url)
        if image and (image.caption or image.credit):
            images.setdefault(image.url or f"{image.caption}\n{image.credit}", image)
        if len(images) >= IMAGE_LIMIT:
            break
    lead = _declared(page, url)
    if lead and not any(_file(lead) == _file(known.url or "") for known in images.values()):
        return (Image(url=lead), *images.values())
    return tuple(images.values())


def _base(page: Page, url: str | None) -> str | None:
    """Give the address that relative ones hang on: what the page names so, its own, or the one it claims."""
    own = url or next(iter((*page.head.links.get("canonical", ()), *page.head.metas.get("og:url", ()))), None)
    bases = page.root.iter("base") if "base" in page.tags else ()
    return next((found for base in bases if (found := _absolute(base.get("href"), own))), None) or own


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """Split "What one sees. Photo: A. Name" into caption and credit."""
    match = CREDIT_TAIL.search(caption)
    if match is None:
        return caption or None, None
    return caption[: match.start()].strip() or None, match[1].strip(" .")


def _from_figure(figure: Any, url: str | None) -> Image | None:
    pictures = list(figure.iter("img", "source"))
    source = next((found for img in pictures if (found := _source(img, url))), None)
    caption = next(figure.iter("figcaption"), None)
    if not pictures or caption is None or any(parent.tag in ELSEWHERE for parent in figure.iterancestors()):
        return None
    credit_element = next((e for e in caption.iter() if CREDIT_CLASS.search(str(e.get("class") or ""))), None)
    text = " ".join(" ".join(caption.itertext()).split())[:CAPTION_LIMIT_CHARS]
    if credit_element is None or credit_element is caption:
        words, credit = split_credit(text)
    else:
        raw = " ".join(" ".join(credit_element.itertext()).split())
        words, credit = text.replace(raw, " ").strip() or None, split_credit(raw)[1] or raw or None
    return Image(url=source, caption=words, credit=credit)


def _source(img: Any, url: str | None) -> str | None:
    for attribute in SOURCE_ATTRIBUTES:
        absolute = _absolute(img.get(attribute), url)
        if absolute:
            return absolute
    return _absolute((img.get("srcset") or img.get("data-srcset") or "").split(" ")[0].rstrip(","), url)


def _declared(page: Page, url: str | None) -> str | None:
    for image in as_list(page.json_ld.article.get("image")):
        claim = image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image
        absolute = _absolute(claim, url)
        if absolute:
            return absolute
    return _absolute(page.head.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"), url)


def _absolute(claim: Any, url: str | None) -> str | None:
    if not isinstance(claim, str) or not claim.strip() or claim.lstrip().startswith("data:"):
        return None
    try:
        absolute = urljoin(url or "https://", claim.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None


def _file(url: str) -> str:
    return urlsplit(url).path.rsplit("/", 1)[-1].casefold()
