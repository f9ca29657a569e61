"""Knows the parameters of an address that tell where a reader came from and choose no article."""

import re

# A name stands here when sites leave it out of their canonical links and none was seen to choose an article by it
# (docs/decisions/addresses.md); `amp;` before a name is taken off by the caller.
_NAME = re.compile(
    r"utm_.+|(?:itm|mtm|hsa)_\w+|at_(?:medium|campaign|format|bbc_team|ptr_name|link_\w+|custom\d+)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee|mail_uid|mail_job)"
    r"|(?:ga|pk)_(?:source|medium|campaign|content|term|keyword|kwd|cid)"
    r"|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|_ga|_gl|__?hs\w+|fbclid|fb_(?:action_ids|action_types|source|ref)"
    r"|igshid?|twclid|ttclid|li_fat_id|epik|msclkid|yclid|dicbo|s_kwcid|ef_id|mc_[ce]id|mkt_tok|vero_(?:id|conv)"
    r"|oly_(?:anon|enc)_id|_branch_match_id|__twitter_impression|guccounter|guce_referrer(?:_sig)?"
    r"|wt_z?mc|wt\.(?:nav|mc_id)|xtor|cmpid|icid|intcmp|s_cid|ftag|tpcc|spm|soc_(?:src|trk)"
    r"|replytocom|phpsessid|jsessionid|sr_share|smtyp",
    re.IGNORECASE,
)
# Each of these chooses an article on some site, but not by the word for a feed.
_CARRIER_NAMES = frozenset(
    {
        "ref",
        "r",
        "src",
        "srcref",
        "source",
        "mod",
        "cmp",
        "emc",
        "from",
        "via",
        "partner",
        "maca",
        "ch",
        "siteid",
    }
)
# These choose an article on some site, by a number or a slug, and never by the word for a way in.
_WAYS_IN = {
    "cmp": re.compile(r"(?:share|soc|twt|fb|emc|ema|edit|oth|aff|ilc|knc|btn)[a-z]*[_-].*", re.IGNORECASE),
    "ncid": re.compile(
        r"(?:[a-z]+li?nk|newsltus|applenews|engmod|inbl|snssf|external|webmail)\w*", re.IGNORECASE
    ),
    "smid": re.compile(r"(?:tw|fb|ig|li|re|em|pl|go|url|wa|th|bs|nytcore-\w+)-\w+", re.IGNORECASE),
}
_FEED = re.compile(r"(?:.*[^a-z])?rss(?:[^a-z].*)?", re.IGNORECASE)


def is_tracker(name: str, value: str) -> bool:
    """Return whether a parameter, given as it stands in an address, can be left out without another page coming."""
    if _NAME.fullmatch(name):
        return True
    way_in = _WAYS_IN.get(name.lower())
    if way_in is not None and way_in.fullmatch(value):
        return True
    return name.lower() in _CARRIER_NAMES and _FEED.fullmatch(value) is not None
