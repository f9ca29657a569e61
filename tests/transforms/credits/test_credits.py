"""Who is credited: people, agencies and houses, in the world's scripts."""

import pytest

from copydesk.transforms.credits.collect_credits import collect_credits
from copydesk.transforms.credits.is_person_name import is_person_name
from copydesk.transforms.credits.name_office import name_agency
from copydesk.transforms.credits.read_credit import read_credit
from copydesk.transforms.records import Authors

PEOPLE = [
    "Jean d'Ormesson", "Rafael van der Vaart", "Ursula von der Leyen", "Sinéad O\u2019Connor", "Suleiman Al-Khalidi",
    "J.J. Abrams", "Nguyễn Văn Anh", "Zoe\u0308 Kravitz", "Иван Петров", "Надія Сухова", "Γιώργος Παππάς", "राहुल शर्मा",
    "محمد الشريف", "דנה לוי", "พิมพ์ชนก ใจดี", "松岡大地", "大渡 美咲", "岳弘彬", "홍길동", "ジョン・スミス", "Marta Cañete",
    "Anne de l'Épine", "Gabriele D'Annunzio", "María del Carmen Ruiz", "Al Gore", "高橋はるか", "弗拉基米尔·普京",
]  # fmt: skip
NOBODY = [
    "Log in", "Twitter Facebook", "Hallo Ausloggen", "Der Postillon", "Le Monde", "BBC News", "朝日新聞デジタル", "연합뉴스",
    "von Creeny", "Madonna", "AFP", "Associated Press", "of Public Law", "編集部", "Gear Team", "que podamos renovar",
    "Room 101", "Read More", "停電の夜", "ご意見・ご感想はこちら", "الجسر في تواريخ", "पुल की कहानी",
    "Écoute l'article", "La Voix d\u2019ici", "Giriş Tarihi", "Last Updated", "Haber Merkezi", "Polizeidirektion Hafen",
]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_name_is_one_in_any_script(name: str) -> None:
    """Combining marks, particles, apostrophes, and scripts without capitals or spaces make no name another thing."""
    assert is_person_name(name)


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_persons_name_is_none(text: str) -> None:
    """Words of pages, houses, agencies and single words are nobody's name."""
    assert not is_person_name(text)


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("By Jo Doe, Political Editor, and Al Roe in Rome", ["Jo Doe", "Al Roe"]),
        ("Von Di Stefano", ["Di Stefano"]),
        ("Di Stefano", ["Di Stefano"]),
        ("조선일보 홍길동 기자", ["홍길동"]),
        ("記者宋晨、田中全", ["宋晨", "田中全"]),
        ("Text: Karla Kolumna, Foto: Jan Bild", ["Karla Kolumna"]),
        ("Eine Kolumne von Nils Pickert", ["Nils Pickert"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Doe, Jane; Roe, Al", ["Jane Doe", "Al Roe"]),
        ("jane@gull.example (Jane Doe)", ["Jane Doe"]),
        ("Jo Doe Senior Political Reporter", ["Jo Doe"]),
        ("- Von: Bill MCCARTHY (AFP)", ["Bill MCCARTHY"]),
    ],
)
def test_a_credit_is_parted_into_its_names(credit: str, names: list[str]) -> None:
    """Lead-in, office, place, photographer and paper go; each name stays as it is written."""
    assert list(read_credit(credit).people) == names


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("The Associated Press", "Associated Press"),
        ("dpa/lnw", None),
        ("dpa", "dpa"),
        ("AFP Deutschland", "AFP"),
        ("Anadolu Ajansı", "Anadolu Ajansı"),
        ("Reuters Staff", "Reuters"),
        ("新华社", "新华社"),
        ("ap", "ap"),
        ("An", None),
        ("Michael Bloomberg", None),
        ("pa", None),
    ],
)
def test_an_agency_is_known_by_its_name_alone(name: str, agency: str | None) -> None:
    """A name is an agency's only as agencies write it, with nothing but their own kind of words around it."""
    assert name_agency(name) == agency


@pytest.mark.parametrize(
    ("credit", "people", "organisations"),
    [
        ("Door NuTij/ANP", (), ("NuTij",)),
        ("NuTij Femke de Boer", ("Femke de Boer",), ("NuTij",)),
        ("Door Femke de Boer", ("Femke de Boer",), ()),
    ],
)
def test_the_outlet_s_name_is_parted_from_a_person_s(
    credit: str, people: tuple[str, ...], organisations: tuple[str, ...]
) -> None:
    """The outlet beside or behind the word for "by" is a house, and a name behind it a person's."""
    found = collect_credits([credit], houses=["NuTij"])
    assert (found.people, found.organisations) == (people, organisations)


def test_people_agencies_and_houses_stand_apart() -> None:
    """A credit that names all three gives each to its own; the outlet's name is nobody."""
    found = collect_credits(["Par Anne Roux, Le Figaro et AFP", "dpa/lnw"], houses=["Le Figaro"])
    assert found == Authors(("Anne Roux",), ("AFP", "dpa"), ("Le Figaro",))
