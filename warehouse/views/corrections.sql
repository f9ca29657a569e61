-- One row per correction, clarification or editor's note that an article carries, as it reads, in seven languages:
-- the first wording with it, and whether that is a later one than the first.
with notes as (
    select
        article_id,
        revision_id,
        revision_number,
        is_latest,
        first_seen_at,
        unnest(regexp_extract_all(body, '(?im)^[^\w\n]*(?:'
            || '(?:corrections?|clarification|correction and clarification|(?:editor|author)[’''`]?s?[’'']? note|editorial note)'
            || '(?: \([^)\n]*\))? ?[:.–—-]|\((?:corrects|clarifies|refiles|recasts)\b'
            || '|this (?:story|article|post|headline|report|piece) (?:has been|was) (?:updated|corrected|amended|revised|changed)'
            || '|(?:in )?an? (?:earlier|previous) version of|(?:due to|because of) an editing error'
            || '|(?:korrektur|berichtigung|richtigstellung|(?:anmerkung|hinweis) der redaktion|anm\. ?d\. ?red\.?) ?[:.–—-]'
            || '|in einer (?:früheren|ersten|vorherigen|älteren) (?:version|fassung)'
            || '|(?:rectificatif|erratum|note de la rédaction|ndlr) ?[:.–—-]|(?:dans )?une (?:première|précédente) version de cet'
            || '|(?:corrección|rectificación|fe de errat\w+|fe de errores|aclaración|nota (?:del editor|de (?:la )?redacción)) ?[:.–—-]'
            || '|(?:en )?una versión anterior de est'
            || '|(?:correção|retificação|errata|erramos|nota (?:da redação|do editor)) ?[:.–—-]|(?:n?uma|na) versão anterior d'
            || '|(?:correzione|rettifica|errata corrige|precisazione|nota della redazione) ?[:.–—-]|(?:in )?una (?:precedente|prima) versione d'
            || '|(?:correctie|rectificatie|verbetering|naschrift) ?[:.–—-]|(?:in )?een eerdere versie van'
            || ')[^\n]*')) as correction
    from revisions
),

first_carried as (
    select
        article_id,
        correction,
        min(revision_number) as revision_number,
        min_by(revision_id, revision_number) as revision_id,
        min_by(first_seen_at, revision_number) as first_seen_at,
        bool_or(is_latest) as is_in_latest
    from notes
    group by article_id, correction
)

select
    first_carried.article_id,
    articles_latest.outlet,
    articles_latest.title,
    first_carried.correction,
    first_carried.first_seen_at,
    first_carried.revision_number > 1 as is_later,
    first_carried.is_in_latest,
    first_carried.revision_id,
    first_carried.revision_number,
    articles_latest.url
from first_carried
join articles_latest on articles_latest.article_id = first_carried.article_id
