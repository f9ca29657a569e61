"""What single lines say: bylines, datelines, times, captions, licences, publishers."""

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.clean.read_byline import read_bare_byline, read_byline
from copydesk.transforms.clean.read_caption import read_caption
from copydesk.transforms.clean.read_dateline import read_dateline
from copydesk.transforms.clean.read_publisher import read_publisher
from copydesk.transforms.clean.read_readings import named_licence
from copydesk.transforms.clean.read_timestamp import is_reading_time, is_timestamp
from copydesk.transforms.records import Dateline, Extracted, Image
from copydesk.transforms.rules.fold import fold


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("By Ana Ruiz and Tom Reed", ("Ana Ruiz", "Tom Reed")),
        ("By Ana Ruiz, Harbour Correspondent", ("Ana Ruiz",)),
        ("By Ana Ruiz Local Democracy Reporter", ("Ana Ruiz",)),
        ("Von Jörg von der Heide", ("Jörg von der Heide",)),
        ("Par Anouk Verdier", ("Anouk Verdier",)),
        ("Por Inês Tavarela", ("Inês Tavarela",)),
        ("di Nives Carraro", ("Nives Carraro",)),
        ("Door Femke de Boer", ("Femke de Boer",)),
        ("By Staff", ()),
        ("By Ana Ruiz/Reuters", ("Ana Ruiz",)),
        ("By Ana Ruiz and Tom Reed / AFP", ("Ana Ruiz", "Tom Reed")),
        ("Par Anouk Verdier avec AFP", ("Anouk Verdier",)),
        ("By Reuters", ()),
        ("By Reuters Staff", ()),
        ("By train and bus", None),
        ("By Monday the ferry was gone.", None),
        ("By the time the ferry came, nobody waited", None),
        ("Ana Ruiz", None),
    ],
)
def test_byline(text: str, authors: tuple[str, ...] | None) -> None:
    """A labelled byline gives its names without roles; a sentence that begins alike is none."""
    assert read_byline(text) == authors


@pytest.mark.parametrize("byline", ["By Ana Ruiz/Reuters", "By Reuters Staff", "By Ana Ruiz with Reuters"])
def test_an_agency_in_a_byline_is_the_article_s(byline: str) -> None:
    """Who wrote for an agency is the author, and the agency is known: the line is no picture's credit."""
    story = [
        "The council of Stenby voted on Tuesday to close the old bridge after engineers found cracks in its piers.",
        "About 900 people cross it each day, most of them on foot, and the ferry takes 40 minutes longer.",
    ]
    found = clean(
        Extracted("\n\n".join(["Stenby closes its old bridge", byline, *story]), "plain"), rules=load_rules()
    )
    assert [span.kind for span in found.spans] == ["title_line", "byline"]
    assert found.readings.agency == "Reuters"
    assert found.readings.credited.people == (("Ana Ruiz",) if "Ana" in byline else ())


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ana Ruiz", ("Ana Ruiz",)),
        ("Ana Ruiz @anaruiz", ("Ana Ruiz",)),
        ("Skeptics", None),
        ("Falsi Allarmi, l'avviso del porto", None),
        ("Par Les Echos", None),
        ("Wexley Falls, ME", None),
        ("Not leaving the harbour altogether", None),
        ("Harbour reopens after storm", None),
    ],
)
def test_bare_byline(text: str, authors: tuple[str, ...] | None) -> None:
    """A line of names alone may be a byline; headings are none."""
    assert read_bare_byline(text) == authors


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        (
            "Damport (Tidewater) - The pier opened.",
            Dateline("Damport", "Tidewater", "Damport (Tidewater) - "),
        ),
        (
            "PORT ALBA, Oct 5 (TDW) - The pier opened.",
            Dateline("PORT ALBA", "TDW", "PORT ALBA, Oct 5 (TDW) - "),
        ),
        ("PORT ALBA — The pier opened.", Dateline("PORT ALBA", None, "PORT ALBA — ")),
        ("The pier (built in 1911) - the longest of its kind - opened.", None),
        ("The pier opened on Friday.", None),
    ],
)
def test_dateline(text: str, dateline: Dateline | None) -> None:
    """Place and agency are read with the characters up to the story's first word."""
    assert read_dateline(text) == dateline


