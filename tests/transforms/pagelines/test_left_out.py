"""What extraction leaves out from the midst of a story stands in the text, and leaves it by a span."""

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload
from copydesk.transforms.span_rows import restore

STORY = [
    "The harbour council voted on Tuesday night to keep the old island ferry running, against its own auditor.",
    "Councillor Ida Brandt said that the islanders had waited for that decision since the storm of last November.",
    "A new boat would cost nine million pounds, which the county does not have before the end of the decade.",
    "The ferry was built in 1961 and carries four hundred people a day, most of them to school or to work.",
    "Its captain has announced that he will retire in spring, and nobody has yet asked to follow him.",
]
BOXES = {
    "newsletter": (
        "newsletter-box",
        "Each Friday the harbour desk writes down what the week has brought to the quay.",
    ),
    "related_link": (
        "related-stories",
        "The pier of Wexley has closed again, and this time the engineers are not sure why.",
    ),
}


def test_paragraphs_of_boxes_are_on_record() -> None:
    """Each paragraph between two of the story is in the body or a span; the body is what it was without the boxes."""
    boxes = "".join(f'<div class="{name}"><p>{text}</p></div>' for name, text in BOXES.values())
    bodies = []
    for inserted in (boxes, ""):
        told = [
            *(f"<p>{text}</p>" for text in STORY[:3]),
            inserted,
            *(f"<p>{text}</p>" for text in STORY[3:]),
        ]
        html = f"<html><body><article><h1>Council keeps the ferry</h1>{''.join(told)}</article></body></html>"
        extracted = extract(Payload(html.encode(), "text/html"))
        found = clean(extracted, rules=load_rules())
        taken = {extracted.text[span.start_char : span.end_char]: span for span in found.spans}
        for kind, (_, text) in BOXES.items() if inserted else ():
            assert taken[text].kind == kind
            assert text not in found.body
        assert restore(found.body, found.spans, list(taken), found.layout) == extracted.text
        bodies.append(found.body)
    assert bodies == ["\n\n".join(STORY)] * 2
