-- Takes logins, tokens and signatures out of the addresses that earlier versions wrote into origins, quarantine and what feeds said.
-- Files of earlier snapshots keep them until maintenance removes these; payloads stay as they were received.
update documents set origin = text_without_secrets(origin)
where contains(origin, '://') and text_without_secrets(origin) <> origin;
update documents set external_id = text_without_secrets(external_id)
where contains(external_id, '://') and text_without_secrets(external_id) <> external_id;
update documents set feed_metadata = text_without_secrets(feed_metadata)
where contains(feed_metadata, '://') and text_without_secrets(feed_metadata) <> feed_metadata;
update documents set http_headers = text_without_secrets(http_headers)
where contains(http_headers, '://') and text_without_secrets(http_headers) <> http_headers;
update articles set origin = text_without_secrets(origin)
where contains(origin, '://') and text_without_secrets(origin) <> origin;
update articles set external_id = text_without_secrets(external_id)
where contains(external_id, '://') and text_without_secrets(external_id) <> external_id;
update quarantine set origin = text_without_secrets(origin)
where contains(origin, '://') and text_without_secrets(origin) <> origin;
update quarantine set detail = text_without_secrets(detail)
where contains(detail, '://') and text_without_secrets(detail) <> detail;
update sources set url = without_secrets(url)
where without_secrets(url) <> url;
update sources set last_error = text_without_secrets(last_error)
where contains(last_error, '://') and text_without_secrets(last_error) <> last_error;
update url_states set entry = text_without_secrets(entry)
where contains(entry, '://') and text_without_secrets(entry) <> entry;

create or replace temp table hidden_states as
-- one row per address that held a secret; place 1 is the spelling that was asked for last
select source_id, url, without_secrets(url) as hidden,
    row_number() over (partition by source_id, without_secrets(url) order by fetched_at desc nulls last, url) as place
from url_states
where without_secrets(url) <> url;
delete from url_states
where exists (
    select 1 from hidden_states
    where hidden_states.source_id = url_states.source_id and hidden_states.url = url_states.url
        and (place > 1 or exists (
            select 1 from url_states as other
            where other.source_id = hidden_states.source_id and other.url = hidden_states.hidden
        ))
);
update url_states set url = hidden_states.hidden
from hidden_states
where hidden_states.source_id = url_states.source_id and hidden_states.url = url_states.url;