@pytest.mark.parametrize(
    "text",
    [
        "November 3, 2023",
        "Mis à jour le 12 mars 2024 à 14h20",
        "Selasa, 12 Maret 2024 14:20 WIB",
        "2024年3月12日 14時20分",
        "12 มีนาคม 2567",
        "2024. március 12. 14:20",
        "Published 14:20, 3 April 2022 | Updated 18:05",
        "Stand: 12.05.2021, 17:30 Uhr",
        "Publié le 4 juin 2020 à 08h12 - Mis à jour le 4 juin 2020 à 19h40",
        "9 de julio de 2019 - 06:30",
        "Updated 11 hours ago",
        "12 maart 2020 om 07:45",
        "송고시간2024-09-03 10:21",
        "2024年06月11日08:52 | 来源：港口网 小字号",
        "27/3/2024 | آخر تحديث: 27/3/2024 06:35 م (بتوقيت مكة المكرمة)",
        "Data publikacji: 11.06.2024, 9:20 | Aktualizacja: 11.06.2024, 10:02",
        "Giriş Tarihi: 19.07.2024 11:20",
        "KELVAR, March 12, 2024 /Tidewire/ --",
        "الميناء 12 رمضان 1445 هـ الموافق 22 مارس 2024 م واس",
    ],
)
def test_timestamp(text: str) -> None:
    """Dates and times with their labels are nothing else."""
    assert is_timestamp(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank on 3 May 2021",
        "May",
        "Physics: March 21",
        "1. Wytse 21,46",
        "HT: 1-1. Attendance: 1,904",
        "March protests in 1996",
        "The March of 1965",
        "Top 10 films 2024",
        "Les 12 livres 2024",
        "12 angry men on Mars",
        "2024年的港口很安静",
        "Uppdaterad lista med 12 båtar",
        "Tarihi 12 Mart köprüsü yıkıldı",
        "زار الوزير في رمضان 1445 هـ ميناء المدينة",
        "",
    ],
)
def test_no_timestamp(text: str) -> None:
    """A sentence with a date, a list entry and a score are no timestamps."""
    assert not is_timestamp(fold(text))


