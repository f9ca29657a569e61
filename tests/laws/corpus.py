"""Small corpora for the laws: articles with leftovers, copies and revisions, made of a few words."""

from hypothesis import strategies as st

PLACES = ("Kestrel Sound", "Marrow Bay", "Upper Lintel", "Graywater", "Port Ansel", "Thistle Cross")
NAMES = ("Ines Tallow", "Bram Okoro", "Lena Farrow", "Piet Hallam", "Rosa Quill", "Amir Stove")
THINGS = ("ferry", "library", "market hall", "tram line", "lighthouse", "swimming bath")
LEFTOVERS = (
    "Share this:",
    "Leave a reply",
    "Your email address will not be published.",
    "Sign up for our newsletter",
    "Also read: The bridge that never closed",
    "Advertisement",
)

numbers = st.integers(min_value=2, max_value=990)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Draw one article as plain text, with a title and, now and then, leftovers below it."""
    place, name, thing = (draw(st.sampled_from(words)) for words in (PLACES, NAMES, THINGS))
    count, cost, year = draw(numbers), draw(numbers), draw(st.integers(min_value=1950, max_value=2024))
    paragraphs = [
        f"{place} reopens its {thing}",
        f"The {thing} of {place} opened again on Tuesday after {count} weeks of work, and people from the whole"
        f" coast came to see whether it was worth the wait.",
        f"“We were told it could not be done,” said {name}, who has kept the keys since {year}. “Then somebody"
        f" found {cost} crowns in a drawer, and the masons came back.”",
        f"The council has not said who will pay for the roof, which is older than the {thing} itself.",
    ]
    return "\n\n".join(paragraphs + draw(st.lists(st.sampled_from(LEFTOVERS), max_size=3, unique=True)))
