-- Of a source's bodies, less than this share has a line that asks to subscribe, donate, share, comment or
-- accept cookies (texts of the runs in view).
-- severity: warn
-- threshold: 0.02 (and two bodies: a story may well quote such a line once)
with found as (
    select
        source_id,
        revision_id,
        regexp_extract(
            body,
            '(?im)^[^\n\pL]{0,4}('
            || '(sign up|subscribe|register) (now |here |today |free )?(for|to) (our|the|my|this)\b'
            || '|(follow|like|join|find) us on\b|share (this|on|via)\b|(donate|support us|give) (now|today)\b'
            || '|support (our|independent) (journalism|reporting|work)|become a (member|subscriber|patron)'
            || '|(read|see) (more|also|next) ?:|(leave|post|add|join) (a|your|the) (comment|reply|conversation)'
            || '|click here to\b|all rights reserved|(this|our) (site|website) uses cookies|accept (all )?cookies'
            || '|(skip )?advertisement *$|(download|get) (our|the) app\b|most (read|popular) *$'
            || '|(jetzt )?(abonnieren|spenden) sie|(jetzt|hier) (abonnieren|spenden)|lesen sie (auch|mehr)'
            || '|diesen artikel teilen|alle rechte vorbehalten|abonnez-vous|(partager|partagez) (cet|sur)\b'
            || '|lire aussi|faites un don|tous droits réservés|suscr[ií]b(ete|ase)|compart[ea] (esta|este|en)\b'
            || '|lea también|haz una donación|todos los derechos reservados|iscriviti (alla|a)|condividi (su|questo)'
            || '|leggi anche|assine (a|o|nossa)|compartilhe|leia (também|mais)|abonneer (je|u)|lees ook|deel dit'
            || ')[^\n]*'
        ) as line
    from revisions
    join articles using (article_id)
    where revisions.run_id in (select unnest($runs))
)
select
    source_id,
    count(*) as bodies_count,
    round(avg((line <> '')::int), 3) as leftover_ratio,
    min(revision_id) filter (line <> '') as for_example,
    min(line) filter (line <> '') as line
from found
group by source_id
having count(*) filter (line <> '') >= 2 and avg((line <> '')::int) > $threshold
order by leftover_ratio desc, source_id