@pytest.mark.parametrize(
    "text", ["5 min read", "Lesezeit: 4 Minuten", "Temps de lecture : 2 min", "Leestijd 3 minuten"]
)
def test_reading_time(text: str) -> None:
    """Reading times are told in all languages."""
    assert is_reading_time(fold(text))


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("A seal on the pier. (Photo: Ana Ruiz)", Image(None, "A seal on the pier.", "Ana Ruiz")),
        ("A seal on the pier. | Photo Credit: Ana Ruiz", Image(None, "A seal on the pier.", "Ana Ruiz")),
        (
            "A seal. REUTERS/Ana Ruiz/Pool | Photo Credit: POOL",
            Image(None, "A seal.", "REUTERS/Ana Ruiz/Pool"),
        ),
        (
            "Ein Seehund am Kai. Foto: Jörg Heide/Hafenbild",
            Image(None, "Ein Seehund am Kai.", "Jörg Heide/Hafenbild"),
        ),
        ("The minister said the photo was real.", None),
        ("She took the image to court and won.", None),
        (
            "Fishers at dawn. ANA RUIZ Getty Images",
            Image(caption="Fishers at dawn.", credit="ANA RUIZ Getty Images"),
        ),
        ("The pier on Monday. (Getty Images)", Image(caption="The pier on Monday.", credit="Getty Images")),
        ("Ana Ruiz/AP Boats lie in the ice", Image(caption="Boats lie in the ice", credit="Ana Ruiz/AP")),
        ("Con đò trên sông - Ảnh: Hồng Vân", Image(caption="Con đò trên sông", credit="Hồng Vân")),
        ("(Nguồn ảnh: Hồng Vân)", Image(credit="Hồng Vân")),
        ("Vene jäässä. KUVA: AINO RANTA", Image(caption="Vene jäässä.", credit="AINO RANTA")),
        ("Лодка във вода. Снимка: Ана Розова", Image(caption="Лодка във вода.", credit="Ана Розова")),
        ("Η βάρκα στον πάγο. Φωτό: ΑΠΕ", Image(caption="Η βάρκα στον πάγο.", credit="ΑΠΕ")),
        ("قارب في الجليد. تصوير: سامي خليل", Image(caption="قارب في الجليد.", credit="سامي خليل")),
        ("नाव बर्फ में है। फोटो: एना रोज़", Image(caption="नाव बर्फ में है।", credit="एना रोज़")),
        ("A boat lies in the ice. More", Image(caption="A boat lies in the ice.")),
        ("CLOSE A boat lies in the ice.", Image(caption="A boat lies in the ice.")),
        ("CLOSE CALL IN THE HARBOUR", None),
        ("Nobody was hurt, the police said. AP", None),
        (
            "A boat in the ice. Ana Ruiz/The Tide Post",
            Image(None, "A boat in the ice.", "Ana Ruiz/The Tide Post"),
        ),
        (
            "A boat in the ice. Credit... Ana Ruiz for The Tide Post",
            Image(None, "A boat in the ice.", "Ana Ruiz for The Tide Post"),
        ),
        ("A boat in the ice (Supplied: Ana Ruiz)", Image(None, "A boat in the ice", "Supplied: Ana Ruiz")),
        ("A boat in the ice. — Reuters pic", Image(None, "A boat in the ice.", "Reuters pic")),
        ("Łódź w lodzie (fot. Ana Ruiz)", Image(None, "Łódź w lodzie", "fot. Ana Ruiz")),
        ("Ein Boot im Eis (Archivbild)", Image(None, "Ein Boot im Eis", "Archivbild")),
        ("A boat in the ice | PTI", Image(None, "A boat in the ice", "PTI")),
        ("(Ana Ruiz / Flickr (CC BY-SA 2.0))", Image(credit="Ana Ruiz / Flickr (CC BY-SA 2.0)")),
        ("Nobody was hurt, the police said. (AFP)", None),
        ("The ships were lost in the ice. [QTH SP / QT2 SP / QT3 SP]", None),
        ("He met Ana Ruiz, The Tide Post.", None),
        ("“The ice will hold.” Ana Ruiz, The Tide Post", None),
        ("The line runs north (Kelvar West/Norhem) and back.", None),
        ("Look at this boat pic.twitter.com/aBcD", None),
        ("The Tide Post/ABC News poll asked 900 people in the harbour.", None),
        ("Nine of ten want the ferry (Tide Post/ABC News)", None),
        ("Getty Images lent eleven prints, Reuters two.", None),
        ("© is not a magic sign, he added.", None),
        ("港長は「フェリーは冬も動く」と話している。(c)AFP/Ann PETREL", None),
        (
            "氷の中の船（2031年1月5日撮影）。(c)AFP/Ann PETREL",
            Image(None, "氷の中の船（2031年1月5日撮影）。(c)", "AFP/Ann PETREL"),
        ),
        ("The pier opens again | THE TIDE", None),
        ("The pier opens again. | ANA RUIZ", Image(None, "The pier opens again.", "ANA RUIZ")),
        (
            "Ana Ruiz/The Tide Post Boats lie in the ice.",
            Image(None, "Boats lie in the ice.", "Ana Ruiz/The Tide Post"),
        ),
        (
            "Ana Ruiz, left, and Tom Reed look at the ice.",
            Image(caption="Ana Ruiz, left, and Tom Reed look at the ice."),
        ),
        ("Everybody in Kelvar, left, right and centre, wants the ferry.", None),
    ],
)
def test_caption(text: str, image: Image | None) -> None:
    """Caption and credit are parted; an agency with a name is the credit even before a label."""
    assert read_caption(text) == image


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("Our work is licensed under Creative Commons (CC BY-NC-ND 3.0).", "CC BY-NC-ND 3.0"),
        ("Published under CC BY-SA", "CC BY-SA"),
        ("Creative Commons Attribution-NonCommercial 4.0", "CC BY-NC 4.0"),
        ("All rights reserved", None),
    ],
)
def test_licence(text: str, licence: str | None) -> None:
    """A licence is written one way."""
    assert named_licence(text) == licence


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Tide Post is powered by readers.", "Tide Post"),
        ("© 2021 The Tide Post. All rights reserved.", "The Tide Post"),
        ("Our work is funded by readers.", None),
        ("All rights reserved", None),
    ],
)
def test_publisher(text: str, publisher: str | None) -> None:
    """An outlet that speaks of itself gives its name; a pronoun gives none."""
    assert read_publisher(text) == publisher


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Jean d'Ormesson", ("Jean d'Ormesson",)),
        ("By Rafael van der Vaart and Zoe\u0308 Kravitz", ("Rafael van der Vaart", "Zoe\u0308 Kravitz")),
        ("Автор: Надія Сухова", ("Надія Сухова",)),
        ("文／松岡大地", ("松岡大地",)),
    ],
)
def test_a_byline_names_people_of_any_script(line: str, names: tuple[str, ...]) -> None:
    """The names of a byline pass the one test of names."""
    assert read_byline(line) == names
