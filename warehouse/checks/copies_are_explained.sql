-- Every pair that was judged, copy or not, says why.
select 'duplicates' as table_name, article_id_a, article_id_b from duplicates where trim(evidence) = ''
union all
select 'look_alikes', article_id_a, article_id_b from look_alikes where trim(evidence) = '' or trim(reason) = ''
