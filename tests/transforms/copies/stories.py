"""Invented stories and forms for the tests of copies."""

STRIKE = (
    "Dockers in Eastport voted on Tuesday to end a strike that had closed the harbour for nine days, the union"
    " said. The vote was 612 to 148. Under the deal wages rise by 3.5 percent in July and by 2 percent in"
    " January, and the port authority drops its plan to cut night shifts. Harbour master Lena Brandt said the"
    " first ships would be unloaded at six on Wednesday morning. Some 40 vessels are waiting in the bay."
    " Retailers had warned that shelves would be empty by the weekend."
)
BRIDGE = (
    "Engineers closed the old iron bridge at Tarnfield on Friday after divers found a crack in its second pier."
    " The town council said traffic would be led over the motorway until an expert had seen the damage, which"
    " may take until autumn. Shopkeepers on the east bank fear for their summer trade. A ferry for walkers and"
    " cyclists starts on Monday and is free of charge. The bridge was built in 1887 and last repaired in 1994."
)
LIBRARY = (
    "The university of Lowmoor has opened its new library to readers from the whole county. Anyone with a"
    " county card may borrow ten books at a time, and the reading rooms stay open until midnight on weekdays."
    " Librarian Ada Finch said the shelves hold 300,000 volumes, a third of which had been in a cellar since the"
    " flood. The building cost less than planned because the timber came from the university's own forest."
)
BILLS = (
    "The Treasury sold {0} billion crowns of three-month bills at its weekly auction, the finance ministry said."
    " The average yield was {1} pct, compared with {2} pct at last week's auction. Bids accepted ranged from {3}"
    " pct to {4} pct, and the bills on offer at the low price were allotted {5} pct. Six-month bills went at an"
    " average of {6} pct, after {7} pct a week ago."
)
DIVIDEND = (
    "The board of {0} declared a regular quarterly dividend of {1} cents a share on its common stock, payable {2}"
    " to shareholders of record on {3}."
)
WEATHER = (
    "The regional weather office expects a {0} day in the Tarn valley with a high of {1} degrees and a low of"
    " {2}. Winds will blow from the {3} at {4} to {5} kilometres an hour. Bathing water at Port Alba stands at"
    " {6} degrees. The sun sets at {7}."
)
SPEECH = (
    "“We have waited nine days for an answer, and nine days is a long time for a family that lives from week to"
    " week. I told the board that we would not go back to the nights as they were. They have heard us at last,"
    " and I thank every driver, every cook and every neighbour who stood with us in the rain,”"
)
GALLERY = " ".join(
    f"Boats of the harbour fleet in the year {1900 + 7 * number}, when {number + 3} crews went out for herring"
    f" and the quay was lit by gas lamps. Hide Caption {number} of 9"
    for number in range(1, 10)
)
